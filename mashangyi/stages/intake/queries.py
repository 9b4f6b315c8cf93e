"""One function for each question that a page of intake asks."""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from ...ground.people import vault
from ...ground.places.models import Code, Room
from ...ground.prepared import prepared
from ...topic import numbers
from ...topic.models import Topic
from . import rules
from .models import Report

PAGE = 20
# Offered in one list; whoever has more finds theirs by name.
ROOMS = 60


def code_of_form(short: str, room_id: int) -> Code | None:
    """The code of this room from whose scan page a form came; None when that is none, or is revoked."""
    found = _code.first(short=short.upper()) if short.isascii() and short.isalnum() else None
    return found if found and found.room_id == room_id and not found.revoked_at else None


def code_to_scan(short: str) -> Code:
    """The code with its room and division, revoked ones too: the page says so kindly."""
    return _code.one(short=short.upper())


@prepared
def _code(short):
    return Code.objects.select_related("room").filter(short=short)


def report_of_receipt(text: str, secret: str) -> Report:
    """The report whose receipt this is; a wrong number or secret is a missing page, whichever it was."""
    report = numbered(text)
    if report is None or not rules.opens(secret, report.pk):
        raise Http404
    return report


def numbered(text: str) -> Report | None:
    """The report whose number stands in an address; None for a mistyped one, too."""
    try:
        return report_by_number(text)
    except ValueError:
        return None


def report_by_number(text: str) -> Report | None:
    """The report with this number; None when there is none. Raises ValueError for a mistyped number."""
    serial = numbers.serial("L", text)
    found = Report.objects.select_related("topic__room__division", "topic__merged_into").filter(pk=serial).first()
    return found if found and numbers.number("L", serial, found.received_at) == _tidy(text) else None


def topic_or_report(text: str) -> Topic | Report | None:
    """What has this number, of either kind: the topic's stands on its page, the report's on the receipt.

    Raises ValueError for a mistyped one.
    """
    if numbers.bare(text)[:1] != "Y":
        return report_by_number(text)
    return Topic.objects.filter(pk=numbers.serial("Y", text)).first()


def _tidy(text: str) -> str:
    plain = numbers.bare(text)
    return f"{plain[:3]}-{plain[3:-1]}-{plain[-1]}"


def reports_of_person(person_id: int, before: int | None = None) -> list[Report]:
    """A resident's own reports, newest first: those made signed in, and those that left their number."""
    left = [name for name in vault.alike(f"person:{person_id}", "phone") if name.startswith("report:")]
    theirs = Q(person=person_id) | Q(pk__in=[name.partition(":")[2] for name in left])
    mine = Report.objects.filter(theirs).select_related("topic__room")
    if before:
        mine = mine.filter(pk__lt=before)
    return list(mine.order_by("-id")[: PAGE + 1])


def standing(topic: Topic, person_id: int) -> Report | None:
    """What this person reports of a topic and has not taken back."""
    return Report.objects.filter(topic=topic, person=person_id, withdrawn_at=None).first()


def filed_by(post_id: int, before: int | None = None, limit: int = PAGE + 1) -> list[Report]:
    """What somebody in a post said for others, newest first; unless told otherwise, one page and one more."""
    filed = Report.objects.filter(filed_by=post_id).select_related("topic")
    if before:
        filed = filed.filter(pk__lt=before)
    return list(filed.order_by("-id")[:limit])


def rooms_of(actor, words: str = "") -> list[Room]:
    """The open rooms for which someone in a post may file, at most ROOMS and one more; `words` narrows by name."""
    rooms = Room.objects.filter(closed_on=None)
    if actor.room_id:
        return list(rooms.filter(pk=actor.room_id))
    if words:
        rooms = rooms.filter(name__contains=words)
    return list(rooms.filter(place__startswith=actor.place).order_by("place", "id")[: ROOMS + 1])


def reporters(reports: QuerySet[Report]) -> list[str]:
    """Whom to tell what becomes of these reports, in their order, as notices name them."""
    return [recipient(pk, person) for pk, person in reports.order_by("id").values_list("pk", "person")]


def recipient(report_id: int, person_id: int | None) -> str:
    """The one who made a report: "person:4" where they signed in, else "report:19", whoever sent it."""
    return f"person:{person_id}" if person_id else f"report:{report_id}"


def has_contact(report: Report) -> bool:
    return vault.knows(report.subject, "phone")


def receipt_link(topic_id: int, recipient: str) -> str:
    """Address of the receipt by which this recipient ("person:4", "report:19") follows the topic."""
    report = first_of(topic_id, recipient)
    return receipt_address(report) if report else ""


def first_of(topic_id: int, recipient: str, **where) -> Report | None:
    """The report of a recipient: of a person their first one under the topic, of a receipt its own."""
    of_topic = {} if recipient.startswith("report:") else {"topic": topic_id}
    return Report.objects.filter(**sent_by(recipient), **of_topic, **where).order_by("id").first()


def sent_by(recipient: str) -> dict:
    """The reports that a recipient sent, as a filter: of "person:4" all of theirs, of "report:19" that one."""
    kind, _colon, number = recipient.partition(":")
    return {"person" if kind == "person" else "pk": int(number)}


def receipt_address(report: Report) -> str:
    return reverse("intake:receipt", kwargs={"number": report.number, "secret": rules.receipt_secret(report.pk)})


def is_alone(report: Report) -> bool:
    """Whether nobody else reports the same matter."""
    return not Report.objects.filter(topic=report.topic_id, withdrawn_at=None).exclude(pk=report.pk).exists()
