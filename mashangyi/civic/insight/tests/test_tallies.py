"""Every published number can be counted again, by anyone, from the journal."""

import threading
from contextlib import suppress

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from mashangyi.civic.insight import figures, projection, queries, recount
from mashangyi.civic.insight.models import Line, Tally
from mashangyi.ground.journal.deeds import deed, turn
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.actor import ANYONE, SYSTEM
from mashangyi.ground.people.law import No
from mashangyi.stages.intake.actions import record_report, support, withdraw
from mashangyi.stages.intake.models import Report
from mashangyi.stages.triage import actions as triage
from mashangyi.topic import lifecycle
from mashangyi.topic.models import Topic
from tests import factories

from . import factories as some

pytestmark = pytest.mark.django_db


@deed
def take(topic, name, *, by, **how):
    return lifecycle.move(topic, name, by=by, **how)


def project_all():
    while projection.project():
        pass


def test_a_report_counts_in_its_village_town_county_and_city():
    record_report(factories.room(), "路灯不亮", by=ANYONE)
    project_all()
    assert {t.place for t in Tally.objects.filter(figure="topics", n=1)} == {"3208", "320812", "320812004", "320812004003"}


def test_a_second_reading_counts_nothing_twice():
    record_report(factories.room(), "路灯不亮", by=ANYONE)
    project_all()
    project_all()
    assert Tally.objects.get(place="3208", figure="topics").n == 1


def test_a_topic_stands_in_one_state_at_a_time():
    report = record_report(factories.room(), "路灯不亮", by=ANYONE).report
    take(report.topic, "verify", by=SYSTEM)
    project_all()
    city = queries.figures_of(queries.path_to("3208")[-1])
    assert (city.of("state:received"), city.of("state:verifying")) == (0, 1)


def test_an_end_and_its_reopening_cancel():
    report = record_report(factories.room(), "路灯不亮", by=ANYONE).report
    withdraw(report, by=ANYONE, own=True)
    take(report.topic, "reopen", by=ANYONE, reason="又坏了")
    project_all()
    city = queries.figures_of(queries.path_to("3208")[-1])
    assert (city.of("ended:withdrawn"), city.of("reopened")) == (0, 1)


def test_the_recount_agrees_and_names_what_was_tampered_with():
    record_report(factories.room(), "路灯不亮", by=ANYONE)
    project_all()
    assert recount.faults() == []
    Tally.objects.filter(place="320812", figure="topics").update(n=9)
    month = f"{queries.this_month():%Y-%m}"
    assert recount.faults() == [
        f"tally topics of 320812 in {month} is 9, the journal says 1",
        f"the list behind topics of 320812 in {month} comes to 1, its tally says 9",
    ]


def test_the_recount_names_a_list_that_lost_a_line():
    record_report(factories.room(), "路灯不亮", by=ANYONE)
    project_all()
    Line.objects.filter(place="3208", figure="reports:scan").delete()
    assert recount.faults() == [
        f"the list behind reports:scan of 3208 in {queries.this_month():%Y-%m} comes to 0, its tally says 1"
    ]


class Town:
    """Deeds by name, each on what the town has at that moment; a deed that does not fit is refused, as in life."""

    def __init__(self):
        self.room = factories.room()
        self.clerk = factories.actor("clerk", room=self.room)
        self.auditor = factories.actor("auditor")

    def topics(self, *states):
        rows = Topic.objects.filter(state__in=states) if states else Topic.objects.all()
        return list(rows.order_by("id"))

    def do(self, name: str, n: int) -> None:
        with suppress(No, lifecycle.Conflict, IndexError, ZeroDivisionError), turn():
            getattr(self, name)(n)

    def report(self, n):
        record_report(self.room, "路灯不亮", "hotline" if n % 2 else "scan", by=self.clerk if n % 2 else ANYONE)

    def support(self, n):
        found = self.topics("received", "verifying")
        support(found[n % len(found)], by=ANYONE)

    def verify(self, n):
        found = self.topics("received")
        take(found[n % len(found)], "verify", by=self.clerk)

    def merge(self, n):
        found = self.topics("received", "verifying")
        triage.merge(found[n % len(found)], found[(n // 7) % len(found)], by=self.clerk)

    def split(self, n):
        found = self.topics("merged")
        triage.split(found[n % len(found)], "不是一件事", by=self.clerk)

    def set_apart(self, n):
        found = list(Report.objects.order_by("id"))
        triage.split_report(found[n % len(found)], by=self.clerk)

    def withdraw(self, n):
        found = list(Report.objects.filter(topic__state__in=["received", "verifying"]).order_by("id"))
        withdraw(found[n % len(found)], by=ANYONE, own=True)

    def decline(self, n):
        found = self.topics("received", "verifying")
        take(found[n % len(found)], "decline", by=self.clerk, reason="在法院")

    def reopen(self, n):
        found = self.topics("withdrawn", "declined")
        take(found[n % len(found)], "reopen", by=self.auditor, reason="又坏了")

    def project(self, n):
        projection.project(1 + n % 5)


DEEDS = ["report", "support", "verify", "merge", "split", "set_apart", "withdraw", "decline", "reopen", "project"]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 100)), max_size=30))
def test_tallies_equal_the_recount_after_any_order_of_deeds(deeds):
    town = Town()
    for name, n in deeds:
        town.do(name, n)
    project_all()
    assert recount.faults() == []
    city = queries.figures_of(queries.path_to("3208")[-1])
    assert city.of("topics") == Topic.objects.exclude(state="merged").count()
    assert city.of("reports") == Report.objects.count()


