"""A real town from nothing: no demo, no account that opens by itself, nothing but the link that `prepare` prints."""

import json

import pytest
from playwright.sync_api import expect

from mashangyi.ground.people.tests.factories import code_now
from tests.server import Site

from .cast import Cast
from .staff import Clerk, Reviewer, Staff
from .town import Town

pytestmark = pytest.mark.browser

PASSWORD = "linden harbour ninety kites"  # noqa: S105
ROOM = "长西社区协商议事室"
UNIT = "清江浦区城市管理局"
# role, where it is found, the choice among what is found, account
POSTS = [
    ("议事专员", "长西", f"{ROOM} 清江浦区 长西街道 长西社区", "clerk.changxi"),
    ("召集人", "长西", f"{ROOM} 清江浦区 长西街道 长西社区", "convener.changxi"),
    ("党组织审定人", "长西街道", "长西街道 清江浦区 长西街道", "reviewer.changxi"),
    ("承办单位经办人", "城市管理", f"{UNIT} 清江浦区", "officer.chengguan"),
    ("调解员", "长西街道", "长西街道 清江浦区 长西街道", "mediator.changxi"),
    ("督办员", "淮安市", "淮安市 淮安市", "supervisor.city"),
]
TITLE = "社区大门口路灯不亮"


class Newcomer(Staff):
    """Anyone who comes in by an invitation."""

    def comes_in(self, link: str) -> None:
        """Set a password, register the second factor, write down the spare codes, and stand at the desk."""
        self.goes(link)
        self.writes(password1=PASSWORD, password2=PASSWORD)
        self.presses("设好密码，下一步")
        self.sees("登记第二重验证", "h1")
        self.writes(code=code_now(self.page.locator("details code").text_content()))
        self.page.get_by_role("button", name="登记", exact=True).click()
        self.sees("备用码", "h1")
        expect(self.page.locator("ol b.num")).to_have_count(10)
        self.follows("记好了，去工作台")
        self.sees("等您办的", "h1")


class NewClerk(Newcomer, Clerk):
    """议事专员 of this town."""


class NewReviewer(Newcomer, Reviewer):
    """党组织审定人 of this town."""


class Administrator(Newcomer):
    """市级管理员: opens rooms, registers units, appoints."""

    def lacks(self, *words: str) -> None:
        self.goes("/desk/")
        for each in words:
            self.sees(each, "#box-wanting")

    def opens_first_room(self, *way: str) -> None:
        """From the desk by what is missing there."""
        self.takes_up("开第一个议事室")
        self.page.locator("main [name=q]").fill(way[0])
        self.presses("找", "main form.find")
        self.follows(way[-1])
        self.presses("开放", "main")
        self.sees("开好了，接着可以做门牌")

    def makes_code(self, item: str, spot: str) -> str:
        """The short code of a new printed item, once its sheet has been looked at."""
        self.chooses(item=item)
        self.writes(spots=spot)
        self.presses("做码", "#make")
        self.sees("做好了 1 个码")
        row = self.page.locator("#codes li", has_text=spot)
        row.get_by_role("link", name="打印").click()
        self.sees(ROOM.removesuffix("协商议事室"), "svg")
        expect(self.page.locator("svg").first).to_be_visible()
        return self.page.locator("main").inner_text().partition("/s/")[2][:6]

    def registers_unit(self, name: str, place: str) -> None:
        self.takes_up("登记承办单位")
        self.writes(name=name)
        self.chooses(place=place)
        self.presses("保存", "main")
        self.sees(f"{name}已保存")

    def fills_duty_list(self, unit: str, group: str, *categories: str) -> None:
        self.takes_up("填职责清单")
        self.follows("定单位", "main")
        self.chooses(unit=unit)
        self.opens(group, "#id_categories")
        for each in categories:
            self.ticks(each, "#id_categories")
        self.presses("保存", "main")
        self.sees(unit, "main table")

    def appoints(self, role: str, words: str, choice: str, username: str) -> str:
        """The link to hand out, as it stands on the page: once, and whole."""
        self.goes("/desk/people/")
        self.follows("任命", "main")
        self.page.locator("#role").select_option(label=role)
        self.page.locator("#find").fill(words)
        self.presses("查找", "main")
        self.page.locator("#id_where label", has_text=choice).first.click()
        self.writes(username=username)
        self.page.get_by_role("button", name="任命", exact=True).click()
        self.sees(f"{role}已任命")
        link = self.page.locator("main code").inner_text()
        self.page.reload()
        self.sees_not("/staff/welcome/", "main")
        return link


@pytest.fixture
def site(tmp_path):
    """Prepared as `mashangyi run --empty` does it, with its worker; `site.link` is what was printed."""
    site = Site(tmp_path / "data", worker=True)
    done = site.command("prepare", "--empty", "--address", site.url, "--json")
    assert done.returncode == 0, done.stderr
    site.link = json.loads(done.stdout)["administrator"]
    site.start()
    yield site
    site.stop()


@pytest.fixture
def town(site):
    return Town(site)


def test_a_real_town_from_nothing(town, site, cast):
    admin = cast.comes(Administrator)
    admin.comes_in(site.link)
    code, links = the_town_is_furnished(admin)
    staff = everyone_comes_in(cast, links)
    number = a_resident_reports(cast, code)
    it_goes_its_way(staff, number)
    doctor = site.command("doctor")
    assert doctor.returncode == 0, doctor.stdout


def the_town_is_furnished(admin: Administrator) -> tuple[str, dict[str, str]]:
    admin.opens_first_room("长西社区", "长西社区")
    code = admin.makes_code("门牌", "社区大门口")
    admin.lacks("还没有议事专员", "还没有召集人", "还没有党组织审定人")
    admin.registers_unit(UNIT, "清江浦区")
    admin.fills_duty_list(UNIT, "道路交通", "路灯照明")
    links = {post[0]: admin.appoints(*post) for post in POSTS}
    assert all(link.startswith(admin.town.url) for link in links.values())
    admin.goes("/desk/")
    admin.sees("现在没有。", "#box-wanting")
    return code, links


def everyone_comes_in(cast: Cast, links: dict[str, str]) -> dict[str, Newcomer]:
    kinds = {"议事专员": NewClerk, "党组织审定人": NewReviewer}
    staff = {}
    for role, link in links.items():
        staff[role] = cast.comes(kinds.get(role, Newcomer))
        staff[role].comes_in(link)
    return staff


def a_resident_reports(cast: Cast, code: str) -> str:
    resident = cast.resident()
    resident.scans(code)
    resident.sees(ROOM)
    return resident.says("社区大门口的路灯三个晚上不亮，老人回家看不见台阶。")


def it_goes_its_way(staff: dict[str, Newcomer], number: str) -> None:
    clerk, reviewer = staff["议事专员"], staff["党组织审定人"]
    clerk.opens_triage()
    clerk.accepts()
    clerk.describes(TITLE, "社区大门口路灯三个晚上不亮，台阶看不清。", "路灯照明")
    clerk.proposes()
    reviewer.approves(TITLE)
