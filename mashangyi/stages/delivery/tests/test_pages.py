"""The pages of delivery: who opens them, what they never show, what they cost, what stays typed."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mashangyi.ground.calendar.clock import now
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.people.models import Person
from mashangyi.stages.delivery import actions, rules
from mashangyi.stages.delivery.models import Task
from mashangyi.stages.intake.actions import record_report
from mashangyi.stages.triage.actions import seed_categories, sort
from mashangyi.topic.models import Category
from tests import factories as make

from . import factories as some

pytestmark = pytest.mark.django_db


def enter(client, actor):
    """Sign in as the person of this actor's post."""
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client


@pytest.fixture
def task():
    return some.signed(planned_cost=800, funding="department", criterion="两盏灯都亮")


@pytest.fixture
def officer(client, task):
    return enter(client, some.officer(task))


def act(client, task, what, **data):
    return client.post(f"/desk/tasks/{task.pk}/{what}/", data)


# --- what units never see ----------------------------------------------------------------------


def test_a_unit_reads_neither_words_nor_phone_nor_number_of_a_report(client):
    secret = "我是三楼的老张，电话 13812345678，灯坏了一个星期"
    room = make.room()
    told = {"channel": "hotline", "phone": "13812345678", "name": "张三", "spot": "三楼"}
    report = record_report(room, secret, by=make.actor("clerk", room=room), **told).report
    topic = report.topic
    from mashangyi.ground.journal.deeds import turn
    from mashangyi.topic import lifecycle

    clerk = make.actor("clerk", room=room)
    with turn():
        lifecycle.move(topic, "verify", by=clerk)
    topic.title, topic.summary = "楼道灯不亮", "楼道灯坏了一周"
    topic.save()
    task = actions.handle_directly(topic, make.unit(), "换灯", by=clerk)
    enter(client, some.officer(task))
    for url in ("/desk/tasks/", f"/desk/tasks/{task.pk}/", f"/t/{topic.number}/"):
        page = client.get(url).content.decode()
        assert "换灯" in page
        for private in ("老张", "张三", "13812345678", "一个星期", report.number):
            assert private not in page


# --- who may open them -------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["clerk", "convener", "supervisor", "member", "city_admin"])
def test_the_units_desk_is_for_units(client, task, role):
    enter(client, make.actor(role, room=task.topic.room))
    assert client.get("/desk/tasks/").status_code == 403
    assert client.get(f"/desk/tasks/{task.pk}/").status_code == 403


def test_strangers_are_shown_the_way_to_sign_in(client, task):
    for url in ("/desk/tasks/", f"/desk/tasks/{task.pk}/", "/desk/supervision/"):
        assert client.get(url).status_code == 302


def test_another_unit_reads_no_task_that_is_not_its_own(client, task):
    enter(client, make.actor("unit_officer", unit=make.unit()))
    assert client.get(f"/desk/tasks/{task.pk}/").status_code == 403
    assert act(client, task, "step", words="x", kind="during").status_code == 403


def test_a_task_that_is_not_there_is_a_missing_page(officer):
    assert officer.get("/desk/tasks/999999/").status_code == 404
    assert officer.get("/desk/tasks/?after=999999").status_code == 404


# --- what one does there -----------------------------------------------------------------------


def test_a_step_with_a_photo_from_the_phone(officer, task):
    photo = SimpleUploadedFile("a.jpg", some.photo(), "image/jpeg")
    assert act(officer, task, "step", words="开工", kind="before", photos=photo).status_code == 302
    page = officer.get(f"/t/{task.topic.number}/").content.decode()
    assert "开工" in page and "/photos/" in page


def test_mistakes_are_named_and_what_was_typed_stays(officer, task):
    answer = act(officer, task, "done", words="全都换好了", actual_cost="很多")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "全都换好了" in page and "金额写整数" in page


@pytest.mark.parametrize(("typed", "kept"), [("1,200 元", 1200), ("0", 0), ("1.2万", 12000)])
def test_money_may_be_typed_as_people_write_it(officer, task, typed, kept):
    act(officer, task, "step", words="开工", kind="during")
    assert act(officer, task, "done", words="", actual_cost=typed).status_code == 302
    assert Task.objects.get(pk=task.pk).actual_cost == kept


