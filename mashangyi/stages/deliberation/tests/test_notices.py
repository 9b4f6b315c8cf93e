"""The invited and those who suggested something hear of it; nobody else does."""

from datetime import timedelta

import pytest

from mashangyi.ground.calendar.clock import at
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.outbox import worker
from mashangyi.ground.outbox.models import Notice, Unmade
from mashangyi.ground.people.actor import in_post
from mashangyi.ground.people.models import Person
from mashangyi.stages.deliberation import actions, notices, queries
from mashangyi.stages.deliberation.actions.preparation import Guest
from tests import factories

from .factories import FRIDAY, MONDAY, concluded, host, opened, prepared, resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return prepared()


@pytest.fixture
def clerk(topic):
    return factories.actor("clerk", room=topic.room)


def last(verb) -> Entry:
    return Entry.objects.filter(verb=verb).order_by("-seq").first()


def test_an_invitation_reaches_the_units_officers_and_the_posts_asked(topic, clerk):
    unit = factories.unit()
    officer, member = factories.post("unit_officer", unit=unit), factories.post("member")
    factories.post("unit_officer", unit=factories.unit())
    guests = [Guest("departments", unit.name, unit=unit), Guest("members", "科技界委员", post=member)]
    actions.invite(topic, [*guests, Guest("residents", "住户代表")], by=clerk)
    kind, entry = notices.Invited(), last("deliberation.invited")
    assert sorted(kind.recipients(entry)) == sorted([f"post:{officer.pk}", f"post:{member.pk}"])
    title, words, link = kind.words(entry, f"person:{officer.person_id}")
    assert topic.title in words
    assert link.startswith("/desk/invitation/")


def test_the_worker_leads_each_of_the_invited_to_their_own_invitation(topic, clerk):
    unit = factories.unit()
    Person.objects.create(username="apart", kind="staff")  # the ids of posts and persons part ways
    asked = factories.post("member")
    guests = [Guest("departments", unit.name, unit=unit), Guest("members", "委员", post=asked)]
    officer = factories.post("unit_officer", unit=unit)
    made = actions.invite(topic, guests, by=clerk)
    worker.project()
    told = dict(Notice.objects.filter(kind="deliberation_invited").values_list("recipient", "link"))
    assert told == {
        f"person:{officer.person_id}": f"/desk/invitation/{made[0].pk}/",
        f"person:{made[1].post.person_id}": f"/desk/invitation/{made[1].pk}/",
    }
    assert not Unmade.objects.exists()


def test_the_invited_hear_of_the_meeting_and_who_declined_does_not(topic, clerk):
    coming, declined = factories.unit(), factories.unit()
    officer = factories.post("unit_officer", unit=coming)
    factories.post("unit_officer", unit=declined)
    guests = [Guest("departments", u.name, unit=u, affected=True) for u in (coming, declined)]
    _yes, no = actions.invite(topic, guests, by=clerk)
    actions.answer_invitation(no, "not", by=clerk, words="另有任务")
    with at(MONDAY):
        meeting = actions.announce_meeting(topic, FRIDAY, "议事室", by=clerk)
        kind, entry = notices.MeetingCalled(), last("topic.announce")
        _title, words, link = kind.words(entry, f"post:{officer.pk}")
    assert list(kind.recipients(entry)) == [f"post:{officer.pk}"]
    assert "5 月 16 日 19:00，议事室" in words and link == f"/m/{meeting.pk}/"


def test_of_a_moved_meeting_all_hear_and_are_asked_anew(topic, clerk):
    unit = factories.unit()
    officer = factories.post("unit_officer", unit=unit)
    [declined] = actions.invite(topic, [Guest("departments", unit.name, unit=unit, affected=True)], by=clerk)
    actions.answer_invitation(declined, "not", by=clerk, words="那天有会")
    with at(MONDAY):
        actions.change_meeting(actions.announce_meeting(topic, FRIDAY, "议事室", by=clerk), "等物业", by=clerk)
    declined.refresh_from_db()
    assert (declined.answer, declined.words, declined.answered_at) == ("", "", None)
    assert list(notices.MeetingCalled().recipients(last("topic.change_meeting"))) == [f"post:{officer.pk}"]
    assert queries.invitations_to(in_post(officer), 5) == [declined]


def test_another_round_asks_the_invited_anew(topic, clerk):
    meeting = opened(topic)
    invitation = topic.invitations.get()
    actions.answer_invitation(invitation, "coming", by=clerk)
    with at(FRIDAY):
        actions.second_round(meeting, FRIDAY + timedelta(days=7), "议事室", "缺图纸", by=host(meeting))
    invitation.refresh_from_db()
    assert invitation.answer == ""


def test_whoever_suggested_reads_why(topic, clerk):
    person = resident()
    actions.answer_suggestion(actions.suggest(topic, "装灯", by=person), True, "写进方案乙", by=clerk)
    kind, entry = notices.SuggestionAnswered(), last("deliberation.suggestion_answered")
    assert kind.recipients(entry) == [f"person:{person.person_id}"]
    assert kind.words(entry, "")[1] == "写进方案乙"


@pytest.mark.parametrize(("fields", "asked"), [({}, 1), ({"outcome": "none", "items": ()}, 0)], ids=["agreed", "none"])
def test_the_reviewer_of_the_place_is_asked_to_confirm_what_was_agreed(fields, asked):
    resolution = concluded(**fields)
    reviewer = factories.post("reviewer", place=resolution.topic.place)
    kind, entry = notices.ToConfirm(), last("topic.conclude")
    assert list(kind.recipients(entry)).count(f"person:{reviewer.person_id}") == asked
    title, words, link = kind.words(entry, f"person:{reviewer.person_id}")
    assert "等您确认" in title and words == resolution.topic.title and resolution.topic.number in link


def test_the_room_hears_that_a_result_is_confirmed():
    resolution = concluded()
    convener = factories.post("convener", room=resolution.topic.room)
    actions.confirm_resolution(resolution, by=factories.actor("reviewer", place=resolution.topic.place))
    kind, entry = notices.Confirmed(), last("deliberation.confirmed")
    assert f"person:{convener.person_id}" in list(kind.recipients(entry))
    assert "确认了协商成果" in kind.words(entry, "")[0]
