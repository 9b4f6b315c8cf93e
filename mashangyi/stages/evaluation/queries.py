"""One function for each question that a page of evaluation asks. Each is a constant number of queries."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.urls import reverse

from ...ground.people import vault
from ...ground.people.models import Person
from ...ground.photos.queries import by_subject, photos_under
from ...ground.prepared import prepared
from ...ground.together import together
from ...topic.models import Topic
from ..intake.models import Report
from ..intake.queries import first_of
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
    report = first_of(topic_id, recipient, withdrawn_at=None)
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
    """The rounds of a topic, newest first, each with `tally`, `called` and how many `neighbours` were asked: one query, however many."""
    return _with_answers(**together(**_about_rounds(topic)))


def _about_rounds(topic: Topic) -> dict:
    named = ("rounds", "judged", "asked", "called")
    questions = (_rounds, _judged, _asked, _called)
    return {name: question.of(topic=topic.pk) for name, question in zip(named, questions, strict=True)}


def _with_answers(rounds, judged, asked, called) -> list[Round]:
    said, calls, answered = _by_round(judged), _by_round(called), defaultdict(list)
    neighbours = Counter(round_id for round_id, _at, why in asked if why == "neighbour")
    for round_id, at, _why in asked:
        answered[round_id].append(at is not None)
    for each in rounds:
        each.neighbours = neighbours[each.pk]
        each.tally = rules.tally(said[each.pk], len(answered[each.pk]), sum(answered[each.pk]))
        each.called = calls[each.pk]
    return rounds


def _by_round(rows) -> dict[int, list]:
    found = defaultdict(list)
    for row in rows:
        found[row.round_id].append(row)
    return found


@prepared
def _rounds(topic):
    return Round.objects.filter(topic=topic).order_by("-number")


@prepared
def _judged(topic):
    return Judgement.objects.filter(round__topic=topic)


@prepared
def _asked(topic):
    return Question.objects.filter(round__topic=topic).values_list("round", "answered_at", "why")


@prepared
def _called(topic):
    return CallBack.objects.filter(round__topic=topic).order_by("id")


# --- what the room sees ------------------------------------------------------------------------


@dataclass(frozen=True)
class Heard:
    """What came back of a topic: its rounds, why it was opened again, and what each report said."""

    rounds: list[Round]
    reopenings: list[Reopening]
    reports: list[Report]


def heard_of(topic: Topic) -> Heard:
    """Everything the room sees of an evaluation; one query, however many rounds and reports.

    Rounds are those of `rounds_of`; each reopening and each judgement has its `photos`; each report has what
    it `said` last and its `calls`, the latest first.
    """
    named = {"reopenings": _reopenings, "reports": _reports, "said": _said, "calls": _calls}
    named |= {"judged_photos": _judged_photos, "reopened_photos": _reopened_photos}
    found = together(**_about_rounds(topic), **{name: each.of(topic=topic.pk) for name, each in named.items()})
    photos = by_subject(found.pop("judged_photos") + found.pop("reopened_photos"))
    reopenings, reports = found.pop("reopenings"), found.pop("reports")
    _with_words(reports, found.pop("said"), found.pop("calls"))
    for row in [*reopenings, *(report.said for report in reports if report.said)]:
        row.photos = photos.get(row.subject, [])
    return Heard(_with_answers(**found), reopenings, reports)


def _with_words(reports, said, calls) -> None:
    last, called = {row.report_id: row for row in said}, defaultdict(list)
    for call in calls:
        called[call.report_id].append(call)
    for report in reports:
        report.said, report.calls = last.get(report.pk), called[report.pk]


@prepared
def _reopenings(topic):
    return Reopening.objects.filter(topic=topic).select_related("report").order_by("-id")[:20]


@prepared
def _reports(topic):
    return Report.objects.filter(topic=topic, withdrawn_at=None).order_by("id")[:MOST]


@prepared
def _said(topic):
    rows = Judgement.objects.filter(report__topic=topic, report__withdrawn_at=None)
    return rows.select_related("round").order_by("round__number")


@prepared
def _calls(topic):
    return CallBack.objects.filter(report__topic=topic, report__withdrawn_at=None).order_by("-id")


@prepared
def _judged_photos(topic):
    said = Judgement.objects.filter(report__topic=topic, report__withdrawn_at=None)
    return photos_under("judgement", said)


@prepared
def _reopened_photos(topic):
    return photos_under("reopening", Reopening.objects.filter(topic=topic))
