"""The deeds of intake. `record_report()` is the one door for page, import, channel and demo."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from ...ground.calendar import clocks
from ...ground.calendar.clock import now
from ...ground.journal.deeds import deed
from ...ground.journal.record import record
from ...ground.people import law, vault
from ...ground.photos.store import store
from ...ground.places.models import Code, Room
from ...ground.prepared import prepared
from ...topic import lifecycle
from ...topic.models import Topic
from . import queries, rules
from .models import CHANNELS, Report


@dataclass(frozen=True)
class Receipt:
    """What the reporter takes home: the report, and the secret of its address."""

    report: Report
    is_new: bool = True

    @property
    def secret(self) -> str:
        return rules.receipt_secret(self.report.pk)


@dataclass(frozen=True)
class Source:
    """Where a report comes from when another system had it first; the same ticket twice is one report."""

    name: str
    external_id: str
    original: dict


@deed
def record_report(
    room: Room,
    words: str,
    channel: str = "scan",
    *,
    by,
    spot: str = "",
    code: Code | None = None,
    phone: str = "",
    name: str = "",
    consent: str = "",
    cosponsors: tuple[str, ...] = (),
    joins: Topic | None = None,
    source: Source | None = None,
    happened_at: datetime | None = None,
    photos=(),
    urgent: bool = False,
    once: str = "",
) -> Receipt:
    """Take in what somebody says about `room` and give it a number at once.

    A new topic begins with it, unless it `joins` an open one ("me too"). `phone` in any notation;
    `consent` says how the person agreed when someone files for them. Raises ValidationError by field.
    """
    law.demand(by, rules.PERMISSION_OF[channel], room)
    words, spot, consent = map(rules.legible, (words, spot, consent))
    _check(room, words, channel, consent, rules.LONGEST_TICKET if source else rules.LONGEST)
    phone = _checked_phone(phone)
    known = _already(once, source)
    if known:
        return Receipt(known, is_new=False)

    topic = joins or _new_topic(room, spot, urgent)
    report = Report.objects.create(
        topic=topic, channel=channel, words=words, spot=spot, code=code, person_id=_reporter(by, channel),
        filed_by_id=by.post_id, consent=consent, cosponsors=list(cosponsors), once=once or None,
        source=source.name if source else "", external_id=source.external_id if source else "",
        original=source.original if source else {}, joined=joins is not None,
        happened_at=happened_at, received_at=now(),
    )  # fmt: skip
    vault.seal(report.subject, phone=phone, name=rules.legible(name))
    store(photos, report.subject, by=by)
    _count(topic, joins, phone)

    record(
        "intake.joined" if joins else "intake.reported", by=by, topic=topic,
        data={"report": report.number, "via": channel, "channel": CHANNELS[channel]} | ({"urgent": True} if urgent else {}),
    )  # fmt: skip
    return Receipt(report)


def _check(room: Room, words: str, channel: str, consent: str, longest: int) -> None:
    if not words:
        raise ValidationError({"words": _("请写几个字，说说是什么事。")})
    if len(words) > longest:
        raise ValidationError({"words": _("最多 %s 个字，长的材料请拍照附上。") % longest})
    if room.closed_on:
        raise ValidationError({"words": _("这个议事室已经停用，请到首页找您现在的议事室。")})
    if channel == "proxy" and not consent:
        raise ValidationError({"consent": _("替别人反映要先征得同意，请写明怎样同意的。")})


def _checked_phone(text: str) -> str:
    try:
        return vault.phone_number(text) if text else ""
    except ValueError as problem:
        raise ValidationError({"phone": str(problem)}) from None


def _already(once: str, source: Source | None) -> Report | None:
    """The report that this form or ticket made before, if it did."""
    if source and source.external_id:
        return _by_ticket.first(source=source.name, external_id=source.external_id)
    return _by_form.first(once=once) if once else None


@prepared
def _by_ticket(source, external_id):
    """Said in so many words that it has a number: else the index of tickets, which is of those alone, is not read."""
    return Report.objects.filter(source=source, external_id=external_id).exclude(external_id="")[:1]


@prepared
def _by_form(once):
    return Report.objects.filter(once=once)[:1]


def _new_topic(room: Room, spot: str, urgent: bool) -> Topic:
    topic = Topic(room=room, place=room.place, spot=spot, urgent=urgent, reports_count=1)
    return lifecycle.begin(topic)


def _reporter(by, channel: str) -> int | None:
    """A resident reports for themselves; whoever holds a post speaks for others or for their office."""
    return by.person_id if channel == "scan" or by.role == "member" else None


def _count(topic: Topic, joins: Topic | None, phone: str) -> None:
    if joins:
        Topic.objects.filter(pk=topic.pk).update(
            reports_count=F("reports_count") + 1, support_count=F("support_count") + 1
        )
    elif phone:
        clocks.start("contact", topic.subject, place=topic.place, holder=topic.holder)


@deed
def support(topic: Topic, words: str = "", *, by, once: str = "", **said) -> Receipt:
    """ "Me too": join an open topic with one tap; the answer then comes to this person as well.

    `words` and whatever else record_report() takes (spot, phone, photos, code) may come along; none of it must.
    """
    law.demand(by, "intake.support", topic)
    topic = _as_it_is_now(topic)
    if not topic.is_open:
        raise ValidationError({"topic": _("这件事已经办结。如果又出现了，请重新反映。")})
    if by.person_id and (mine := queries.standing(topic, by.person_id)):
        return Receipt(mine, is_new=False)
    once = once and f"{once[:24]}:{topic.pk}"  # the word of a form that may have made a report already
    return record_report(topic.room, words or _("我也遇到"), by=by, joins=topic, once=once, **said)


def _as_it_is_now(topic: Topic) -> Topic:
    """The topic read again inside the deed; a clerk may have merged it a moment ago."""
    found = Topic.objects.select_related("room", "merged_into__room").get(pk=topic.pk)
    return found.merged_into or found


@deed
def withdraw(report: Report, *, by, own: bool) -> Report:
    """Take one's report back. A topic that nobody else reported is withdrawn with it. Raises Conflict when it is too late."""
    law.demand(by, "intake.withdraw", report, own=own)
    if report.withdrawn_at:
        return report
    topic, alone = report.topic, queries.is_alone(report)
    if not rules.may_withdraw(report, now(), alone):
        raise lifecycle.Conflict(_("这件事已经在办，不能再撤回。有话要补充，请联系议事室。"))

    report.withdrawn_at = now()
    report.save(update_fields=["withdrawn_at"])
    Topic.objects.filter(pk=topic.pk).update(reports_count=F("reports_count") - 1)

    if alone:
        lifecycle.move(topic, "withdraw", by=by, data={"report": report.number})
    else:
        record("intake.withdrawn", by=by, topic=topic, data={"report": report.number})
    return report
