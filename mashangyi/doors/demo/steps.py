"""The pieces of a full way, from the first words to the verified result. Each is a generator of moments."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mashangyi.ground.people.actor import ANYONE, SYSTEM, Actor, resident
from mashangyi.ground.people.models import Unit
from mashangyi.ground.places.models import Room
from mashangyi.stages.deliberation import actions as deliberation
from mashangyi.stages.deliberation.actions.outcome import Item, Promise
from mashangyi.stages.deliberation.actions.preparation import Guest
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.delivery.models import Task
from mashangyi.stages.evaluation import actions as evaluation
from mashangyi.stages.evaluation.rules import Answer
from mashangyi.stages.intake.actions import record_report, support
from mashangyi.stages.intake.models import Report
from mashangyi.stages.triage import actions as triage
from mashangyi.topic.models import Category, Topic

from .cast import Cast
from .pictures import picture

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
VERY_GOOD = {"result": 5, "attitude": 5, "speed": 4, "feedback": 5}


@dataclass
class Said:
    """One report: who says what when, through which channel; further fields go to the one door as they are."""

    at: datetime
    words: str
    channel: str = "scan"
    by: Actor = ANYONE
    more: dict = field(default_factory=dict)


@dataclass
class Matter:
    """What the clerk writes for the public."""

    title: str
    summary: str
    category: str
    spot: str = ""
    urgent: bool = False
    hazard: bool = False


@dataclass
class Meeting:
    """A meeting as it went: who came in which class, what was said, how the vote went."""

    announced: datetime
    at: datetime
    place: str
    agenda: str
    guests: Sequence[Guest]
    said: Sequence[tuple[str, str]]
    question: str = ""
    votes: dict[str, int] = field(default_factory=dict)
    dissent: str = ""
    form: str = "room"


def arrive(room: Room, reports: Sequence[Said], topics: list[Topic], caller: Actor | None = None):
    """The reports come in one after the other; the first one's topic, and what must be joined to it, go to `topics`.
    A `caller` phones each of those who left a number within the hour."""
    for said in reports:
        yield said.at
        report = record_report(room, said.words, said.channel, by=said.by, **said.more).report
        topics.append(report.topic)
        if caller:
            yield said.at + HOUR / 2
            triage.record_call_back(report, True, "说的就是这件事。", by=caller)


def check(cast: Cast, topics: list[Topic], matter: Matter, at: datetime, called: str = "", visited: str = ""):
    """The clerk takes it up, calls back, visits, writes it for the public, and joins what is one matter."""
    clerk = cast.clerk(topics[0].room)
    yield at
    topic = topics[0]
    triage.verify(topic, by=clerk)
    if called:
        triage.record_call_back(Report.objects.filter(topic=topic).first(), True, called, by=clerk)
    if visited:
        yield at + 2 * HOUR
        triage.record_visit(topic, visited, by=clerk)
    yield at + 3 * HOUR
    triage.describe(
        topic, matter.title, matter.summary, by=clerk, spot=matter.spot, urgent=matter.urgent,
        hazard=matter.hazard, category=Category.objects.get(path=matter.category),
    )  # fmt: skip
    for other in topics[1:]:
        if other.pk != topic.pk:
            triage.merge(Topic.objects.get(pk=other.pk), topic, by=clerk)
    topic.refresh_from_db()


def review(cast: Cast, topic: Topic, proposed: datetime, decided: datetime, conditions: str = ""):
    """The convener proposes it, the party organisation says yes."""
    yield proposed
    triage.propose(topic, by=cast.convener(topic.room))
    yield decided
    triage.approve(topic, conditions, by=cast.reviewer(topic.room))


def research(cast: Cast, topic: Topic, at: datetime, who: str, findings: str, voices=(), options=()):
    """A research group goes and looks; the options it brings back stand side by side."""
    yield at
    clerk = cast.clerk(topic.room)
    deliberation.record_research(topic, who, findings, by=clerk, voices=tuple(voices), photos=[picture("before", topic.pk)])
    for option in options:
        deliberation.add_option(topic, by=clerk, **option)


def meet(cast: Cast, topic: Topic, meeting: Meeting, outcome: str, summary: str, items: Sequence[Item], pledges: Sequence[Promise] = ()):
    """Invited, announced, held, concluded, confirmed, handed over."""
    clerk, convener = cast.clerk(topic.room), cast.convener(topic.room)
    yield meeting.announced
    deliberation.invite(topic, list(meeting.guests), by=clerk)
    held = deliberation.announce_meeting(
        topic, meeting.at, meeting.place, by=clerk, form=meeting.form, agenda=meeting.agenda, short_notice="",
    )  # fmt: skip
    yield meeting.at
    held.topic = topic
    deliberation.open_meeting(held, by=convener)
    yield from talk(held, meeting, clerk, convener)
    deliberation.conclude(held, outcome, summary, tuple(items), tuple(pledges), by=convener)
    yield meeting.at + 4 * HOUR
    topic.refresh_from_db()
    deliberation.confirm_resolution(held.resolution, by=cast.reviewer(topic.room))
    if items:
        delivery.deliver(topic, by=convener)


def talk(held, meeting: Meeting, clerk: Actor, convener: Actor):
    """Sign in, speak in turn, vote, keep the dissent."""
    seats = {}
    for n, (kind, words) in enumerate(meeting.said):
        yield meeting.at + timedelta(minutes=5 * n + 5)
        seat = deliberation.sign_in_for(held, kind, f"{n + 1} 号席", by=clerk)
        seats.setdefault(kind, seat)
        deliberation.say_for(held, words, by=clerk, kind=kind, attendance=seat)
    yield meeting.at + HOUR
    deliberation.count_heads(held, max(len(meeting.said), sum(meeting.votes.values())), by=clerk)
    if meeting.question:
        ballot = deliberation.open_ballot(held, meeting.question, "agree", by=convener)
        deliberation.count(ballot, "hands", meeting.votes, by=clerk)
        deliberation.close_ballot(ballot, by=convener)
    if meeting.dissent:
        deliberation.note_dissent(held, meeting.dissent, by=clerk, kind="residents")


def carry_out(cast: Cast, topic: Topic, signed: datetime, steps: Sequence[tuple[datetime, str]], done: datetime, costs: Sequence[int]):
    """Each unit signs, shows its steps with photos, and reports done with what it really cost."""
    tasks = list(Task.objects.filter(topic=topic, ended_at=None).select_related("unit", "topic__room").order_by("id"))
    yield signed
    for task in tasks:
        delivery.sign_for(task, by=cast.officer(task.unit))
    for n, (at, words) in enumerate(steps):
        yield at
        task = tasks[n % len(tasks)]
        delivery.add_milestone(task, words, by=cast.officer(task.unit), photos=[picture("during", topic.pk + n)])
    yield done
    for n, task in enumerate(tasks):
        delivery.report_done(
            task, "已经办好，请大家看一看。", actual_cost=costs[n] if n < len(costs) else 0,
            by=cast.officer(task.unit), photos=[picture("after", topic.pk + n)],
        )  # fmt: skip


def join(cast: Cast, topic: Topic, at: datetime, how_many: int):
    """Neighbours who signed in by phone meet with it, too."""
    for n in range(how_many):
        yield at + n * timedelta(minutes=25)
        support(topic, by=cast.neighbour())


def confirm(topic: Topic, at: datetime, words: str = "", levels: dict | None = None):
    """Those who reported it are asked, and say that it is solved. Where a post reported it, neighbours are asked, too."""
    yield at
    topic.refresh_from_db()
    evaluation.ask(topic, by=SYSTEM)
    for n, report in enumerate(Report.objects.filter(topic=topic, withdrawn_at=None).order_by("id")):
        yield at + DAY + n * timedelta(minutes=7)
        topic.refresh_from_db()
        if topic.state == "confirming":
            answer = Answer(solved=True, levels=levels or VERY_GOOD, words=words if n == 0 else "")
            evaluation.judge(report, answer, by=_voice(report), own=True)


def _voice(report: Report) -> Actor:
    """A member confirms what they proposed as the person they are; everyone else holds the receipt."""
    return resident(report.person) if report.channel == "member" else ANYONE


def thing(what: str, unit: Unit, cost: int, source: str, procurement: str, due: date, criterion: str, *supporting: Unit) -> Item:
    """One line of a contract, in the order in which it is read."""
    return Item(what, unit, cost, source, procurement, due, criterion, supporting)


