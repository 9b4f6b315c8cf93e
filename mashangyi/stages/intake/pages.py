"""Pages of intake in the order a resident meets them: scan, receipt, look-up, my reports; then the field desk."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.views.decorators.http import require_GET, require_POST

from ...ground.asked import attempt, paged, put_away, whole
from ...ground.calendar.clock import now
from ...ground.journal.freshness import fresh
from ...ground.people.guards import public, signed_in, staff
from ...ground.people.limits import TooMany, allow
from ...ground.people.twice import word_of
from ...ground.photos.queries import photos_of
from ...ground.places.qr import qr_picture
from ...ground.places.queries import code_to_report, count_scan
from ...topic.models import Topic
from ...topic.panels import receipt_panels
from ...topic.queries import topic_by_number
from ...topic.search.likeness import similar_to
from ...topic.timeline import last_step
from . import actions, leads, queries, rules
from .forms import FileFor, MeToo, Propose, Say, SayFor, SetTopic
from .models import CHANNELS, Report

# What the scan page asks, by what its code is for, and an example of what to write.
ASKS = {
    "report": (N_("您想反映什么？"), N_("在哪里、什么事、多久了，想到什么写什么")),
    "suggest": (N_("您有什么建议？"), N_("想改什么、怎么改更好，想到什么写什么")),
}

# --- the scan page -----------------------------------------------------------------------------


def _touching(request, short: str) -> str:
    request.code = queries.code_to_scan(short)
    return f"room:{request.code.room_id}"


@public
@fresh(_touching)
def scan(request, short: str):
    """What a code opens: one big question, and everything else may be left out; or where its purpose leads."""
    code = getattr(request, "code", None) or queries.code_to_scan(short)
    if code.revoked_at:
        return _revoked(request, code)
    if request.method == "POST":
        return _take_in(request, code)
    count_scan(code)
    address = leads.address_of(code)
    if address:
        return redirect(address)
    page = _scan_page(request, code, Say())
    page["X-Scan"] = code.pk  # the front counts the openings that it answers from memory
    return page


def _revoked(request, code):
    """Told kindly; what somebody had typed meanwhile is not lost, and can go to the room by another code."""
    typed, room = request.POST.get("words", "")[: 2 * rules.LONGEST], code.room  # a line break counts twice here
    living = code_to_report(room) if room.is_open else None
    beside = {name: request.POST.get(name, "") for name in ("spot", "phone")}
    context = {"code": code, "room": room, "typed": typed, "beside": beside, "living": living}
    return render(request, "intake/revoked.html", context, status=410)


def _scan_page(request, code, form: Say, status: int = 200):
    context = {"code": code, "room": code.room, "form": form, "asks": ASKS.get(code.purpose, ASKS["report"])}
    return render(request, "intake/scan.html", context, status=status)


def _take_in(request, code):
    form = Say(request.POST, request.FILES)
    try:
        allow(request, "report", "MASHANGYI_RATE_REPORTS")
        if form.is_valid():
            said = _named(request, f"report:{code.room_id}", form.cleaned_data)
            receipt = actions.record_report(code.room, by=request.actor, code=code, **said)
            return redirect(queries.receipt_address(receipt.report))
    except ValidationError as problem:
        put_away(form, problem)
    except TooMany as no:
        form = Say(request.POST)  # without the photos: nothing is to be redrawn
        form.add_error(None, no.reason)
        return _scan_page(request, code, form, status=no.status)
    return _scan_page(request, code, form, status=422)


def _named(request, about: str, said: dict) -> dict:
    """What a form said, with a word of its own: what is sent twice is one report, with scripts and without."""
    return {**said, "once": said["once"] or word_of(request, about)}


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
    """Join an open topic with one tap, from its page; or from the scan page, with what was typed there."""
    topic = topic_by_number(number)
    code = queries.code_of_form(request.GET.get("code", ""), topic.room_id)
    allow(request, "report", "MASHANGYI_RATE_REPORTS")
    form = MeToo(request.POST, request.FILES)
    try:
        if form.is_valid():
            said = _named(request, f"me-too:{topic.pk}", form.cleaned_data)
            receipt = actions.support(topic, by=request.actor, code=code, **said)
            return redirect(queries.receipt_address(receipt.report))
    except ValidationError as problem:
        put_away(form, problem)
    return _scan_page(request, code, form, status=422) if code else _not_joined(request, topic, form)


def _not_joined(request, topic, form: MeToo):
    """Why the tap on a topic's page did nothing, and where to go instead."""
    reason = next(iter(form.errors.values()))[0]
    onward = (reverse("web:room", kwargs={"room_id": topic.room_id}), topic.room.name)
    return render(request, "answer.html", {"kind": "no", "reason": reason, "onward": onward}, status=422)


# --- the receipt -------------------------------------------------------------------------------


