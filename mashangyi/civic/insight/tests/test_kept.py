"""What was promised and how it was kept: calls, suggestions, pledges, matters that came again, who took part."""

from datetime import timedelta

import pytest

from mashangyi.civic.insight import recount
from mashangyi.ground.calendar import clock
from mashangyi.ground.people.actor import ANYONE
from mashangyi.stages.deliberation import actions as deliberation
from mashangyi.stages.deliberation.models import Attendance, Pledge, Suggestion
from mashangyi.stages.deliberation.tests import factories as deliberated
from mashangyi.stages.intake.actions import record_report
from mashangyi.stages.triage import actions as triage
from mashangyi.topic.models import Category
from tests import factories as make

from . import factories as some

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


# --- the first call ----------------------------------------------------------------------------


@pytest.mark.parametrize(("after", "in_time"), [(0 * HOUR, 1), (23 * HOUR, 1), (25 * HOUR, 0)])
def test_a_call_within_24_hours_is_in_time_and_a_later_one_is_not(after, in_time):
    some.called(make.room(), after)
    city = some.figures()
    assert (city.of("contact"), city.of("contact:in_time")) == (1, in_time)


def test_a_late_call_is_counted_late_even_before_anybody_called_it_overdue():
    room = make.room()
    said = record_report(room, "路灯不亮", by=ANYONE, phone="13800138000").report
    with clock.at(clock.now() + 25 * HOUR):
        triage.record_call_back(said, True, "还没有亮", by=make.actor("clerk", room=room))
    assert (some.figures().of("contact"), some.figures().of("contact:in_time")) == (1, 0)


def test_who_was_never_reached_counts_as_not_reached_when_the_day_is_over():
    room = make.room()
    some.called(room, 3 * HOUR, reached=False)
    assert some.figures().of("contact") == 0
    some.called(room, 30 * HOUR, reached=False)
    city = some.figures()
    assert (city.of("contact"), city.of("contact:in_time")) == (2, 0)  # the first promise ran out meanwhile, too


def test_a_second_call_counts_no_second_time():
    room = make.room()
    said = some.called(room)
    triage.record_call_back(said, True, "又问了一次", by=make.actor("clerk", room=room))
    assert some.figures().of("contact") == 1


def test_whoever_left_no_number_was_promised_no_call():
    some.described(make.room())
    assert some.figures().of("contact") == 0 and some.figures().share("contact:in_time", "contact") is None


def test_a_promise_that_ran_out_before_a_merge_is_counted_once():
    from mashangyi.ground.calendar.tick import tick

    room = make.room()
    late = record_report(room, "路灯不亮", by=ANYONE, phone="13800138000").report.topic
    clerk = make.actor("clerk", room=room)
    with clock.at(clock.now() + 30 * HOUR):
        tick()
        triage.merge(late, some.described(room), by=clerk)
        tick()
    assert some.figures().of("contact") == 1


# --- suggestions -------------------------------------------------------------------------------


def test_suggestions_are_told_with_how_many_were_answered_and_adopted():
    some.suggested(some.prepared(make.room()), True, True, False)
    city = some.figures()
    assert [city.of(f) for f in ("suggestions", "suggestions:answered", "suggestions:adopted")] == [4, 3, 2]
    assert city.of("suggestions:adopted") == Suggestion.objects.filter(adopted=True).count()


def test_an_answer_that_is_changed_counts_as_it_stands():
    topic = some.prepared(make.room())
    clerk = make.actor("clerk", room=topic.room)
    suggestion = some.suggested(topic, True)[1]
    deliberation.answer_suggestion(suggestion, False, "太贵", by=clerk)
    city = some.figures()
    assert (city.of("suggestions:answered"), city.of("suggestions:adopted")) == (1, 0)
    deliberation.answer_suggestion(suggestion, True, "有钱了", by=clerk)
    assert some.figures().of("suggestions:adopted") == 1


# --- pledges -----------------------------------------------------------------------------------


def test_pledges_are_told_with_how_many_were_kept_and_of_how_many_nobody_knows():
    some.pledged(some.described(make.room()), True, True, False)
    city = some.figures()
    assert (city.of("pledged"), city.of("pledges:told"), city.of("pledges:kept"), city.untold) == (4, 3, 2, 1)
    assert city.share("pledges:kept", "pledges:told") == 66.7


