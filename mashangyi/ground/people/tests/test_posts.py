"""Appointing and ending posts, accounts and units: the deeds and the administrator's desk."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils import translation

from mashangyi.ground.calendar import clock
from mashangyi.ground.journal import read
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.journal.verbs import wording
from mashangyi.ground.people import actions, law, rules
from mashangyi.ground.people.actor import SYSTEM, in_post, label_words
from mashangyi.ground.people.models import Person, Post, Unit
from mashangyi.ground.people.signin import posts_now
from mashangyi.ground.places.models import Division
from tests import factories

from .factories import administrator

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    factories.division()
    return administrator()


def refused(deed, *args, **kwargs) -> dict:
    with pytest.raises(ValidationError) as error:
        deed(*args, **kwargs)
    return error.value.message_dict


# --- appointing ----------------------------------------------------------------------------------


def test_appointing_makes_the_account_and_the_post_and_tells_the_journal(admin):
    room = factories.room()
    post = actions.appoint("Clerk.ChangXi", "clerk", room, by=admin)
    assert post.person.username == "clerk.changxi" and not post.person.has_usable_password()
    assert (post.room, post.place, post.label) == (room, room.place, "长西社区 议事专员")
    entry = Entry.objects.get(verb="people.appointed")
    assert entry.data["label"] == post.label and entry.room == room.pk
    assert "changxi" not in str(entry.data)


def test_one_person_may_hold_several_posts(admin):
    person = actions.appoint("worker", "clerk", factories.room(), by=admin).person
    actions.appoint("worker", "unit_officer", factories.unit(), by=admin)
    assert [post.role for post in posts_now(person)] == ["clerk", "unit_officer"]


def test_the_same_post_twice_is_refused(admin):
    room = factories.room()
    actions.appoint("worker", "clerk", room, by=admin)
    assert "role" in refused(actions.appoint, "worker", "clerk", room, by=admin)


@pytest.mark.parametrize("role", sorted(rules.HELD_FOR))
def test_every_post_is_held_where_its_role_belongs(admin, role):
    where = {"room": factories.room(), "unit": factories.unit(), "place": "320812"}
    for kind, thing in where.items():
        if kind in rules.HELD_FOR[role]:
            assert actions.appoint(f"w-{kind}", role, thing, by=SYSTEM).role == role
        else:
            assert "where" in refused(actions.appoint, f"w-{kind}", role, thing, by=SYSTEM)


@pytest.mark.parametrize("role", ["resident", "system", "", "mayor"])
def test_what_is_no_post_cannot_be_appointed(admin, role):
    assert "role" in refused(actions.appoint, "worker", role, "3208", by=admin)


@pytest.mark.parametrize("where", ["", "999999", None])
def test_an_unknown_place_is_refused_on_its_field(admin, where):
    assert "where" in refused(actions.appoint, "worker", "reviewer", where, by=admin)


@pytest.mark.parametrize("name", ["", "ab", "有 空格", "<script>", "x" * 41])
def test_a_username_is_plain(admin, name):
    assert "username" in refused(actions.appoint, name, "reviewer", "3208", by=admin)


def test_a_post_does_not_end_before_it_begins(admin):
    day = date(2024, 3, 4)
    words = refused(
        actions.appoint, "worker", "reviewer", "3208", since=day, until=day - timedelta(days=1), by=admin
    )
    assert "until" in words


def test_nobody_appoints_themself(admin):
    person = Person.objects.get(pk=admin.person_id)
    with pytest.raises(law.No, match="不能给自己"):
        actions.appoint(person, "clerk", factories.room(), by=admin)


def test_an_auditor_holds_no_other_post(admin):
    actions.appoint("watcher", "auditor", "3208", by=admin)
    assert "role" in refused(actions.appoint, "watcher", "city_admin", "3208", by=admin)
    actions.appoint("worker", "clerk", factories.room(), by=admin)
    assert "role" in refused(actions.appoint, "worker", "auditor", "3208", by=admin)


def test_a_residents_account_gets_no_post(admin):
    person = Person.objects.create(kind="resident")
    assert "username" in refused(actions.appoint, person, "reviewer", "3208", by=admin)


@pytest.mark.parametrize(
    "role", ["clerk", "convener", "reviewer", "unit_officer", "supervisor", "auditor", "member"]
)
def test_only_administrators_appoint(role):
    factories.division()
    by = factories.actor(role, place="3208")
    with pytest.raises(law.No):
        actions.appoint("friend", "city_admin", "3208", by=by)


def test_an_administrator_of_a_county_stays_in_the_county():
    factories.division()
    factories.division("320830100001", "别处")
    by = administrator("320812")
    assert actions.appoint("worker", "reviewer", "320812004", by=by)
    for elsewhere in ("3208", "320830100001"):
        with pytest.raises(law.No, match="不在您的范围"):
            actions.appoint("worker2", "reviewer", elsewhere, by=by)


# --- ending --------------------------------------------------------------------------------------


def test_an_ended_post_gives_no_rights_the_same_day(admin):
    post = actions.appoint("worker", "clerk", factories.room(), by=admin)
    actions.dismiss(post, reason="调离", by=admin)
    assert posts_now(post.person) == []
    assert Entry.objects.get(verb="people.post_ended").data["reason"] == "调离"


def test_a_post_may_end_on_a_day_to_come(admin):
    post = actions.appoint("worker", "clerk", factories.room(), by=admin)
    last = clock.today() + timedelta(days=3)
    actions.dismiss(post, reason="届满", last_day=last, by=admin)
    assert posts_now(post.person)
    with clock.at(clock.now() + timedelta(days=4)):
        assert posts_now(post.person) == []


def test_a_post_that_has_not_begun_is_called_off_and_never_taken_up(admin):
    since = clock.today() + timedelta(days=5)
    post = actions.appoint("worker", "clerk", factories.room(), since=since, by=admin)
    actions.dismiss(post, reason="另有安排", by=admin)
    with clock.at(clock.now() + timedelta(days=6)):
        assert posts_now(post.person) == []
    assert "reason" in refused(actions.dismiss, post, reason="再来", by=admin)


def test_a_post_is_held_again_after_its_term_and_not_twice_at_a_time(admin):
    room, day = factories.room(), clock.today()
    actions.appoint("worker", "clerk", room, until=day + timedelta(days=30), by=admin)
    next_term = day + timedelta(days=31)
    assert "role" in refused(actions.appoint, "worker", "clerk", room, since=day + timedelta(days=30), by=admin)
    actions.appoint("worker", "clerk", room, since=next_term, by=admin)
    assert "role" in refused(actions.appoint, "worker", "clerk", room, since=next_term + timedelta(days=9), by=admin)


def test_an_auditor_to_be_takes_no_other_post_of_that_time(admin):
    since = clock.today() + timedelta(days=5)
    actions.appoint("watcher", "auditor", "3208", since=since, by=admin)
    assert "role" in refused(actions.appoint, "watcher", "clerk", factories.room(), by=admin)
    actions.appoint("watcher", "clerk", factories.room(), until=since - timedelta(days=1), by=admin)


def test_the_posts_of_a_room_speak_for_the_place_it_is_named_after_and_else_for_the_room(admin):
    square = factories.room("大运河广场星空议事会", "320812000000")
    assert actions.appoint("worker", "clerk", square, by=admin).label == "大运河广场星空议事会 议事专员"
    assert actions.appoint("worker", "clerk", factories.room("长西社区议事室"), by=admin).title == "长西社区"


def test_the_journal_says_from_when_an_appointment_holds(admin):
    actions.appoint("worker", "clerk", factories.room(), since=date(2030, 1, 1), by=admin)
    entry = Entry.objects.get(verb="people.appointed")
    assert wording(entry) == "任命长西社区 议事专员，从 2030 年 1 月 1 日起"


def test_ending_needs_a_reason_and_a_post_that_holds(admin):
    post = actions.appoint("worker", "clerk", factories.room(), by=admin)
    assert "reason" in refused(actions.dismiss, post, reason=" ", by=admin)
    actions.dismiss(post, reason="调离", by=admin)
    assert "reason" in refused(actions.dismiss, post, reason="再来", by=admin)


def test_the_last_administrator_stays(admin):
    post = Post.objects.get(role="city_admin")
    with pytest.raises(law.No, match="最后一位"):
        actions.dismiss(post, reason="退休", by=admin)
    actions.appoint("second", "city_admin", "3208", by=admin)
    actions.dismiss(post, reason="退休", by=admin)


# --- accounts ------------------------------------------------------------------------------------


def test_a_new_link_voids_the_password_and_is_journalled_without_the_link(admin):
    person = actions.appoint("worker", "clerk", factories.room(), by=admin).person
    person.set_password("old but good one")
    person.save()
    url = actions.invite(person, by=admin)
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert url.rstrip("/").rsplit("/", 1)[1] not in str(Entry.objects.get(verb="people.invited").data)


def test_an_administrator_takes_over_no_account_that_reaches_further():
    factories.division()
    by = administrator("320812")
    head = Person.objects.get(pk=administrator("3208").person_id)
    both = actions.appoint("both", "reviewer", "320812", by=SYSTEM).person
    actions.appoint(both, "supervisor", "3208", by=SYSTEM)
    for person in (head, both, Person.objects.create(kind="staff", username="postless")):
        with pytest.raises(law.No):
            actions.invite(person, by=by)
        with pytest.raises(law.No):
            actions.remove_second_factor(person, reason="当面核实", by=by)


def test_a_lost_phone_is_replaced_with_a_reason_and_a_new_link(admin):
    person = factories.post("clerk", room=factories.room()).person
    assert "reason" in refused(actions.remove_second_factor, person, reason="", by=admin)
    actions.remove_second_factor(person, reason="当面核对证件", by=admin)
    assert not Authenticator.objects.filter(user=person).exists() and not person.has_usable_password()
    assert Entry.objects.get(verb="people.second_factor_removed").data["reason"] == "当面核对证件"


# --- units ---------------------------------------------------------------------------------------


def test_a_unit_is_entered_once_for_a_place(admin):
    unit = actions.make_unit(" 区城管局 ", place="320812000000", phone="0517-1", by=admin)
    assert (unit.name, unit.place) == ("区城管局", "320812")
    assert "name" in refused(actions.make_unit, "区城管局", place="320812", by=admin)
    assert "name" in refused(actions.make_unit, "", place="320812", by=admin)
    assert "kind" in refused(actions.make_unit, "某局", place="320812", kind="x", by=admin)
    assert "place" in refused(actions.make_unit, "某局", place="320899", by=administrator("3208"))


def test_a_unit_is_corrected_only_within_reach(admin):
    unit = actions.make_unit("区城管局", place="320812", by=admin)
    actions.change_unit(unit, name="区城市管理局", place="320812", kind="department", by=admin)
    assert Unit.objects.get().name == "区城市管理局"
    with pytest.raises(law.No):
        actions.change_unit(unit, name="x", place="320812", kind="department", by=administrator("320830"))


# --- the desk --------------------------------------------------------------------------------------


@pytest.fixture
def desk(client, admin):
    client.force_login(Person.objects.get(pk=admin.person_id))
    return client


def test_the_desk_appoints_finds_and_ends(desk, admin):
    room = factories.room("长西议事室")
    found = desk.get("/desk/people/appoint/?role=clerk&q=长西")
    assert f'value="room:{room.pk}"' in found.content.decode()
    done = desk.post(
        "/desk/people/appoint/?role=clerk&q=长西",
        {"username": "wang", "role": "clerk", "where": f"room:{room.pk}"},
    )
    post = Post.objects.get(person__username="wang")
    assert done["Location"] == f"/desk/people/{post.person_id}/"
    page = desk.get(done["Location"]).content.decode()
    assert "http://testserver/staff/welcome/" in page, "whole, so that it can be copied into a message"
    assert "/staff/welcome/" not in desk.get(done["Location"]).content.decode(), "the link is shown once"
    assert "wang" in desk.get("/desk/people/?q=wan").content.decode()
    desk.post(f"/desk/posts/{post.pk}/end/", {"reason": "调离"})
    assert posts_now(post.person) == []


def test_whoever_begins_on_a_day_to_come_gets_the_link_today_and_can_be_called_off(desk):
    room = factories.room("长西议事室")
    day = clock.today() + timedelta(days=5)
    sent = {"username": "wang", "role": "clerk", "where": f"room:{room.pk}", "since": f"{day}"}
    done = desk.post("/desk/people/appoint/?role=clerk&q=长西", sent)
    page = desk.get(done["Location"]).content.decode()
    assert "/staff/welcome/" in page and "还没上任" in page and "取消任命" in page
    desk.post(f"/desk/posts/{Post.objects.get(person__username='wang').pk}/end/", {"reason": "另有安排"})
    page = desk.get(done["Location"]).content.decode()
    assert "任命取消了" in page and "已取消" in page and "结束任期" not in page


def test_staff_without_a_post_are_sent_to_the_administrator_and_to_nobody_else(client):
    client.force_login(Person.objects.create(kind="staff", username="postless"))
    page = client.get("/desk/").content.decode()
    assert "没有在任的岗位" in page and "请联系本议事室的召集人" not in page


def test_places_of_the_same_name_are_told_apart_by_where_they_are(desk):
    Division.objects.create(code="320803", name="淮安区", level=6, parent="3208")
    for code in ("320812004003", "320803001001"):
        factories.division(code, "长西社区")
    page = desk.get("/desk/people/appoint/?role=reviewer&q=长西社区").content.decode()
    assert "清江浦区 长西街道 长西社区" in page and "淮安区 长西街道 长西社区" in page


def test_a_name_that_is_not_found_leads_to_where_it_is_entered(desk):
    assert 'href="/desk/units/new/"' in desk.get("/desk/people/appoint/?role=unit_officer&q=无").content.decode()
    assert 'href="/desk/places/new/"' in desk.get("/desk/people/appoint/?role=clerk&q=无").content.decode()


def test_what_was_typed_stays_and_the_error_names_its_field(desk):
    room = factories.room("长西议事室")
    page = desk.post(
        "/desk/people/appoint/?role=clerk&q=长西",
        {"username": "两 个", "role": "clerk", "where": f"room:{room.pk}"},
    )
    assert (
        page.status_code == 422
        and 'value="两 个"' in page.content.decode()
        and "小写字母" in page.content.decode()
    )


def test_the_desk_of_units_enters_and_corrects(desk):
    desk.post("/desk/units/new/", {"name": "区水务局", "kind": "department", "place": "320812", "phone": ""})
    unit = Unit.objects.get()
    desk.post(
        f"/desk/units/{unit.pk}/", {"name": "区水利局", "kind": "department", "place": "320812", "phone": ""}
    )
    unit.refresh_from_db()
    assert unit.name == "区水利局" and "区水利局" in desk.get("/desk/units/").content.decode()


def test_pages_of_the_desk_ask_the_same_number_of_queries_with_more_rows(desk, django_assert_max_num_queries):
    for n in range(25):
        actions.appoint(f"worker{n}", "clerk", factories.room(), by=SYSTEM)
    desk.get("/desk/")  # the first page notes when the working day began
    with django_assert_max_num_queries(6):
        page = desk.get("/desk/people/")
    assert "before=" in page.content.decode()


@pytest.mark.parametrize(
    "page", ["/desk/people/", "/desk/people/appoint/", "/desk/units/", "/desk/units/new/"]
)
def test_other_posts_do_not_see_the_administrators_desk(client, page):
    post = factories.post("clerk", room=factories.room())
    client.force_login(post.person)
    assert client.get(page).status_code == 403


def test_an_administrator_of_one_county_does_not_open_the_accounts_of_another(client):
    post = factories.post("city_admin", place="320812")
    other = factories.post("clerk", place="320830100001")
    client.force_login(post.person)
    assert client.get(f"/desk/people/{other.person_id}/").status_code == 404
    assert client.post(f"/desk/people/{other.person_id}/link/").status_code == 404
    assert client.post(f"/desk/posts/{other.pk}/end/", {"reason": "x"}).status_code == 403


def test_after_all_deeds_the_journal_is_whole(admin):
    post = actions.appoint("worker", "clerk", factories.room(), by=admin)
    actions.invite(post.person, by=admin)
    actions.dismiss(post, reason="调离", by=admin)
    assert read.faults() == [] and in_post(post).label == post.label


@pytest.mark.parametrize(
    ("label", "english"),
    [
        ("长西社区 议事专员", "长西社区 Clerk"),
        ("清江浦区 城市管理局 承办单位经办人", "清江浦区 城市管理局 Unit officer"),
        ("居民", "Resident"),
        ("长西社区物业", "长西社区物业"),
        ("水利站等 3 家单位", "水利站 and others (3 units)"),
        ("", ""),
    ],
)
def test_a_post_is_read_with_its_body_as_it_is_called_and_its_role_in_ones_own_language(label, english):
    assert label_words(label) == label
    with translation.override("en"):
        assert label_words(label) == english