@public
def receipt(request, number: str, secret: str):
    """Number and code to keep; what happens next, by when; take back; and later: judge."""
    report = queries.report_of_receipt(number, secret)
    address = request.build_absolute_uri(queries.receipt_address(report))
    topic, alone = report.topic.merged_into or report.topic, queries.is_alone(report)
    return render(request, "intake/receipt.html", {
        "report": report,
        "topic": topic,
        "step": last_step(topic) if topic.reason and topic.is_open and rules.tells_why(topic) else None,
        "reason": topic.reason if rules.tells_why(topic) else "",
        "photos": photos_of(report.subject),
        "panels": receipt_panels(report, request.actor),
        "secret": secret,
        "has_contact": queries.has_contact(report),
        "alone": alone,
        "may_withdraw": rules.may_withdraw(report, now(), alone),
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
    """Follow by number: anyone may ask how it stands; what was said is shown to the receipt's holder alone.

    The number of a topic leads to its page.
    """
    typed, found, wrong = request.GET.get("number", "").strip(), None, ""
    if typed:
        found, wrong = _found(request, typed)
    if isinstance(found, Topic):
        return redirect("topic:page", number=found.number)
    return render(request, "intake/look_up.html", {"typed": typed, "report": found, "wrong": wrong})


def _found(request, typed: str) -> tuple[Topic | Report | None, str]:
    """What has the typed number, or what is wrong with the number. Wrong tries are limited."""
    allow(request, "look_up", "MASHANGYI_RATE_TRIES", count=False)
    try:
        found = queries.topic_or_report(typed)
    except ValueError as problem:
        return None, str(problem)
    if found is None:
        allow(request, "look_up", "MASHANGYI_RATE_TRIES")
    return found, "" if found else _("没有这个编号，请对照回执再看一看。")


@signed_in
def mine(request):
    """A resident's own reports."""
    found = queries.reports_of_person(request.actor.person_id, whole(request.GET.get("before")))
    shown, following = paged(found, queries.PAGE)
    return render(request, "intake/mine.html", {
        "reports": shown, "next": following, "address_of": queries.receipt_address,
    })  # fmt: skip


# --- the field desk ----------------------------------------------------------------------------


@staff("grid_worker", "clerk")
def file_for(request):
    """File for someone who cannot, with their consent; push a topic of one's grid; write down what a visit heard."""
    return _said_in_post(request, FileFor, "intake/file_for.html")


@staff("member")
def propose(request):
    """A member's topic, alone or jointly."""
    return _said_in_post(request, Propose, "intake/propose.html")


@staff("reviewer", "convener")
def set_topic(request):
    """The party organisation's topic (党政点题)."""
    return _said_in_post(request, SetTopic, "intake/set_topic.html")


def _said_in_post(request, kind: type[SayFor], template: str):
    """The form; sent well, the slip with its number."""
    words = request.GET.get("q", "").strip()
    rooms = queries.rooms_of(request.actor, words)
    many = bool(words) or len(rooms) > queries.ROOMS
    form, receipts = kind(*_sent(request), by=request.actor, rooms=rooms), []

    def take_in(_data):
        receipts.append(actions.record_report(by=request.actor, **_named(request, "in post", form.said())))

    if attempt(form, take_in):
        return redirect("intake:slip", number=receipts[0].report.number)
    context = {"form": form, "rooms": rooms, "many": many, "q": words}
    return render(request, template, context, status=422 if form.errors else 200)


def _sent(request) -> tuple:
    return (request.POST, request.FILES) if request.method == "POST" else ()


@staff("grid_worker", "clerk", "member", "reviewer", "convener")
def filed(request, number: str):
    """What I filed for someone: its slip, to be printed once more, with how it stands. A ticket has none, but a page."""
    report = _my_filed(request, number)
    if rules.entered_in_post(report):
        return redirect("intake:slip", number=report.number)
    return redirect("topic:page", number=(report.topic.merged_into or report.topic).number)


@staff("grid_worker", "clerk", "member", "reviewer", "convener")
def slip(request, number: str):
    """The printed slip for the person spoken for: large number, code, what happens next."""
    report = _my_slip(request, number)
    address = request.build_absolute_uri(queries.receipt_address(report))
    return render(request, "intake/slip.html", {
        "report": report, "topic": report.topic.merged_into or report.topic, "qr": qr_picture(address),
    })  # fmt: skip


def _my_filed(request, number: str) -> Report:
    report = queries.numbered(number)
    if report is None or report.filed_by_id != request.actor.post_id:
        raise Http404
    return report


def _my_slip(request, number: str) -> Report:
    """One that I wrote down. A ticket of another system has no slip: nobody who handles it is to hold its receipt."""
    report = _my_filed(request, number)
    if not rules.entered_in_post(report):
        raise Http404
    return report
