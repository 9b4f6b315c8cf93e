"""The told town carries the facts of the record, and everything in it came by the real deeds."""

import pytest

from mashangyi.civic.insight import projection, queries, recount
from mashangyi.civic.insight.tests.following import counted, numbers_of
from mashangyi.doors.demo.town import tell
from mashangyi.ground.journal.read import faults
from mashangyi.ground.outbox.models import Notice
from mashangyi.ground.people.actor import ROLES
from mashangyi.ground.people.models import Post
from mashangyi.ground.places.models import Room
from mashangyi.stages.deliberation.models import Pledge, ResolutionItem
from mashangyi.stages.delivery.models import Task
from mashangyi.stages.evaluation.models import Judgement
from mashangyi.stages.intake.models import Report
from mashangyi.topic.models import Topic

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TOLD = (
    # title, state, reports, planned yuan
    ("运河北侧步道缺公厕", "resolved", 6, 422_000),
    ("工地夜间施工噪声", "resolved", 11, 0),
    ("菜场东走廊没有地方坐", "resolved", 2, 4_800),
    ("三组农田受淹、道路中断", "resolved", 3, 19_500),
    ("留守儿童暑假没人看护", "resolved", 4, 6_000),
    ("世纪佳苑一楼采光被树遮挡", "resolved", 3, 7_200),
    ("三朱村三组道路硬化", "resolved", 1, 60_000),
    ("残疾人之家伙食补贴低", "resolved", 1, 460_000),
    ("避风港 46 户渔民合表用电", "resolved", 1, 138_000),
    ("金水湾三座亭子木廊腐烂", "resolved", 2, 86_000),
    ("新华大厦管道堵塞污水外溢", "resolved", 2, 26_000),
    ("点亮每一个角落", "resolved", 2, 21_000),
    ("怎么约中医委员工作室", "answered", 1, 0),
    ("建电动车棚和充电桩", "resolved", 2, 58_000),
    ("冰雹砸伤近 50 万千克黄桃", "resolved", 1, 40_000),
    ("村干部因公受伤没有保障", "resolved", 1, 5_400),
)


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """Told once for all tests of this file, and taken back afterwards."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        tell()
        while projection.project():
            pass
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(("title", "state", "reports", "planned"), TOLD, ids=[row[0] for row in TOLD])
def test_a_story_ended_as_the_record_says(town, title, state, reports, planned):
    topic = Topic.objects.get(title=title)
    money = sum(item.cost for item in ResolutionItem.objects.filter(resolution__topic=topic))
    assert (topic.state, Report.objects.filter(topic=topic).count(), money) == (state, reports, planned)


def test_the_road_is_paid_by_the_village_and_tendered(town):
    item = ResolutionItem.objects.get(resolution__topic__title="三朱村三组道路硬化")
    assert (item.source, item.procurement, item.unit.name) == ("village", "tender", "长江路街道工程办")


def test_the_road_was_proposed_by_three_members_together(town):
    report = Report.objects.get(topic__title="三朱村三组道路硬化")
    assert report.channel == "member" and len(report.cosponsors) == 3


def test_whatever_a_grid_worker_reported_was_confirmed_by_neighbours(town):
    pushed = Judgement.objects.filter(round__topic__title="三组农田受淹、道路中断").order_by("id")
    assert [(each.kind, each.at_counter, each.counts) for each in pushed] == [
        ("reporter", "grid_worker", False), ("neighbour", "", True), ("neighbour", "", True),
    ]  # fmt: skip


def test_the_fan_was_scanned(town):
    assert Report.objects.get(topic__title="避风港 46 户渔民合表用电").code.item == "fan"


def test_an_elder_was_spoken_for_with_her_consent(town):
    report = Report.objects.get(channel="proxy", topic__title="菜场东走廊没有地方坐")
    assert report.consent and report.filed_by.role == "grid_worker"


def test_pledges_were_kept(town):
    assert Pledge.objects.filter(kept=True).count() >= 8
    assert not Pledge.objects.filter(kept=False).exists()


def test_the_fishers_came_to_many_tasks_after_two_rounds(town):
    topic = Topic.objects.get(title="渔民上岸后怎么就业安居")
    assert topic.meetings.count() == 2 and Task.objects.filter(topic=topic).count() == 4


def test_every_role_has_a_demo_account(town):
    held = set(Post.objects.filter(person__is_demo=True).values_list("role", flat=True))
    assert held == set(ROLES) - {"resident", "system", "integration"}


def test_the_chain_is_whole_and_the_figures_can_be_counted_again(town):
    assert faults() == [] and recount.faults() == []


def test_the_city_page_shows_what_was_told(town):
    city = queries.figures_of(queries.path_to("3208")[-1])
    assert city.solved == Topic.objects.filter(state="resolved").count()
    assert city.of("topics") == Topic.objects.exclude(state="merged").count()
    assert city.of("planned") == sum(ResolutionItem.objects.values_list("cost", flat=True))


@pytest.mark.parametrize("level", [4, 6, 9, 12])
def test_every_number_of_the_town_is_what_its_list_comes_to(town, client, level):
    place = Room.objects.get(name="长西社区协商议事室").place[:level]
    numbers = numbers_of(client.get(f"/city/{place}/").content.decode())
    assert len(numbers) > 20
    assert [address for address, n in numbers if counted(client, address) != n] == []


def test_nothing_is_told_after_now(town):
    from mashangyi.ground.calendar.clock import now

    assert not Topic.objects.filter(moved_at__gt=now()).exists()
    assert not Notice.objects.filter(created_at__gt=now()).exists()