def test_every_one_of_these_deeds_does_something():
    """Of the deeds above none is refused for ever: a rule that nothing can break would prove nothing."""
    town = Town()
    for name in ["report", "report", "report", "support", "verify", "merge", "split", "set_apart", "decline", "reopen", "withdraw"]:
        before = Entry.objects.count()
        town.do(name, 8 if name in {"merge", "set_apart"} else 0)
        if name == "set_apart" and Entry.objects.count() == before:
            town.do(name, 3)
        assert Entry.objects.count() > before, name


# --- workers -----------------------------------------------------------------------------------


def test_a_worker_that_was_away_counts_everything_when_it_is_back():
    some.tell()
    assert not Tally.objects.exists()
    project_all()
    assert recount.faults() == []


@pytest.mark.parametrize("batch", [1, 3, 1000])
def test_small_and_large_batches_come_to_the_same(batch):
    some.tell()
    while projection.project(batch):
        pass
    assert recount.faults() == []
    assert queries.figures_of(queries.path_to("3208")[-1]).of("topics") == Topic.objects.exclude(state="merged").count()


def test_a_projection_that_fails_half_way_counts_nothing_and_then_everything(monkeypatch):
    record_report(factories.room(), "路灯不亮", by=ANYONE)

    def fail(rows):
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(projection.Line.objects, "bulk_create", fail)
        with pytest.raises(RuntimeError):
            projection.project()
    assert not Tally.objects.exists() and not Line.objects.exists()
    project_all()
    assert recount.faults() == [] and Tally.objects.get(place="3208", figure="topics").n == 1


def test_an_entry_that_does_not_say_whence_stops_no_counting():
    """Old entries of a split named a number there; whatever an entry says, those after it are counted."""
    room = factories.room()
    into, gone = some.described(room), some.described(room)
    triage.merge(gone, into, by=factories.actor("clerk", room=room))
    project_all()
    entry = Entry(verb="topic.split", data={"from": "Y26-000001-9", "to": "verifying"}, place=room.place)
    assert ("topics", 1) in figures.changes(entry) and ("state:merged", -1) in figures.changes(entry)


def test_an_entry_that_was_changed_by_hand_stops_no_counting():
    for verb in ("topic.verify", "topic.no-such-move"):
        assert figures.changes(Entry(verb=verb, data={"asked": 9})) == ([] if "such" in verb else [
            ("state:received", -1), ("state:verifying", 1), ("stay:received:1", 1)])  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_count_each_entry_once():
    some.tell()
    ready, failures = threading.Barrier(2), []

    def work():
        try:
            ready.wait(10)
            for _round in range(60):
                projection.project(3)
        except Exception as problem:  # noqa: BLE001 — shown below
            failures.append(problem)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _each in range(2)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    project_all()
    assert failures == [] and recount.faults() == []


@pytest.mark.parametrize(
    ("counts", "median"), [({}, None), ({1: 1}, 1), ({1: 5, 8: 5}, 1), ({1: 4, 8: 5}, 8), ({3: 1, 5: 1, 89: 1}, 5)]
)
def test_half_of_the_topics_moved_on_within_the_median(counts, median):
    assert figures.median_of(counts) == median


def test_the_city_page_asks_the_same_with_few_and_many_topics(client, django_assert_num_queries):
    room = factories.room()
    for n in range(3):
        record_report(room, f"路灯 {n}", by=ANYONE)
    project_all()
    with django_assert_num_queries(6):
        assert "长西" not in client.get("/city/").content.decode()
    for n in range(30):
        record_report(room, f"井盖 {n}", by=ANYONE)
    project_all()
    with django_assert_num_queries(6):
        page = client.get("/city/").content.decode()
    assert "清江浦区" in page and ">33<" in page


def test_counted_anew_every_figure_is_what_the_journal_says_and_the_journal_says_so():
    record_report(factories.room(), "路灯不亮", by=ANYONE)
    project_all()
    Tally.objects.filter(place="3208").update(n=77)
    Line.objects.all().delete()
    assert recount.faults()
    assert projection.begin_again(by=SYSTEM) == Entry.objects.latest("seq").seq
    assert Entry.objects.latest("seq").verb == "insight.counted_anew"
    project_all()
    assert recount.faults() == []


@pytest.mark.parametrize("role", ["auditor", "city_admin"])
def test_nobody_empties_the_figures_from_a_desk(role):
    with pytest.raises(No):
        projection.begin_again(by=factories.actor(role, place="3208"))
