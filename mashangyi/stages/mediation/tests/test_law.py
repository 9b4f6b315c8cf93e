"""Who may do what in a mediation: the table of permissions, tried one by one."""

import pytest

from mashangyi.ground.people import law
from mashangyi.ground.people.actor import ROLES
from mashangyi.ground.people.law import LAW
from tests import factories as make

from . import factories as some

pytestmark = pytest.mark.django_db

OURS = {
    "mediation.open": {"clerk", "convener"},
    "mediation.change_mediator": {"clerk", "convener"},
    "mediation.handle": {"mediator"},
    "mediation.step_aside": {"mediator"},
}


def test_every_permission_of_mediation_stands_in_this_rule_book():
    assert {name for name in LAW if name.startswith("mediation.")} == set(OURS)


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("role", sorted(set(ROLES) - {"system", "resident"}))
def test_a_role_may_what_the_table_says_and_nothing_else(name, role):
    room = make.room()
    by = make.actor(role, room=room, unit=make.unit() if role == "unit_officer" else None)
    assert law.may(by, name, make.topic(room), own=True) == (role in OURS[name])


@pytest.mark.parametrize("name", ["mediation.open", "mediation.change_mediator"])
def test_a_convener_reaches_their_own_room_alone(name):
    by = make.actor("convener", room=make.room())
    assert not law.may(by, name, make.topic(make.room()))


@pytest.mark.parametrize("name", ["mediation.handle", "mediation.step_aside"])
def test_a_mediator_reaches_their_own_case_alone(name):
    by = make.actor("mediator", place="3208")
    assert not law.may(by, name, make.topic(), own=False)


def test_a_no_says_who_does_it():
    why = law.why_not(make.actor("supervisor"), "mediation.handle", some.dispute())
    assert "调解员" in why
