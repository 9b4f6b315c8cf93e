"""The pages of mediation: who opens them, what stays typed, empty ones, what they cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mashangyi.ground.calendar import clock
from mashangyi.ground.people.models import Post
from mashangyi.stages.mediation import actions
from mashangyi.stages.mediation.models import Case, Paper
from tests import factories as make

from . import factories as some

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return some.case()


@pytest.fixture
def mediator(client, case):
    return some.enter(client, some.by(case))


def page(client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def act(client, case, what, **data):
    return client.post(f"/desk/cases/{case.pk}/{what}/", data)


# --- who opens them ----------------------------------------------------------------------------


def test_a_stranger_is_shown_the_way_to_sign_in(client, case):
    for url in ("/desk/cases/", f"/desk/cases/{case.pk}/", f"/desk/t/{case.topic.number}/mediate/"):
        assert client.get(url).status_code == 302


@pytest.mark.parametrize("role", ["clerk", "convener", "reviewer", "supervisor", "auditor", "member", "city_admin"])
def test_no_other_role_opens_a_case_or_the_list_of_cases(client, case, role):
    some.enter(client, make.actor(role, room=case.topic.room))
    page(client, "/desk/cases/", 403)
    page(client, f"/desk/cases/{case.pk}/", 403)
    assert act(client, case, "session", words="偷看").status_code == 403


def test_another_mediator_finds_no_such_page(client, case):
    some.enter(client, make.actor("mediator", place="320812004"))
    page(client, f"/desk/cases/{case.pk}/", 404)
    assert act(client, case, "session", words="偷看").status_code == 404
    assert case.topic.title not in page(client, "/desk/cases/")


def test_a_mediator_whose_post_has_ended_opens_it_no_more(mediator, case):
    Post.objects.filter(pk=case.post_id).update(until=clock.today() - timedelta(days=1))
    assert mediator.get(f"/desk/cases/{case.pk}/").status_code in {302, 403}


def test_no_browser_or_proxy_keeps_a_case(mediator, case):
    assert "no-store" in mediator.get(f"/desk/cases/{case.pk}/")["Cache-Control"]


# --- opening a case ----------------------------------------------------------------------------


def test_a_convener_opens_a_case_from_the_topic(client):
    topic, post = some.dispute(), some.mediator()
    some.enter(client, make.actor("convener", room=topic.room))
    url = f"/desk/t/{topic.number}/mediate/"
    assert post.label in page(client, url)
    answer = client.post(url, {"mediator": post.pk, "parties": "二楼住户\n一楼住户"})
    assert answer.status_code == 302 and Case.objects.get().post == post


def test_what_is_wrong_is_named_and_what_was_typed_stays(client):
    topic, post = some.dispute(), some.mediator()
    some.enter(client, make.actor("convener", room=topic.room))
    url = f"/desk/t/{topic.number}/mediate/"
    one_side = client.post(url, {"mediator": post.pk, "parties": "只有二楼住户"})
    assert one_side.status_code == 422
    assert "只有二楼住户" in one_side.content.decode() and "至少两方" in one_side.content.decode()
    kin = client.post(url, {"mediator": post.pk, "parties": "二楼\n一楼", "interest": "一楼的舅舅"})
    text = kin.content.decode()
    assert kin.status_code == 422 and "一楼的舅舅" in text and 'id="id_interest-wrong"' in text
    assert not Case.objects.exists()


def test_where_there_is_no_mediator_the_page_says_who_can_appoint_one(client):
    topic = some.dispute()
    some.enter(client, make.actor("convener", room=topic.room))
    assert "市级管理员" in page(client, f"/desk/t/{topic.number}/mediate/")


def test_from_a_meeting_that_breaks_up_a_button_leads_to_mediation(client):
    topic = some.at_the_table()
    some.enter(client, make.actor("convener", room=topic.room))
    assert f"/desk/t/{topic.number}/mediate/" in page(client, f"/desk/t/{topic.number}/")


def test_a_topic_of_another_room_is_not_brought_to_a_mediator(client):
    topic = some.dispute()
    some.enter(client, make.actor("convener", room=make.room()))
    page(client, f"/desk/t/{topic.number}/mediate/", 403)


# --- the mediator's room -----------------------------------------------------------------------


def test_a_mediator_reads_parties_matter_and_what_to_do_first(mediator, case):
    text = page(mediator, f"/desk/cases/{case.pk}/")
    for words in (*some.PARTIES, case.topic.title, case.topic.summary, "先约各方见面", "案卷只有您能看"):
        assert words in text


def test_a_case_is_told_from_the_first_session_to_the_agreement(mediator, case):
    day = clock.today() + timedelta(days=9)
    assert act(mediator, case, "session", present="双方", words="各自说了想法").status_code == 302
    assert act(mediator, case, "proposal", words="各出一半").status_code == 302
    agreed = {"words": "水管换新", "what_1": "二楼出 600 元", "until_1": day.isoformat()}
    assert act(mediator, case, "agreement", **agreed).status_code == 302
    text = page(mediator, f"/desk/cases/{case.pk}/")
    for words in ("各自说了想法", "各出一半", "水管换新", "二楼出 600 元", "只能看，不能改"):
        assert words in text
    assert "<form" not in text.split('class="split"')[1]


@pytest.mark.parametrize(
    ("what", "typed", "wrong"),
    [
        ("session", {"present": "双方都来了", "words": ""}, "session-words"),
        ("proposal", {"words": "  "}, "proposal-words"),
        ("agreement", {"words": "", "what_1": "二楼出 600 元"}, "agreement-words"),
        ("agreement", {"words": "写好了的协议", "until_2": "2999-01-01"}, "agreement-what_2"),
        ("agreement", {"words": "写好了的协议", "what_1": "出钱", "until_1": "2001-01-01"}, "agreement-until_1"),
        ("agreement", {"words": "写好了的协议", "what_1": "出钱", "until_1": "明天"}, "agreement-until_1"),
        ("elsewhere", {"to": "court", "reason": ""}, "elsewhere-reason"),
        ("elsewhere", {"to": "", "reason": "写好了的原因"}, "elsewhere-to"),
        ("elsewhere", {"to": "moon", "reason": "写好了的原因"}, "elsewhere-to"),
        ("aside", {"mediator": "", "reason": "写好了的原因"}, "aside-mediator"),
    ],
)
def test_a_mistake_is_named_beside_its_field_in_an_open_form_and_what_was_typed_stays(mediator, case, what, typed, wrong):
    some.mediator()
    answer = act(mediator, case, what, **typed)
    text = answer.content.decode()
    assert answer.status_code == 422 and f'id="{wrong}-wrong"' in text
    assert all(words in text for field, words in typed.items() if words.strip() and field != "to")
    form = text.split(f'id="{wrong}-wrong"')[0].rsplit("<details", 1)[-1]
    assert what == "session" or form.startswith(' class="confirm" open')
    assert Paper.objects.count() == len(some.PARTIES)


def test_words_are_shown_as_words_and_run_as_nothing(mediator, case):
    act(mediator, case, "session", words="<script>alert(1)</script>")
    text = page(mediator, f"/desk/cases/{case.pk}/")
    assert "<script>alert" not in text and "&lt;script&gt;" in text


@pytest.mark.parametrize("what", ["explode", "open", "__class__"])
def test_an_unknown_step_is_a_missing_page(mediator, case, what):
    assert act(mediator, case, what).status_code == 404
    assert mediator.get(f"/desk/cases/{case.pk}/session/").status_code == 404


def test_a_step_in_an_ended_case_is_refused_with_its_reason(mediator, case):
    actions.agree(case, "各出一半", [], by=some.by(case))
    answer = act(mediator, case, "session", words="再记一笔")
    assert answer.status_code == 403 and "已经结束" in answer.content.decode()


def test_who_steps_aside_comes_back_to_the_list_and_reads_the_case_no_more(mediator, case):
    other = some.mediator()
    answer = act(mediator, case, "aside", mediator=other.pk, reason="和一楼是亲戚")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/cases/")
    page(mediator, f"/desk/cases/{case.pk}/", 404)


def test_where_nobody_else_mediates_stepping_aside_says_who_can_help(mediator, case):
    assert "没有别的调解员" in page(mediator, f"/desk/cases/{case.pk}/")


# --- lists -------------------------------------------------------------------------------------


def test_a_mediator_without_cases_reads_that_there_are_none(client):
    some.enter(client, make.actor("mediator", place="320812004"))
    text = page(client, "/desk/cases/")
    assert "现在没有要调解的案子" in text and "还没有结束的案子" in text


def test_open_and_ended_cases_stand_apart_with_their_outcome(mediator, case):
    post = Post.objects.get(pk=case.post_id)
    ended = some.case(some.dispute(title="车位纠纷"), post=post)
    actions.hand_over(ended, "court", "不来了", by=some.by(ended))
    below, above = page(mediator, "/desk/cases/").split('id="ended"')[::-1]
    assert case.topic.title in above and "车位纠纷" not in above
    assert "车位纠纷" in below and "转人民法院" in below and case.topic.title not in below


def test_the_desk_of_a_mediator_holds_the_open_cases_and_leads_to_all(mediator, case):
    text = page(mediator, "/desk/")
    assert f"/desk/cases/{case.pk}/" in text and 'href="/desk/cases/"' in text
    actions.agree(case, "各出一半", [], by=some.by(case))
    assert f"/desk/cases/{case.pk}/" not in page(mediator, "/desk/")


def test_from_the_topics_desk_a_mediator_finds_their_own_case(mediator, case):
    assert f"/desk/cases/{case.pk}/" in page(mediator, f"/desk/t/{case.topic.number}/")


def test_ended_cases_are_read_in_pages_without_gap_or_double(client):
    post = some.mediator()
    some.many(post, 45, ended=True)
    from mashangyi.ground.people.actor import in_post

    some.enter(client, in_post(post))
    seen, url = [], "/desk/cases/"
    while url:
        text = page(client, url)
        seen += [int(part.split("/")[0]) for part in text.split('href="/desk/cases/')[1:] if part[0].isdigit()]
        url = f"/desk/cases/?before={seen[-1]}" if f"?before={seen[-1]}" in text else ""
    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "٣"])
def test_an_odd_address_of_a_list_is_still_a_list(mediator, before):
    page(mediator, f"/desk/cases/?before={before}")


# --- what the room sees ------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["clerk", "convener"])
def test_the_room_sees_who_mediates_and_can_change_it(client, case, role):
    some.enter(client, make.actor(role, room=case.topic.room))
    text = page(client, f"/desk/t/{case.topic.number}/")
    assert case.post.label in text and "只有本案调解员能看" in text
    assert f"/desk/t/{case.topic.number}/mediator/" in text


def test_the_room_sees_how_a_case_ended(client, case):
    actions.agree(case, "各出一半", [], by=some.by(case))
    some.enter(client, some.convener(case))
    text = page(client, f"/desk/t/{case.topic.number}/")
    assert "达成协议" in text and "/mediator/" not in text


def test_the_room_changes_the_mediator_from_its_page(client, case):
    other = make.post("mediator", place="3208", title="市调解中心")
    some.enter(client, some.convener(case))
    url = f"/desk/t/{case.topic.number}/mediator/"
    assert case.post.label in page(client, url)
    empty = client.post(url, {"mediator": other.pk, "reason": ""})
    assert empty.status_code == 422 and 'id="id_reason-wrong"' in empty.content.decode()
    assert client.post(url, {"mediator": other.pk, "reason": "生病了"}).status_code == 302
    assert Case.objects.get().post == other


def test_where_nobody_else_mediates_the_room_reads_who_can_appoint(client, case):
    some.enter(client, some.convener(case))
    assert "市级管理员" in page(client, f"/desk/t/{case.topic.number}/mediator/")


def test_a_topic_without_an_open_case_has_no_mediator_to_change(client, case):
    actions.agree(case, "各出一半", [], by=some.by(case))
    some.enter(client, some.convener(case))
    page(client, f"/desk/t/{case.topic.number}/mediator/", 404)
    page(client, f"/desk/t/{make.topic(case.topic.room).number}/mediator/", 404)


# --- cost --------------------------------------------------------------------------------------


def _queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_lists_and_case_ask_the_same_with_few_and_many_rows(mediator, case):
    post = Post.objects.get(pk=case.post_id)
    urls = ("/desk/cases/", f"/desk/cases/{case.pk}/", "/desk/")
    some.many(post, 2), some.many(post, 2, ended=True), some.mediator()
    few = [_queries(mediator, url) for url in urls]
    some.many(post, 20), some.many(post, 30, ended=True)
    for n in range(20):
        actions.note_session(case, f"第 {n} 次", by=some.by(case))
        some.mediator()
    assert [_queries(mediator, url) for url in urls] == few
    assert max(few) <= 20


def test_where_a_case_goes_that_cannot_be_mediated_is_chosen_and_not_given(mediator, case):
    text = page(mediator, f"/desk/cases/{case.pk}/")
    assert '<select id="elsewhere-to" name="to" required><option value="" selected>' in text.replace(" aria-describedby=\"elsewhere-to-hint\"", "")