def test_a_pledge_made_with_the_resolution_is_a_pledge():
    from mashangyi.stages.deliberation.actions.outcome import Promise

    promise = Promise("enterprises", "供电公司", "goods", "灯 3 盏")
    deliberated.concluded(pledges=(promise, promise))
    assert some.figures().of("pledged") == Pledge.objects.count() == 2


def test_a_pledge_that_was_kept_after_all_counts_as_it_stands():
    topic = some.described(make.room())
    promised = some.pledged(topic, False)[1]
    deliberation.keep_pledge(promised, True, by=make.actor("clerk", room=topic.room))
    city = some.figures()
    assert (city.of("pledges:told"), city.of("pledges:kept")) == (1, 1)


# --- the same again ----------------------------------------------------------------------------


def _ended(room, path: str = "lights", name: str = "answer"):
    topic = some.sorted_into(room, path)
    return some.take(topic, name, by=make.actor("clerk", room=room), reason="写明白了")


def test_the_same_kind_in_the_same_village_within_six_months_came_again():
    room = make.room()
    _ended(room)
    some.sorted_into(room, "lights")
    assert (some.figures().of("again"), some.figures().share("again", "topics")) == (1, 50)


@pytest.mark.parametrize("days", [184, 400])
def test_after_six_months_it_is_no_repeat(days):
    room = make.room()
    _ended(room)
    with clock.at(clock.now() + timedelta(days=days)):
        some.sorted_into(room, "lights")
    assert some.figures().of("again") == 0


def test_another_kind_another_village_or_an_open_matter_is_no_repeat():
    room = make.room()
    some.sorted_into(room, "lights")
    some.sorted_into(room, "lights")
    _ended(room, "roads")
    _ended(make.room(place="320812004004"), "lights")
    some.sorted_into(room, "drains")
    assert some.figures().of("again") == 0


def test_what_was_declined_was_no_answer_and_does_not_come_again():
    room = make.room()
    _ended(room, name="decline")
    some.sorted_into(room, "lights")
    assert some.figures().of("again") == 0


def test_a_kind_that_is_changed_counts_as_it_stands():
    room = make.room()
    clerk = make.actor("clerk", room=room)
    _ended(room)
    topic = some.sorted_into(room, "lights")
    triage.sort(topic, category=Category.objects.create(path="roads", name="路"), by=clerk)
    assert some.figures().of("again") == 0
    triage.sort(topic, category=Category.objects.get(path="lights"), by=clerk)
    triage.sort(topic, category=Category.objects.get(path="lights"), by=clerk)
    assert some.figures().of("again") == 1


def test_a_repeat_that_was_joined_to_another_is_none_until_it_is_split():
    room = make.room()
    clerk = make.actor("clerk", room=room)
    _ended(room)
    first, second = some.sorted_into(room, "lights"), some.sorted_into(room, "lights")
    assert some.figures().of("again") == 2
    triage.merge(second, first, by=clerk)
    assert some.figures().of("again") == 1
    second.refresh_from_db()
    triage.split(second, "不是一件事", by=clerk)
    assert some.figures().of("again") == 2 and recount.faults() == []


# --- who took part -----------------------------------------------------------------------------


def test_sign_ins_are_counted_and_those_entered_for_others_told_apart():
    some.attended(make.room())
    city = some.figures()
    assert (city.of("attended"), city.of("attended:clerk")) == (2, 1)
    assert city.of("attended") == Attendance.objects.filter(struck_at=None).count()


def test_a_sign_in_is_struck_out_once():
    sitting, _convener = some.meeting(make.room())
    clerk = make.actor("clerk", room=sitting.room)
    row = deliberation.sign_in_for(sitting, "residents", "前排", by=clerk)
    deliberation.strike(row, "重复", by=clerk)
    deliberation.strike(row, "重复", by=clerk)
    assert (some.figures().of("attended"), recount.faults()) == (0, [])


def test_me_too_and_what_was_said_for_others_are_told_apart():
    from mashangyi.stages.intake.actions import support

    room = make.room()
    support(some.described(room), by=ANYONE)
    record_report(room, "楼道灯不亮", "proxy", by=make.actor("grid_worker", place=room.place), consent="当面同意")
    city = some.figures()
    assert [city.of(f) for f in ("reports", "joined", "reports:proxy")] == [3, 1, 1]
