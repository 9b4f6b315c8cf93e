"""One function for each question that a page of evaluation asks. Each is a constant number of queries."""

from collections import defaultdict

from django.urls import reverse

from ...ground.people import vault
from ...ground.people.models import Person
from ...ground.photos.queries import photos_of_all
from ...topic.models import Topic
from ..intake.models import Report
from ..intake.rules import entered_in_post, receipt_secret
from . import rules
from .models import CallBack, Judgement, Question, Reopening, Round

MOST = 200


def judge_address(report: Report) -> str:
    return _address("evaluation:judge", report)


def reopen_address(report: Report) -> str:
    return _address("evaluation:reopen", report)


def _address(name: str, report: Report) -> str:
    return reverse(name, kwargs={"number": report.number, "secret": receipt_secret(report.pk)})


def judge_link(topic_id: int, recipient: str) -> str:
    """Address of the judging page of "person:4" or "report:19"; "" when they have no report here."""
    kind, _colon, pk = recipient.partition(":")
    by = {"pk": pk} if kind == "report" else {"topic": topic_id, "person": pk}
    report = Report.objects.filter(**by, withdrawn_at=None).order_by("id").first()
    return judge_address(report) if report else ""


def at_counter(report: Report, by) -> str:
    """The role of the post that wrote this report down, where nobody but the holder of its receipt speaks: whoever
    printed the receipt holds it, too. Empty when the reporter themselves is known, by their account or by the
    number they left."""
    if not entered_in_post(report):
        return ""
    themselves = by.person_id and (
        by.person_id == report.person_id or report.subject in vault.alike(f"person:{by.person_id}", "phone")
    )
    return "" if themselves else report.filed_by.role


def is_staff_account(by, report: Report) -> bool:
    """Whether this is an account of the staff, acting in no post at the moment. A member is the reporter of what
    they proposed themselves."""
    own = by.person_id == report.person_id and report.filed_by_id and report.filed_by.role == "member"
    if by.person_id is None or own:
        return False
    return Person.objects.filter(pk=by.person_id, kind="staff").exists()


def judgement_of(report: Report) -> Judgement | None:
    """What this report said last, in the round it was said in."""
    return Judgement.objects.filter(report=report).select_related("round").order_by("-round__number").first()


def rounds_of(topic: Topic) -> list[Round]:
    """The rounds of a topic, newest first, each with `tally` and `called`: four queries, however many."""
    rounds = list(Round.objects.filter(topic=topic).order_by("-number"))
    judged, asked, answered, called = (
        defaultdict(list),
        defaultdict(int),
        defaultdict(int),
        defaultdict(list),
    )
    for judgement in Judgement.objects.filter(round__in=rounds):
        judged[judgement.round_id].append(judgement)
    for round_id, at in Question.objects.filter(round__in=rounds).values_list("round", "answered_at"):
        asked[round_id] += 1
        answered[round_id] += at is not None
    for call in CallBack.objects.filter(round__in=rounds):
        called[call.round_id].append(call)
    for each in rounds:
        each.tally = rules.tally(judged[each.pk], asked[each.pk], answered[each.pk])
        each.called = called[each.pk]
    return rounds


def reopenings_of(topic: Topic) -> list[Reopening]:
    """The reopenings of a topic, newest first, each with its `photos`."""
    rows = list(Reopening.objects.filter(topic=topic).select_related("report").order_by("-id")[:20])
    photos = photos_of_all([row.subject for row in rows])
    for row in rows:
        row.photos = photos.get(row.subject, [])
    return rows


def reports_to_call(topic: Topic) -> list[Report]:
    """The reports of a topic with what each said last (`said`) and its calls of the present round (`calls`).

    Four queries, however many reports: reports, judgements, their photos, calls.
    """
    reports = list(Report.objects.filter(topic=topic, withdrawn_at=None).order_by("id")[:MOST])
    said = {
        row.report_id: row
        for row in Judgement.objects.filter(report__in=reports)
        .select_related("round")
        .order_by("round__number")
    }
    photos = photos_of_all([row.subject for row in said.values()])
    calls = defaultdict(list)
    for call in CallBack.objects.filter(report__in=reports).order_by("-id"):
        calls[call.report_id].append(call)
    for report in reports:
        report.said, report.calls = said.get(report.pk), calls[report.pk]
        if report.said:
            report.said.photos = photos.get(report.said.subject, [])
    return reports
