"""The lifecycle is a table; these are the rules the table itself must keep, and the setter's."""

import threading

import pytest
from django.db import connection

from mashangyi.ground.calendar import clock
from mashangyi.ground.calendar.clocks import CLOCKS
from mashangyi.ground.calendar.models import Clock
from mashangyi.ground.calendar.tick import tick
from mashangyi.ground.journal.deeds import deed
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.journal.read import faults
from mashangyi.ground.people.actor import ROLES, SYSTEM
from mashangyi.ground.people.law import No
from mashangyi.topic import lifecycle
from mashangyi.topic.lifecycle import MOVES, STAGES, STATES, Conflict
from mashangyi.topic.models import Topic
from tests import factories

WORKFLOW_STATES = (
    "received verifying needs_information in_review preparing announced deliberating concluded in_mediation "
    "delivering confirming supervised resolved answered transferred_done mediated vote_recorded not_feasible "
    "explained declined merged withdrawn looked_back"
).split()


@deed
def take(topic, name, *, by, **how):
    return lifecycle.move(topic, name, by=by, **how)


@pytest.mark.parametrize("name", WORKFLOW_STATES)
def test_every_state_of_the_workflow_is_in_the_table(name):
    assert name in STATES


@pytest.mark.parametrize("move", MOVES.values(), ids=lambda move: move.name)
def test_a_move_leads_between_known_states_by_known_roles(move):
    assert {*move.sources, move.target} <= set(STATES)
    assert set(move.roles) <= set(ROLES) and move.roles


@pytest.mark.parametrize("state", STATES.values(), ids=lambda state: state.name)
def test_a_state_has_wording_a_stage_and_a_known_clock(state):
    assert state.wording and state.stage in STAGES and (not state.clock or state.clock in CLOCKS)


@pytest.mark.parametrize("state", STATES.values(), ids=lambda state: state.name)
def test_every_state_can_be_reached_and_every_open_one_left(state):
    assert state.name == "received" or any(move.target == state.name for move in MOVES.values())
    assert state.family != "open" or any(state.name in move.sources for move in MOVES.values())


def test_every_open_state_leads_to_an_end():
    ends = {name for name, state in STATES.items() if state.family != "open"}
    for _round in STATES:
        ends |= {source for move in MOVES.values() if move.target in ends for source in move.sources}
    assert set(STATES) == ends


def test_nobody_of_the_staff_can_call_a_topic_resolved():
    into = [move for move in MOVES.values() if move.target == "resolved"]
    assert into and all(move.roles == ("resident",) for move in into)


