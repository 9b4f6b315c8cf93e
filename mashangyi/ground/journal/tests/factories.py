"""Deeds that do nothing but be journalled, and a rough hand in the database."""

from django.db import connection

from mashangyi.ground.journal.deeds import deed
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.journal.record import record
from mashangyi.ground.journal.verbs import Verb, declare
from mashangyi.ground.people.actor import SYSTEM, Actor

SPOKEN = Verb("test.spoken", "有人说了：%(words)s")
WHISPERED = Verb("test.whispered", "内部记了一笔", public=False)
declare(SPOKEN, WHISPERED)

CLERK = Actor("clerk", "长西社区 议事专员", person_id=7, room_id=3, place="320812004003")


@deed
def _speak(verb: str, words: str, *, by, **where) -> Entry:
    return record(verb, by=by, data={"words": words}, **where)


def speak(words: str = "路灯不亮", *, by=SYSTEM, verb: str = SPOKEN.name, **where) -> Entry:
    """The shortest deed there is: by the system, unless somebody is named."""
    return _speak(verb, words, by=by, **where)


def entries(count: int) -> list[Entry]:
    return [speak(f"第 {n} 句", by=CLERK) for n in range(1, count + 1)]


def by_hand(sql: str, *values) -> None:
    """What somebody with a database client could do."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
