"""What each figure counts, and what it does not count."""

from datetime import timedelta

import pytest

from mashangyi.civic.insight import recount
from mashangyi.ground.calendar import clock
from mashangyi.ground.people.actor import ANYONE
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.delivery.models import Task
from mashangyi.stages.delivery.tests import factories as delivered
from mashangyi.stages.evaluation.models import Judgement
from mashangyi.stages.evaluation.tests import factories as evaluated
from mashangyi.stages.intake.actions import record_report, support
from mashangyi.stages.triage import actions as triage
from tests import factories as make

from . import factories as some

pytestmark = pytest.mark.django_db


# --- topics and reports ------------------------------------------------------------------------


def test_me_too_is_a_report_and_no_topic():
    topic = some.described(make.room())
    support(topic, by=ANYONE)
    assert (some.figures().of("topics"), some.figures().of("reports")) == (1, 2)


def test_two_that_are_merged_are_one_topic_and_two_when_split():
    room = make.room()
    clerk = make.actor("clerk", room=room)
    into, gone = some.described(room), some.described(room)
    triage.merge(gone, into, by=clerk)
    assert some.figures().of("topics") == 1
    gone.refresh_from_db()
    triage.split(gone, "不是一件事", by=clerk)
    assert some.figures().of("topics") == 2 and recount.faults() == []


def test_a_report_that_is_set_apart_is_a_topic_of_its_own_which_waits():
    room = make.room()
    topic = some.described(room)
    support(topic, by=ANYONE)
    triage.split_report(topic.reports.order_by("id").last(), by=make.actor("clerk", room=room))
    city = some.figures()
    assert (city.of("topics"), city.of("reports"), city.of("state:received")) == (2, 2, 1)
    assert recount.faults() == []


def test_a_second_meeting_after_mediation_is_the_same_meeting():
    sitting, convener = some.meeting(make.room())
    some.take(sitting.topic, "mediate", by=convener)
    some.take(sitting.topic, "back_to_table", by=convener, reason="愿意公开谈")
    assert some.figures().of("meetings") == 1


# --- how long ----------------------------------------------------------------------------------


def test_the_median_is_told_with_how_many_it_is_of():
    room = make.room()
    for days in (0, 4, 4):
        topic = record_report(room, "路灯", by=ANYONE).report.topic
        with clock.at(clock.now() + timedelta(days=days)):
            some.take(topic, "verify", by=make.actor("clerk", room=room))
    assert some.figures().median_days() == [("received", 5, 3)]


# --- on time -----------------------------------------------------------------------------------


def test_on_time_is_done_on_time_of_done_and_open_overdue():
    room = make.room()
    delivered.done()
    task = delivered.signed()
    delivery.add_milestone(task, "换灯", by=delivered.officer(task))
    with clock.at(task.due_at + timedelta(days=1)):
        delivery.report_done(task, actual_cost=0, by=delivered.officer(task))
    some.late(room)
    city = some.figures()
    assert (city.of("done:on_time"), city.of("done"), city.overdue, city.on_time) == (1, 2, 1, 33.3)


def test_what_is_not_due_yet_is_neither_early_nor_late():
    delivered.task()
    city = some.figures()
    assert (city.due, city.on_time) == (0, None)


def test_more_time_that_was_granted_or_an_end_makes_a_task_no_longer_overdue():
    room = make.room()
    one, other = some.late(room), some.late(room)
    assert some.figures().overdue == 2
    Task.objects.filter(pk=one.pk).update(due_at=clock.now() + timedelta(days=3))
    Task.objects.filter(pk=other.pk).update(state="dropped", ended_at=clock.now())
    assert some.figures().overdue == 0


def test_clocks_that_a_late_worker_has_not_called_yet_make_no_task_punctual():
    """Overdue is read from the dates themselves, not from when somebody noticed."""
    task = delivered.task()
    with clock.at(task.due_at + timedelta(hours=1)):
        assert some.figures().overdue == 1 and some.figures().on_time == 0


def test_overdue_belongs_to_its_village_town_and_county():
    some.late(make.room())
    assert [some.figures(place).overdue for place in ("3208", "320812", "320812004", "320812004003")] == [1] * 4


# --- solved, as those say who reported it ------------------------------------------------------


def test_what_reporters_say_stands_with_how_many_were_asked_and_are_silent():
    some.judged(n=3)
    city = some.figures()
    assert (city.of("asked"), city.of("answered"), city.silent, city.share("answered", "asked")) == (3, 1, 2, 33.3)
    assert (city.of("judged"), city.share("judged:yes", "judged")) == (1, 100)


