"""How a notice travels. A carrier is one small class; SMS, WeChat and mail will be further ones.

The worker has let go of the database when it calls `send()`. A carrier that raises is tried again later;
one that raises Refused is not.
"""

import logging

from django.utils.translation import gettext_noop as N_

from mashangyi.config.environment import read

from ..people import vault
from ..people.models import Person
from . import recipients
from .models import Notice

log = logging.getLogger("mashangyi.outbox")


class Refused(Exception):  # noqa: N818 — an answer, not a fault: to try again would not help
    """This recipient cannot be reached this way, now or later."""


class Carrier:
    """`rings` says that it makes a sound somewhere: not at night, unless it is urgent."""

    name: str
    label: str
    rings: bool = True

    def reaches(self, names) -> set[str]:
        """Those of the recipients whom this carrier can reach. One query, or none."""
        raise NotImplementedError

    def send(self, notice: Notice, key: str) -> None:
        """Send it. `key` is the same at every try, so that the other side can drop a repeat."""
        raise NotImplementedError


class Page(Carrier):
    """The page of notices: what is written is delivered."""

    name, label, rings = "page", N_("网页"), False

    def reaches(self, names) -> set[str]:
        return set(names)

    def send(self, notice: Notice, key: str) -> None:
        """Nothing to send."""


class Console(Carrier):
    """Stands for the text message until a real one is connected: a line in the worker's log."""

    name, label = "console", N_("短信")

    def reaches(self, names) -> set[str]:
        return recipients.with_phone(names)

    def send(self, notice: Notice, key: str) -> None:
        phone = vault.for_carrier(notice.recipient)
        if not phone:
            raise Refused("the number is no longer in the vault")
        shown = phone if _is_demo(notice.recipient) else masked(phone)
        log.info("to %s: %s [%s]", shown, letter(notice), key)


CARRIERS: dict[str, Carrier] = {carrier.name: carrier for carrier in (Page(), Console())}


# Whether text messages leave by a provider. As long as they do not, pages say so instead of letting people wait.
CONNECTED = False


def send_code(phone: str, words: str) -> None:
    """Carry the code of a sign-in at once, without a notice of it.

    The console stands for the text message: whoever reads the log of the web server reads the code.
    """
    log.info("to %s: 【码上议】%s", masked(phone), words)


def letter(notice: Notice) -> str:
    """A notice as one text message."""
    address = read("MASHANGYI_ADDRESS").rstrip("/") + notice.link if notice.link else ""
    return f"【码上议】{notice.words} {address}".strip()


def masked(phone: str) -> str:
    """ "+86138****1207": enough to recognise one's own number, not enough to call it."""
    return phone[:-8] + "****" + phone[-4:] if len(phone) > 8 else "****"


def _is_demo(name: str) -> bool:
    kind, _colon, number = name.partition(":")
    return kind == "person" and Person.objects.filter(pk=number, is_demo=True).exists()