@pytest.mark.parametrize("typed", ["-1", "99999999999999", "", "1e9", "0x10"])
def test_money_that_is_none_is_refused(officer, task, typed):
    assert act(officer, task, "done", words="", actual_cost=typed).status_code == 422
    assert Task.objects.get(pk=task.pk).actual_cost is None


def test_an_amount_that_is_wrong_is_named(officer, task):
    page = act(officer, task, "done", words="", actual_cost="免费").content.decode()
    assert "实际花了多少钱：金额写整数" in page


def test_a_task_that_came_back_asks_for_its_cost_in_all(officer, task):
    actions.add_milestone(task, "装灯", by=some.officer(task))
    act(officer, task, "done", words="", actual_cost="800")
    topic = Task.objects.get(pk=task.pk).topic
    actions.redo(topic, "只办了一半", by=ANYONE, own=True)
    page = officer.get(f"/desk/tasks/{task.pk}/").content.decode()
    assert "连同以前报的 800 元" in page and 'name="actual_cost" value="800"' in page


def test_a_unit_that_is_done_first_hears_that_others_are_not(officer, task):
    actions.assign(task.topic, make.unit(), "扫路", by=some.convener(task))
    actions.add_milestone(task, "装灯", by=some.officer(task))
    page = officer.get(act(officer, task, "done", words="", actual_cost="0")["Location"]).content.decode()
    assert "这件事的其他任务也办好以后，就请反映人确认" in page


def test_everything_a_unit_asks_can_be_asked_from_its_page(officer, task):
    until = (task.due_at + timedelta(days=9)).date().isoformat()
    assert act(officer, task, "extend", until=until, reason="等货").status_code == 302
    again = act(officer, task, "cannot", cause="planned", reason="明年做")
    assert again.status_code == 422 and "还没有答复" in again.content.decode()


