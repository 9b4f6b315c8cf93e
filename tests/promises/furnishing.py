"""Runs inside a site: makes ready in the told town what a page of the table needs, and finds the rest."""

from datetime import timedelta

from django.test import Client

from mashangyi.doors.ops.pictures.scene import actor, open_a_meeting
from mashangyi.ground.calendar import clock
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people import invitations
from mashangyi.ground.people.models import Person, Unit
from mashangyi.ground.places.actions import make_codes, revoke_code
from mashangyi.ground.places.models import Room
from mashangyi.stages.deliberation.models import Invitation, Meeting
from mashangyi.stages.delivery.actions import ask_extension
from mashangyi.stages.delivery.models import Task
from mashangyi.stages.intake.actions import record_report
from mashangyi.stages.intake.models import Report
from mashangyi.stages.intake.rules import receipt_secret
from mashangyi.stages.mediation.models import Case
from mashangyi.topic.models import Topic

ACCOUNTS = (
    "clerk", "convener", "grid-worker", "reviewer", "mediator", "unit-officer", "member", "supervisor",
    "auditor", "city-admin",
)  # fmt: skip
# What the table calls it, and the state of a topic of the first room, with a report.
IN_STATE = {
    "received": "received", "checked": "verifying", "asked": "needs_information", "reviewed": "in_review",
    "confirming": "confirming", "mediating": "in_mediation", "solved": "resolved",
}  # fmt: skip
# Topics that stand anywhere in the town.
ANYWHERE = {
    "merged": "merged", "answered": "answered", "declined": "declined", "transferred": "transferred_done",
}  # fmt: skip


def sessions() -> dict[str, str]:
    """A session of each demo account, entered by the one tap of the login page."""
    return {name: _session(name) for name in ACCOUNTS}


def _session(name: str) -> str:
    client = Client(SERVER_NAME="localhost")
    client.post(f"/staff/demo/{name}/")
    return client.cookies["sessionid"].value


def furnish() -> dict[str, dict]:
    """Arguments by what the table calls them. Makes a meeting, a plea, a filed report, a revoked code and a password."""
    room = Room.objects.get(pk=actor("clerk").room_id)
    meeting = open_a_meeting()
    reports = {name: _report(room, state) for name, state in IN_STATE.items()}
    return {
        **reports,
        **{
            name: {"number": Topic.objects.filter(state=state).first().number}
            for name, state in ANYWHERE.items()
        },
        **_tasks(room),
        **_codes(room),
        **_people(),
        "reached": _report(room, "received", spot="东门"),
        "filed": {"receipt": _filed(room).number},
        "meeting": {"meeting_id": meeting.pk, "number": meeting.topic.number},
        "held": {"meeting_id": Meeting.objects.filter(topic__room=room, state="closed").first().pk},
        "invitation": {"pk": Invitation.objects.get(post__person__username="member").pk},
        "case": {"case_id": Case.objects.filter(topic__room=room).first().pk},
        "entry": {"seq": Entry.objects.filter(topic=meeting.topic_id).first().seq},
        "room": {"room_id": room.pk},
        "place": {"place": room.place},
        "county": {"place": room.place[:6]},
        **_lists(),
    }


def _lists() -> dict:
    """The lists behind numbers of the whole city, one of each kind."""
    figures = {
        "channel": "reports:hotline", "topics": "topics", "money": "spent", "stays": "stay:verifying",
        "late": "overdue", "empty": "reopened",
    }  # fmt: skip
    return {f"{name}_list": {"place": "3208", "figure": figure} for name, figure in figures.items()}


def _report(room: Room, state: str, **more) -> dict:
    """A report of the room whose topic is in `state`, as the addresses of topic and receipt need it."""
    found = Report.objects.filter(topic__room=room, topic__state=state, **more).order_by("id").first()
    return {
        "number": found.topic.number,
        "receipt": found.number,
        "secret": receipt_secret(found.pk),
        "report": found.pk,
    }


def _filed(room: Room) -> Report:
    return record_report(room, "井盖松了，走上去会响。", "grid", by=actor("grid-worker"), spot="西门").report


def _tasks(room: Room) -> dict:
    tasks = Task.objects.filter(topic__room=room, topic__state="delivering").select_related(
        "topic__room", "unit"
    )
    signed = tasks.get(topic__title="南门道闸失灵")
    plea = ask_extension(
        signed, clock.today() + timedelta(days=9), "新道闸要等厂家发货", by=actor("unit-officer")
    )
    other = tasks.exclude(pk=signed.pk).first()
    return {
        "pleaded": {"task_id": signed.pk, "plea_id": plea.pk, "number": signed.topic.number},
        "signed": {"task_id": other.pk},
        "delivering": {"number": other.topic.number},
    }


def _codes(room: Room) -> dict:
    old = make_codes(room, "report", "poster", ["旧公告栏"], by=actor("city-admin"))[0]
    revoke_code(old, "公告栏拆了", by=actor("city-admin"))
    first = room.codes.filter(revoked_at=None, item="poster").order_by("id").first()
    return {"code": {"short": first.short, "code_id": first.pk}, "revoked": {"short": old.short}}


def _people() -> dict:
    auditor = Person.objects.get(username="auditor")  # the one who can change a password, having one
    auditor.set_password("once-upon-a-time-in-huaian")
    auditor.save()
    person = Person.objects.get(username="reviewer")
    token = invitations.link(person).rstrip("/").rpartition("/")[2]
    return {"person": {"pk": person.pk}, "invited": {"token": token}, "unit": {"pk": Unit.objects.first().pk}}
