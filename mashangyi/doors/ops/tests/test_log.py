"""The log holds no address by which somebody could open a receipt or an account."""

import logging

import pytest
from django.conf import settings

from mashangyi.config.log import Discreet, in_city_time


def written(name: str, words: str, *args) -> str:
    record = logging.LogRecord(name, logging.WARNING, __file__, 1, words, args, None)
    assert Discreet().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(("path", "shown"), [
    ("/r/L26-000147-4/abcdefgh23456789/judge/", "/r/L26-000147-4/…/judge/"),
    ("/staff/welcome/gAAAAsecret/", "/staff/welcome/…/"),
    ("/desk/t/Y26-000004-3/", "/desk/t/Y26-000004-3/"),
])  # fmt: skip
def test_the_key_in_an_address_is_left_out(path, shown):
    assert written("django.request", "%s: %s", "Forbidden", path) == f"Forbidden: {shown}"


def test_the_stand_in_for_text_messages_writes_the_link_it_carries():
    link = "/r/L26-000147-4/abcdefgh23456789/"
    assert written("mashangyi.outbox", "to %s: %s", "+86138****1207", link).endswith(link)


def test_every_line_of_the_log_passes_by_here():
    handlers = settings.LOGGING["handlers"].values()
    assert all(handler["filters"] == ["discreet"] for handler in handlers)
    assert settings.LOGGING["root"]["handlers"] == ["stderr"]


def test_a_host_that_is_not_ours_is_one_line_with_the_setting_that_says_which_are(caplog):
    refused = logging.LogRecord("django.security.DisallowedHost", logging.ERROR, __file__, 1,
                                "Invalid HTTP_HOST header: %r. You may need to add it to ALLOWED_HOSTS.", ("10.0.0.9",),
                                (ValueError, ValueError("host"), None))  # fmt: skip
    assert Discreet().filter(refused)
    shown = logging.Formatter("%(levelname)s %(message)s").format(refused)
    assert "10.0.0.9" in shown and "MASHANGYI_HOSTS" in shown and "ALLOWED_HOSTS" not in shown and "\n" not in shown
    assert shown.startswith("WARNING")


def test_the_keeper_writes_the_time_of_the_city_like_everyone(monkeypatch):
    record = logging.LogRecord("mashangyi.keeper", logging.INFO, __file__, 1, "web ended", (), None)
    record.created = 1_795_618_029.5  # 2026-11-25 14:47:09 UTC
    assert in_city_time().format(record).startswith("2026-11-25 22:47:09")
