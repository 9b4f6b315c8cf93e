"""What the meeting came to: a resolution as a contract, pledges, or another way to go on."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.translation import gettext as _

from ....ground.calendar import clocks
from ....ground.calendar.clock import now, today
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....ground.people.models import Unit
from ....topic import lifecycle
from ....topic.models import Topic
from .. import queries, rules
from ..models import Ballot, Meeting, Pledge, Resolution, ResolutionItem, StatutoryVote
from ..models.words import OUTCOMES, PARTIES, PLEDGE_KINDS, PROCUREMENT, SOURCES, VOTE_PROCEDURES
from .checks import as_it_is_now, hold, just_now, one_of, public, words_of, yuan_of
from .meetings import SITTING, ask_again, check_call, facts_of, new_meeting, set_state


@dataclass(frozen=True)
class Item:
    """One line of the contract: cost in whole yuan, `due` the last day."""

    what: str
    unit: Unit
    cost: int
    source: str
    procurement: str
    due: date
    criterion: str
    supporting: tuple[Unit, ...] = ()


@dataclass(frozen=True)
class Promise:
    """What a party brings: `quantity` with its unit."""

    party: str
    who: str
    kind: str
    quantity: str
    due: date | None = None


@deed
def conclude(
    meeting: Meeting,
    outcome: str,
    summary: str,
    items: tuple[Item, ...] = (),
    pledges: tuple[Promise, ...] = (),
    *,
    by,
) -> Resolution:
    """The convener announces what was agreed. An agreement, whole or in part, says of each item who does it,
    for how much, whose money, how bought, until when, and when it counts as done."""
    law.demand(by, "deliberation.conclude", meeting.topic)
    one_of(outcome, OUTCOMES, "outcome")
    summary = words_of(summary, "summary", _("请用几句话写明商量的结果。"))
    _check_ballots(meeting)
    _check_items(outcome, items)

    resolution = Resolution.objects.create(
        topic=meeting.topic, meeting=meeting, outcome=outcome, summary=summary, concluded_at=now()
    )
    for order, item in enumerate(items, 1):
        _write_item(resolution, order, item)
    for promise in pledges:
        _write_pledge(meeting.topic, promise, resolution)
    _end(meeting)
    clocks.stop(meeting.topic.subject, "emergency")

    cost = sum(item.cost for item in items)
    data = {
        "resolution": resolution.pk, "outcome": OUTCOMES[outcome], "items": len(items), "cost": cost,
        "pledges": len(pledges),
    }  # fmt: skip
    lifecycle.move(meeting.topic, "conclude", by=by, data=data)
    return resolution


def _end(meeting: Meeting) -> None:
    """The sitting is over, and what it came to is counted for good."""
    set_state(meeting, "closed", ("open",), closed_at=now(), minutes=queries.minutes_of(meeting))


def _check_ballots(meeting: Meeting) -> None:
    if Ballot.objects.filter(meeting=meeting, closed_at=None).exists():
        raise ValidationError({"outcome": _("还有表决没有结束，请先结束表决。")})


def _check_items(outcome: str, items) -> None:
    if outcome == "none" and items:
        raise ValidationError({"items": _("没有谈拢就没有要办的事项；谈成了一部分，请选“部分一致”。")})
    if outcome != "none" and not items:
        raise ValidationError({"items": _("请至少写一项：做什么、谁来做、花多少、到哪天。")})
    if len(items) > rules.MOST_ITEMS:
        raise ValidationError({"items": _("最多 %s 项。") % rules.MOST_ITEMS})


def _write_item(resolution: Resolution, order: int, item: Item) -> None:
    if item.due < today():
        raise ValidationError({"due": _("第 %s 项的期限已经过了，请选今天或以后的日子。") % order})
    _not_too_far(item.due)
    if item.cost and item.source in {"", "none"}:
        raise ValidationError({"source": _("第 %s 项要花钱，请写明谁出钱。") % order})
    row = ResolutionItem.objects.create(
        resolution=resolution,
        order=order,
        what=words_of(item.what, "what", _("第 %s 项请写做什么。") % order, longest=200),
        unit=item.unit,
        cost=yuan_of(item.cost) or 0,
        source=one_of(item.source or "none", SOURCES, "source"),
        procurement=one_of(item.procurement, PROCUREMENT, "procurement"),
        due=item.due,
        criterion=words_of(item.criterion, "criterion", _("第 %s 项请写怎样算办好。") % order, longest=200),
    )
    row.supporting.set([unit for unit in item.supporting if unit != item.unit])


def _not_too_far(due: date | None) -> None:
    if due and due - today() > rules.FARTHEST_DUE:
        raise ValidationError({"due": _("期限 %s 离得太远了，请看看年份对不对。") % due.isoformat()})


# --- pledges -----------------------------------------------------------------------------------


@deed
def pledge(topic: Topic, promise: Promise, *, by) -> Pledge:
    """A party promises something, in the meeting or after it."""
    law.demand(by, "deliberation.pledge", topic)
    same = {"party": promise.party, "who": promise.who.strip(), "kind": promise.kind, "quantity": promise.quantity.strip()}
    if before := just_now(hold(topic).pledges, "pledged_at", **same):
        return before
    resolution = queries.standing_of(topic)
    made = _write_pledge(topic, promise, resolution)
    record("deliberation.pledged", by=by, topic=topic, data={"who": made.who, "quantity": made.quantity})
    return made


def _write_pledge(topic: Topic, promise: Promise, resolution: Resolution | None) -> Pledge:
    _not_too_far(promise.due)
    return Pledge.objects.create(
        topic=topic, resolution=resolution, pledged_at=now(), due=promise.due,
        party=one_of(promise.party, PARTIES, "party"),
        who=words_of(promise.who, "who", _("请写哪一方认领的。"), longest=80),
        kind=one_of(promise.kind, PLEDGE_KINDS, "kind"),
        quantity=words_of(promise.quantity, "quantity", _("请写认领多少，例如：志愿者 20 名。"), longest=80),
    )  # fmt: skip


@deed
def keep_pledge(promised: Pledge, kept: bool, *, by, words: str = "") -> Pledge:
    """Say whether a pledge was kept; a broken one says why."""
    law.demand(by, "deliberation.pledge", promised.topic)
    words = public("words", words)[:200] if kept else words_of(words, "words", _("没有兑现请写明原因。"), longest=200)
    as_it_is_now(promised, "kept", "kept_words")
    if (promised.kept, promised.kept_words) == (bool(kept), words):
        return promised

    was = {} if promised.kept is None else {"was": "kept" if promised.kept else "broken"}
    promised.kept, promised.kept_words = bool(kept), words
    promised.save(update_fields=["kept", "kept_words"])
    verb = "deliberation.pledge_kept" if kept else "deliberation.pledge_broken"
    record(verb, by=by, topic=promised.topic, data={"who": promised.who, "quantity": promised.quantity, **was})
    return promised


# --- the party organisation confirms -----------------------------------------------------------


@deed
def confirm_resolution(resolution: Resolution, *, by) -> Resolution:
    """The party organisation confirms a resolution; of an emergency this is the review that comes afterwards."""
    law.demand(by, "deliberation.confirm", resolution.topic)
    as_it_is_now(resolution, "confirmed_at", "dropped_at")
    if resolution.dropped_at:
        raise lifecycle.Conflict(_("这份成果已经收回，正在重新准备，不用再确认。"))
    if resolution.confirmed_at:
        return resolution
    resolution.confirmed_at, resolution.confirmed_by = now(), by.label
    resolution.save(update_fields=["confirmed_at", "confirmed_by"])
    clocks.stop(resolution.topic.subject, "late_review")
    record("deliberation.confirmed", by=by, topic=resolution.topic, data={"resolution": resolution.pk})
    return resolution


# --- other ways on -----------------------------------------------------------------------------


@deed
def second_round(
    meeting: Meeting, at: datetime, place_words: str, reason: str, *, by, form: str = "room",
    agenda: str = "", short_notice: str = "",
) -> Meeting:  # fmt: skip
    """Not agreed yet: this round closes, the next is announced with its reason."""
    topic = meeting.topic
    law.demand(by, "deliberation.conclude", topic)
    reason = words_of(reason, "reason", _("请写明为什么再议一轮。"))
    check_call(at, place_words, form, short_notice)
    _check_ballots(meeting)

    _end(meeting)
    following = new_meeting(
        topic,
        form,
        place_words,
        at,
        agenda=agenda or meeting.agenda,
        seats=meeting.seats,
        short_notice=short_notice,
    )
    ask_again(topic)
    lifecycle.move(topic, "second_round", by=by, reason=reason, due=at + SITTING, data=facts_of(following))
    return following


@deed
def escalate(meeting: Meeting, reason: str, *, by) -> Topic:
    """This level cannot settle it: asked of the next level up, with the reason."""
    law.demand(by, "deliberation.conclude", meeting.topic)
    reason = words_of(reason, "reason", _("请写明为什么要提请上级。"))
    _check_ballots(meeting)
    _end(meeting)
    return lifecycle.move(meeting.topic, "escalate", by=by, reason=reason)


@deed
def reconsider(topic: Topic, reason: str, *, by) -> Topic:
    """The conclusion does not hold: prepare again. What was concluded stays on the page as history."""
    law.demand(by, "deliberation.conclude", topic)
    reason = words_of(reason, "reason", _("请写明为什么重新准备。"))
    standing = Resolution.objects.filter(topic=topic, dropped_at=None)
    cost = standing.aggregate(cost=Sum("items__cost", default=0))["cost"]
    standing.update(dropped_at=now())
    return lifecycle.move(topic, "reconsider", by=by, reason=reason, data={"cost": cost})


@deed
def hand_to_vote(topic: Topic, procedure: str, *, by) -> StatutoryVote:
    """The law asks for a vote of its own (owners, villagers): handed over; our ballots were advisory."""
    law.demand(by, "deliberation.hand_to_vote", topic)
    one_of(procedure, VOTE_PROCEDURES, "procedure")
    handed = StatutoryVote.objects.create(topic=topic, procedure=procedure, handed_at=now())
    lifecycle.move(
        topic, "hand_to_vote", by=by, track="statutory_vote", data={"procedure": VOTE_PROCEDURES[procedure]}
    )
    return handed


@deed
def record_vote(handed: StatutoryVote, passed: bool, result: str, *, by) -> StatutoryVote:
    """Record what the statutory vote came to: how many took part, for and against, where it is posted."""
    law.demand(by, "deliberation.hand_to_vote", handed.topic)
    result = words_of(result, "result", _("请写明多少人参加、多少人同意、公示在哪儿。"))
    handed.passed, handed.result, handed.recorded_at = bool(passed), result, now()
    handed.save(update_fields=["passed", "result", "recorded_at"])
    outcome = "vote_passed" if passed else "vote_failed"
    lifecycle.move(
        handed.topic, "record_vote", by=by, reason=result, outcome=outcome, data={"passed": handed.passed}
    )
    return handed
