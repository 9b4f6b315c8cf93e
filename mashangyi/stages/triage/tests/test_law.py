"""Who may do what in triage: every deed against every role, and against the neighbours of the right place."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.calendar import clocks
from mashangyi.ground.calendar.clock import today
from mashangyi.ground.people.actor import ANYONE, ROLES
from mashangyi.ground.people.law import LAW, No
from mashangyi.topic.lifecycle import Conflict
from mashangyi.topic.models import Category
from tests import factories

from .. import actions
from . import factories as made

pytestmark = pytest.mark.django_db
CLERKS = {"clerk", "convener"}
LATER = today() + timedelta(days=30)

# The deed, the state it is done in, and the roles whose posts allow it.
DEEDS = {
    "verify": ("received", CLERKS, lambda t, by: actions.verify(t, by=by)),
    "call_back": ("received", CLERKS, lambda t, by: actions.record_call_back(t.reports.get(), False, by=by)),
    "visit": ("verifying", {*CLERKS, "grid_worker"}, lambda t, by: actions.record_visit(t, "看了", by=by)),
    "ask": ("verifying", CLERKS, lambda t, by: actions.ask(t, "哪一盏？", by=by)),
    "sort": ("verifying", CLERKS, lambda t, by: actions.sort(t, by=by)),
    "describe": ("verifying", CLERKS, lambda t, by: actions.describe(t, "路灯不亮", "三盏不亮", by=by)),
    "merge": ("verifying", CLERKS, lambda t, by: actions.merge(t, made.received(t.room), by=by)),
    "decline": ("verifying", CLERKS, lambda t, by: actions.decline(t, "outside", by=by)),
    "answer": ("verifying", CLERKS, lambda t, by: actions.answer(t, "已报修", by=by)),
    "transfer": ("verifying", CLERKS, lambda t, by: actions.transfer(t, "区公路中心", "国道归它", by=by)),
    "result": ("transferred", CLERKS, lambda t, by: actions.record_transfer_result(t, "修好了", by=by)),
    "propose": ("verifying", CLERKS, lambda t, by: actions.propose(t, by=by)),
    "propose_again": ("escalated", {"convener"}, lambda t, by: actions.propose_again(t, "再议", by=by)),
    "approve": ("in_review", {"reviewer"}, lambda t, by: actions.approve(t, by=by)),
    "return": ("in_review", {"reviewer"}, lambda t, by: actions.send_back(t, "先看现场", by=by)),
    "postpone": ("in_review", {"reviewer"}, lambda t, by: actions.postpone(t, "等预算", LATER, by=by)),
    "review_late": ("deliberating", {"reviewer"}, lambda t, by: actions.review_late(t, "处置得当", by=by)),
    "seed": ("received", {"city_admin"}, lambda t, by: actions.seed_categories(by=by)),
}  # fmt: skip


def ready(state: str):
    topic = made.received()
    topic.title, topic.summary = "东门路灯不亮", "东门三盏路灯不亮。"
    topic.save(update_fields=["title", "summary"])
    if state == "deliberating":  # as an emergency is, while the look afterwards is still owed
        clocks.start("late_review", topic.subject, place=topic.place)
    return made.put(topic, state) if state != "received" else topic


def acting(role: str, topic):
    """The role at its post nearest to the topic."""
    if role == "resident":
        return ANYONE
    if role in CLERKS:
        return factories.actor(role, room=topic.room)
    if role == "unit_officer":
        return factories.actor(role, unit=factories.unit(place=topic.place[:6]))
    return factories.actor(role, place="3208" if role == "city_admin" else topic.place[:9])


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", [role for role in ROLES if role != "system"])
def test_a_deed_is_for_its_roles_alone(deed, role):
    state, roles, act = DEEDS[deed]
    topic = ready(state)
    if role in roles:
        act(topic, acting(role, topic))
    else:
        with pytest.raises(No) as refused:
            act(topic, acting(role, topic))
        assert refused.value.reason


@pytest.mark.parametrize("deed", [deed for deed, (_s, roles, _a) in DEEDS.items() if roles & CLERKS])
def test_a_clerk_of_another_room_is_refused(deed):
    state, _roles, act = DEEDS[deed]
    with pytest.raises(No):
        act(ready(state), factories.actor("convener", room=factories.room()))


@pytest.mark.parametrize("deed", ["approve", "return", "postpone", "review_late"])
def test_a_reviewer_of_another_place_is_refused(deed):
    state, _roles, act = DEEDS[deed]
    with pytest.raises(No):
        act(ready(state), factories.actor("reviewer", place="320826"))


def test_the_duty_list_is_kept_by_the_city():
    category = Category.objects.create(path="roads", name="道路")
    factories.division()
    unit = factories.unit()
    actions.set_duty("320812", category, unit, by=factories.actor("city_admin"))
    with pytest.raises(No):
        actions.set_duty("320812", category, unit, by=factories.actor("clerk", room=factories.room()))


def test_every_permission_of_triage_is_asked_for_somewhere():
    from pathlib import Path

    source = "".join(file.read_text() for file in Path(actions.__file__).parent.glob("*.py"))
    declared = [name for name in LAW if name.startswith("triage.")]
    assert declared and all(f'"{name}"' in source for name in declared)


@pytest.mark.parametrize("state", ["in_review", "delivering", "resolved", "merged"])
@pytest.mark.parametrize("deed", ["verify", "ask", "decline", "answer", "transfer", "propose"])
def test_what_has_left_triage_is_not_decided_there_again(deed, state):
    topic = ready(state)
    with pytest.raises((Conflict, ValidationError, No)):
        DEEDS[deed][2](topic, acting("convener", topic))
    assert made.again(topic).state == state