@pytest.mark.django_db
class TestMoving:
    def test_a_move_sets_state_stage_clock_holder_and_journal(self):
        topic = factories.topic()
        with clock.at(clock.local(2026, 5, 18, 9)):
            take(topic, "verify", by=factories.actor("clerk", room=topic.room))
        stored = Topic.objects.get()
        assert (stored.state, stored.stage, stored.moves) == ("verifying", "triage", 1)
        assert stored.due_at == clock.local(2026, 5, 21, 18)
        assert stored.holder == topic.room.name
        assert Entry.objects.get().data["from"] == "received"

    def test_the_clock_of_the_state_before_stops(self):
        topic = factories.topic()
        take(topic, "verify", by=SYSTEM)
        running = Clock.objects.filter(subject=topic.subject, stopped_at=None)
        assert [each.kind for each in running] == ["verification"]

    def test_the_check_is_held_with_its_reason_while_the_reporter_is_asked_and_goes_on_with_what_was_left(self):
        topic = factories.topic()
        with clock.at(clock.local(2026, 5, 18, 9)):
            take(topic, "verify", by=SYSTEM)
        with clock.at(clock.local(2026, 5, 20, 9)):
            take(topic, "ask", by=SYSTEM)
        held = Clock.objects.get(subject=topic.subject, kind="verification")
        assert held.paused_at and not held.stopped_at and held.pause_reason == STATES["needs_information"].wording
        assert Entry.objects.get(verb="topic.ask").data["paused"] == "verification"
        with clock.at(clock.local(2026, 6, 1, 9)):
            assert tick() == 0, "nobody is late while the reporter is waited for"
            take(topic, "answer_in", by=SYSTEM)
        assert Topic.objects.get().due_at == clock.local(2026, 6, 2, 18)
        running = Clock.objects.filter(subject=topic.subject, stopped_at=None)
        assert [(each.kind, each.paused_at) for each in running] == [("verification", None)]

    def test_asking_over_and_over_makes_the_check_no_longer(self):
        topic = factories.topic()
        with clock.at(clock.local(2026, 5, 18, 9)):
            take(topic, "verify", by=SYSTEM)
            for _n in range(3):
                take(topic, "ask", by=SYSTEM)
                take(topic, "answer_in", by=SYSTEM)
        assert Topic.objects.get().due_at == clock.local(2026, 5, 21, 18)

    def test_a_topic_that_ends_while_its_check_is_held_leaves_no_clock_running(self):
        topic = factories.topic()
        for name in ("verify", "ask", "withdraw"):
            by = factories.actor("grid_worker", place=topic.place) if name == "withdraw" else SYSTEM
            take(topic, name, by=by)
        assert not Clock.objects.filter(subject=topic.subject, stopped_at=None).exists()

    def test_a_move_that_is_not_in_the_table_is_refused_in_words(self):
        topic = factories.topic()
        with pytest.raises(Conflict, match="请刷新"):
            take(topic, "confirm", by=SYSTEM)
        assert Topic.objects.get().state == "received" and not Entry.objects.exists()

    def test_a_role_that_is_not_in_the_table_is_refused(self):
        topic = factories.topic()
        with pytest.raises(No):
            take(topic, "verify", by=factories.actor("unit_officer", unit=factories.unit()))

    def test_a_move_back_needs_a_reason(self):
        topic = factories.topic()
        clerk = factories.actor("clerk", room=topic.room)
        with pytest.raises(No, match="原因"):
            take(topic, "decline", by=clerk)
        take(topic, "decline", by=clerk, reason="正在法院审理")
        assert Topic.objects.get().reason == "正在法院审理"

    def test_of_two_who_saw_the_same_state_one_wins(self):
        topic = factories.topic()
        stale = Topic.objects.get()
        take(topic, "verify", by=SYSTEM)
        with pytest.raises(Conflict):
            take(stale, "withdraw", by=factories.actor("grid_worker", place="3208"))
        assert Topic.objects.get().state == "verifying"

    @pytest.mark.parametrize("write", [
        lambda: Topic.objects.update(state="resolved"),
        lambda: Topic.objects.filter(family="open").update(state="resolved"),
        lambda: Topic.objects.bulk_update(Topic.objects.all(), ["state"]),
        lambda: Topic.objects.get().save(update_fields=["state"]),
        lambda: Topic.objects.get().save(update_fields=["title", "due_at"]),
    ])  # fmt: skip
    def test_nothing_else_sets_a_state(self, write):
        factories.topic()
        with pytest.raises(RuntimeError, match="lifecycle"):
            write()

    def test_saving_a_topic_does_not_write_its_state(self):
        topic = factories.topic()
        topic.state = "resolved"
        topic.title = "路灯修好了"
        topic.save()
        stored = Topic.objects.get()
        assert (stored.state, stored.title) == ("received", "路灯修好了")


@pytest.mark.django_db(transaction=True)
def test_eight_movers_at_once_make_one_move():
    topic, won, lost = factories.topic(), [], []

    def try_it():
        try:
            take(Topic.objects.get(), "verify", by=SYSTEM)
            won.append(1)
        except Conflict:
            lost.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (len(won), len(lost)) == (1, 7)
    assert Topic.objects.get().moves == 1 and faults() == []
    assert topic.pk
