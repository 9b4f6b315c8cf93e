"""Ballots: put a question, take each vote once, count hands and paper, close. One tally for all of it."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ...triage.actions.words import unmarked
from .. import queries, rules
from ..models import Attendance, Ballot, Count, Meeting, Option, Vote
from ..models.words import BALLOT_KINDS, BALLOT_OUTCOMES, COUNTED, ELECTORATES, MOOD, NEEDS_WORDS, ORIGINS
from .checks import one_of, public, words_of
from .floor import check_floor, held, holds

SHARES = (50, 60, 67, 75, 80, 100)


@deed
def open_ballot(
    meeting: Meeting,
    question: str,
    kind: str,
    *,
    by,
    electorate: str = "vouched",
    share: int = 50,
    quorum: int = 0,
    advisory: bool = True,
    answers: tuple[str, ...] = (),
) -> Ballot:
    """Put a question. A choice offers `answers`, or the topic's options when none are given.

    `share` is the per cent it needs (50: more than half), `quorum` the votes without which it does not count.
    A question to everyone takes guests, whom nobody knows: it shows a mood and decides nothing.
    """
    law.demand(by, "deliberation.ballot", meeting.topic)
    check_floor(meeting)
    question = words_of(question, "question", _("请写表决什么。"), longest=200)
    one_of(kind, BALLOT_KINDS, "kind")
    one_of(electorate, ELECTORATES, "electorate")
    if electorate == MOOD and not advisory:
        raise ValidationError({"electorate": _("没有核对过的人也能投的，只能看倾向。要作决定，请选核对过的人。")})
    if share not in SHARES or not 0 <= quorum <= 100_000:
        raise ValidationError({"share": _("请从列出的比例里选一个。")})
    offered = _offered(meeting, answers) if kind == "choice" else []
    rule = {"kind": kind, "electorate": electorate, "share": share, "quorum": quorum, "advisory": advisory}
    if before := held(meeting).ballots.filter(question=question, offered=offered, closed_at=None, **rule).first():
        return before  # the same question sent once more is the one that people are voting on

    ballot = Ballot.objects.create(meeting=meeting, question=question, offered=offered, opened_at=now(), **rule)

    record(
        "deliberation.mood_asked" if ballot.is_mood else "deliberation.ballot_opened",
        by=by, topic=meeting.topic,
        data={"ballot": ballot.pk, "question": question, "electorate": ELECTORATES[electorate]},
    )  # fmt: skip
    return ballot


def _offered(meeting: Meeting, answers: tuple[str, ...]) -> list[list[str]]:
    words = [public("answers", answer)[:80] for answer in answers if answer.strip()]
    offered = [[label, each] for label, each in zip(rules.LABELS, words, strict=False)] or [
        [option.label, option.title]
        for option in Option.objects.filter(topic=meeting.topic).order_by("id")[: rules.MOST_OPTIONS]
    ]
    if not 2 <= len(offered) <= rules.MOST_OPTIONS or len(words) > rules.MOST_OPTIONS:
        raise ValidationError({"answers": _("几选一要有 2 到 %s 个可选的。") % rules.MOST_OPTIONS})
    return offered


# --- votes -------------------------------------------------------------------------------------


@deed
def cast(ballot: Ballot, choice: str, *, by, attendance: Attendance, words: str = "") -> Vote:
    """Vote from one's own phone. Until the ballot is closed the vote may be changed; it is never doubled."""
    law.demand(by, "deliberation.vote", ballot.meeting.topic, own=holds(attendance, ballot.meeting, by))
    return _cast(ballot, attendance, choice, "phone", words, by=by)


@deed
def cast_for(ballot: Ballot, attendance: Attendance, choice: str, *, by, words: str = "") -> Vote:
    """The clerk enters the vote of somebody without a phone, who signed in with the clerk."""
    law.demand(by, "deliberation.enter_for", ballot.meeting.topic)
    if attendance.way != "clerk":
        raise ValidationError({"attendance": _("这位是用手机签到的，请本人在手机上投。")})
    return _cast(ballot, attendance, choice, "clerk", words, by=by)


def _cast(ballot: Ballot, voter: Attendance, choice: str, origin: str, words: str, *, by) -> Vote:
    ballot = _held_open(ballot)
    _check_voter(ballot, voter)
    one_of(choice, ballot.choices, "choice")
    if choice in NEEDS_WORDS and not words.strip():
        raise ValidationError({"words": _("请写一句为什么，好让大家一起想办法。")})

    fields = {"choice": choice, "words": unmarked("words", words.strip()[:300]), "origin": origin, "at": now()}
    vote, is_new = Vote.objects.update_or_create(ballot=ballot, voter=voter, defaults=fields)

    data = {"ballot": ballot.pk, "origin": ORIGINS[origin], "changed": not is_new}
    record("deliberation.voted", by=by, topic=ballot.meeting.topic, data=data)
    return vote


