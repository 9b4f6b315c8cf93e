"""Staff sign in with a password and a second factor; no desk opens without both."""

import re
import time
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from mashangyi.ground.calendar import clock
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.models import Person, Post
from mashangyi.ground.people.signin import posts_now

from .factories import PASSWORD, SECRET, code_now, password, signed_in, staff

pytestmark = pytest.mark.django_db
DESK = "/desk/people/"


# --- password and second factor ------------------------------------------------------------------


def test_password_then_code_opens_the_desk(client, admin):
    first = password(client, admin, next=DESK)
    assert first["Location"] == "/staff/code/"
    second = client.post("/staff/code/", {"code": code_now()})
    assert second["Location"] == DESK and client.get(DESK).status_code == 200


def test_the_password_alone_opens_nothing(client, admin):
    password(client, admin)
    answer = client.get(DESK)
    assert answer["Location"].startswith("/staff/login/") and "_auth_user_id" not in client.session


def test_a_wrong_code_opens_nothing(client, admin):
    password(client, admin)
    page = client.post("/staff/code/", {"code": f"{(int(code_now()) + 7) % 10**6:06}"})
    assert "验证码不对" in page.content.decode() and "_auth_user_id" not in client.session


def test_a_code_cannot_be_used_a_second_time(client, admin):
    code = code_now()
    signed_in(client, admin)
    cache.clear()  # as if another process served the second one
    other = Client()
    password(other, admin)
    other.post("/staff/code/", {"code": code})
    assert "_auth_user_id" not in other.session


def test_an_older_code_is_refused_after_a_newer_one(client, admin):
    older = code_now(steps=-1)
    signed_in(client, admin)
    other = Client()
    password(other, admin)
    other.post("/staff/code/", {"code": older})
    assert "_auth_user_id" not in other.session


@pytest.mark.parametrize(("steps", "let_in"), [(0, True), (-3, False), (3, False)])
def test_a_slow_hand_is_forgiven_one_step_and_no_more(client, admin, steps, let_in):
    password(client, admin)
    client.post("/staff/code/", {"code": code_now(steps=steps)})
    assert ("_auth_user_id" in client.session) == let_in


def test_the_code_shown_just_before_is_accepted(client, admin, monkeypatch):
    password(client, admin)
    now = time.time()
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: now)
    client.post("/staff/code/", {"code": code_now(steps=-1)})
    assert "_auth_user_id" in client.session


def test_a_recovery_code_works_once_when_the_phone_is_away(client, admin):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    spare = RecoveryCodes.activate(admin.person).get_unused_codes()[0]
    for attempt, enters in ((client, True), (Client(), False)):
        password(attempt, admin)
        attempt.post("/staff/code/", {"code": spare})
        assert ("_auth_user_id" in attempt.session) is enters


def test_wrong_password_and_unknown_account_read_the_same(client, admin):
    wrong = password(client, admin, "not the password").content.decode()
    unknown = client.post("/staff/login/", {"login": "nobody", "password": "x"}).content.decode()
    assert "账号或密码不对" in wrong and "账号或密码不对" in unknown


def test_after_five_wrong_passwords_the_right_one_waits(client, admin):
    for _n in range(5):
        password(client, admin, "guess")
    assert "次数太多" in password(client, admin).content.decode()


def test_guessing_over_many_accounts_from_one_address_is_stopped(client, admin):
    for n in range(10):
        client.post("/staff/login/", {"login": f"someone{n}", "password": "123456"})
    assert "次数太多" in password(client, admin).content.decode()
    elsewhere = Client(REMOTE_ADDR="10.9.9.9")
    assert password(elsewhere, admin)["Location"] == "/staff/code/"


def test_guessing_the_second_factor_is_stopped(client, admin):
    password(client, admin)
    for n in range(5):
        client.post("/staff/code/", {"code": f"{n:06}"})
    assert "次数太多" in client.post("/staff/code/", {"code": code_now()}).content.decode()


def test_signing_in_changes_the_sessions_key(client, admin):
    session = client.session
    session["planted"] = "x"
    session.save()
    planted = session.session_key
    signed_in(client, admin)
    assert client.session.session_key != planted


def test_a_form_from_another_site_is_refused(admin):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/staff/login/", {"login": admin.person.username, "password": PASSWORD})
    assert answer.status_code == 403


def test_next_never_leads_to_another_site(client, admin):
    password(client, admin, next="https://evil.example/")
    assert client.post("/staff/code/", {"code": code_now()})["Location"] == settings.LOGIN_REDIRECT_URL


def test_nobody_signs_up(client):
    assert client.get("/staff/signup/").status_code == 404


def test_a_resident_has_no_way_through_the_staff_door(client):
    person = Person(kind="resident", username="resident")
    person.set_unusable_password()
    person.save()
    client.post("/staff/login/", {"login": "resident", "password": ""})
    assert "_auth_user_id" not in client.session


def test_a_closed_account_loses_its_session_at_once(client, admin):
    signed_in(client, admin)
    Person.objects.filter(pk=admin.person_id).update(is_active=False)
    assert client.get(DESK)["Location"].startswith("/staff/login/")


