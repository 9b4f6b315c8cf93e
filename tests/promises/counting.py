"""Runs inside a site: how many questions each page of the table puts to the database, before and after the
town has grown: three times as much waiting work on every desk, three times as many words in its meeting.
"""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mashangyi.doors.demo import today
from mashangyi.doors.demo.cast import Cast
from mashangyi.doors.demo.telling import tell_in_order
from mashangyi.doors.ops.pictures.scene import SAID, actor
from mashangyi.ground.calendar import clock
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.models import Post, Unit
from mashangyi.ground.places.actions import make_codes
from mashangyi.ground.places.models import Room
from mashangyi.stages.deliberation import actions as deliberation
from mashangyi.stages.deliberation.models import Meeting
from mashangyi.stages.delivery.actions import add_milestone
from mashangyi.stages.delivery.models import Task
from mashangyi.stages.intake.actions import support
from mashangyi.topic import panels

from .furnishing import furnish, sessions
from .pages import PAGES, Page


def counts() -> dict[str, list[dict]]:
    """Per page, what its second request found: in the town as told, and grown."""
    found, clients = furnish(), _clients()
    before = {page.name: _asked(clients[page.visitor], page, found) for page in PAGES}
    grow(found)
    return {page.name: [before[page.name], _asked(clients[page.visitor], page, found)] for page in PAGES}


def _clients() -> dict[str, Client]:
    made = {"": Client(SERVER_NAME="localhost")}
    for name, session in sessions().items():
        made[name] = Client(SERVER_NAME="localhost")
        made[name].cookies["sessionid"] = session
    return made


def _asked(client: Client, page: Page, found: dict[str, dict]) -> dict:
    """The first request fills what a process keeps for good; the second one is counted, as if something had just
    happened to the topic. `shown` is how long its page is."""
    client.get(page.path(found))
    panels.forget()
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(page.path(found))
    return {"queries": len(seen), "status": answer.status_code, "shown": len(answer.content)}


# --- the same town, only more of it ------------------------------------------------------------


class Again(Cast):
    """The people and places that are there already, in stories that are told once more."""

    def __init__(self):
        self.rooms = {room.name: room for room in Room.objects.select_related("division")}
        self.units = {unit.name: unit for unit in Unit.objects.all()}
        self.admin = actor("city-admin")

    def _post(self, role, where, title, *, by):
        scope = (
            {"room": where}
            if isinstance(where, Room)
            else {"unit": where}
            if isinstance(where, Unit)
            else {"place": where.pk}
        )
        return (
            Post.objects.select_related("person", "room", "unit")
            .filter(role=role, **scope)
            .order_by("id")
            .first()
        )


def grow(found: dict[str, dict]) -> None:
    """Twice more what waits, and more in what is shown: words, heads, steps, codes, neighbours."""
    cast, now = Again(), clock.now()
    room = Room.objects.select_related("division").get(pk=found["room"]["room_id"])
    for _again in range(2):
        tell_in_order([story(cast, room, now) for story in today.WAITING])
        _say_more(Meeting.objects.select_related("topic__room").get(pk=found["meeting"]["meeting_id"]))
        task = Task.objects.select_related("topic__room", "unit").get(pk=found["pleaded"]["task_id"])
        add_milestone(task, "又往前走了一步。", by=actor("unit-officer"))
        make_codes(room, "report", "poster", ["东墙", "西墙", "南墙"], by=actor("city-admin"))


def _say_more(meeting: Meeting) -> None:
    clerk = actor("clerk")
    for kind, who, words in SAID:
        seat = deliberation.sign_in_for(meeting, kind, f"{who}的邻居 {meeting.attendances.count()}", by=clerk)
        deliberation.say_for(meeting, words, by=clerk, kind=kind, attendance=seat)
        deliberation.suggest(meeting.topic, words, by=ANYONE)
        support(meeting.topic, by=ANYONE)
