"""The law is a table: every line can be read, every No says why, and the public page is drawn from it."""

import html
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashangyi.ground.people import law, queries
from mashangyi.ground.people.actor import ANYONE, ROLES, SYSTEM, Actor
from mashangyi.ground.people.law import LAW, No, Permission, Within
from tests import factories

ACTORS = st.builds(
    Actor,
    role=st.sampled_from(sorted(ROLES)),
    label=st.just("某社区 某岗位"),
    place=st.sampled_from(["", "3208", "320812", "320830"]),
    room_id=st.sampled_from([None, 1, 2]),
    unit_id=st.sampled_from([None, 1, 2]),
)
THINGS = st.builds(
    SimpleNamespace,
    place=st.sampled_from(["320812004003", "320830100001", ""]),
    room_id=st.sampled_from([None, 1, 2]),
    unit_id=st.sampled_from([None, 1, 2]),
)


def test_every_permission_has_a_sentence_a_role_and_a_reach():
    for permission in LAW.values():
        assert permission.sentence.strip() and permission.roles and permission.reach in law.REACH
        assert set(permission.roles) <= set(ROLES) and "." in permission.name


def test_every_chapter_of_the_law_has_a_title():
    assert {queries.group_of(permission) for permission in LAW.values()} <= set(law.GROUPS)


@given(ACTORS, st.one_of(st.none(), THINGS), st.booleans())
def test_every_no_carries_a_reason_and_every_demand_agrees_with_may(by, thing, own):
    for name in LAW:
        reason = law.why_not(by, name, thing, own=own)
        assert law.may(by, name, thing, own=own) is (reason == "")
        try:
            law.demand(by, name, thing, own=own)
            assert reason == ""
        except No as no:
            assert no.reason == reason and len(reason) > 5 and "%(" not in reason


@given(ACTORS, THINGS)
def test_a_role_that_the_law_does_not_name_never_may(by, thing):
    for permission in LAW.values():
        if by.role not in permission.roles and by.role != "system":
            assert not law.may(by, permission.name, thing, own=True)


@given(ACTORS, THINGS)
def test_a_post_never_reaches_out_of_its_place(by, thing):
    for permission in LAW.values():
        if permission.reach == "place" and by.role != "system" and law.may(by, permission.name, thing):
            assert by.place and thing.place.startswith(by.place)


@given(ACTORS, THINGS)
def test_a_post_in_a_room_never_reaches_another_room(by, thing):
    for permission in LAW.values():
        if (
            permission.reach == "room"
            and by.room_id
            and by.role != "system"
            and law.may(by, permission.name, thing)
        ):
            assert by.room_id == thing.room_id


def test_what_belongs_to_a_topic_is_reached_through_it():
    by = Actor("clerk", "长西社区 议事专员", place="320812004003", room_id=7)
    near = SimpleNamespace(topic_id=1, topic=SimpleNamespace(room_id=7, place="320812004003"))
    far = SimpleNamespace(topic_id=2, topic=SimpleNamespace(room_id=8, place="320812004003"))
    assert law.may(by, "people.unseal", near) and not law.may(by, "people.unseal", far)


@pytest.mark.django_db
def test_a_unit_officer_reaches_the_things_of_their_unit_alone():
    mine, other = factories.unit(), factories.unit()
    by = Actor("unit_officer", "区城管局 经办人", unit_id=mine.pk)
    reach = law._REACHES["unit"]
    assert reach(by, mine, False) and not reach(by, other, False)
    assert reach(by, SimpleNamespace(unit_id=mine.pk), False) and not reach(by, None, False)
    assert not reach(Actor("unit_officer", "x"), SimpleNamespace(unit_id=None), False)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_no_without_a_reason_cannot_be_said(reason):
    with pytest.raises(ValueError, match="reason"):
        No(reason)


@pytest.mark.parametrize(
    "wrong",
    [
        Permission("people.x", "做", ("mayor",), "place"),
        Permission("people.x", "做", ("clerk",), "moon"),
        Permission("people.x", " ", ("clerk",), "room"),
        Permission("people.x", "做", (), "room"),
        Permission("people.unseal", "另一种说法", ("clerk",), "room"),
    ],
)
def test_a_permission_that_cannot_be_read_is_not_taken_into_the_law(wrong):
    before = dict(LAW)
    with pytest.raises(ValueError, match="permission"):
        law.declare(wrong)
    assert before == LAW


def test_the_system_may_and_a_visitor_may_only_what_anyone_or_oneself_may():
    for permission in LAW.values():
        assert law.may(SYSTEM, permission.name, Within("3208"))
        if law.may(ANYONE, permission.name, Within("3208")):
            assert permission.reach == "anyone"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.django_db
def test_the_page_shows_every_permission_to_every_role_that_has_it(client, language):
    from django.utils import translation

    client.cookies["lang"] = language
    page = html.unescape(client.get("/law/").content.decode())
    with translation.override(language):
        for permission in LAW.values():
            assert translation.gettext(permission.sentence) in page
        for role, _chapters in queries.law_by_role():
            assert f'id="{role}"' in page and translation.gettext(ROLES[role]) in page


def test_the_roles_and_everyone_together_show_the_whole_law():
    shown = {p.name for _chapter, inside in queries.law_of_all() for p in inside}
    for role, chapters in queries.law_by_role():
        own = {p.name for _chapter, inside in chapters for p in inside}
        assert shown | own >= {p.name for p in LAW.values() if role in p.roles}
    assert {p.name for _chapter, inside in queries.law_table() for p in inside} == set(LAW)
