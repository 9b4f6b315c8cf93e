"""Pages of intake in the order a resident meets them: scan, receipt, look-up, my reports; then the field desk."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ...ground.journal.freshness import fresh
from ...ground.people.asked import whole
from ...ground.people.guards import public, signed_in, staff
from ...ground.people.limits import allow
from ...ground.photos.queries import photos_of
from ...ground.photos.store import keep
from ...ground.places.qr import qr_picture
from ...ground.places.queries import count_scan
from ...topic.panels import receipt_panels
from ...topic.queries import topic_by_number
from ...topic.search.likeness import similar_to
from . import actions, queries, rules
from .forms import Propose, Say, SayFor
from .models import CHANNELS, Report

# --- the scan page -----------------------------------------------------------------------------


def _touching(request, short: str) -> str:
    request.code = queries.code_to_scan(short)
    return f"room:{request.code.room_id}"


@public
@fresh(_touching)
def scan(request, short: str):
    """What a code opens: one big question, and everything else may be left out."""
    code = getattr(request, "code", None) or queries.code_to_scan(short)
    if code.revoked_at:
        return render(request, "intake/revoked.html", {"code": code, "room": code.room}, status=410)
    if request.method == "POST":
        return _take_in(request, code)
    count_scan(code)
    address = queries.target_address(code)
    if address:
        return redirect(address)
    page = _scan_page(request, code, Say())
    page["X-Scan"] = code.pk  # the front counts the openings that it answers from memory
    return page


def _scan_page(request, code, form: Say, status: int = 200):
    return render(request, "intake/scan.html", {"code": code, "room": code.room, "form": form}, status=status)


def _take_in(request, code):
    allow(request, "report", "MASHANGYI_RATE_REPORTS")
    form = Say(request.POST)
    if form.is_valid():
        try:
            receipt = actions.record_report(
                code.room, by=request.actor, code=code, photos=keep(request.FILES.getlist("photos")), **form.cleaned_data
            )
            return redirect(queries.receipt_address(receipt.report))
        except ValidationError as problem:
            form.add_error(None, problem)
    return _scan_page(request, code, form, status=422)


@public
@require_GET
def similar(request, short: str):
    """What neighbours said already, while one is typing: a piece of page, empty when there is nothing."""
    code = queries.code_to_scan(short)
    found = similar_to(code.room, request.GET.get("words", "")[: rules.LONGEST])
    return render(request, "intake/similar.html", {"found": found, "code": code})


@public
@require_POST
def me_too(request, number: str):
    """Join an open topic with one tap, from its page or from the scan page."""
    allow(request, "report", "MASHANGYI_RATE_REPORTS")
    topic = topic_by_number(number)
    try:
        receipt = actions.support(topic, by=request.actor, once=request.POST.get("once", ""))
    except ValidationError as problem:
        return render(request, "answer.html", {"kind": "problem", "reason": problem.messages[0]}, status=422)
    return redirect(queries.receipt_address(receipt.report))


# --- the receipt -------------------------------------------------------------------------------


@public
def receipt(request, number: str, secret: str):
    """Number and code to keep; what happens next, by when; take back; and later: judge."""
    report = queries.report_of_receipt(number, secret)
    address = request.build_absolute_uri(queries.receipt_address(report))
    return render(request, "intake/receipt.html", {
        "report": report,
        "topic": report.topic.merged_into or report.topic,
        "photos": photos_of(report.subject),
        "panels": receipt_panels(report, request.actor),
        "secret": secret,
        "has_contact": queries.has_contact(report),
        "may_withdraw": queries.may_withdraw(report),
        "address": address,
        "qr": qr_picture(address),
        "CHANNELS": CHANNELS,
    })  # fmt: skip


@public
@require_POST
def withdraw(request, number: str, secret: str):
    report = queries.report_of_receipt(number, secret)
    actions.withdraw(report, by=request.actor, own=True)
    return redirect(queries.receipt_address(report))


@public
def look_up(request):
    """Follow by number: anyone may ask how it stands; what was said is shown to the receipt's holder alone."""
    typed, report, wrong = request.GET.get("number", "").strip(), None, ""
    if typed:
        report, wrong = _found(request, typed)
    return render(request, "intake/look_up.html", {"typed": typed, "report": report, "wrong": wrong})


def _found(request, typed: str) -> tuple[Report | None, str]:
    """The report with the typed number, or what is wrong with the number. Wrong tries are limited."""
    allow(request, "look_up", "MASHANGYI_RATE_TRIES", count=False)
    try:
        report = queries.report_by_number(typed)
    except ValueError as problem:
        return None, str(problem)
    if report is None:
        allow(request, "look_up", "MASHANGYI_RATE_TRIES")
    return report, "" if report else _("没有这个编号，请对照回执再看一看。")


@signed_in
def mine(request):
    """A resident's own reports."""
    before = request.GET.get("before", "")
    found = queries.reports_of_person(request.actor.person_id, whole(before))
    more = found[queries.PAGE - 1].pk if len(found) > queries.PAGE else None
    return render(request, "intake/mine.html", {
        "reports": found[: queries.PAGE], "next": more, "address_of": queries.receipt_address,
    })  # fmt: skip


# --- the field desk ----------------------------------------------------------------------------


@staff("grid_worker", "clerk")
def file_for(request):
    """File for someone who cannot, with their consent, or push a topic of one's own grid."""
    rooms = queries.rooms_of(request.actor)
    form = SayFor(request.POST or None, rooms=rooms)
    if request.method == "POST" and form.is_valid():
        filed = _filed(request, form, channel=form.cleaned_data.pop("speaks_for"))
        if filed:
            return redirect("intake:slip", number=filed.number)
    return render(request, "intake/file_for.html", {"form": form, "rooms": rooms}, status=422 if form.errors else 200)


def _filed(request, form, channel: str) -> Report | None:
    fields = form.cleaned_data
    try:
        receipt = actions.record_report(
            by=request.actor, channel=channel, photos=keep(request.FILES.getlist("photos")), **fields
        )
        return receipt.report
    except ValidationError as problem:
        form.add_error(None, problem)
        return None


@staff("member")
def propose(request):
    """A member's topic, alone or jointly."""
    rooms = queries.rooms_of(request.actor)
    form = Propose(request.POST or None, rooms=rooms)
    if request.method == "POST" and form.is_valid():
        filed = _filed(request, form, channel="member")
        if filed:
            return redirect("intake:slip", number=filed.number)
    return render(request, "intake/propose.html", {"form": form, "rooms": rooms}, status=422 if form.errors else 200)


@staff("grid_worker", "clerk", "member")
def filed(request, number: str):
    """What I filed for someone, and how it stands."""
    report = _my_filed(request, number)
    return redirect("topic:page", number=(report.topic.merged_into or report.topic).number)


@staff("grid_worker", "clerk", "member")
def slip(request, number: str):
    """The printed slip for the person spoken for: large number, code, what happens next."""
    report = _my_filed(request, number)
    address = request.build_absolute_uri(queries.receipt_address(report))
    return render(request, "intake/slip.html", {
        "report": report, "topic": report.topic, "qr": qr_picture(address),
    })  # fmt: skip


def _my_filed(request, number: str) -> Report:
    report = queries.numbered(number)
    if report is None or report.filed_by_id != request.actor.post_id:
        raise Http404
    return report
