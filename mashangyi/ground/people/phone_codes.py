"""Signing in by phone: a code of six digits is sent, and whoever reads it is the one who has the phone.

The number travels in the page's address as a sealed ticket, so it stands neither in the session nor in
the database before it is known to be right. A code lives ten minutes and five tries, for one browser.
"""

import hashlib
import hmac
import json
import secrets
import unicodedata
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mashangyi.config.environment import read

from ..calendar.clock import now
from ..journal.deeds import turn
from ..outbox import carriers
from . import demo_town, limits, vault
from .models import Person, PhoneCode

MINUTES = 10
TRIES = 5
ABOUT = "sign-in"


# --- sending -----------------------------------------------------------------------------------


class Ticket(NamedTuple):
    """Who asked for a code. `shown` is the code itself, in a demo town alone, where no message arrives."""

    phone: str
    handle: str
    shown: str = ""


def ask(phone: str, *, address: str) -> str:
    """Send a code to `phone` (E.164). Returns the sealed ticket for the next step.

    Raises ValidationError({"phone": words}) when too many were asked for this number or from this address.
    The answer is the same whether the number has an account or not.
    """
    blinds = vault.blinds("phone", phone)
    code, handle = f"{secrets.randbelow(10**6):06}", secrets.token_urlsafe(24)
    with turn():
        _allow_sending(blinds, address)
        PhoneCode.objects.filter(sent_at__lt=now() - timedelta(days=1)).delete()
        PhoneCode.objects.create(handle=handle, blind=blinds[0], digest=_digest(handle, code), sent_at=now())
    send_code(phone, code)
    return _sealed(Ticket(phone, handle, code if demo_town.told() else ""))


def _allow_sending(blinds: list[str], address: str) -> None:
    """Codes to one number are counted in the database: in all web processes, and over a restart."""
    if not limits.hit("codes-from", address, read("MASHANGYI_RATE_REPORTS")):
        raise ValidationError({"phone": _("从这个网络发的验证码太多了，请过一会儿再试。")})
    amount, span = limits.within(read("MASHANGYI_RATE_CODES"))
    sent = PhoneCode.objects.filter(blind__in=blinds, sent_at__gt=now() - span).order_by("-sent_at")
    times = list(sent.values_list("sent_at", flat=True)[:amount])
    if len(times) == amount:
        minutes = (times[-1] + span - now()) // timedelta(minutes=1) + 1
        raise ValidationError(
            {"phone": _("这个号码发过好几次验证码了，请过 %(n)s 分钟再试，或者不登录直接反映。") % {"n": minutes}}
        )


def send_code(phone: str, code: str) -> None:
    """By the carrier of codes (ground/outbox/carriers.py), at once and without a notice of it."""
    words = _("验证码 %(code)s，%(n)s 分钟内有效。不要告诉别人。") % {"code": code, "n": MINUTES}
    carriers.send_code(phone, words)


def arrives() -> bool:
    """Whether a code reaches whoever asks for it: by text message, or in a demo town on the page itself."""
    return demo_town.told() or carriers.CONNECTED


def _digest(handle: str, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{handle}:{code}".encode(), hashlib.sha256).hexdigest()


# --- the ticket --------------------------------------------------------------------------------


def _sealed(ticket: Ticket) -> str:
    return vault.lock(json.dumps(ticket), ABOUT)


def opened(sealed: str) -> Ticket:
    """The ticket that `ask()` gave. Raises ValidationError when it is not one of ours."""
    try:
        return Ticket(*json.loads(vault.unlock(sealed, ABOUT)))
    except vault.Unreadable as error:
        raise ValidationError({"phone": _("这个登录页过期了，请再输一次手机号。")}) from error


def masked(phone: str) -> str:
    """ "138****5678": enough to see whether one mistyped."""
    return carriers.masked(phone.removeprefix("+86"))


# --- checking ----------------------------------------------------------------------------------


def confirm(sealed: str, code: str, *, address: str) -> Person:
    """The person of the phone, made on first use. Raises ValidationError with words for the page."""
    phone, handle, _shown = opened(sealed)
    if limits.spent("tries", address, read("MASHANGYI_RATE_TRIES")):
        raise ValidationError({"code": _("输错的次数太多了，请过几分钟再试。")})
    with turn():
        trouble = _tried(phone, handle, _digits(code))
        person = None if trouble else _person_of(phone)
    if trouble:
        limits.hit("tries", address, read("MASHANGYI_RATE_TRIES"))
        raise ValidationError({"code": trouble})
    if not person.is_active:
        raise ValidationError({"code": _("这个账号已停用，请联系社区议事室。")})
    return person


def _digits(code: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", code) if c.isdigit())


def _tried(phone: str, handle: str, code: str) -> str:
    """Use up one try; what is wrong, in words, or nothing. Holds all rows of the number, so that two
    codes confirmed in the same moment cannot make two accounts."""
    rows = PhoneCode.objects.select_for_update().filter(blind__in=vault.blinds("phone", phone)).order_by("id")
    row = next((row for row in rows if row.handle == handle), None)
    if row is None or row.used_at or now() > row.sent_at + timedelta(minutes=MINUTES):
        return _("验证码过期了，请重新发送。")
    if row.tries >= TRIES:
        return _used_up()
    right = hmac.compare_digest(row.digest, _digest(handle, code))
    row.tries, row.used_at = row.tries + 1, now() if right else None
    row.save(update_fields=["tries", "used_at"])
    if right:
        return ""
    left = TRIES - row.tries
    return _("验证码不对，请看最新的一条短信。还可以试 %(n)s 次。") % {"n": left} if left else _used_up()


def _used_up() -> str:
    return _("这个验证码输错了 %(n)s 次，已作废，请重新发送。") % {"n": TRIES}


def _person_of(phone: str) -> Person:
    """The resident with this number. A member of staff has a second account as a resident: their post
    needs a password and a second factor, and no phone code opens it."""
    keys = [s.partition(":")[2] for s in vault.subjects_with("phone", phone) if s.startswith("person:")]
    known = Person.objects.filter(pk__in=keys, kind="resident").order_by("id").first()
    if known:
        return known
    person = Person(kind="resident")
    person.set_unusable_password()
    person.save()
    vault.seal(f"person:{person.pk}", phone=phone)
    return person