def test_the_page_of_the_guard_comes_back_whole_in_next(client):
    answer = client.get("/desk/people/", {"q": "长西", "before": "5"})
    after = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    assert after == "/desk/people/?q=%E9%95%BF%E8%A5%BF&before=5"


# --- the second factor is set up first -----------------------------------------------------------


def test_whoever_holds_a_post_without_second_factor_is_sent_to_set_it_up(client):
    fresh = staff("city_admin", second_factor=False)
    password(client, fresh)
    assert client.get(DESK)["Location"] == "/staff/second-factor/"
    page = client.get("/staff/second-factor/").content.decode()
    assert "data:image/svg+xml" in page and "otpauth" not in page


def test_setting_it_up_opens_the_desk_shows_spare_codes_once_and_is_journalled(
    client, django_capture_on_commit_callbacks
):
    fresh = staff("city_admin", second_factor=False)
    password(client, fresh)
    client.get("/staff/second-factor/")
    seed = client.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/staff/second-factor/", {"code": code_now(seed)})
    assert done["Location"] == "/staff/recovery-codes/"
    first, second = (client.get("/staff/recovery-codes/").content.decode() for _n in range(2))
    assert first.count('<b class="num') == 10 and '<b class="num' not in second
    assert client.get(DESK).status_code == 200
    assert Entry.objects.get(verb="people.second_factor_added").organ == "工作账号"


def test_a_code_may_be_typed_with_the_space_that_the_phone_shows(client):
    fresh = staff("city_admin", second_factor=False)
    password(client, fresh)
    page = client.get("/staff/second-factor/").content.decode()
    assert int(re.search(r'name="code"[^>]*maxlength="(\d+)"|maxlength="(\d+)"[^>]*name="code"', page).expand(r"\1\2")) >= 7
    code = code_now(client.session["mfa.totp.secret"])
    assert client.post("/staff/second-factor/", {"code": f"{code[:3]} {code[3:]}"}).status_code == 302


def test_the_seed_is_sealed_in_the_database(admin):
    stored = str(Authenticator.objects.get(user=admin.person).data)
    assert SECRET not in stored


def test_until_then_the_person_acts_in_no_post_on_any_page(client, rf):
    from mashangyi.ground.people.signin import acting_as

    fresh = staff("city_admin", second_factor=False)
    password(client, fresh)
    request = rf.get("/")
    request.session = client.session
    by = acting_as(request)
    assert by.role == "resident" and request.needs_second_factor and request.posts == []


def test_removing_the_second_factor_closes_the_desk(client, admin):
    signed_in(client, admin)
    assert client.post("/staff/second-factor/remove/").status_code == 302
    assert client.get(DESK)["Location"] == "/staff/second-factor/"


def test_changing_the_password_ends_other_sessions_and_is_journalled(client, admin):
    signed_in(client, admin)
    other = Client()
    other.cookies["sessionid"] = client.cookies["sessionid"].value
    new = "eleven green lamps"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/staff/password/", form).status_code == 302
    assert client.get(DESK).status_code == 200
    assert Entry.objects.filter(verb="people.password_set").exists()
    assert "账号或密码不对" in password(Client(), admin).content.decode()


def test_an_account_without_a_password_is_not_led_to_changing_it(client, admin):
    signed_in(client, admin)
    assert "/staff/password/" in client.get("/staff/account/").content.decode()
    admin.person.set_unusable_password()
    admin.person.save()
    client.force_login(admin.person)
    assert "/staff/password/" not in client.get("/staff/account/").content.decode()


def test_changing_the_second_factor_ends_other_sessions_and_not_ones_own(client, admin):
    signed_in(client, admin)
    before, between = Client(), Client()
    before.force_login(admin.person)
    assert before.get(DESK).status_code == 200
    client.post("/staff/second-factor/remove/")
    assert client.get("/staff/account/").status_code == 200 and before.get("/staff/account/").status_code == 302
    between.force_login(Person.objects.get(pk=admin.person_id))
    assert between.get("/staff/account/").status_code == 200
    client.get("/staff/second-factor/")
    client.post("/staff/second-factor/", {"code": code_now(client.session["mfa.totp.secret"])})
    assert client.get(DESK).status_code == 200 and between.get("/staff/account/").status_code == 302


# --- the end of a working day --------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "open_still"), [(0, True), (11.9, True), (12, False), (13, False)])
def test_staff_sign_in_again_after_a_working_day(client, admin, hours, open_still):
    begin = clock.now()
    client.force_login(admin.person)
    with clock.at(begin):
        client.get(DESK)
    with clock.at(begin + timedelta(hours=hours)):
        assert (client.get(DESK).status_code == 200) is open_still


def test_working_all_day_does_not_make_the_day_longer(client, admin):
    begin = clock.now()
    client.force_login(admin.person)
    for hours in (0, 6, 11):
        with clock.at(begin + timedelta(hours=hours)):
            client.post("/staff/post/", {"post": admin.pk})
    with clock.at(begin + timedelta(hours=12)):
        assert client.get(DESK).status_code == 302


