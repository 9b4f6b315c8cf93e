"""Asking: whoever reported a matter is asked whether it is solved, and what follows when time is over."""

from django.utils.translation import gettext as _

from ....ground.calendar import clocks
from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....ground.people.actor import ANYONE
from ....topic import lifecycle
from ....topic.lifecycle import Conflict
from ....topic.models import Topic
from ...intake.models import Report
from ...intake.queries import reporters
from .. import rules
from ..models import Question, Round


@deed
def ask(topic: Topic, *, by) -> Round:
    """Ask everyone who reported the topic, once a round. A round that is open already is simply returned.

    The worker asks soon after a unit reports done; whoever judges earlier than that asks by judging.
    """
    law.demand(by, "evaluation.ask", topic)
    topic = hold(topic)
    if topic.state != "confirming":
        raise Conflict(_("这件事现在是“%s”，还没到评价的时候。") % _(lifecycle.STATES[topic.state].label))
    known = open_round(topic)
    if known:
        return known

    Round.objects.filter(topic=topic, closed_at=None).update(closed_at=now(), verdict="lapsed")
    until = topic.due_at or clocks.CLOCKS["confirmation"].due(now())
    number = Round.objects.filter(topic=topic).count() + 1
    opened = Round.objects.create(topic=topic, number=number, opened_at=now(), until=until)
    reports = Report.objects.filter(topic=topic, withdrawn_at=None, joined=False)
    asked = _put(opened, reports, "reporter")

    record("evaluation.asked", by=by, topic=topic, data={"round": opened.number, "n": asked})
    return opened


def hold(topic: Topic) -> Topic:
    """The topic as it is now, held until the deed is done: two answers at once count one after the other."""
    return Topic.objects.select_for_update().get(pk=topic.pk)


def open_round(topic: Topic) -> Round | None:
    """The open round of this confirming; one left over from before the topic moved on is none."""
    return Round.objects.filter(topic=topic, closed_at=None, opened_at__gte=topic.moved_at).first()


def _put(opened: Round, reports, why: str) -> int:
    """One question for each person or receipt; how many. Who sent several reports is asked once."""
    known = set(opened.questions.values_list("recipient", flat=True))
    wanted = dict.fromkeys(reporters(reports))
    fresh = [
        Question(round=opened, recipient=who, why=why, asked_at=now()) for who in wanted if who not in known
    ]
    Question.objects.bulk_create(fresh)
    return len(fresh)


# --- what follows ------------------------------------------------------------------------------


def outcome_of(opened: Round, *, over: bool) -> str:
    """The verdict of a round as it stands; see rules.verdict()."""
    asked = opened.questions.count()
    answered = opened.questions.exclude(answered_at=None).count()
    said = [rules.Said(*row) for row in opened.judgements.values_list("solved", "counts")]
    return rules.verdict(said, asked=asked, answered=answered, over=over, sampled=bool(opened.sampled_at))


def resolve(topic: Topic, opened: Round, by) -> None:
    """Resolved, by the word of residents alone."""
    close(opened, "resolved")
    facts = {
        "round": opened.number,
        "asked": opened.questions.count(),
        "yes": opened.judgements.filter(counts=True, solved=True).count(),
    }
    lifecycle.move(topic, "confirm", by=by, outcome="resolved", data=facts)


def close(opened: Round, verdict: str) -> None:
    Round.objects.filter(pk=opened.pk).update(closed_at=now(), verdict=verdict)
    opened.refresh_from_db()


@deed
def close_when_over(opened: Round, *, by) -> str:
    """When a round's time is over: count what residents said. Called by the worker alone.

    The system only counts: the move to "resolved" is made in the name of the residents who said so, and
    lifecycle.MOVES lets nobody else make it. When no answer counts, neighbours are asked.
    """
    if by.role != "system":
        raise law.No(_("结果只由居民的评价决定，到期由系统清点。"))
    topic = hold(opened.topic)
    opened.refresh_from_db()
    if opened.closed_at or now() < opened.until:
        return "wait"
    if open_round(topic) != opened or topic.state != "confirming":
        close(opened, "lapsed")
        return "lapsed"
    result = outcome_of(opened, over=True)
    if result == "resolved":
        resolve(topic, opened, ANYONE)
    elif result == "sample":
        ask_neighbours(topic, opened, by)
    else:
        _wait_longer(topic, opened)
    return result


def ask_neighbours(topic: Topic, opened: Round, by) -> None:
    """Of those who had joined before it was reported done, some are drawn; with none, it stays open.

    Only of residents known by a phone code: a phone without an account can join as many. None joined in a post.
    """
    joined = Report.objects.filter(
        topic=topic, withdrawn_at=None, joined=True, received_at__lt=opened.opened_at,
        person__kind="resident", person__is_active=True, filed_by=None,
    )  # fmt: skip
    seed = f"{topic.number}/{opened.number}"
    drawn = rules.sample(list(joined.values_list("pk", flat=True)), seed)
    asked = _put(opened, joined.filter(pk__in=drawn), "neighbour")
    Round.objects.filter(pk=opened.pk).update(sampled_at=now())
    _wait_longer(topic, opened)
    verb = "evaluation.sampled" if asked else "evaluation.nobody_to_sample"
    record(verb, by=by, topic=topic, data={"round": opened.number, "n": asked, "seed": seed})


def _wait_longer(topic: Topic, opened: Round) -> None:
    """Silence resolves nothing: the round stays open for another time of confirming."""
    until = clocks.CLOCKS["confirmation"].due(now())
    Round.objects.filter(pk=opened.pk).update(until=until)
    lifecycle.hand_on(topic, topic.holder, until)
