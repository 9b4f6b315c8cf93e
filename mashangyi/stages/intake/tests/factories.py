"""A room with its codes, and what people do at it, with few words."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.people.actor import ANYONE, SYSTEM
from mashangyi.ground.people.models import Person
from mashangyi.ground.people.signin import BACKEND
from mashangyi.ground.places.actions import make_codes
from mashangyi.ground.places.models import Code
from mashangyi.stages.intake.actions import record_report
from mashangyi.stages.intake.models import Report
from mashangyi.topic import lifecycle
from mashangyi.topic.models import Topic
from tests import factories


def code(room=None, purpose: str = "report", target: str = "", spot: str = "") -> Code:
    return make_codes(room or factories.room(), purpose, "poster", [spot], target=target, by=SYSTEM)[0]


def report(room=None, words: str = "东门路灯三天不亮", **more) -> Report:
    return record_report(room or factories.room(), words, by=more.pop("by", ANYONE), **more).report


def public(room=None, title: str = "东门路灯不亮") -> Topic:
    """A topic that a clerk has described for everyone."""
    topic = report(room).topic
    topic.title, topic.summary = title, "东门三盏路灯不亮"
    topic.save()
    return topic


def moved(topic: Topic, *moves: str) -> Topic:
    """The topic after these moves, each made by the first role that may."""
    for name in moves:
        role = lifecycle.MOVES[name].roles[0]
        by = ANYONE if role == "resident" else factories.actor(role, room=topic.room)
        with turn():
            lifecycle.move(topic, name, by=by)
    return topic


def picture(name: str = "路灯.jpg", size=(60, 40), kind: str = "JPEG") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", size, "#a3201c").save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def enter(client, actor):
    """Sign in as the person of this actor."""
    client.force_login(Person.objects.get(pk=actor.person_id), backend=BACKEND)
    return actor


def text(answer) -> str:
    return answer.content.decode()