def test_after_the_day_the_login_page_says_why_and_leads_back(client, admin):
    begin = clock.now()
    client.force_login(admin.person)
    with clock.at(begin):
        client.get(DESK)
    with clock.at(begin + timedelta(hours=13)):
        answer = client.get(DESK)
        page = client.get(answer["Location"]).content.decode()
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [DESK] and "已满一个工作日" in page
    assert "_auth_user_id" not in client.session


def test_a_new_day_begins_with_signing_in_again(client, admin):
    begin = clock.now() - timedelta(hours=13)
    client.force_login(admin.person)
    with clock.at(begin):
        client.get(DESK)
    assert client.get(DESK).status_code == 302
    signed_in(client, admin)
    assert client.get(DESK).status_code == 200


def test_how_long_a_day_is_can_be_set(client, admin, monkeypatch):
    monkeypatch.setenv("MASHANGYI_STAFF_HOURS", "2")
    begin = clock.now()
    client.force_login(admin.person)
    for hours, status in ((0, 200), (1.9, 200), (2, 302)):
        with clock.at(begin + timedelta(hours=hours)):
            assert client.get(DESK).status_code == status


def test_a_resident_stays_signed_in(client):
    client.force_login(Person.objects.create(kind="resident"))
    begin = clock.now()
    for days in (0, 29):
        with clock.at(begin + timedelta(days=days)):
            assert client.get("/me/").status_code == 200


def test_what_somebody_wrote_is_shown_once_more_when_their_day_was_over(client, admin):
    client.force_login(admin.person)
    with clock.at(clock.now() - timedelta(hours=13)):
        client.get(DESK)
    wrote = {"name": "<b>市政养护所</b>", "password": "三个 词 语", "once": "0f3a"}
    answer = client.post("/desk/units/new/", wrote, headers={"referer": "http://testserver/desk/units/new/?place=320812"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "&lt;b&gt;市政养护所" in page and "三个" not in page and "0f3a" not in page
    assert "/staff/login/?next=%2Fdesk%2Funits%2Fnew%2F%3Fplace%3D320812&amp;over=1" in page


def test_after_signing_in_one_is_never_led_to_another_site(client):
    answer = client.post("/desk/units/new/", headers={"referer": "https://elsewhere.example/desk/"})
    assert answer["Location"] == "/staff/login/?next=%2F"


# --- posts ---------------------------------------------------------------------------------------


def test_switching_to_ones_other_post_changes_what_one_may(client):
    first = staff("clerk")
    Post.objects.create(
        person=first.person, role="city_admin", place="3208", title="市", since=date(2020, 1, 1)
    )
    signed_in(client, first)
    assert client.get(DESK).status_code == 403
    second = posts_now(first.person)[1]
    client.post("/staff/post/", {"post": second.pk})
    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize("which", ["theirs", "9999999", "", "x"])
def test_switching_to_a_post_that_is_not_ones_own_is_refused(client, admin, which):
    clerk = staff("clerk")
    signed_in(client, clerk)
    answer = client.post("/staff/post/", {"post": admin.pk if which == "theirs" else which})
    assert answer.status_code == 403 and "不是您现在的岗位" in answer.content.decode()
    assert client.get(DESK).status_code == 403


def test_a_post_number_planted_in_the_session_gives_nothing(client, admin):
    clerk = staff("clerk")
    signed_in(client, clerk)
    session = client.session
    session["post"] = admin.pk
    session.save()
    assert client.get(DESK).status_code == 403


def test_an_ended_post_loses_its_rights_on_the_next_page(client, admin):
    signed_in(client, admin)
    Post.objects.filter(pk=admin.pk).update(until=clock.today() - timedelta(days=1))
    answer = client.get(DESK)
    assert answer.status_code == 403 and "没有在任的岗位" in answer.content.decode()


FIRST, LAST = date(2024, 1, 1), date(2024, 6, 30)
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "holds"), [(FIRST - ONE, False), (FIRST, True), (LAST, True), (LAST + ONE, False)]
)
def test_a_post_holds_from_its_first_to_its_last_day(day, holds):
    post = staff("clerk")
    Post.objects.filter(pk=post.pk).update(since=FIRST, until=LAST)
    with clock.at(clock.local(day.year, day.month, day.day)):
        assert bool(posts_now(post.person)) is holds


def test_a_staff_request_costs_four_queries(client, admin, django_assert_num_queries):
    """Session, person, posts with their place and second factor, new notices. The page itself asks nothing here."""
    Post.objects.create(person=admin.person, role="clerk", place="3208", title="市", since=date(2020, 1, 1))
    signed_in(client, admin)
    client.get("/law/")  # the first page notes when the working day began
    with django_assert_num_queries(4):
        client.get("/law/")


def test_a_signed_in_resident_costs_three_queries(client, django_assert_num_queries):
    person = Person.objects.create(kind="resident")
    client.force_login(person)
    with django_assert_num_queries(3):
        client.get("/law/")


def test_a_visitor_costs_none(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/law/")
