"""Signing in by phone: the rules of the code, and what someone who guesses gets."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.calendar import clock
from mashangyi.ground.outbox import carriers
from mashangyi.ground.people import demo_town, limits, phone_codes, vault
from mashangyi.ground.people.models import Identity, Person, PhoneCode

pytestmark = pytest.mark.django_db
PHONE, OTHER = "+8613812345678", "+8613912345678"
NOON = clock.local(2024, 3, 4, 12)


@pytest.fixture
def sent(monkeypatch):
    """The codes that were sent, as (phone, code)."""
    codes = []
    monkeypatch.setattr(phone_codes, "send_code", lambda phone, code: codes.append((phone, code)))
    return codes


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_right_code_makes_the_account_on_first_use_and_finds_it_again(sent):
    first = phone_codes.confirm(phone_codes.ask(PHONE, address="a"), sent[-1][1], address="a")
    again = phone_codes.confirm(phone_codes.ask(PHONE, address="a"), sent[-1][1], address="a")
    assert first == again and first.kind == "resident" and not first.has_usable_password()
    assert vault.for_carrier(f"person:{first.pk}") == PHONE


def test_neither_number_nor_code_stands_in_the_database_or_in_the_ticket(sent):
    ticket = phone_codes.ask(PHONE, address="a")
    row = PhoneCode.objects.get()
    everything = f"{row.handle}{row.blind}{row.digest}{ticket}"
    assert PHONE[3:] not in everything and sent[0][1] not in f"{row.digest}{row.blind}"


def test_a_number_gets_no_more_codes_after_a_restart_or_from_another_process(sent, monkeypatch):
    monkeypatch.setenv("MASHANGYI_RATE_CODES", "2/hour")
    with clock.at(NOON):
        for n in range(2):
            phone_codes.ask(PHONE, address=f"address {n}")
        limits.forget()
        with pytest.raises(ValidationError, match="好几次"):
            phone_codes.ask(PHONE, address="another")
        phone_codes.ask(OTHER, address="another")
    with clock.at(NOON + timedelta(minutes=61)):
        phone_codes.ask(PHONE, address="another")
    assert [phone for phone, _code in sent] == [PHONE, PHONE, OTHER, PHONE]


def test_a_code_works_once(sent):
    ticket = phone_codes.ask(PHONE, address="a")
    phone_codes.confirm(ticket, sent[0][1], address="a")
    with pytest.raises(ValidationError, match="过期"):
        phone_codes.confirm(ticket, sent[0][1], address="a")


def test_a_code_lives_ten_minutes(sent):
    with clock.at(NOON):
        ticket = phone_codes.ask(PHONE, address="a")
    with clock.at(NOON + timedelta(minutes=10, seconds=1)), pytest.raises(ValidationError, match="过期"):
        phone_codes.confirm(ticket, sent[0][1], address="a")
    with clock.at(NOON + timedelta(minutes=9, seconds=59)):
        assert phone_codes.confirm(ticket, sent[0][1], address="a")


def test_after_five_wrong_tries_even_the_right_code_is_void(sent):
    ticket = phone_codes.ask(PHONE, address="a")
    for n in range(5):
        with pytest.raises(ValidationError):
            phone_codes.confirm(ticket, wrong(sent[0][1]), address=f"address {n}")
    with pytest.raises(ValidationError, match="作废"):
        phone_codes.confirm(ticket, sent[0][1], address="another")
    assert not Person.objects.exists()


def test_the_fifth_wrong_try_says_that_the_code_is_void_not_that_none_are_left(sent):
    ticket = phone_codes.ask(PHONE, address="a")
    for left in (4, 3, 2, 1):
        with pytest.raises(ValidationError, match=f"还可以试 {left} 次"):
            phone_codes.confirm(ticket, wrong(sent[0][1]), address=f"address {left}")
    with pytest.raises(ValidationError, match="已作废，请重新发送"):
        phone_codes.confirm(ticket, wrong(sent[0][1]), address="another")


def test_whoever_asked_too_often_is_told_when_to_come_back(sent, monkeypatch):
    monkeypatch.setenv("MASHANGYI_RATE_CODES", "1/10minute")
    with clock.at(NOON):
        phone_codes.ask(PHONE, address="a")
    with clock.at(NOON + timedelta(minutes=7)), pytest.raises(ValidationError, match="请过 4 分钟再试"):
        phone_codes.ask(PHONE, address="a")
    with clock.at(NOON + timedelta(minutes=11)):
        assert phone_codes.ask(PHONE, address="a")


def test_wrong_tries_are_counted_for_the_address_over_all_numbers(sent):
    for n in range(10):
        ticket = phone_codes.ask(f"+86138123456{n:02}", address="home")
        with pytest.raises(ValidationError):
            phone_codes.confirm(ticket, wrong(sent[-1][1]), address="home")
    ticket = phone_codes.ask(PHONE, address="home")
    with pytest.raises(ValidationError, match="次数太多"):
        phone_codes.confirm(ticket, sent[-1][1], address="home")
    assert phone_codes.confirm(ticket, sent[-1][1], address="elsewhere")


def test_one_number_gets_five_codes_an_hour_whoever_asks(sent):
    for n in range(5):
        phone_codes.ask(PHONE, address=f"address {n}")
    with pytest.raises(ValidationError) as refused:
        phone_codes.ask(PHONE, address="one more")
    assert "phone" in refused.value.error_dict and len(sent) == 5
    assert phone_codes.ask(OTHER, address="one more")


def test_the_code_of_one_browser_does_not_open_the_ticket_of_another(sent):
    mine, theirs = phone_codes.ask(PHONE, address="a"), phone_codes.ask(PHONE, address="b")
    if sent[0][1] != sent[1][1]:
        with pytest.raises(ValidationError):
            phone_codes.confirm(theirs, sent[0][1], address="b")
    assert phone_codes.confirm(mine, sent[0][1], address="a")


def test_a_ticket_cannot_be_made_up_or_changed(sent):
    ticket = phone_codes.ask(PHONE, address="a")
    for made_up in ("", "x", "AAAA" * 30, ticket[:-6] + "AAAAAA", ticket.swapcase()):
        with pytest.raises(ValidationError):
            phone_codes.confirm(made_up, sent[0][1], address="a")


def test_a_phone_code_never_opens_a_staff_account(sent):
    worker = Person.objects.create(username="worker", kind="staff")
    vault.seal(f"person:{worker.pk}", phone=PHONE)
    person = phone_codes.confirm(phone_codes.ask(PHONE, address="a"), sent[0][1], address="a")
    assert person != worker and person.kind == "resident"


def test_a_closed_account_stays_closed(sent):
    person = phone_codes.confirm(phone_codes.ask(PHONE, address="a"), sent[0][1], address="a")
    Person.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="停用"):
        phone_codes.confirm(phone_codes.ask(PHONE, address="a"), sent[1][1], address="a")


@pytest.mark.parametrize("typed", ["{} ", " {}", "{:.3} {:.3}", "full"])
def test_a_code_may_be_typed_with_spaces_or_wide_digits(sent, typed):
    ticket, code = phone_codes.ask(PHONE, address="a"), sent[0][1]
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code)
    written = wide if typed == "full" else f"{code[:3]} {code[3:]}" if "3" in typed else typed.format(code)
    assert phone_codes.confirm(ticket, written, address="a")


def test_the_console_carries_a_code_to_the_servers_log_without_the_whole_number(caplog):
    caplog.set_level("INFO")
    phone_codes.send_code(PHONE, "012345")
    assert "012345" in caplog.text and "13812345678" not in caplog.text


def test_the_house_is_named_once_in_a_message(caplog):
    caplog.set_level("INFO")
    phone_codes.send_code(PHONE, "012345")
    assert caplog.text.count("码上议") == 1


# --- the page ----------------------------------------------------------------------------------


def code_page(client, phone="138 1234 5678", **more):
    return client.post("/sign-in/", {"phone": phone, **more})


def ticket_of(answer) -> str:
    return parse_qs(urlsplit(answer["Location"]).query)["t"][0]


def test_a_resident_signs_in_on_one_page_and_goes_on_where_they_were(client, sent):
    asked = code_page(client, next="/t/Y24-000001-K/")
    assert asked.status_code == 302 and asked["Location"].startswith("/sign-in/?t=")
    step = client.get(asked["Location"]).content.decode()
    assert "138****5678" in step and "13812345678" not in step and 'autocomplete="one-time-code"' in step
    done = client.post("/sign-in/", {"t": ticket_of(asked), "code": sent[0][1], "next": "/t/Y24-000001-K/"})
    assert done["Location"] == "/t/Y24-000001-K/" and "_auth_user_id" in client.session


def test_asking_for_a_code_makes_no_session(client, sent):
    code_page(client)
    assert "sessionid" not in client.cookies


def test_the_answer_is_the_same_whether_the_number_has_an_account(client, sent):
    unknown = client.get(code_page(client)["Location"]).content.decode()
    phone_codes.confirm(phone_codes.ask(PHONE, address="x"), sent[-1][1], address="x")
    known = client.get(code_page(client)["Location"]).content.decode()

    def without_ticket(page: str) -> str:
        return re.sub(r'value="[\w-]{60,}"|t=[\w%-]{60,}', "", page)

    assert without_ticket(unknown) == without_ticket(known)


def test_signing_in_changes_the_sessions_key(client, sent):
    session = client.session
    session["planted"] = "by someone else"
    session.save()
    before = session.session_key
    asked = code_page(client)
    client.post("/sign-in/", {"t": ticket_of(asked), "code": sent[0][1]})
    assert client.session.session_key != before and "_auth_user_id" in client.session


def test_next_never_leads_to_another_site(client, sent):
    asked = code_page(client, next="https://evil.example/")
    done = client.post("/sign-in/", {"t": ticket_of(asked), "code": sent[0][1], "next": "//evil.example"})
    assert done["Location"] == "/me/"


def test_a_wrong_number_stays_in_the_field_with_the_remedy(client, sent):
    page = code_page(client, phone="1381234")
    assert page.status_code == 422 and 'value="1381234"' in page.content.decode()
    assert "少了或多了数字" in page.content.decode() and not sent


def test_a_wrong_code_says_how_many_tries_are_left(client, sent):
    asked = code_page(client)
    page = client.post("/sign-in/", {"t": ticket_of(asked), "code": wrong(sent[0][1])})
    assert page.status_code == 422 and "还可以试 4 次" in page.content.decode()


def test_a_code_can_be_sent_again_without_typing_the_number(client, sent):
    asked = code_page(client)
    again = client.post("/sign-in/", {"t": ticket_of(asked), "again": "1"})
    assert again.status_code == 302 and [phone for phone, _code in sent] == [PHONE, PHONE]


def test_an_old_ticket_leads_back_to_the_number(client):
    page = client.get("/sign-in/?t=nonsense")
    assert page.status_code == 422 and "再输一次手机号" in page.content.decode()


def test_a_real_town_never_shows_the_code(client, sent):
    asked = code_page(client)
    assert sent[0][1] not in client.get(asked["Location"]).content.decode()


def test_a_town_without_text_messages_says_so_instead_of_letting_people_wait(client, sent, monkeypatch):
    pages = [client.get("/sign-in/"), client.get(code_page(client)["Location"])]
    assert all("还没有接通短信" in page.content.decode() for page in pages)
    assert "验证码发到了" not in pages[1].content.decode()
    monkeypatch.setattr(carriers, "CONNECTED", True)
    pages = [client.get("/sign-in/"), client.get(code_page(client)["Location"])]
    assert not any("还没有接通短信" in page.content.decode() for page in pages)


def test_a_told_demo_town_shows_the_code_on_the_page(client, sent, monkeypatch):
    monkeypatch.setattr(demo_town, "told", lambda: True)
    asked = code_page(client)
    assert sent[0][1] in client.get(asked["Location"]).content.decode()


def test_signing_out_ends_the_session(client, sent):
    asked = code_page(client)
    client.post("/sign-in/", {"t": ticket_of(asked), "code": sent[0][1]})
    assert client.post("/sign-out/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_old_codes_are_swept(sent):
    with clock.at(NOON):
        phone_codes.ask(PHONE, address="a")
    with clock.at(NOON + timedelta(days=2)):
        phone_codes.ask(OTHER, address="a")
    assert PhoneCode.objects.count() == 1 and not Identity.objects.exists()