def test_who_changes_their_mind_is_counted_once_as_they_said_last():
    reports = evaluated.confirming(n=2)
    evaluated.say(reports[0], evaluated.YES)
    evaluated.say(reports[0], evaluated.NO)
    city = some.figures()
    assert (city.of("answered"), city.of("judged"), city.of("judged:yes"), city.share("judged:yes", "judged")) == (1, 1, 0, 0)


def test_who_says_the_same_twice_is_counted_once():
    reports = evaluated.confirming(n=2)
    evaluated.say(reports[0], evaluated.YES)
    evaluated.say(reports[0], evaluated.YES)
    assert some.figures().of("judged") == some.figures().of("judged:yes") == 1


def test_a_yes_that_does_not_count_is_in_no_share():
    """A neighbour who was not asked cannot say that it is solved: neither for the verdict nor for the figure."""
    reports = evaluated.confirming(n=2, supporters=1)
    evaluated.say(reports[-1], evaluated.YES)
    assert not Judgement.objects.get().counts
    city = some.figures()
    assert (city.of("judged"), city.of("answered"), city.share("judged:yes", "judged")) == (0, 0, None)


def test_the_counts_agree_with_the_judgements_themselves():
    some.judged(), some.judged(solved=False), some.judged(n=2)
    city, rows = some.figures(), Judgement.objects.filter(counts=True)
    assert city.of("judged") == rows.count() and city.of("judged:yes") == rows.filter(solved=True).count()


# --- ends and reopenings -----------------------------------------------------------------------


def test_reopened_is_told_of_all_that_ever_ended():
    first = some.judged()[0].topic
    some.judged()
    first.refresh_from_db()
    some.take(first, "reopen", by=make.actor("auditor"), reason="又坏了")
    city = some.figures()
    assert (city.of("ended"), city.of("reopened"), city.share("reopened", "ended"), city.solved) == (2, 1, 50, 1)


def test_looking_back_is_no_second_end():
    topic = some.judged()[0].topic
    topic.refresh_from_db()
    some.take(topic, "look_back", by=ANYONE)
    city = some.figures()
    assert (city.of("ended"), city.solved) == (1, 1)


# --- money -------------------------------------------------------------------------------------


def test_planned_is_what_standing_resolutions_say_and_spent_what_tasks_took():
    some.concluded(make.room(), cost=46_000)
    delivered.done(cost=960)
    city = some.figures()
    assert (city.of("planned"), city.of("spent")) == (46_000, 960)


def test_what_is_sent_back_is_done_no_more_and_done_again_costs_what_it_took_in_all():
    task = some.judged(solved=False)[0].topic.tasks.get()
    city = some.figures()
    assert (city.of("done"), city.of("done:on_time"), city.of("spent")) == (0, 0, task.actual_cost)
    delivery.report_done(task, "重做", actual_cost=task.actual_cost + 300, by=delivered.officer(task))
    city = some.figures()
    assert (city.of("done"), city.of("done:on_time"), city.of("spent")) == (1, 1, task.actual_cost)
    assert recount.faults() == []


def test_a_conclusion_that_does_not_hold_plans_nothing():
    from mashangyi.stages.deliberation import actions as deliberation

    topic, convener = some.concluded(make.room(), cost=46_000)
    deliberation.reconsider(topic, "钱不够", by=convener)
    assert some.figures().of("planned") == 0 and recount.faults() == []


# --- places ------------------------------------------------------------------------------------


def test_the_parts_of_a_place_add_up_to_it():
    from mashangyi.civic.insight import queries

    some.tell()
    some.project_all()
    for place in ("3208", "320812", "320812004"):
        here = queries.path_to(place)[-1]
        whole, parts = queries.figures_of(here), queries.parts_of(here)
        for figure in queries.PART_FIGURES:
            assert sum(part.of(figure) for part in parts) == whole.of(figure), figure
        assert sum(part.overdue for part in parts) == whole.overdue
        assert sum(part.rooms for part in parts) == whole.rooms


def test_a_room_that_was_closed_is_counted_no_more():
    from mashangyi.ground.calendar.clock import today
    from mashangyi.ground.places.models import Room

    some.tell()
    before = some.figures("320803").rooms
    Room.objects.filter(place=some.FAR).update(closed_on=today())
    assert (before, some.figures("320803").rooms, some.figures(some.FAR).rooms) == (1, 0, 0)
