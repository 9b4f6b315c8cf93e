"""A city for measuring: written in bulk, but such as the deeds would have left it."""

from datetime import date, timedelta
from itertools import islice

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import QuerySet

from mashangyi.ground.calendar.clock import now
from mashangyi.ground.journal.models import Chain, Entry
from mashangyi.ground.journal.record import fingerprint
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.models import Person, Post
from mashangyi.ground.places.models import Code, Division, Room
from mashangyi.stages.intake.actions import record_report
from mashangyi.stages.intake.models import Report
from mashangyi.topic.lifecycle import STATES
from mashangyi.topic.models import Topic

BATCH = 5000
ROOMS = 1700
WAITING = 40
# States of a city at work: most topics ended, some in every stage.
MIX = ("resolved",) * 6 + ("answered",) * 3 + ("merged", "declined", "verifying", "delivering", "deliberating", "received")
MATTERS = ("路灯不亮", "楼道堆物", "工地夜间施工", "井盖松动", "油烟扰民", "水管爆裂", "停车难", "广场舞扰民", "垃圾清运", "电梯故障")


def build(topics: int) -> dict:
    """Fill the empty database with a city of that many topics; what the bench needs to know of it."""
    rooms = _rooms()
    number = _fill(rooms, topics)
    _pile(rooms[0])
    return {"short": "BENCH2", "room": rooms[0].pk, "topic": number, "clerk": _clerk(rooms[0])}


def _rooms() -> list[Room]:
    counties = ["320803", "320804", "320812", "320813", "320826", "320830", "320831"]
    divisions = [Division(code="3208", name="淮安市", level=4, parent="")]
    villages = []
    for c, county in enumerate(counties):
        divisions.append(Division(code=county, name=f"县区 {c}", level=6, parent="3208"))
        for t in range(1, 15):
            town = f"{county}{t:03d}"
            divisions.append(Division(code=town, name=f"镇 {t}", level=9, parent=county))
            villages += [Division(code=f"{town}{v:03d}", name=f"村 {v}", level=12, parent=town) for v in range(1, 19)]
    Division.objects.bulk_create(divisions + villages, ignore_conflicts=True)
    rooms = Room.objects.bulk_create(
        Room(name=f"{v.name}协商议事室", division=v, place=v.code) for v in villages[:ROOMS]
    )
    Code.objects.create(room=rooms[0], short="BENCH2", spoken="200002")
    return rooms


def _fill(rooms: list[Room], topics: int) -> str:
    started, previous, first = now() - timedelta(days=900), "", None
    step = timedelta(days=899) / max(topics, 1)
    for batch in _batches(range(topics), BATCH):
        with transaction.atomic():
            made = Topic.objects.bulk_create(_topic(rooms, n, started + step * n) for n in batch)
            reports = Report.objects.bulk_create(
                Report(topic=t, channel="scan", words=t.summary, received_at=t.created_at) for t in made
            )
            entries = _entries(made, reports, previous)
            QuerySet(Entry).bulk_create(entries)
            previous, first = entries[-1].hash, first or made[0]
            Chain.objects.update_or_create(city="3208", defaults={"seq": entries[-1].seq, "hash": previous})
    return first.number


def _batches(numbers, size):
    iterator = iter(numbers)
    while batch := list(islice(iterator, size)):
        yield batch


def _topic(rooms, n: int, at) -> Topic:
    room, state = rooms[n % len(rooms)], STATES[MIX[(n + n // len(rooms)) % len(MIX)]]
    matter = MATTERS[n % len(MATTERS)]
    return Topic(
        room=room, place=room.place, county=room.place[:6], town=room.place[:9], title=f"{matter} {n}",
        summary=f"{matter}，已经好几天了，请看一看。", state=state.name, stage=state.stage, family=state.family,
        holder=room.name, due_at=at + timedelta(days=5) if state.family == "open" else None,
        created_at=at, moved_at=at, ended_at=None if state.family == "open" else at, reports_count=1,
    )  # fmt: skip


def _entries(topics, reports, previous: str) -> list[Entry]:
    entries = []
    for topic, report in zip(topics, reports, strict=True):
        entry = Entry(
            city="3208", seq=topic.pk, at=topic.created_at, role="resident", organ="居民", verb="intake.reported",
            topic=topic.pk, room=topic.room_id, place=topic.place, prev=previous,
            data={"report": report.number, "via": "scan", "channel": "扫码"},
        )  # fmt: skip
        entry.hash = previous = fingerprint(entry)
        entries.append(entry)
    return entries


def _pile(room: Room) -> None:
    """What lies before the clerk: more than one page of messages, each said by the real deed."""
    for n in range(WAITING):
        words = f"{MATTERS[n % len(MATTERS)]}，{n + 1} 号楼前面，已经三天了，老人晚上走路看不清，请尽快来看一看。"
        record_report(room, words, by=ANYONE, spot=f"{n + 1} 号楼", phone="13800138000" if n % 3 else "")


def _clerk(room: Room) -> str:
    """A clerk of the first room, signed in; the cookie of their session."""
    person = Person.objects.create(username="bench-clerk", kind="staff", password="!")  # noqa: S106
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})  # no desk opens without
    Post.objects.create(person=person, role="clerk", title=room.name, place=room.place, room=room, since=date(2020, 1, 1))
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.create()
    return session.session_key
