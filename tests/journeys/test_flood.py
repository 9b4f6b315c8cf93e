"""Story 4: a grid worker reports a flood from the dyke; the meeting is held there the same hour, reviewed later."""

import pytest

from . import tickets
from .people import in_days

pytestmark = pytest.mark.browser

TITLE = "三组农田受淹、道路中断"
PUMPS = "架设两台泵车排涝，掏通东头涵洞"
ROAD = "抢通进村道路，给两户漏水房屋盖防雨布"


def test_the_flood_in_the_village(town, cast):
    room = town.rooms["flood"]
    worker = cast.worker("flood")
    worker.pushes("夜里雨太大，三组的田全淹了，进村的路没了，有两户屋里漏水。", "三组圩堤", urgent=True)

    number = the_room_sees_the_danger(cast)
    meeting = they_meet_on_the_dyke(cast, number)
    everyone_takes_a_task(cast, meeting)
    the_review_comes_afterwards(cast, number)
    neighbours = those_whose_fields_are_under_water(cast, number)
    the_water_goes_down(cast)
    the_neighbours_confirm_what_the_slip_alone_cannot(town, cast, number, neighbours)
    cast.resident().finds_figures(room, 反映人确认解决="1", 协商活动="1")


def the_room_sees_the_danger(cast) -> str:
    clerk = cast.clerk("flood")
    clerk.opens_triage()
    clerk.sees("淹", ".help mark")
    number = clerk.accepts()
    clerk.describes(
        TITLE, "强降雨后三组农田积水，进村道路淹没，两户房屋漏水。", "防汛排涝与灾害", spot="三组圩堤"
    )
    return number


def they_meet_on_the_dyke(cast, number: str) -> str:
    """No announcement, no waiting for the review: two hours are what an emergency has."""
    convener = cast.convener("flood")
    meeting = convener.meets_at_once(
        number, "田间地头", "三组圩堤上", "先排水\n再通路\n后查险房", emergency=True
    )
    convener.sees("应急", ".strip")
    convener.writes_down("两台泵车一小时内到，先排三组。", "职能部门、承办单位")
    convener.writes_down("东头涵洞堵了，要先掏开。", "群众")
    villager = cast.resident()
    villager.goes(meeting)
    villager.sees("东头涵洞堵了", "#said")
    return meeting


def everyone_takes_a_task(cast, meeting: str) -> None:
    convener = cast.convener("flood")
    convener.enters_meeting(meeting)
    convener.announces_result("各站所当场领任务，先排水、再通路、后查房。", {
        "what": PUMPS, "unit": "流均镇水利站", "cost": "12000", "source": "部门资金", "procurement": "不用采购",
        "due": in_days(2), "criterion": "田面不见明水",
    }, {
        "what": ROAD, "unit": "流均镇交通管理所", "cost": "6000", "source": "部门资金", "procurement": "不用采购",
        "due": in_days(1), "criterion": "三轮车能进村，屋里不再漏",
    })  # fmt: skip


def the_review_comes_afterwards(cast, number: str) -> None:
    reviewer, villager = cast.reviewer("flood"), cast.resident()
    reviewer.reviews_late(TITLE, "情况紧急，处置得当，同意。")
    reviewer.confirms(TITLE)
    cast.convener("flood").hands_over(TITLE, tasks=2)
    villager.goes(f"/t/{number}/")
    villager.sees("补审应急处置", "#reviews")
    villager.sees("当天", "#reviews")


def the_water_goes_down(cast) -> None:
    for unit, work, words, cost in (
        ("流均镇水利站", PUMPS, "两台泵车到位，水退了。", "11300"),
        ("流均镇交通管理所", ROAD, "路面清出，三轮车能过。", "5400"),
    ):
        officer = cast.officer(unit)
        officer.signs(work)
        officer.shows_step(work, words)
        officer.reports_done(work, words, cost)


def those_whose_fields_are_under_water(cast, number: str) -> list:
    neighbours = [cast.resident(), cast.resident()]
    for n, neighbour in enumerate(neighbours):
        neighbour.meets_with_it_too(number, f"1391300000{n}")
    return neighbours


def the_neighbours_confirm_what_the_slip_alone_cannot(town, cast, number: str, neighbours: list) -> None:
    """The grid worker holds the slip that was printed at the dyke: by it alone nothing counts as solved."""
    holder = cast.resident()
    (link,) = tickets.asked(town, number, 1)
    holder.judges(link, words="当天水就退下去了。")
    holder.sees("还要邻居确认才算解决")
    for neighbour in neighbours:
        neighbour.judges()
    neighbours[-1].sees("这件事已确认解决")
