"""Many at the same moment: numbers, votes and the close of a ballot stay true on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from mashangyi.ground.calendar.clock import at
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.journal.read import faults
from mashangyi.ground.people.actor import ANYONE
from mashangyi.stages.deliberation import actions, queries
from mashangyi.stages.deliberation.actions.outcome import Promise
from mashangyi.stages.deliberation.models import Attendance, Vote
from mashangyi.topic.lifecycle import Conflict
from tests import factories

from .factories import FRIDAY, clerk_of, concluded, host, prepared, resident, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def together(work, count: int) -> list:
    """Run `work(n)` for each n in threads of their own, on Friday evening; what each gave or raised."""

    def one(n):
        try:
            with at(FRIDAY):
                return work(n)
        except Exception as problem:
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, range(count)))


@pytest.fixture
def ballot(meeting):
    with at(FRIDAY):
        return actions.open_ballot(meeting, "行不行", "agree", by=host(meeting))


def test_twenty_who_sign_in_at_once_get_twenty_numbers(meeting):
    together(lambda n: signed_in(meeting, ANYONE), 20)
    assert sorted(Attendance.objects.values_list("number", flat=True)) == list(range(1, 21))


def test_one_person_pressing_on_eight_devices_signs_in_once(meeting):
    person = resident()
    found = together(lambda n: signed_in(meeting, person), 8)
    assert len({each.pk for each in found}) == 1


def test_one_person_voting_on_eight_devices_at_once_has_one_vote(meeting, ballot):
    person = resident()
    with at(FRIDAY):
        mine = signed_in(meeting, person)
    choices = ("agree", "disagree", "abstain")
    together(lambda n: actions.cast(ballot, choices[n % 3], by=person, attendance=_own(mine)), 12)
    assert Vote.objects.filter(ballot=ballot).count() == 1
    assert queries.tally_of(ballot).total == 1


def test_twenty_votes_at_once_are_twenty(meeting, ballot):
    with at(FRIDAY):
        people = [(person := resident(), signed_in(meeting, person)) for _ in range(20)]
    together(lambda n: actions.cast(ballot, "agree", by=people[n][0], attendance=_own(people[n][1])), 20)
    assert queries.tally_of(ballot).of("agree") == 20
    assert faults() == []


def test_what_is_counted_at_the_close_is_what_stands_afterwards(meeting, ballot):
    """Votes race with the close: each is in the journalled tally or was refused, never in between."""
    with at(FRIDAY):
        people = [(person := resident(), signed_in(meeting, person)) for _ in range(16)]
    chair = host(meeting)

    def work(n):
        if n == 8:
            return actions.close_ballot(_own(ballot), by=chair)
        person, mine = people[n % 16]
        return actions.cast(_own(ballot), "agree", by=person, attendance=_own(mine))

    results = together(work, 16)
    refused = sum(isinstance(each, ValidationError) for each in results)
    kept = Entry.objects.get(verb="deliberation.ballot_closed").data["total"]
    assert kept == queries.tally_of(ballot).total == 15 - refused


def _own(thing):
    """Each thread holds its own copy, as each request does."""
    return type(thing).objects.select_related(*_PATHS[type(thing).__name__]).get(pk=thing.pk)


_PATHS = {"Ballot": ("meeting__topic__room",), "Attendance": ("meeting__topic__room",)}


def test_the_database_itself_takes_no_second_vote(meeting, ballot):
    from django.db import IntegrityError, transaction

    with at(FRIDAY):
        mine = signed_in(meeting)
    Vote.objects.create(ballot=ballot, voter=mine, choice="agree", origin="phone")
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(ballot=ballot, voter=mine, choice="disagree", origin="clerk")
    assert connection.vendor in {"sqlite", "postgresql"}


# --- two who saw the same ------------------------------------------------------------------------


def told(verb: str) -> list[dict]:
    return [entry.data for entry in Entry.objects.filter(verb=verb).order_by("seq")]


def test_an_answer_to_a_suggestion_given_twice_is_told_once_and_a_changed_one_says_what_it_was(meeting):
    clerk, made = clerk_of(meeting), actions.suggest(meeting.topic, "装声控灯", by=ANYONE)
    first, second = (queries.suggestion(made.pk) for _each in "ab")
    third = queries.suggestion(made.pk)
    actions.answer_suggestion(first, True, "省电", by=clerk)
    actions.answer_suggestion(second, True, "省电", by=clerk)
    actions.answer_suggestion(third, False, "太贵", by=clerk)
    assert [each.get("was") for each in told("deliberation.suggestion_answered")] == [None, "adopted"]


def test_a_pledge_said_to_be_kept_twice_is_told_once(meeting):
    clerk = clerk_of(meeting)
    made = actions.pledge(meeting.topic, Promise("enterprises", "供电公司", "goods", "灯 3 盏"), by=clerk)
    for promised in [queries.pledges_of(meeting.topic)[0] for _each in "ab"]:
        actions.keep_pledge(promised, True, by=clerk)
    assert len(told("deliberation.pledge_kept")) == 1 and made.pk


def test_a_sign_in_struck_twice_is_told_once(meeting):
    clerk = clerk_of(meeting)
    with at(FRIDAY):
        mine = signed_in(meeting, ANYONE)
        for one in [queries.attendance(meeting, mine.pk) for _each in "ab"]:
            actions.strike(one, "重复", by=clerk)
    assert len(told("deliberation.struck")) == 1


def test_a_result_that_was_taken_back_meanwhile_is_not_confirmed():
    resolution = concluded()
    seen = queries.resolution(resolution.pk)
    actions.reconsider(resolution.topic, "钱不够", by=host(resolution.meeting))
    with pytest.raises(Conflict):
        actions.confirm_resolution(seen, by=factories.actor("reviewer", place=seen.topic.place))
    assert told("deliberation.confirmed") == []


# --- sent twice --------------------------------------------------------------------------------


def test_a_visit_sent_twice_in_a_moment_is_one():
    topic = prepared()
    clerk = factories.actor("clerk", room=topic.room)
    first, again = (actions.record_research(topic, "街道、物业", "路灯坏了三盏", by=clerk) for _ in range(2))
    assert first == again and topic.research.count() == 1


def test_an_option_sent_twice_is_told_its_label():
    topic = prepared()
    clerk = factories.actor("clerk", room=topic.room)
    actions.add_option(topic, "夜里停工", by=clerk)
    with pytest.raises(ValidationError, match="方案甲已经叫这个名字了"):
        actions.add_option(topic, "夜里停工", by=clerk)


def test_who_was_signed_in_already_is_told_the_number(meeting):
    elder = actions.sign_in_for(meeting, "residents", "前排左 2", by=clerk_of(meeting))
    with pytest.raises(ValidationError, match="是 1 号"):
        actions.sign_in_for(meeting, "residents", "前排左 2", by=clerk_of(meeting))
    actions.strike(elder, "走了", by=clerk_of(meeting))
    assert actions.sign_in_for(meeting, "residents", "前排左 2", by=clerk_of(meeting)).number == 2


def test_a_question_sent_twice_is_one_ballot(meeting):
    first, again = (actions.open_ballot(meeting, "行不行？", "agree", by=host(meeting)) for _ in range(2))
    assert first == again and len(told("deliberation.ballot_opened")) == 1
    actions.close_ballot(first, by=host(meeting))
    assert actions.open_ballot(meeting, "行不行？", "agree", by=host(meeting)) != first


def test_a_pledge_sent_twice_in_a_moment_is_one(meeting):
    promise = Promise("members", "科技界委员", "skill", "培训 2 次")
    first, again = (actions.pledge(meeting.topic, promise, by=clerk_of(meeting)) for _ in range(2))
    assert first == again and len(told("deliberation.pledged")) == 1
