"""Story 1: six hotline tickets from a spreadsheet, two options with their cost, a public toilet by the canal."""

import pytest
from playwright.sync_api import expect

from . import tickets
from .people import in_days

pytestmark = pytest.mark.browser

TITLE = "运北路步道缺公厕"
WORK = "在步道东入口建一座公厕，设无障碍间"
SAID = [
    "运北西路海润段的步道走一个来回要一个多小时，一路上没有公厕，老人很不方便。",
    "带孩子在运河边散步，找不到厕所，只好跑到小区里借。希望建一个。",
    "健身步道人越来越多，没有厕所，有人就在绿化带里方便，味道很大。",
]


def test_the_toilet_by_the_canal(town, cast, tmp_path):
    room = town.rooms["toilet"]
    table = tickets.as_xlsx(tmp_path / "tickets.xlsx", tickets.rows("QJP2603", "运北西路海润段", SAID))
    assert tickets.take_in(town, table, room)["added"] == 3
    assert tickets.take_in(town, table, room)["known"] == 3  # sent again, it adds nothing

    number = three_tickets_become_one_topic(cast)
    meeting = two_options_lie_on_the_table(cast, number)
    the_better_one_is_chosen(cast, meeting)
    it_is_built(cast)
    before_and_after_can_be_seen(cast, number)
    the_callers_confirm_it(town, cast, number)
    cast.resident().finds_figures(room, 反映人确认解决="1", 协商活动="1")


def three_tickets_become_one_topic(cast) -> str:
    clerk = cast.clerk("toilet")
    clerk.opens_triage()
    number = clerk.accepts()
    clerk.describes(
        TITLE, "运北西路海润段健身步道约 3 公里，沿途没有公共厕所。", "公共厕所", spot="运北西路海润段"
    )
    clerk.opens_triage()
    for _other in SAID[1:]:
        clerk.joins_the_next(number)
    clerk.goes(f"/desk/triage/{number}/")
    clerk.notes_visit("步道单程 25 分钟，沿线无厕所，有两处可选位置。", photo="before")
    clerk.proposes()
    cast.reviewer("toilet").approves(TITLE, "注意离最近住户的距离。")
    return number


def two_options_lie_on_the_table(cast, number: str) -> str:
    clerk, neighbour = cast.clerk("toilet"), cast.resident()
    clerk.prepares(number)
    clerk.adds_option(
        "东侧新建一座",
        "38万",
        "部门资金",
        basis="城市公共厕所设计标准 CJJ 14",
        pros="管网近",
        cons="西段步行 12 分钟",
    )
    clerk.adds_option("西侧移动厕所", "90,000", "部门资金", pros="快", cons="离住户 20 米")
    neighbour.goes(f"/t/{number}/")
    neighbour.sees("东侧新建一座", "#options")
    neighbour.sees("38 万元", "#options")
    neighbour.sees("9 万元", "#options")
    clerk.invites("群众", "海润枫景佳苑居民代表 6 名", affected=True)
    clerk.invites("职能部门、承办单位", "区城市管理局", unit="清江浦区城市管理局")
    return clerk.announces("清浦街道协商议事室", "看方案\n定位置", "议事室", "天热前要建好")


def the_better_one_is_chosen(cast, meeting: str) -> None:
    convener, clerk = cast.convener("toilet"), cast.clerk("toilet")
    convener.opens_meeting(meeting)
    convener.opens("发起表决", "#new-ballot")
    convener.ticks("几选一", "#new-ballot")
    convener.opens_ballot("公厕建在哪里")
    clerk.enters_meeting(meeting)
    clerk.counts_hands(17, 1)
    convener.sees("共 18 票", "#ballots .origins")
    convener.closes_ballot("公厕建在哪里")
    convener.sees("东侧新建一座", "#decided .won")
    convener.enters_meeting(meeting)
    # The option that was chosen has filled what is to be built, its cost and whose money it is.
    assert convener.page.locator("[name=item0-cost]").input_value() == "380000"
    convener.announces_result("在步道东入口建公厕，四周补绿、装灯。", {
        "what": WORK, "unit": "清江浦区城市管理局", "procurement": "公开招标",
        "due": in_days(60), "criterion": "男女厕和无障碍间都能正常使用",
    }, {
        "what": "公厕四周补种树木、安装路灯", "unit": "清浦街道办事处", "cost": "42000", "source": "部门资金",
        "procurement": "比价", "due": in_days(60), "criterion": "晚上十点前灯亮，树木成活",
    })  # fmt: skip
    cast.reviewer("toilet").confirms(TITLE)
    convener.hands_over(TITLE, tasks=2)


def it_is_built(cast) -> None:
    city, street = cast.officer("清江浦区城市管理局"), cast.officer("清浦街道办事处")
    city.signs(WORK)
    city.shows_step(WORK, "开工前的步道东入口。", photo="before")
    city.shows_step(WORK, "主体完工，正在装无障碍设施。")
    city.reports_done(WORK, "公厕开放，无障碍间可用。", "371500")
    street.signs("公厕四周补种树木、安装路灯")
    street.reports_done("公厕四周补种树木、安装路灯", "灯亮了，树栽好了。", "40800")


def before_and_after_can_be_seen(cast, number: str) -> None:
    """By anyone, without signing in: the pictures really arrive."""
    neighbour = cast.resident()
    neighbour.goes(f"/t/{number}/")
    pair = neighbour.page.locator("#tasks .pair").first
    expect(pair.locator("figure")).to_have_count(2)
    expect(pair).to_contain_text("办理前")
    expect(pair).to_contain_text("办理后")
    for image in pair.locator("img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_be_visible()
        image.evaluate("one => one.decode()")
    neighbour.sees("412,300 元", "#money")  # what it really cost


def the_callers_confirm_it(town, cast, number: str) -> None:
    phone = cast.resident()
    for link in tickets.asked(town, number, 3):
        phone.judges(link, words="走路再也不用找厕所了。")
    phone.sees("这件事已确认解决")
