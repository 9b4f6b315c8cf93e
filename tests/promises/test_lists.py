"""Every list is read along an index in its own order, and every look-up along one: no cost grows with the city.

The plans are SQLite's, of the very statements that the product makes, and without statistics, as in a new town.
What is sorted or read whole without growing with the years stands nowhere here: a room's meetings, a post's invitations.
"""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mashangyi.civic.insight import behind
from mashangyi.ground.calendar import clocks
from mashangyi.ground.calendar.clock import today
from mashangyi.ground.journal import read
from mashangyi.ground.outbox import queries as outbox
from mashangyi.ground.outbox import recipients, worker
from mashangyi.ground.people import vault
from mashangyi.ground.people.actor import Actor
from mashangyi.ground.people.models import Person
from mashangyi.ground.places import queries as places
from mashangyi.ground.places.models import Division, Room
from mashangyi.stages.deliberation import queries as deliberation
from mashangyi.stages.delivery import queries as delivery
from mashangyi.stages.evaluation import tick as evaluation
from mashangyi.stages.intake import queries as intake
from mashangyi.stages.intake.actions import Source, record_report
from mashangyi.stages.triage import queries as triage
from mashangyi.stages.triage import shelves
from mashangyi.topic import queries as topics
from mashangyi.topic.search.likeness import similar_to
from tests import factories

COUNTY, TOWN, VILLAGE, CATEGORY = "320812", "320812004", "320812004003", "roads/lights"
CITY = Division(code="3208")
HALL = Room(pk=1, place=VILLAGE)
CLERK = Actor("clerk", "议事专员", person_id=1, post_id=1, place=VILLAGE, room_id=1)
MUCH = 10**9

pytestmark = pytest.mark.django_db

def _ticket() -> None:
    """One and the same ticket, whatever room it comes to."""
    room = factories.room()
    by = factories.actor("clerk", room=room)
    record_report(room, "路灯不亮", "hotline", by=by, source=Source("12345", "T-1", {}))


LISTS = {
    "topics of the city": lambda: topics.newest(before=MUCH),
    "topics of a county": lambda: topics.newest(place=COUNTY, family="settled"),
    "topics of a village": lambda: topics.newest(place=VILLAGE, family=topics.ALL),
    "topics of a room": lambda: topics.newest(room=HALL, before=MUCH),
    "topics of a category": lambda: topics.newest(category=CATEGORY),
    "topics in a state": lambda: topics.newest(states=("resolved", "looked_back")),
    "topics in a state, of a town": lambda: topics.newest(states=("resolved",), place=TOWN),
    "topics in a state, of a village": lambda: topics.newest(states=("resolved",), place=VILLAGE),
    "topics in a state, of a category": lambda: topics.newest(states=("resolved",), category=CATEGORY),
    "topics that wait in a room": lambda: topics.waiting_in("deliberation", 1, 20),
    "topics that wait under a place": lambda: topics.waiting_under(COUNTY, ("supervised",), 20),
    "topics whose reporters are silent": lambda: triage.silent(20),
    "emergencies to be reviewed": lambda: triage.late_reviews(COUNTY),
    "a shelf of the inbox": lambda: shelves.inbox(CLERK, shelves.Wanted("verifying")),
    "what somebody filed": lambda: intake.filed_by(1, before=MUCH),
    "meetings that were held": lambda: deliberation.held(MUCH),
    "resolutions to be confirmed": lambda: deliberation.unconfirmed_under(COUNTY, 20),
    "a unit's open tasks": lambda: delivery.tasks_of_unit(1),
    "a unit's ended tasks": lambda: delivery.tasks_of_unit(1, "done"),
    "overdue tasks of a county": lambda: delivery.overdue_under(COUNTY),
    "what units ask of a room": lambda: delivery.open_pleas(1, 20),
    "rounds that are over": lambda: evaluation.close_over(),
    "topics nobody was asked about": lambda: evaluation.ask_waiting(),
    "the list behind a number": lambda: behind.rows_of(CITY, "reports", month=None, before=MUCH),
    "the list behind a month": lambda: behind.rows_of(CITY, "reports", month=today().replace(day=1), before=MUCH),
    "rooms of a county": lambda: places.rooms_in(COUNTY),
    "a room's codes": lambda: places.codes_of(HALL, before=MUCH),
    "notices of a person": lambda: outbox.newest("person:1", before=MUCH),
    "deliveries that are due": lambda: worker.deliver_due(),
    "clocks that ran out": lambda: clocks.overdue(),
    "clocks to remind of": lambda: clocks.to_remind(),
    "the journal": lambda: read.latest(before=MUCH),
    "the journal of a room": lambda: read.latest(room=1, before=MUCH),
    "the story of a topic": lambda: read.of_topic(1, public=True),
}
# Where several indexes would do, the one that does not grow with the city.
ALONG = {
    "topics of a village": "topic_of_place",
    "topics in a state, of a town": "topic_state_of_town",
    "topics in a state, of a village": "topic_of_place",
    "topics in a state, of a category": "topic_of_category",
    "the list behind a month": "lines_of_month",
    "a unit's ended tasks": "task_ended_unit",
}
LOOK_UPS = {
    "whose phone it is": lambda: vault.subjects_with("phone", "+8613812341207"),
    "who has the same phone": lambda: vault.alike("person:1", "phone"),
    "one's own reports": lambda: intake.reports_of_person(1),
    "how many notices wait": lambda: outbox.unseen(CLERK),
    "who reviews a place": lambda: list(recipients.in_post("reviewer", place=VILLAGE)),
    "who keeps a room": lambda: list(recipients.in_post("clerk", "convener", room=1)),
    "a ticket that came before": _ticket,
    "neighbours' matters": lambda: similar_to(HALL, "工地夜里打桩", only_public=False),
    "how much a unit has": lambda: delivery.numbers_of_unit(1),
}


@dataclass(frozen=True)
class Step:
    """One step of the plan of a statement."""

    words: str

    @property
    def reads_all(self) -> bool:
        return self.words.startswith("SCAN ") and "USING" not in self.words

    @property
    def sorts(self) -> bool:
        return self.words == "USE TEMP B-TREE FOR ORDER BY"


def steps(ask) -> list[Step]:
    """How SQLite answers what `ask` asks."""
    with CaptureQueriesContext(connection) as seen:
        ask()
    asked = [query["sql"] for query in seen if query["sql"].startswith("SELECT ")]
    assert asked, "nothing was asked"
    return [Step(words) for sql in asked for words in _plan(sql)]


def _plan(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return [row[3] for row in cursor.fetchall()]


@pytest.fixture(autouse=True)
def on_sqlite(db):
    if connection.vendor != "sqlite":
        pytest.skip("the plans are those of SQLite")
    _ticket()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_along_an_index_in_its_own_order(name):
    assert [step.words for step in steps(LISTS[name]) if step.reads_all or step.sorts] == []


@pytest.mark.parametrize("name", ALONG)
def test_a_narrowed_list_is_read_along_the_index_of_what_narrows_it(name):
    assert any(f"INDEX {ALONG[name]} " in step.words for step in steps(LISTS[name]))


@pytest.mark.parametrize("name", LOOK_UPS)
def test_a_look_up_reads_no_table_whole(name):
    assert [step.words for step in steps(LOOK_UPS[name]) if step.reads_all] == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda: list(Person.objects.filter(kind="staff")),
        lambda: list(Person.objects.order_by("created_at")),
    ],
)
def test_the_look_at_a_plan_can_find_something(ask):
    assert any(step.reads_all or step.sorts for step in steps(ask))
