"""Whoever holds a post elsewhere gets nothing of this room: no page, no deed, by no address with a number in it."""

from datetime import timedelta

import pytest
from django.test import Client

from mashangyi.ground.calendar.clock import at, now
from mashangyi.ground.journal.read import head
from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.places.actions import make_codes
from mashangyi.ground.places.models import Room
from mashangyi.stages.deliberation.tests import factories as meetings
from mashangyi.stages.delivery import actions as delivery
from mashangyi.stages.delivery.tests import factories as tasks
from mashangyi.stages.intake.actions import record_report
from mashangyi.stages.mediation.actions import open_case
from mashangyi.stages.triage.tests import factories as triage
from tests import factories as make
from tests.promises.pages import ARGUMENT
from tests.promises.test_routes import guard_of, routes

pytestmark = pytest.mark.django_db
BACKEND = "mashangyi.ground.people.sessions.Backend"
ELSEWHERE = "320830004003"
# Where each post is held, by its role.
HELD = {
    "clerk": "room", "convener": "room", "unit_officer": "unit", "mediator": "place", "reviewer": "place",
    "grid_worker": "place", "member": "place", "supervisor": "place", "city_admin": "place", "auditor": "place",
}  # fmt: skip
# The word in an address that says which deed, by the route.
WORDS = {
    "desk/triage/<str:number>/<slug:deed>/":
        ("verify", "propose", "sort", "describe", "ask", "call", "visit", "answer", "decline"),
    "desk/triage/<str:number>/go/<slug:way>/": ("direct", "quick", "emergency", "mediate"),
    "desk/review/<str:number>/<slug:verdict>/": ("approve", "return", "postpone", "late"),
    "desk/meeting/<int:meeting_id>/<slug:deed>/":
        ("open", "turn", "here", "heads", "said", "ballot", "vote", "count", "dissent", "again", "escalate"),
    "desk/prepare/<str:number>/<slug:deed>/":
        ("research", "option", "answer", "invite", "heard", "announce", "reconsider", "hand", "pledge", "keep"),
    "desk/tasks/<int:task_id>/<slug:what>/": ("sign", "step", "done", "extend", "return", "cannot"),
    "desk/cases/<int:case_id>/<slug:what>/": ("session", "proposal", "agreement", "elsewhere"),
}  # fmt: skip
# What "pk" is in a route.
ROWS = {"desk/people": "person", "desk/posts": "post", "desk/units": "unit", "desk/invitation": "invitation",
        "desk/resolution": "resolution"}  # fmt: skip
# What belongs to the whole city.
OF_THE_CITY = {"desk/calendar/<str:day>/drop/", "desk/places/names/<int:alias_id>/drop/"}
SENT = {
    "words": "随便写", "reason": "随便写", "why": "随便写", "title": "随便写", "summary": "随便写", "said": "yes",
    "answer": "grant", "name": "某处议事室", "kind": "community", "place": "320830", "item": "poster",
}  # fmt: skip


def elsewhere(role: str):
    if HELD[role] == "room":
        return make.post(role, room=make.room(place=ELSEWHERE))
    if HELD[role] == "unit":
        return make.post(role, unit=make.unit(place="320830"))
    return make.post(role, place="320830")


@pytest.fixture
def theirs(db) -> dict:
    """Something of every kind in a room of another county, by what addresses call it."""
    room = make.room(place="320812004003")
    meeting = meetings.opened(meetings.prepared(room))
    with at(meetings.FRIDAY):
        resolution = meetings.concluded(meeting)
    task = tasks.signed(room=room)
    plea = delivery.ask_extension(task, now() + timedelta(days=20), "等材料", by=tasks.officer(task))
    mediator = make.post("mediator", place="320812004")
    disputed = triage.described(room)
    case = open_case(disputed, mediator, ["甲方", "乙方"], by=make.actor("convener", room=room))
    report = record_report(room, "东门路灯不亮了", by=SYSTEM, phone="13812345678").report
    code = make_codes(room, "report", "poster", ["东门"], by=SYSTEM)[0]
    invitation = meeting.topic.invitations.first()
    return {
        "room_id": room.pk, "number": report.topic.number, "receipt": report.number, "report": report.pk, "meeting_id": meeting.pk,
        "task_id": task.pk, "plea_id": plea.pk, "case_id": case.pk, "code_id": code.pk, "item": "poster",
        "person": mediator.person_id, "post": mediator.pk, "unit": task.unit_id,
        "invitation": invitation.pk, "resolution": resolution.pk,
    }  # fmt: skip


def desks(role: str) -> list[str]:
    """The routes with a number in them that this role may open for things of its own."""
    found = []
    for path, view in routes():
        roles = guard_of(view).removeprefix("staff:")
        if path.startswith("desk/") and "<" in path and (not roles or role in roles.split(",")):
            found.append(path)
    return found


def addresses(path: str, theirs: dict) -> list[str]:
    row = theirs.get(ROWS.get("/".join(path.split("/")[:2]), ""), "")
    values = {**theirs, "pk": row, "day": "2026-01-01", "alias_id": 1}
    if path.startswith("desk/filed/"):
        values["number"] = theirs["receipt"]
    filled = [
        {**values, "deed": word, "way": word, "verdict": word, "what": word} for word in WORDS.get(path, [""])
    ]
    return ["/" + ARGUMENT.sub(lambda match, each=each: str(each[match[1]]), path) for each in filled]


@pytest.mark.parametrize("role", HELD)
def test_a_post_elsewhere_opens_and_does_nothing_here(role, theirs):
    client = Client()
    client.force_login(elsewhere(role).person, backend=BACKEND)
    before, open_doors = head(), []
    for path in desks(role):
        if path in OF_THE_CITY:
            continue
        for address in addresses(path, theirs):
            answers = [client.get(address).status_code, client.post(address, SENT).status_code]
            if not set(answers) <= {403, 404, 405}:
                open_doors.append((address, answers))
    assert open_doors == [] and head() == before


def test_the_same_addresses_are_open_to_those_who_hold_the_post_here(theirs, client):
    room = Room.objects.get(pk=theirs["room_id"])
    client.force_login(make.post("convener", room=room).person, backend=BACKEND)
    asked = [address for path in desks("convener") for address in addresses(path, theirs)]
    assert sum(client.get(address).status_code == 200 for address in asked) >= 8


def test_a_mistyped_number_of_a_filed_report_is_a_missing_page(client):
    client.force_login(make.post("clerk", room=make.room()).person, backend=BACKEND)
    assert client.get("/desk/filed/Y26-1/slip/").status_code == 404
