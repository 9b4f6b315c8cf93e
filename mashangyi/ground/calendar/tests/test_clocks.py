"""A promise of time: it starts, is held for a reason, goes on, ends, and speaks up once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from mashangyi.ground.calendar import clocks
from mashangyi.ground.calendar.clock import at, local
from mashangyi.ground.calendar.clocks import CLOCKS
from mashangyi.ground.calendar.models import Clock
from mashangyi.ground.calendar.tick import say_overdue, tick
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.journal.verbs import wording
from mashangyi.ground.people.actor import SYSTEM
from tests.factories import actor, room

pytestmark = pytest.mark.django_db
MONDAY = local(2026, 5, 18, 9)
PLACE = "320812004003"


def started(kind="task", subject="topic:12", moment=MONDAY, **more) -> Clock:
    with at(moment):
        clocks.start(kind, subject, place=PLACE, holder="某街道工程科", **more)
        return clocks.running(subject, kind)[0]


def ticked(moment) -> int:
    with at(moment):
        return tick()


def said() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("verb", flat=True))


def test_each_promise_has_one_length():
    assert all([bool(p.hours), bool(p.workhours), bool(p.workdays)].count(True) == 1 for p in CLOCKS.values())


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("acceptance", local(2026, 5, 18, 11)),
        ("contact", local(2026, 5, 19, 9)),
        ("emergency", local(2026, 5, 18, 11)),
        ("review", local(2026, 5, 21, 18)),
        ("task", local(2026, 5, 27, 18)),
    ],
)
def test_a_clock_ends_when_its_promise_says(kind, due):
    assert started(kind).due_at == due


def test_a_resolutions_own_date_goes_before_the_promise():
    assert started(due=local(2026, 6, 20, 18)).due_at == local(2026, 6, 20, 18)


def test_a_clock_that_runs_already_goes_on_as_it_is():
    first = started()
    assert started(moment=MONDAY + timedelta(days=1)) == first
    assert Clock.objects.count() == 1


def test_starting_a_clock_takes_one_query(django_assert_num_queries):
    started()
    with django_assert_num_queries(1):
        clocks.start("contact", "topic:12", place=PLACE)


def test_a_stopped_clock_can_start_again():
    first = started()
    assert clocks.stop("topic:12", "task") == 1
    assert started() != first


def test_stopping_stops_those_that_are_named_and_all_without_a_name():
    for kind in ("task", "contact", "signing"):
        started(kind)
    assert clocks.stop("topic:12", "task") == 1
    assert [clock.kind for clock in clocks.running("topic:12")] == ["contact", "signing"]
    assert clocks.stop("topic:12") == 2


def test_the_look_afterwards_at_an_emergency_is_owed_when_the_matter_has_ended():
    started("late_review")
    assert clocks.stop("topic:12") == 0 and clocks.running("topic:12", "late_review")
    assert clocks.stop("topic:12", "late_review") == 1


def test_the_clock_of_a_topic_knows_its_topic():
    assert started().topic == 12
    assert started(subject="task:7").topic is None
    assert started(subject="task:8", topic=12).topic == 12


@pytest.mark.parametrize("reason", ["", "   ", "长" * 201])
def test_a_clock_is_not_held_without_a_reason_of_reasonable_length(reason):
    clock = started()
    with pytest.raises(ValidationError) as refused:
        clocks.pause(clock, reason)
    assert "reason" in refused.value.message_dict
    clock.refresh_from_db()
    assert clock.paused_at is None


def test_a_held_clock_goes_on_with_the_working_time_that_was_left():
    clock = started()  # until Wednesday 27 May, 18:00
    with at(local(2026, 5, 22, 16)):
        clocks.pause(clock, "等上级批复资金")
    # Held for two working hours of Friday and one and a half of Monday; the weekend cost nothing.
    with at(local(2026, 5, 25, 10)):
        assert clocks.go_on(clock) == local(2026, 5, 28, 12)
    assert clock.pause_reason == "等上级批复资金" and clock.paused_at is None


def test_a_held_clock_of_plain_hours_goes_on_by_the_wall_clock():
    clock = started("contact")
    with at(local(2026, 5, 18, 12)):
        clocks.pause(clock, "反映人手机关机，约了明天")
    with at(local(2026, 5, 18, 20)):
        assert clocks.go_on(clock) == local(2026, 5, 19, 17)


def test_going_on_twice_changes_nothing_more():
    clock = started()
    with at(local(2026, 5, 19, 9)):
        clocks.pause(clock, "等检测报告")
    with at(local(2026, 5, 20, 9)):
        due = clocks.go_on(clock)
        assert clocks.go_on(clock) == due


def test_a_held_clock_neither_reminds_nor_runs_out():
    clock = started()
    with at(local(2026, 5, 19, 9)):
        clocks.pause(clock, "等检测报告")
    assert ticked(local(2026, 7, 1)) == 0


def test_a_working_day_before_the_end_the_holder_is_reminded_once():
    started()
    assert ticked(local(2026, 5, 26, 17)) == 0
    assert ticked(local(2026, 5, 26, 19)) == 1
    assert ticked(local(2026, 5, 26, 20)) == 0
    assert said() == ["clock.reminded"]


def test_a_short_promise_reminds_after_three_quarters_of_its_working_time():
    clock = started("acceptance", moment=local(2026, 5, 22, 17, 30))  # Friday; two working hours
    assert (clock.remind_at, clock.due_at) == (local(2026, 5, 25, 9, 30), local(2026, 5, 25, 10))


def test_a_reminder_always_comes_before_the_end():
    assert all(started(kind, f"topic:{n}").remind_at < started(kind, f"topic:{n}").due_at
               for n, kind in enumerate(CLOCKS))  # fmt: skip


def test_an_overrun_is_said_once_in_public_and_names_who_holds_it():
    started()
    assert ticked(local(2026, 5, 27, 18, 1)) == 1
    assert ticked(local(2026, 5, 29)) == 0
    entry = Entry.objects.get()
    assert entry.topic == 12 and entry.place == PLACE and entry.role == "system"
    assert wording(entry) == "已超期：办理，由某街道工程科负责"
    with translation.override("en"):
        assert wording(entry) == "Overdue: Carrying out (with 某街道工程科)"


def test_an_overrun_stands_on_the_page_of_the_room_where_the_topic_is():
    here, clerk = room(), actor("clerk")
    from mashangyi.ground.journal.tests.factories import speak

    speak(by=clerk, topic=12, room=here.pk)
    started()
    ticked(local(2026, 5, 28))
    assert Entry.objects.get(verb="clock.overdue").room == here.pk


def test_a_resident_who_did_not_answer_is_not_called_overdue_in_public():
    started("information")
    assert ticked(local(2026, 7, 1)) == 1
    assert said() == ["clock.ran_out"]


def test_a_stopped_clock_is_silent():
    started()
    clocks.stop("topic:12")
    assert ticked(local(2026, 7, 1)) == 0


def test_an_extended_clock_reminds_and_runs_out_anew():
    clock = started()
    ticked(local(2026, 5, 28))
    with at(local(2026, 5, 28, 9)):
        clocks.extend(clock, local(2026, 6, 10, 18))
    assert ticked(local(2026, 6, 1)) == 0
    assert ticked(local(2026, 6, 9, 19)) == 1
    assert ticked(local(2026, 6, 11)) == 1
    assert said() == ["clock.overdue", "clock.reminded", "clock.overdue"]


def test_two_workers_that_saw_the_same_clock_say_it_once():
    clock = started()
    other = Clock.objects.get(pk=clock.pk)
    with at(local(2026, 5, 28)):
        assert say_overdue(clock, by=SYSTEM)
        assert not say_overdue(other, by=SYSTEM)
    assert said() == ["clock.overdue"]


def test_a_clock_that_was_stopped_after_it_was_seen_says_nothing():
    clock = started()
    clocks.stop("topic:12")
    with at(local(2026, 5, 28)):
        assert not say_overdue(clock, by=SYSTEM)


def test_a_round_takes_a_limited_number_and_the_next_one_the_rest():
    for n in range(5):
        started(subject=f"topic:{n}")
    with at(local(2026, 5, 28)):
        assert [tick(limit=3), tick(limit=3), tick(limit=3)] == [3, 2, 0]


def test_a_round_without_anything_due_takes_three_queries_at_most(django_assert_max_num_queries):
    for n in range(5):
        started(subject=f"topic:{n}")
    with django_assert_max_num_queries(3), at(MONDAY):
        assert tick() == 0


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(days=3), "还剩 3 天"),
        (timedelta(hours=30), "还剩 30 小时"),
        (timedelta(minutes=38), "还剩 38 分钟"),
        (timedelta(seconds=5), "还剩 1 分钟"),
        (-timedelta(days=2, hours=1), "已超 2 天"),
    ],
)
def test_how_long_is_left_is_said_as_people_say_it(span, words):
    with at(MONDAY):
        assert clocks.left(MONDAY + span) == words


def test_without_an_end_nothing_is_left_to_say():
    assert clocks.left(None) == ""
