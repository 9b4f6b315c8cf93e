"""The log holds no address by which somebody could open a receipt or an account."""

import logging

import pytest
from django.conf import settings

from mashangyi.config.log import Discreet


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
