"""In the meeting: one attendance a person, one vote an attendance, and the floor is open only while it sits."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.calendar.clock import at, now
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.journal.read import of_topic
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.law import No
from mashangyi.stages.deliberation import actions, queries
from mashangyi.stages.deliberation.models import Attendance, Count, Vote
from mashangyi.topic import lifecycle
from tests import factories

from .factories import FRIDAY, announced, ballot_of, clerk_of, host, opened, resident, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_evening")]


# --- signing in --------------------------------------------------------------------------------


def test_numbers_are_given_in_order(meeting):
    assert [signed_in(meeting).number for _ in range(3)] == [1, 2, 3]


def test_a_person_signs_in_once_on_two_devices(meeting):
    person = resident()
    assert signed_in(meeting, person).pk == signed_in(meeting, person).pk
    assert Attendance.objects.count() == 1


def test_a_phone_without_an_account_is_a_guest(meeting):
    assert signed_in(meeting, ANYONE).kind == "guest"


def test_whoever_holds_a_post_takes_part_in_its_class(meeting):
    assert signed_in(meeting, factories.actor("member")).kind == "members"
    assert signed_in(meeting, factories.actor("unit_officer", unit=factories.unit())).kind == "departments"


@pytest.mark.parametrize("code", ["", "000000", "12345"])
def test_without_the_digits_of_the_room_nobody_signs_in_on_site(meeting, code):
    with pytest.raises(ValidationError):
        actions.sign_in(meeting, by=resident(), code=code if code != meeting.code else "")


def test_the_digits_of_another_meeting_open_nothing(meeting):
    other = opened()
    with pytest.raises(ValidationError):
        actions.sign_in(meeting, by=resident(), code=other.code if other.code != meeting.code else "")


def test_a_hybrid_meeting_takes_those_at_home_as_online():
    meeting = opened(form="hybrid")
    assert actions.sign_in(meeting, by=resident()).way == "online"
    assert signed_in(meeting).way == "site"


def test_doors_open_two_hours_before():
    meeting = announced()
    with at(FRIDAY - timedelta(hours=3)), pytest.raises(ValidationError, match="不能签到"):
        signed_in(meeting)
    with at(FRIDAY - timedelta(hours=1)):
        assert signed_in(meeting).number == 1


def test_a_nameless_device_whose_holder_signs_in_keeps_its_place(meeting):
    device, person = signed_in(meeting, ANYONE), resident()
    claimed = actions.sign_in(meeting, by=person, device=device)
    assert (claimed.pk, claimed.person_id, claimed.kind) == (device.pk, person.person_id, "residents")


def test_one_person_on_a_nameless_and_a_named_device_has_one_vote(meeting):
    person, device = resident(), signed_in(meeting, ANYONE)
    ballot = ballot_of(meeting, electorate="everyone")
    actions.cast(ballot, "agree", by=ANYONE, attendance=device)
    mine = signed_in(meeting, person)
    actions.cast(ballot, "agree", by=person, attendance=mine)
    assert actions.sign_in(meeting, by=person, device=device).pk == mine.pk
    assert queries.tally_of(ballot).total == 1
    assert queries.present_at(meeting).total == 1


def test_two_people_of_a_family_sign_in_on_one_phone_one_after_the_other(meeting):
    first, second = resident(), resident()
    device = signed_in(meeting, first)
    mine = actions.sign_in(meeting, by=second, code=meeting.code, device=device)
    assert (device.person_id, mine.person_id) == (first.person_id, second.person_id)


def test_whoever_signs_out_on_a_phone_does_not_become_a_guest_with_a_second_vote(meeting):
    device = signed_in(meeting)
    assert actions.sign_in(meeting, by=ANYONE, code=meeting.code, device=device).pk == device.pk
    with pytest.raises(No):
        actions.cast(ballot_of(meeting), "agree", by=ANYONE, attendance=device)


def test_a_struck_sign_in_loses_its_vote_and_comes_back_only_through_the_clerk(meeting):
    person = resident()
    mine, ballot = signed_in(meeting, person), ballot_of(meeting)
    actions.cast(ballot, "agree", by=person, attendance=mine)
    actions.strike(mine, "不在现场", by=clerk_of(meeting))
    assert queries.tally_of(ballot).total == 0
    with pytest.raises(No, match="不在现场"):
        signed_in(meeting, person)
    with pytest.raises(No):
        actions.cast(ballot, "agree", by=person, attendance=mine)


def test_the_list_of_those_present_keeps_no_name():
    names = {field.name for field in Attendance._meta.get_fields()}
    assert not names & {"name", "phone", "score", "points"}


# --- speaking ----------------------------------------------------------------------------------


def test_a_statement_keeps_class_way_and_turn_of_the_agenda(meeting):
    mine = signed_in(meeting, person := resident())
    actions.turn_to(meeting, 1, by=host(meeting))
    said = actions.say(meeting, "方案乙好", by=person, attendance=mine)
    assert (said.kind, said.way, said.at_item) == ("residents", "site", 1)


def test_the_clerk_writes_down_what_somebody_without_a_phone_says(meeting):
    clerk = clerk_of(meeting)
    elder = actions.sign_in_for(meeting, "residents", "前排左 2", by=clerk)
    said = actions.say_for(meeting, "夜里别打桩", by=clerk, attendance=elder)
    assert (said.kind, said.way) == ("residents", "clerk")


def test_nobody_speaks_as_somebody_else(meeting):
    theirs = signed_in(meeting)
    with pytest.raises(No):
        actions.say(meeting, "我同意", by=resident(), attendance=theirs)


def test_an_attendance_of_another_meeting_does_not_speak_here(meeting):
    person = resident()
    elsewhere = signed_in(opened(), person)
    with pytest.raises(No):
        actions.say(meeting, "我同意", by=person, attendance=elsewhere)


def test_nobody_speaks_before_it_begins_or_after_it_ends(meeting):
    person = resident()
    mine = signed_in(meeting, person)
    actions.conclude(meeting, "none", "没有谈拢", by=host(meeting))
    with pytest.raises(ValidationError, match="不在进行中"):
        actions.say(meeting, "还有一句", by=person, attendance=mine)


def test_when_the_matter_goes_to_mediation_the_floor_is_shut(meeting):
    person = resident()
    mine = signed_in(meeting, person)
    lifecycle.move(meeting.topic, "mediate", by=host(meeting))
    with pytest.raises(ValidationError, match="不在进行中"):
        actions.say(meeting, "还有一句", by=person, attendance=mine)


def test_a_withheld_statement_says_why(meeting):
    clerk = clerk_of(meeting)
    said = actions.say_for(meeting, "某某是骗子", by=clerk)
    with pytest.raises(ValidationError):
        actions.withhold(said, "", by=clerk)
    assert actions.withhold(said, "点了别人的名字", by=clerk).withheld_why


def test_no_phone_number_stands_in_a_name_under_a_dissent(meeting):
    with pytest.raises(ValidationError) as refused:
        actions.note_dissent(meeting, "还是太晚", by=clerk_of(meeting), name="业主 13812345678")
    assert "name" in refused.value.message_dict


def test_no_phone_number_stands_in_an_answer_to_choose(meeting):
    with pytest.raises(ValidationError) as refused:
        ballot_of(meeting, "choice", answers=("找王工 13812345678", "自己修"))
    assert "answers" in refused.value.message_dict


def test_dissent_is_named_only_as_the_speaker_chooses(meeting):
    mine = signed_in(meeting, person := resident())
    unnamed = actions.note_dissent(meeting, "还是太晚", by=person, attendance=mine)
    named = actions.note_dissent(meeting, "还是太晚", by=clerk_of(meeting), name="3 号楼业主")
    assert (unnamed.name, named.name) == ("", "3 号楼业主")


# --- votes -------------------------------------------------------------------------------------


def test_a_vote_is_changed_never_doubled(meeting):
    mine, ballot = signed_in(meeting, person := resident()), ballot_of(meeting)
    for choice in ("agree", "disagree", "agree", "abstain"):
        actions.cast(ballot, choice, by=person, attendance=mine)
    tally = queries.tally_of(ballot)
    assert (tally.total, tally.of("abstain")) == (1, 1)


def test_all_origins_are_one_tally(meeting):
    clerk, ballot = clerk_of(meeting), ballot_of(meeting)
    for _ in range(2):
        actions.cast(ballot, "agree", by=(person := resident()), attendance=signed_in(meeting, person))
    elder = actions.sign_in_for(meeting, "residents", "前排", by=clerk)
    actions.cast_for(ballot, elder, "disagree", by=clerk)
    actions.count(ballot, "hands", {"agree": 7, "disagree": 1, "abstain": 0}, by=clerk)
    actions.count(ballot, "paper", {"agree": 3, "disagree": 0, "abstain": 2}, by=clerk)
    tally = queries.tally_of(ballot)
    assert {origin: tally.by(origin) for origin in tally.origins} == {
        "phone": 2,
        "clerk": 1,
        "hands": 8,
        "paper": 5,
    }
    assert (tally.total, tally.of("agree")) == (16, 12)


def test_a_second_count_replaces_the_first_and_the_first_stays_on_record(meeting):
    clerk, ballot = clerk_of(meeting), ballot_of(meeting)
    actions.count(ballot, "hands", {"agree": 7, "disagree": 1}, by=clerk)
    actions.count(ballot, "hands", {"agree": 6, "disagree": 2}, by=clerk)
    assert queries.tally_of(ballot).total == 8
    assert Count.objects.filter(ballot=ballot).count() == 4
    assert Entry.objects.filter(verb="deliberation.counted").count() == 2


def test_more_hands_than_people_are_refused(meeting):
    clerk, ballot = clerk_of(meeting), ballot_of(meeting)
    actions.count_heads(meeting, 10, by=clerk)
    actions.cast(ballot, "agree", by=(person := resident()), attendance=signed_in(meeting, person))
    ballot.refresh_from_db()
    with pytest.raises(ValidationError, match="在场 10 人"):
        actions.count(ballot, "hands", {"agree": 10}, by=clerk)
    actions.count(ballot, "hands", {"agree": 9}, by=clerk)


def test_a_concern_needs_its_words(meeting):
    mine, ballot = signed_in(meeting, person := resident()), ballot_of(meeting, "consent")
    with pytest.raises(ValidationError, match="为什么"):
        actions.cast(ballot, "block", by=person, attendance=mine)
    actions.cast(ballot, "block", by=person, attendance=mine, words="老人睡得早")
    assert queries.questions_of(meeting)[0].words == [("block", "老人睡得早")]


def test_nobody_votes_after_it_is_closed(meeting):
    mine, ballot = signed_in(meeting, person := resident()), ballot_of(meeting)
    stale = type(ballot).objects.get(pk=ballot.pk)
    actions.close_ballot(ballot, by=host(meeting))
    with pytest.raises(ValidationError, match="已经结束"):
        actions.cast(stale, "agree", by=person, attendance=mine)
    with pytest.raises(ValidationError, match="已经结束"):
        actions.count(stale, "hands", {"agree": 3}, by=clerk_of(meeting))


def test_nobody_votes_with_somebody_elses_attendance(meeting):
    theirs, ballot = signed_in(meeting), ballot_of(meeting)
    for stranger in (resident(), ANYONE):
        with pytest.raises(No):
            actions.cast(ballot, "agree", by=stranger, attendance=theirs)


def test_a_guest_votes_where_the_ballot_takes_everyone_and_nowhere_else(meeting):
    guest = signed_in(meeting, ANYONE)
    with pytest.raises(No, match="核对过"):
        actions.cast(ballot_of(meeting), "agree", by=ANYONE, attendance=guest)
    actions.cast(ballot_of(meeting, electorate="everyone"), "agree", by=ANYONE, attendance=guest)
    ballot = ballot_of(meeting, electorate="residents")
    actions.vouch(guest, "residents", by=clerk_of(meeting))
    actions.cast(ballot, "agree", by=ANYONE, attendance=guest)
    assert queries.tally_of(ballot).total == 1


def test_the_clerk_does_not_vote_for_those_who_have_a_phone(meeting):
    ballot = ballot_of(meeting)
    with pytest.raises(ValidationError, match="本人"):
        actions.cast_for(ballot, signed_in(meeting), "agree", by=clerk_of(meeting))


@pytest.mark.parametrize("deed", ["cast_for", "count", "close_ballot"])
def test_the_clerk_of_another_room_touches_no_ballot_here(meeting, deed):
    stranger = factories.actor("clerk", room=factories.room())
    ballot, elder = (
        ballot_of(meeting),
        actions.sign_in_for(meeting, "residents", "前排", by=clerk_of(meeting)),
    )
    arguments = {"cast_for": (elder, "agree"), "count": ("hands", {"agree": 5}), "close_ballot": ()}[deed]
    with pytest.raises(No):
        getattr(actions, deed)(ballot, *arguments, by=stranger)
    assert not Vote.objects.exists()
    assert not Count.objects.exists()


def test_a_choice_offers_the_options_of_the_topic(meeting):
    clerk = clerk_of(meeting)
    for title in ("修一修", "换新的"):
        actions.add_option(meeting.topic, title, by=clerk)
    assert ballot_of(meeting, "choice").choices == {"甲": "修一修", "乙": "换新的"}


def test_a_choice_of_one_is_none(meeting):
    with pytest.raises(ValidationError, match="2 到 8"):
        ballot_of(meeting, "choice", answers=("只有这个",))


def test_closing_journals_the_whole_tally(meeting):
    clerk, ballot = clerk_of(meeting), ballot_of(meeting)
    actions.count(ballot, "hands", {"agree": 30, "disagree": 2, "abstain": 1}, by=clerk)
    closed = actions.close_ballot(ballot, by=clerk)
    assert (closed.outcome, closed.winner) == ("passed", "agree")
    data = Entry.objects.get(verb="deliberation.ballot_closed").data
    assert data["votes"] == {"agree": 30, "disagree": 2, "abstain": 1}
    assert data["origins"] == {"hands": 33}


def test_the_journal_tells_that_somebody_voted_and_not_how(meeting):
    mine, ballot = signed_in(meeting, person := resident()), ballot_of(meeting)
    actions.cast(ballot, "disagree", by=person, attendance=mine)
    data = Entry.objects.get(verb="deliberation.voted").data
    assert "disagree" not in str(data)
    assert "deliberation.voted" not in [entry.verb for entry in of_topic(meeting.topic_id, public=True)]


@pytest.mark.parametrize("deed", [actions.say, actions.note_dissent])
def test_the_same_words_sent_twice_in_a_moment_stand_once(meeting, deed):
    mine, theirs = signed_in(meeting, person := resident()), signed_in(meeting, neighbour := resident())
    first = deed(meeting, "夜里别打桩", by=person, attendance=mine)
    assert deed(meeting, "夜里别打桩", by=person, attendance=mine) == first
    assert deed(meeting, "白天可以", by=person, attendance=mine) != first
    assert deed(meeting, "夜里别打桩", by=neighbour, attendance=theirs) != first
    with at(now() + timedelta(minutes=2)):
        assert deed(meeting, "夜里别打桩", by=person, attendance=mine) != first
