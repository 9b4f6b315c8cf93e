"""Who hears of what: reporters once, staff of the right room and place, nobody of their own deed."""

import pytest

from mashangyi.ground.outbox.models import Notice
from mashangyi.ground.outbox.worker import project
from tests import factories

from .. import actions
from . import factories as made

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[str]:
    """The recipients of the notices of one kind, after the worker has read the journal."""
    while project():
        pass
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def of(post) -> str:
    return f"person:{post.person_id}"


def test_a_new_message_is_told_to_the_clerks_of_its_room():
    room = factories.room()
    clerk, _other = factories.post("clerk", room=room), factories.post("clerk", room=factories.room())
    factories.post("convener", room=room)
    made.received(room)
    assert told("triage_new") == [of(clerk)]


def test_what_an_import_brings_by_the_hundred_rings_nobody():
    from mashangyi.ground.people.actor import SYSTEM
    from mashangyi.stages.intake.actions import Source, record_report

    room = factories.room()
    factories.post("clerk", room=room)
    record_report(room, "路灯不亮", "hotline", by=SYSTEM, source=Source("12345", "1", {}))
    assert told("triage_new") == []


def test_an_urgent_one_of_an_import_rings_the_clerk():
    from mashangyi.ground.people.actor import SYSTEM
    from mashangyi.stages.intake.actions import Source, record_report

    room = factories.room()
    clerk = factories.post("clerk", room=room)
    record_report(room, "水漫进屋了", "hotline", by=SYSTEM, urgent=True, source=Source("12345", "1", {}))
    assert told("triage_new") == [of(clerk)]


@pytest.mark.parametrize(
    ("words", "marked", "rings"),
    [("路灯不亮", False, False), ("路灯不亮", True, True), ("三号楼着火了", False, True), ("井盖没了", False, False)],
)
def test_what_is_marked_urgent_or_endangers_life_rings_at_night_too(words, marked, rings):
    room = factories.room()
    factories.post("clerk", room=room)
    made.received(room, words, urgent=marked)
    told("triage_new")
    notice = Notice.objects.get(kind="triage_new")
    assert notice.urgent == rings and notice.title.startswith("紧急") == rings


def test_each_reporter_of_a_merged_topic_hears_of_it_once():
    room = factories.room()
    one, other = made.received(room), made.received(room)
    second, stays = made.me_too(one), other.reports.get()
    reporters = sorted(report.subject for report in (one.reports.first(), second))
    actions.merge(one, other, by=made.clerk(one))
    assert told("triage_joined") == reporters
    merges = Notice.objects.filter(recipient__in=[*reporters, stays.subject], kind="topic_moved")
    assert not merges.exists(), "no second notice of the same merge, none to those who stayed"


def test_a_reporter_of_several_matters_reads_which_of_them_moved():
    room = factories.room()
    unnamed, named = made.verifying(room), made.described(room)
    actions.transfer(unnamed, "市城管局", "归它管。", by=made.clerk(unnamed))
    actions.transfer(named, "市城管局", "归它管。", by=made.clerk(named))
    told("topic_moved")
    words = [Notice.objects.filter(recipient=each.reports.get().subject).last().words for each in (unnamed, named)]
    assert unnamed.reports.get().number in words[0] and "东门路灯不亮" in words[1]


def test_a_split_is_told_to_those_who_are_parted():
    room = factories.room()
    one, other = made.received(room), made.received(room)
    mine = one.reports.get().subject
    actions.merge(one, other, by=made.clerk(one))
    told("triage_joined")
    actions.split(made.again(one), "不是一回事", by=made.clerk(one))
    assert told("triage_joined") == [mine, mine]


def test_a_proposal_is_told_to_the_reviewers_of_the_place_and_above():
    room = factories.room()
    town, county = (
        factories.post("reviewer", place=room.place[:9]),
        factories.post("reviewer", place=room.place[:6]),
    )
    factories.post("reviewer", place="320826")
    made.in_review(room)
    assert told("triage_review_waits") == sorted([of(town), of(county)])


def test_a_decision_of_the_review_is_told_to_the_room():
    room = factories.room()
    clerk, convener = factories.post("clerk", room=room), factories.post("convener", room=room)
    topic = made.in_review(room)
    actions.send_back(topic, "先看现场", by=made.reviewer(topic))
    assert set(told("triage_reviewed")) >= {of(clerk), of(convener)}


def test_the_words_of_every_notice_lead_to_a_page(client):
    room = factories.room()
    factories.post("clerk", room=room)
    factories.post("reviewer", place=room.place[:9])
    one, other = made.received(room), made.described(room)
    actions.merge(one, other, by=made.clerk(one))
    actions.propose(other, by=made.clerk(other))
    actions.approve(other, by=made.reviewer(other))
    told("triage_joined")
    notices = Notice.objects.filter(kind__startswith="triage_")
    assert notices.count() >= 4
    for notice in notices:
        assert notice.title and notice.words and client.get(notice.link).status_code in {200, 302}
