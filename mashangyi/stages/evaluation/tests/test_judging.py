"""The rule book of confirming: who is asked, what a yes and a no lead to, and that no post can say it."""

import contextlib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.calendar import clock
from mashangyi.ground.calendar.clock import now
from mashangyi.ground.journal import read
from mashangyi.ground.people.actor import ANYONE, ROLES, SYSTEM, resident
from mashangyi.ground.people.law import No
from mashangyi.ground.people.models import Person
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.delivery.models import Task
from mashangyi.stages.evaluation import actions, tick
from mashangyi.stages.evaluation.models import Judgement, Question, Round
from mashangyi.stages.evaluation.rules import Answer
from mashangyi.stages.intake.actions import support
from mashangyi.stages.triage.actions import ask as ask_for_more
from mashangyi.stages.triage.actions import verify
from mashangyi.topic.lifecycle import Conflict
from tests import factories as make

from . import factories as some
from .factories import NO, YES

pytestmark = pytest.mark.django_db


def later(**span):
    return clock.at(now() + timedelta(**span))


# --- asking ------------------------------------------------------------------------------------


def test_the_worker_asks_every_reporter_once():
    reports = some.confirming(n=3, supporters=2)
    assert tick.ask_waiting() == 1
    assert tick.ask_waiting() == 0
    asked = Question.objects.values_list("recipient", flat=True)
    assert sorted(asked) == sorted(report.subject for report in reports[:3])


def test_a_person_with_two_reports_is_asked_once():
    person = Person.objects.create(username="r", kind="resident")
    reports = some.reported(n=2)
    for report in reports:
        type(report).objects.filter(pk=report.pk).update(person=person)
    some.carry_out(reports[0])
    tick.ask_waiting()
    assert list(Question.objects.values_list("recipient", flat=True)) == [f"person:{person.pk}"]


def test_who_judges_before_the_worker_came_is_asked_by_it():
    (report,) = some.confirming()
    some.say(report)
    assert Round.objects.get().verdict == "resolved"
    assert tick.ask_waiting() == 0


def test_nobody_is_asked_about_what_is_not_done():
    (report,) = some.reported()
    with pytest.raises(Conflict):
        actions.ask(report.topic, by=SYSTEM)
    with pytest.raises(Conflict):
        actions.judge(report, YES, by=ANYONE, own=True)


# --- yes and no --------------------------------------------------------------------------------


def test_the_only_reporter_confirms_and_it_is_resolved():
    (report,) = some.confirming()
    some.say(report)
    assert some.state(report) == "resolved"
    assert report.topic.outcome == "resolved"


def test_with_two_reporters_it_waits_for_the_second():
    first, second = some.confirming(n=2)
    some.say(first)
    assert some.state(first) == "confirming"
    some.say(second)
    assert some.state(first) == "resolved"


def test_one_yes_is_enough_when_time_is_over():
    first, _second = some.confirming(n=2)
    some.say(first)
    with later(days=30):
        tick.tick()
        assert some.state(first) == "resolved"


def test_a_no_sends_it_back_at_once_with_a_clock_of_redo():
    first, _second = some.confirming(n=2)
    some.say(first, NO)
    assert some.state(first) == "delivering"
    task = Task.objects.get()
    assert (task.state, task.redone, task.done_at) == ("working", 1, None)
    assert first.topic.reason == "只办了一半"
    assert first.topic.due_at == task.due_at


def test_after_two_redos_the_third_no_brings_supervision():
    (report,) = some.confirming()
    for wanted in ("delivering", "delivering", "supervised"):
        some.say(report, NO)
        assert some.state(report) == wanted
        if wanted != "supervised":
            some.report_done(Task.objects.get())
    some.report_done(Task.objects.get())
    assert some.state(report) == "confirming"
    some.say(report, YES)
    assert some.state(report) == "resolved"
    assert Round.objects.count() == 4


def test_each_round_asks_anew():
    (report,) = some.confirming()
    some.say(report, NO)
    some.report_done(Task.objects.get())
    some.say(report, YES)
    assert list(Round.objects.order_by("number").values_list("verdict", flat=True)) == ["redo", "resolved"]


def test_one_may_think_again_while_the_round_is_open():
    first, second = some.confirming(n=2)
    some.say(first, Answer(True, levels={"speed": 4}))
    some.say(first, Answer(True, levels={"speed": 2}))
    assert Judgement.objects.get().speed == 2


def test_a_no_without_saying_what_is_refused_by_field():
    (report,) = some.confirming()
    with pytest.raises(ValidationError) as problem:
        some.say(report, Answer(False))
    assert "fault" in problem.value.message_dict
    assert some.state(report) == "confirming"


# --- silence and neighbours --------------------------------------------------------------------


def test_silence_never_resolves_however_long():
    (report,) = some.confirming()
    for days in (30, 60, 400):
        with later(days=days):
            tick.tick()
            assert some.state(report) == "confirming"


def test_while_nobody_answers_the_end_moves_on_and_nobody_is_called_late(client):
    (report,) = some.confirming()
    tick.tick()
    for _round in range(3):
        with clock.at(Round.objects.get().until + timedelta(minutes=1)):
            tick.tick()
            report.topic.refresh_from_db()
            assert report.topic.due_at == Round.objects.get().until > now()
            page = client.get(f"/t/{report.topic.number}/").content.decode()
            assert "已超" not in page and "没有用手机号登录" in page
    told = [entry.verb for entry in read.of_topic(report.topic_id, public=True)]
    assert told.count("evaluation.nobody_to_sample") == 1 and "evaluation.sampled" not in told


