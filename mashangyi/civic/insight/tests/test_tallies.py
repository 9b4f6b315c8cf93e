"""Every published number can be counted again, by anyone, from the journal."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mashangyi.civic.insight import figures, projection, queries, recount
from mashangyi.civic.insight.models import Tally
from mashangyi.ground.journal.deeds import deed
from mashangyi.ground.people.actor import ANYONE, SYSTEM
from mashangyi.stages.intake.actions import record_report, withdraw
from mashangyi.topic import lifecycle
from tests import factories

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


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("320812004003", ["3208", "320812", "320812004", "320812004003"]),
        ("320812004000", ["3208", "320812", "320812004"]),
        ("320812000000", ["3208", "320812"]),
        ("3208", ["3208"]),
    ],
)
def test_a_code_lies_in_the_divisions_above_it(code, places):
    assert projection.places_of(code) == places


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
    assert recount.faults() == [f"tally topics of 320812 in {month} is 9, the journal says 1"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["report", "verify", "withdraw", "reopen", "project"]), max_size=20))
def test_tallies_equal_the_recount_after_any_order_of_deeds(deeds):
    room, topics = factories.room(), []
    for name in deeds:
        if name == "report":
            topics.append(record_report(room, "路灯不亮", by=ANYONE).report.topic)
        elif name == "project":
            projection.project(2)
        elif topics and topics[-1].state in lifecycle.MOVES[name].sources:
            take(topics[-1], name, by=SYSTEM if name == "verify" else ANYONE, reason="原因")
    project_all()
    assert recount.faults() == []


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
    with django_assert_num_queries(7):
        assert "长西" not in client.get("/city/").content.decode()
    for n in range(30):
        record_report(room, f"井盖 {n}", by=ANYONE)
    project_all()
    with django_assert_num_queries(7):
        page = client.get("/city/").content.decode()
    assert "清江浦区" in page and ">33<" in page


@pytest.mark.parametrize(
    ("code", "own"),
    [("3208", "3208"), ("320800000000", "3208"), ("320812000000", "320812"), ("320812004000", "320812004"),
     ("320812004003", "320812004003")],
)  # fmt: skip
def test_a_padded_code_is_the_place_it_stands_for(code, own):
    assert queries.unpadded(code) == own
