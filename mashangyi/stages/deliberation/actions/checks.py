"""Questions that several deeds ask before they change anything. Each raises ValidationError by field."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....ground.calendar.clock import now
from ....topic.models import Topic
from ...triage.actions.words import unmarked
from ..rules import LONGEST, is_yuan

# The same words of the same speaker within this time are a double click, or a phone that sent them once more.
TWICE = timedelta(minutes=1)


def words_of(text: str, field: str, ask: str, *, longest: int = LONGEST) -> str:
    """The words without outer space, which everyone may read. `ask` is what the page says when there are none."""
    text = text.strip()
    if not text:
        raise ValidationError({field: ask})
    if len(text) > longest:
        raise ValidationError(
            {field: _("最多 %(n)s 个字，现在 %(have)s 个。") % {"n": longest, "have": len(text)}}
        )
    return unmarked(field, text)


def one_of(key: str, table: dict, field: str) -> str:
    if key not in table:
        raise ValidationError({field: _("请从列出的里面选一个。")})
    return key


def yuan_of(amount: int | None, field: str = "cost") -> int | None:
    """The amount, where one is named. Raises ValidationError for anything but whole yuan."""
    if amount is not None and not is_yuan(amount):
        raise ValidationError({field: _("金额写整数元，不能是负数。")})
    return amount


def public(field: str, text: str) -> str:
    """Words that may be left out, without outer space; everyone may read them."""
    return unmarked(field, text.strip())


def just_now(rows, moment: str = "at", **same):
    """The row with all of this that was left a moment ago, or None. Ask it behind a lock that both wait for."""
    return rows.filter(**{f"{moment}__gt": now() - TWICE}, **same).first()


def hold(topic: Topic) -> Topic:
    """The topic as it is now, held until the deed is done: of two at once, the second sees what the first did."""
    return Topic.objects.select_related("room").select_for_update(of=("self",)).get(pk=topic.pk)


def as_it_is_now(row, *fields: str) -> None:
    """Read these fields again, held until the deed is done: of two who saw the same, the second sees what the first did."""
    row.refresh_from_db(fields=list(fields), from_queryset=type(row).objects.select_for_update())
