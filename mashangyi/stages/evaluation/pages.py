"""Pages of evaluation: the reporter judges and opens again; the clerk notes a call; the auditor reopens."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ...ground.asked import attempt, sent
from ...ground.people.actor import KEEPERS, ROLES, Actor
from ...ground.people.actor import resident as as_resident
from ...ground.people.guards import public, staff
from ...ground.people.limits import allow
from ...ground.photos.store import keep
from ...topic.queries import topic_for
from ..delivery.pages.table import back, done, form_page
from ..delivery.panels import pair
from ..delivery.queries import tasks_of_topic
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

    def say(_data):
        photos = keep(request.FILES.getlist("photos"))
        actions.judge(report, form.answer(photos), by=voice, own=True)

    if form.is_bound:
        allow(request, "judge", "MASHANGYI_RATE_REPORTS")
    if attempt(form, say):
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


@public
def reopen(request, number: str, secret: str):
    """It came back, or it was never solved: open it again."""
    report = report_of_receipt(number, secret)
    if report.withdrawn_at or report.topic.is_open or report.topic.state == "merged":
        return redirect(receipt_address(report))
    form = Reopen(sent(request))

    def open_again(data):
        photos, voice = keep(request.FILES.getlist("photos")), voice_of(request, report)
        actions.reopen(report, data["cause"], data["words"], photos=photos, by=voice, own=True)

    if form.is_bound:
        allow(request, "report", "MASHANGYI_RATE_REPORTS")
    if attempt(form, open_again):
        return redirect(receipt_address(report))
    return render(request, "evaluation/reopen.html", {
        "report": report, "topic": report.topic, "form": form, "back": receipt_address(report),
    }, status=422 if form.errors else 200)  # fmt: skip


# --- clerk and auditor -------------------------------------------------------------------------


@staff(*KEEPERS)
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
    if done(request, form, lambda data: actions.reopen_by_audit(topic, data["words"], by=request.actor), _("已重新打开。")):
        return back(topic)
    note = _("写明发现了什么，居民会看到。")
    return form_page(request, topic, form, _("重新打开"), _("重新打开"), note=note, danger=True)
