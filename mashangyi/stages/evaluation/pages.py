"""Pages of evaluation: the reporter judges and opens again; the clerk notes a call; the auditor reopens."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ...ground.asked import put_away, sent
from ...ground.people.actor import ROLES, Actor
from ...ground.people.actor import resident as as_resident
from ...ground.people.guards import public, staff
from ...ground.people.limits import allow
from ...ground.photos.store import keep
from ...topic.queries import topic_for
from ..delivery.queries import tasks_of_topic
from ..delivery.shown import pair
from ..intake.models import Report
from ..intake.queries import has_contact, receipt_address, report_of_receipt
from . import actions, queries
from .forms import Audit, Called, Judge, Reopen
from .models import ASPECTS, FAULTS, LEVELS

# --- the reporter ------------------------------------------------------------------------------


@public
def judge(request, number: str, secret: str):
    """Is it solved? Two large answers; everything else may be left out."""
    report = report_of_receipt(number, secret)
    if report.withdrawn_at or report.topic.state != "confirming":
        return redirect(receipt_address(report))
    voice = voice_of(request, report)
    form = Judge(sent(request), initial=_said_before(report))
    if request.method == "POST" and _judged(request, report, form, voice):
        return redirect(receipt_address(report))
    tasks = tasks_of_topic(report.topic)
    return render(request, "evaluation/judge.html", {
        "report": report, "topic": report.topic, "form": form, "tasks": tasks,
        "pairs": [pair(task) for task in tasks if pair(task)],
        "may_judge": voice.role == "resident" and not queries.is_staff_account(voice, report),
        "counter": queries.at_counter(report, voice), "has_contact": has_contact(report), "ROLES": ROLES,
        "back": receipt_address(report),
        "ASPECTS": ASPECTS, "LEVELS": LEVELS, "FAULTS": FAULTS,
    }, status=422 if form.errors else 200)  # fmt: skip


def voice_of(request, report: Report) -> Actor:
    """In what capacity somebody holds their receipt: a member who reported it themselves is its reporter.

    Everyone else in a post stays in it, and judging is refused to posts.
    """
    by: Actor = request.actor
    own = by.role == "member" and report.person_id is not None and by.person_id == report.person_id
    return as_resident(request.user) if own else by


def _said_before(report: Report) -> dict:
    """One's own answer of this round, to be changed."""
    said = queries.judgement_of(report)
    if said is None or said.round.closed_at:
        return {}
    levels = {aspect: getattr(said, aspect) for aspect in ASPECTS}
    return {"solved": "yes" if said.solved else "no", "fault": said.fault, "words": said.words, **levels}


def _judged(request, report: Report, form: Judge, voice: Actor) -> bool:
    allow(request, "judge", "MASHANGYI_RATE_REPORTS")
    if not form.is_valid():
        return False
    try:
        photos = keep(request.FILES.getlist("photos"))
        actions.judge(report, form.answer(photos), by=voice, own=True)
    except ValidationError as problem:
        put_away(form, problem)
        return False
    return True


@public
def reopen(request, number: str, secret: str):
    """It came back, or it was never solved: open it again."""
    report = report_of_receipt(number, secret)
    if report.withdrawn_at or report.topic.is_open or report.topic.state == "merged":
        return redirect(receipt_address(report))
    form = Reopen(sent(request))
    if request.method == "POST" and _reopened(request, report, form):
        return redirect(receipt_address(report))
    return render(request, "evaluation/reopen.html", {
        "report": report, "topic": report.topic, "form": form, "back": receipt_address(report),
    }, status=422 if form.errors else 200)  # fmt: skip


def _reopened(request, report: Report, form: Reopen) -> bool:
    allow(request, "report", "MASHANGYI_RATE_REPORTS")
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        photos = keep(request.FILES.getlist("photos"))
        voice = voice_of(request, report)
        actions.reopen(report, data["cause"], data["words"], photos=photos, by=voice, own=True)
    except ValidationError as problem:
        put_away(form, problem)
        return False
    return True


# --- clerk and auditor -------------------------------------------------------------------------


@staff("clerk", "convener")
@require_POST
def call_back(request, number: str):
    """Note what a reporter said on the phone."""
    topic = topic_for(request.actor, number)
    form = Called(request.POST)
    if form.is_valid():
        report = get_object_or_404(
            Report.objects.select_related("topic"), pk=form.cleaned_data["report"], topic=topic
        )
        data = form.cleaned_data
        actions.record_call_back_answer(report, data["said"], data["words"], by=request.actor)
        messages.success(request, _("记下了。是不是解决，仍由反映人自己确认。"))
    else:
        messages.error(request, _("请选对方怎么说。"))
    return redirect("topic:desk_topic", number=topic.number)


@staff("auditor")
def reopen_by_audit(request, number: str):
    """An auditor opens a matter again."""
    topic = topic_for(request.actor, number)
    form = Audit(sent(request))
    if request.method == "POST" and form.is_valid():
        actions.reopen_by_audit(topic, form.cleaned_data["words"], by=request.actor)
        messages.success(request, _("已重新打开。"))
        return redirect("topic:desk_topic", number=topic.number)
    return render(request, "delivery/form.html", {
        "topic": topic, "form": form, "title": _("重新打开"), "button": _("重新打开"),
        "note": _("写明发现了什么，居民会看到。"), "danger": True,
    }, status=422 if form.errors else 200)  # fmt: skip