def test_who_was_asked_for_more_and_does_not_answer_is_not_called_late(client):
    (report,) = some.reported()
    clerk = make.actor("clerk", room=report.topic.room)
    verify(report.topic, by=clerk)
    ask_for_more(report.topic, "哪一栋？", by=clerk)
    report.topic.refresh_from_db()
    with clock.at(report.topic.due_at + timedelta(hours=1)):
        page = client.get(f"/t/{report.topic.number}/").content.decode()
    assert "已超" not in page and "还没有答复" in page


def test_when_nobody_answers_neighbours_are_asked_and_one_yes_of_all_resolves():
    report, neighbour = some.confirming(supporters=1)
    tick.tick()
    with later(days=30):
        tick.tick()
        assert Question.objects.get(why="neighbour").recipient == f"person:{neighbour.person_id}"
        some.say(neighbour)
        assert some.state(report) == "confirming"
    with later(days=60):
        tick.tick()
        assert some.state(report) == "resolved"


def test_a_neighbour_nobody_asked_can_object_but_not_confirm():
    report, neighbour = some.confirming(supporters=1)
    some.say(neighbour, YES)
    assert not Judgement.objects.get().counts
    with later(days=30):
        assert tick.tick() and some.state(report) == "confirming"
    some.say(neighbour, NO)
    assert some.state(report) == "delivering"


def test_joining_after_it_was_reported_done_decides_nothing():
    (report,) = some.confirming()
    tick.tick()
    late = support(report.topic, by=ANYONE).report
    some.say(late, YES)
    some.say(late, NO)
    assert some.state(report) == "confirming"
    with later(days=60):
        tick.tick()
        assert some.state(report) == "confirming"


# --- staff can never ---------------------------------------------------------------------------

POSTS = [role for role in ROLES if role not in {"resident", "system"}]


@pytest.mark.parametrize("role", POSTS)
def test_no_post_can_judge_even_with_the_receipt_in_hand(role):
    (report,) = some.confirming()
    unit = Task.objects.get().unit
    holder = make.actor(role, room=report.topic.room, unit=unit)
    with pytest.raises(No):
        actions.judge(report, YES, by=holder, own=True)
    assert some.state(report) == "confirming"


def test_neither_can_the_system():
    (report,) = some.confirming()
    with pytest.raises(No):
        actions.judge(report, YES, by=SYSTEM, own=True)


def test_neither_can_a_resident_without_the_receipt():
    (report,) = some.confirming()
    with pytest.raises(No):
        actions.judge(report, YES, by=ANYONE, own=False)


def _every_deed(report, task, by):
    """All that a post might try with a topic that waits to be confirmed."""
    topic = report.topic
    rounds = Round.objects.filter(topic=topic).first()
    return [
        lambda: actions.ask(topic, by=by),
        lambda: actions.judge(report, YES, by=by, own=True),
        lambda: actions.record_call_back_answer(report, "yes", by=by),
        lambda: actions.close_when_over(rounds, by=by),
        lambda: actions.reopen(report, "again", by=by, own=True),
        lambda: actions.reopen_by_audit(topic, "查", by=by),
        lambda: delivery.report_done(task, actual_cost=0, by=by),
        lambda: delivery.supervise(topic, "慢", by=by),
        lambda: delivery.resume(topic, "接着办", by=by),
        lambda: delivery.explain(topic, "说明", by=by),
        lambda: delivery.redo(topic, "返工", by=by),
    ]


@pytest.mark.parametrize("role", [*POSTS, "system"])
def test_no_deed_of_any_post_ends_in_resolved(role):
    (report,) = some.confirming()
    tick.ask_waiting()
    task = Task.objects.get()
    by = SYSTEM if role == "system" else make.actor(role, room=report.topic.room, unit=task.unit)
    with later(days=40):
        for deed in _every_deed(report, task, by):
            with contextlib.suppress(No, Conflict, ValidationError):
                deed()
            report.topic.refresh_from_db()
            task.refresh_from_db()
            assert report.topic.state != "resolved"
    assert "topic.confirm" not in {entry.verb for entry in read.of_topic(report.topic_id, public=False)}


def test_what_is_said_on_the_phone_closes_nothing():
    (report,) = some.confirming()
    clerk = make.actor("clerk", room=report.topic.room)
    actions.record_call_back_answer(report, "yes", "说很好", by=clerk)
    with later(days=60):
        tick.tick()
        assert some.state(report) == "confirming"


def test_a_signed_in_reporter_judges_as_a_resident():
    (report,) = some.confirming()
    person = Person.objects.create(username="r2", kind="resident")
    some.say(report, YES, by=resident(person))
    assert some.state(report) == "resolved"


# --- what stays private ------------------------------------------------------------------------


def test_the_journal_keeps_no_word_of_what_was_said():
    (report,) = some.confirming()
    some.say(report, Answer(False, "half", words="我姓王，电话 13812345678"))
    for entry in read.of_topic(report.topic_id, public=False):
        assert "13812345678" not in str(entry.data)
    report.topic.refresh_from_db()
    assert "王" not in report.topic.reason