def _check_voter(ballot: Ballot, voter: Attendance) -> None:
    """The voter as the database has them now: a class may have changed since the page was drawn."""
    voter.refresh_from_db(fields=["kind", "struck_at", "meeting"])
    if voter.meeting_id != ballot.meeting_id:
        raise law.No(_("您没有在这场会上签到。"))
    if not rules.may_vote(ballot.electorate, voter.kind, struck=voter.struck_at is not None):
        raise law.No(_("这次表决请%s投票。") % _(ELECTORATES[ballot.electorate]))


@deed
def count(ballot: Ballot, origin: str, numbers: Mapping[str, int], *, by) -> list[Count]:
    """Enter hands or paper slips counted, all answers at once; a later count replaces the earlier one.

    Only those are counted who have not voted by phone: more votes on site than people is refused.
    """
    law.demand(by, "deliberation.count", ballot.meeting.topic)
    if origin not in COUNTED:
        raise ValidationError({"origin": _("请选举手还是纸票。")})
    ballot = _held_open(ballot)
    for choice, number in numbers.items():
        one_of(choice, ballot.choices, "numbers")
        if not 0 <= number <= 100_000:
            raise ValidationError({"numbers": _("票数写整数，没有就写 0。")})
    _check_heads(ballot, origin, sum(numbers.values()))

    Count.objects.filter(ballot=ballot, origin=origin, replaced_at=None).update(replaced_at=now())
    counts = Count.objects.bulk_create(
        Count(ballot=ballot, origin=origin, choice=choice, number=number, post_id=by.post_id, at=now())
        for choice, number in numbers.items()
    )

    data = {
        "ballot": ballot.pk,
        "origin": ORIGINS[origin],
        "numbers": dict(numbers),
        "total": sum(numbers.values()),
    }
    record("deliberation.counted", by=by, topic=ballot.meeting.topic, data=data)
    return counts


def _check_heads(ballot: Ballot, origin: str, number: int) -> None:
    other = "paper" if origin == "hands" else "hands"
    counted = queries.tally_of(ballot).by(other)
    site = Vote.objects.filter(ballot=ballot).exclude(voter__way="online").count()
    if rules.more_than_present(site, number, counted, ballot.meeting.heads or 0):
        words = _("在场 %(heads)s 人，这样就有 %(votes)s 票了。只数没有用手机投过的人。")
        facts = {"heads": ballot.meeting.heads, "votes": site + number + counted}
        raise ValidationError({"numbers": words % facts})


@deed
def close_ballot(ballot: Ballot, *, by) -> Ballot:
    """Close the vote: the tally is final, its outcome follows from the ballot's own rule and is
    journalled. A mood has no winner."""
    law.demand(by, "deliberation.ballot", ballot.meeting.topic)
    ballot = _held_open(ballot)
    tally = queries.tally_of(ballot)
    outcome, winner = rules.result(ballot.kind, tally, share=ballot.share, quorum=ballot.quorum)
    outcome, winner = ("mood", "") if ballot.is_mood else (outcome, winner)

    ballot.closed_at, ballot.outcome, ballot.winner = now(), outcome, winner
    ballot.save(update_fields=["closed_at", "outcome", "winner"])

    data = {
        "ballot": ballot.pk, "question": ballot.question, "outcome": BALLOT_OUTCOMES[outcome],
        "electorate": ELECTORATES[ballot.electorate], "winner": winner, "total": tally.total,
        "votes": {choice: tally.of(choice) for choice in tally.choices},
        "origins": {origin: tally.by(origin) for origin in tally.origins},
    }  # fmt: skip
    verb = "deliberation.mood_taken" if ballot.is_mood else "deliberation.ballot_closed"
    record(verb, by=by, topic=ballot.meeting.topic, data=data)
    return ballot


def _held_open(ballot: Ballot) -> Ballot:
    """The ballot as it is now, held until the deed is done: nobody closes it between the check and the vote."""
    rows = Ballot.objects.select_related("meeting__topic__room").select_for_update(of=("self",))
    held = rows.get(pk=ballot.pk)
    if not held.is_open:
        raise ValidationError({"ballot": _("这次表决已经结束了。")})
    check_floor(held.meeting)
    return held