def test_words_are_shown_as_words_and_run_as_nothing(officer, task):
    act(officer, task, "step", words="<script>alert(1)</script>", kind="during")
    page = officer.get(f"/desk/tasks/{task.pk}/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_an_unknown_step_is_a_missing_page(officer, task):
    assert act(officer, task, "explode").status_code == 404


def test_the_convener_decides_on_the_desk(client, task):
    until = task.due_at + timedelta(days=5)
    plea = actions.ask_extension(task, until, "等货", by=some.officer(task))
    enter(client, some.convener(task))
    assert "等货" in client.get(f"/desk/t/{task.topic.number}/").content.decode()
    assert client.post(f"/desk/pleas/{plea.pk}/", {"answer": "refuse"}).status_code == 422
    assert client.post(f"/desk/pleas/{plea.pk}/", {"answer": "grant"}).status_code == 302
    assert Task.objects.get(pk=task.pk).due_at == until


def test_the_convener_reads_until_when_and_from_when_more_time_is_asked(client, task):
    plea = actions.ask_extension(task, task.due_at + timedelta(days=9), "灯杆要等货", by=some.officer(task))
    client.force_login(make.post("convener", room=task.topic.room).person)
    page = client.get(f"/desk/pleas/{plea.pk}/").content.decode()
    assert f"从 {rules.day_of(task.due_at)} 延期到 {rules.day_of(plea.until)}：灯杆要等货" in page


def test_a_convener_elsewhere_cannot_decide(client, task):
    plea = actions.ask_extension(task, task.due_at + timedelta(days=5), "等货", by=some.officer(task))
    enter(client, make.actor("convener", room=make.room()))
    assert client.post(f"/desk/pleas/{plea.pk}/", {"answer": "grant"}).status_code == 403


def test_a_clerk_hands_over_from_the_desk(client):
    topic, unit = some.verifying(), make.unit()
    enter(client, make.actor("clerk", room=topic.room))
    url = f"/desk/t/{topic.number}/handle/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"content": "修", "unit": ""}).status_code == 422
    given = {"content": "修路灯", "unit": unit.pk, "due": (now() + timedelta(days=8)).date().isoformat()}
    assert client.post(url, given).status_code == 302
    assert Task.objects.get().content == "修路灯"


def test_the_form_begins_with_what_triage_found_out(client):
    topic, unit = some.verifying(), make.unit()
    clerk = make.actor("clerk", room=topic.room)
    seed_categories(by=make.actor("city_admin"))
    sort(topic, category=Category.objects.get(path="utilities/water"), unit=unit, by=clerk)
    enter(client, clerk)
    page = client.get(f"/desk/t/{topic.number}/handle/").content.decode()
    assert f'<option value="{unit.pk}" selected>' in page and '<option value="utilities" selected>' in page


def test_a_unit_of_another_county_cannot_be_chosen(client):
    topic, far = some.verifying(), make.unit(place="320831")
    enter(client, make.actor("clerk", room=topic.room))
    answer = client.post(f"/desk/t/{topic.number}/handle/", {"content": "修", "unit": far.pk})
    assert answer.status_code == 422 and not Task.objects.exists()


def test_the_unit_reads_on_the_task_who_pressed_it_and_why(officer, task):
    other = some.task(unit=task.unit)
    actions.urge(task, "老人晚上看不见", by=make.actor("supervisor"))
    assert "老人晚上看不见" in officer.get(f"/desk/tasks/{task.pk}/").content.decode()
    assert "老人晚上看不见" not in officer.get(f"/desk/tasks/{other.pk}/").content.decode()


def test_the_unit_reads_on_the_task_that_the_matter_is_supervised_and_why(officer, task):
    actions.supervise(task.topic, "一个月没有动静", by=make.actor("supervisor"))
    page = officer.get(f"/desk/tasks/{task.pk}/").content.decode()
    assert "没有办好，已进入督办" in page and "一个月没有动静" in page


def test_the_supervisor_urges_from_the_list(client, task):
    enter(client, make.actor("supervisor"))
    assert client.get("/desk/supervision/").status_code == 200
    assert client.post(f"/desk/task/{task.pk}/urge/", {"words": "请抓紧"}).status_code == 302
    assert Task.objects.get(pk=task.pk).urged_at


# --- cost --------------------------------------------------------------------------------------


def _more(task, n):
    row = Task.objects.get(pk=task.pk)
    copies = []
    for _each in range(n):
        row.pk = None
        copies.append(
            Task(**{f.attname: getattr(row, f.attname) for f in Task._meta.fields if f.name != "id"})
        )
    Task.objects.bulk_create(copies)


@pytest.mark.parametrize(
    ("role", "url"),
    [
        ("unit_officer", "/desk/tasks/"),
        ("unit_officer", "/desk/tasks/{task}/"),
        ("supervisor", "/desk/supervision/"),
        ("convener", "/desk/t/{number}/"),
        ("resident", "/t/{number}/"),
    ],
)
def test_no_page_does_more_queries_when_there_are_more_tasks(
    client, task, role, url, django_assert_max_num_queries
):
    Task.objects.update(due_at=now() - timedelta(days=1))
    url = url.format(task=task.pk, number=task.topic.number)
    if role != "resident":
        enter(
            client,
            make.actor(
                role, room=task.topic.room, unit=task.unit, place="" if role != "supervisor" else "3208"
            ),
        )
    _more(task, 4)
    few = _queries(client, url)
    _more(task, 45)
    assert _queries(client, url) == few <= 25


def _queries(client, url) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_a_long_list_is_read_in_pages_without_gap_or_double(officer, task):
    _more(task, 49)
    seen, url = [], "/desk/tasks/"
    for _page in range(5):
        page = officer.get(url).content.decode()
        seen += [int(part.split("/")[0]) for part in page.split('class="job" href="/desk/tasks/')[1:]]
        if "after=" not in page:
            break
        url = f"/desk/tasks/?show=open&after={seen[-1]}"
    assert len(seen) == len(set(seen)) == 50
