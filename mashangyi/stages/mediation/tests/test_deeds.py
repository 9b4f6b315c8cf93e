"""What may be done in a mediation, what is refused, and what follows from it."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from mashangyi.ground.calendar import clock
from mashangyi.ground.calendar.models import Clock
from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.law import No
from mashangyi.ground.people.models import Post
from mashangyi.stages.deliberation import actions as deliberation
from mashangyi.stages.deliberation.models import Meeting
from mashangyi.stages.mediation import actions, queries
from mashangyi.stages.mediation.models import Case, Paper
from mashangyi.stages.triage import actions as triage
from mashangyi.topic import lifecycle
from mashangyi.topic.lifecycle import Conflict
from mashangyi.topic.models import Topic
from tests import factories as make

from . import factories as some

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 6, 1, 9, tzinfo=timezone.get_default_timezone())


def refused(field: str, deed, *args, **kwargs) -> str:
    """The words with which a deed refuses one field."""
    with pytest.raises(ValidationError) as problem:
        deed(*args, **kwargs)
    assert list(problem.value.message_dict) == [field]
    return problem.value.message_dict[field][0]


def words_in(case, kind: str) -> list[str]:
    return [sheet.words for sheet in queries.sheets_of(case, some.by(case)) if sheet.paper.kind == kind]


# --- opening -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["clerk", "convener"])
def test_the_room_brings_a_dispute_to_a_mediator(role):
    topic, post = some.dispute(), some.mediator()
    case = actions.open_case(topic, post, some.PARTIES, by=make.actor(role, room=topic.room))
    assert (case.post, some.state(case)) == (post, "in_mediation")
    assert (topic.holder, topic.track) == (post.label, "mediation")


def test_two_who_bring_a_dispute_at_once_bring_one_case():
    case = some.case()
    with pytest.raises(Conflict, match="已经交给调解员"):
        some.case(Topic.objects.get(pk=case.topic_id))
    assert Case.objects.count() == 1


@pytest.mark.parametrize("deed", [actions.note_session, actions.propose])
def test_what_the_mediator_sends_twice_in_a_moment_is_filed_once(deed):
    case = some.case()
    first, again = (deed(case, "各承担一半", by=some.by(case)) for _each in range(2))
    assert first == again and case.papers.exclude(kind="party").count() == 1
    assert Entry.objects.filter(verb="mediation.session").count() == 1


def test_a_mediation_has_thirty_working_days():
    with clock.at(MORNING):
        topic = some.case().topic
    assert timezone.localtime(topic.due_at).date() == date(2026, 7, 14)  # 19 June is the Dragon Boat Festival


@pytest.mark.parametrize("parties", [[], ["二楼住户"], ["二楼住户", "  "], ["", "", ""]])
def test_a_side_that_is_missing_is_asked_for(parties):
    topic = some.dispute()
    words = refused("parties", actions.open_case, topic, some.mediator(), parties, by=make.actor("clerk", room=topic.room))
    assert "至少两方" in words and not Case.objects.exists() and topic.state == "verifying"


def test_a_mediator_with_an_interest_in_it_is_refused_and_nothing_is_filed():
    topic = some.dispute()
    convener = make.actor("convener", room=topic.room)
    words = refused("interest", actions.open_case, topic, some.mediator(), some.PARTIES, by=convener, interest="是一楼的亲戚")
    assert "换一位" in words and not Case.objects.exists() and not Paper.objects.exists()


def _elsewhere():
    return some.mediator(place="320826")


def _retired():
    post = some.mediator()
    Post.objects.filter(pk=post.pk).update(until=date(2020, 12, 31))
    return post


def _of_another_room():
    return make.post("mediator", room=make.room())


def _no_mediator():
    return make.post("member", place="320812004")


@pytest.mark.parametrize("who", [_elsewhere, _retired, _of_another_room, _no_mediator])
def test_only_a_mediator_in_office_who_serves_the_place_is_taken(who):
    topic = some.dispute()
    convener = make.actor("convener", room=topic.room)
    assert "管这个地方" in refused("mediator", actions.open_case, topic, who(), some.PARTIES, by=convener)


def test_the_nearest_mediator_is_offered_first():
    topic = some.dispute()
    city, town = some.mediator("3208"), some.mediator("320812004")
    own = make.post("mediator", room=topic.room)
    assert queries.mediators_for(topic) == [own, town, city]


def test_a_topic_has_one_open_case():
    case = some.case()
    with pytest.raises(Exception):  # noqa: B017, PT011 — the database's own word or the lifecycle's, whichever is first
        some.case(case.topic)
    assert Case.objects.count() == 1


def test_a_topic_that_is_decided_already_cannot_go_to_mediation():
    topic = make.topic()
    with pytest.raises(Conflict):
        some.case(topic)
    assert not Case.objects.exists() and not Paper.objects.exists()


def test_a_meeting_that_breaks_up_over_a_dispute_goes_to_mediation():
    case = some.case(some.at_the_table())
    assert some.state(case) == "in_mediation"


# --- sessions and proposals --------------------------------------------------------------------


def test_sessions_and_proposals_stand_in_order_with_who_was_there():
    case = some.case()
    actions.note_session(case, "各自说了想法", by=some.by(case), present="双方和楼长")
    actions.propose(case, "水管换新，各出一半", by=some.by(case))
    found = queries.file_of(case, some.by(case))
    assert [sheet.words for sheet in found.parties] == some.PARTIES
    assert [(sheet.paper.kind, sheet.words, sheet.present) for sheet in found.course] == [
        ("session", "各自说了想法", "双方和楼长"), ("proposal", "水管换新，各出一半", "")]  # fmt: skip


@pytest.mark.parametrize("deed", [actions.note_session, actions.propose])
def test_a_sheet_without_words_is_refused(deed):
    case = some.case()
    refused("words", deed, case, " \n ", by=some.by(case))
    assert Paper.objects.filter(case=case).count() == len(some.PARTIES)


# --- the agreement -----------------------------------------------------------------------------


def test_an_agreement_ends_the_case_and_mediates_the_topic():
    case = some.case()
    actions.agree(case, "各出一半，周末换管", [], by=some.by(case))
    assert (some.state(case), case.outcome) == ("mediated", "agreed") and case.closed_at
    assert queries.file_of(case, some.by(case)).agreement.paper.signed
    assert not Clock.objects.filter(subject=case.topic.subject, stopped_at=None).exists()


def test_what_each_side_is_to_do_is_kept_with_its_date():
    case, day = some.case(), clock.today() + timedelta(days=20)
    actions.agree(case, "各出一半", [("二楼出 600 元", day), ("", None), ("一楼开门施工", None)], by=some.by(case))
    kept = queries.file_of(case, some.by(case)).obligations
    assert [(sheet.words, sheet.paper.due_on) for sheet in kept] == [("二楼出 600 元", day), ("一楼开门施工", None)]


def test_a_day_without_a_deed_names_its_row():
    case = some.case()
    refused("what_2", actions.agree, case, "各出一半", [("出钱", None), (" ", clock.today())], by=some.by(case))
    assert some.state(case) == "in_mediation"


def test_a_day_that_is_past_names_its_row():
    case = some.case()
    yesterday = clock.today() - timedelta(days=1)
    refused("until_1", actions.agree, case, "各出一半", [("出钱", yesterday)], by=some.by(case))
    assert not Paper.objects.filter(kind="agreement").exists()


def test_an_agreement_without_words_is_refused():
    case = some.case()
    refused("words", actions.agree, case, "", [("出钱", None)], by=some.by(case))


# --- the other ends ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "told"), [("court", "人民法院"), ("arbitration", "仲裁委员会"), ("people_mediation", "人民调解委员会")]
)
def test_what_cannot_be_mediated_is_shown_where_to_go(to, told):
    case = some.case()
    actions.hand_over(case, to, "二楼不来了", by=some.by(case))
    topic = case.topic
    assert (topic.state, topic.outcome, topic.reason) == ("handed_over", to, f"已告知去处：{told}")
    assert words_in(case, "ending") == ["二楼不来了"]


def test_where_they_were_sent_is_public_in_chinese_whatever_the_mediator_reads():
    case = some.case()
    with translation.override("en"):
        actions.hand_over(case, "court", "不来了", by=some.by(case))
    assert case.topic.reason == "已告知去处：人民法院"


def test_handing_over_needs_a_place_and_a_reason():
    case = some.case()
    refused("to", actions.hand_over, case, "moon", "原因", by=some.by(case))
    refused("reason", actions.hand_over, case, "court", "  ", by=some.by(case))
    assert some.state(case) == "in_mediation" and not Paper.objects.filter(kind="ending").exists()


def test_who_wishes_to_speak_in_the_open_goes_back_to_the_meeting_that_waits():
    case = some.case(some.at_the_table())
    actions.back_to_table(case, "双方愿意公开谈", by=some.by(case))
    assert (some.state(case), case.outcome) == ("deliberating", "table")
    meeting = Meeting.objects.get(topic=case.topic)
    deliberation.conclude(meeting, "none", "没有谈拢", by=some.convener(case))
    assert some.state(case) == "concluded"


@pytest.mark.parametrize("end", [
    lambda case: None,
    lambda case: actions.agree(case, "各出一半", [], by=some.by(case)),
    lambda case: actions.hand_over(case, "court", "谈不成", by=some.by(case)),
], ids=["in mediation", "agreed", "in court"])  # fmt: skip
def test_the_meeting_of_what_went_to_a_mediator_sits_no_longer(end):
    case = some.case(some.at_the_table())
    end(case)
    assert Meeting.objects.get(topic=case.topic).state == "paused"


def test_a_meeting_that_an_earlier_mediation_stopped_waits_for_nobody():
    case = some.case(some.at_the_table())
    actions.agree(case, "各出一半", [], by=some.by(case))
    with turn():
        topic = lifecycle.move(Topic.objects.get(pk=case.topic_id), "reopen", by=make.actor("auditor"), reason="又漏了")
    again = some.case(topic)
    actions.back_to_table(again, "双方愿意公开谈", by=some.by(again))
    assert some.state(again) == "verifying"


def test_what_goes_back_to_the_table_is_on_its_old_track_again():
    case = some.case(some.at_the_table())
    actions.back_to_table(case, "双方愿意公开谈", by=some.by(case))
    assert case.topic.track == "quick"


def test_what_the_organ_approved_still_waits_for_its_confirmation_after_a_mediation():
    topic = some.dispute()
    clerk, convener = make.actor("clerk", room=topic.room), make.actor("convener", room=topic.room)
    triage.propose(topic, by=clerk)
    triage.approve(topic, by=make.actor("reviewer", place=topic.place))
    later = clock.now() + timedelta(hours=1)
    meeting = deliberation.announce_meeting(topic, later, "议事室", by=clerk, short_notice="急", no_side="双方都在")
    case = some.case(deliberation.open_meeting(meeting, by=convener).topic)
    actions.back_to_table(case, "双方愿意公开谈", by=some.by(case))
    assert (some.state(case), case.topic.track) == ("deliberating", "full")


def test_where_no_meeting_waits_the_room_chooses_the_way_anew():
    case = some.case()
    actions.back_to_table(case, "双方愿意公开谈", by=some.by(case))
    assert (some.state(case), case.topic.track) == ("verifying", "")
    triage.propose(case.topic, by=some.convener(case))
    assert some.state(case) == "in_review"


def test_going_back_needs_a_reason_and_keeps_it_closed():
    case = some.case()
    refused("reason", actions.back_to_table, case, "", by=some.by(case))
    actions.back_to_table(case, "二楼改了主意", by=some.by(case))
    assert case.topic.reason == "当事各方同意公开协商" and words_in(case, "ending") == ["二楼改了主意"]


def test_what_was_reopened_can_be_mediated_again_in_a_new_case():
    case = some.case()
    actions.agree(case, "各出一半", [], by=some.by(case))
    topic = case.topic
    with_reason = {"by": make.actor("auditor"), "reason": "又漏了"}
    from mashangyi.ground.journal.deeds import turn

    with turn():
        lifecycle.move(topic, "reopen", **with_reason)
    again = some.case(topic)
    assert again != case and queries.last_case_of(topic) == again
    assert queries.file_of(again, some.by(again)).agreement is None


# --- another mediator --------------------------------------------------------------------------


def test_the_room_gives_a_case_to_another_mediator_with_its_papers():
    case, other = some.case(), some.mediator()
    first = some.by(case)
    actions.note_session(case, "谈了一次", by=first)
    actions.change_mediator(case, other, "原调解员调走了", by=some.convener(case))
    assert "谈了一次" in [sheet.words for sheet in queries.sheets_of(case, some.by(case))]
    assert case.topic.holder == other.label and some.state(case) == "in_mediation"
    with pytest.raises(No):
        queries.sheets_of(case, first)
    with pytest.raises(No):
        actions.note_session(case, "我还想记", by=first)


def test_a_mediator_steps_aside():
    case, other = some.case(), some.mediator()
    actions.change_mediator(case, other, "和一楼是亲戚", by=some.by(case))
    assert case.post == other and words_in(case, "change") == ["和一楼是亲戚"]


def test_the_running_clock_names_who_holds_the_case_now():
    case = some.case()
    other = make.post("mediator", place="3208", title="市调解中心")
    actions.change_mediator(case, other, "换人", by=some.convener(case))
    assert Clock.objects.get(subject=case.topic.subject, stopped_at=None).holder == other.label


def test_a_change_needs_a_reason_and_somebody_else():
    case = some.case()
    refused("mediator", actions.change_mediator, case, case.post, "换", by=some.convener(case))
    refused("reason", actions.change_mediator, case, some.mediator(), " ", by=some.convener(case))
    refused("mediator", actions.change_mediator, case, _elsewhere(), "换", by=some.convener(case))


# --- closed cases ------------------------------------------------------------------------------

AFTERWARDS = {
    "note_session": lambda case, by: actions.note_session(case, "再记一笔", by=by),
    "propose": lambda case, by: actions.propose(case, "再提一条", by=by),
    "agree": lambda case, by: actions.agree(case, "改一改", [], by=by),
    "hand_over": lambda case, by: actions.hand_over(case, "court", "反悔", by=by),
    "back_to_table": lambda case, by: actions.back_to_table(case, "反悔", by=by),
    "change_mediator": lambda case, by: actions.change_mediator(case, some.mediator(), "换", by=by),
}


@pytest.mark.parametrize("name", AFTERWARDS)
def test_an_ended_case_is_not_changed_any_more(name):
    case = some.case()
    stale = Case.objects.get(pk=case.pk)
    actions.agree(case, "各出一半", [], by=some.by(case))
    papers, entries = Paper.objects.count(), Entry.objects.count()
    with pytest.raises(No, match="已经结束"):
        AFTERWARDS[name](stale, some.by(case))
    assert (Paper.objects.count(), Entry.objects.count()) == (papers, entries)


@pytest.mark.parametrize("name", AFTERWARDS)
@pytest.mark.parametrize("who", ["another mediator", "the convener", "anyone"])
def test_nobody_but_the_mediator_of_the_case_acts_in_it(name, who):
    case = some.case()
    by = {
        "another mediator": make.actor("mediator", place="320812004"),
        "the convener": some.convener(case),
        "anyone": ANYONE,
    }[who]
    if (name, who) == ("change_mediator", "the convener"):
        return
    papers = Paper.objects.count()
    with pytest.raises(No):
        AFTERWARDS[name](case, by)
    assert Paper.objects.count() == papers and some.state(case) == "in_mediation"
