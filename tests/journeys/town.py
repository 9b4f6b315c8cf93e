"""The town in which the journeys happen: rooms, posts and units, and nothing else. People do the rest by pages."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from tests.server import Site

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')

# room: its division, what else is said of it, its units (name, county, kind)
ROOMS = {
    "noise": (
        ["清江浦区", "长西街道", "长西社区"],
        {"spots": ["社区大门口", "北侧工地围挡"]},
        [("长西地块项目部", "320812", "enterprise"), ("清江浦生态环境局", "320812", "department")],
    ),
    "toilet": (
        ["清江浦区", "清浦街道"],
        {"kind": "town", "title": "清浦街道协商议事室", "address": "运北西路 1 号"},
        [("清江浦区城市管理局", "320812", "department"), ("清浦街道办事处", "320812", "department")],
    ),
    "flood": (
        ["淮安区", "流均镇", "沿河村"],
        {"kind": "village"},
        [("流均镇水利站", "320803", "department"), ("流均镇交通管理所", "320803", "department")],
    ),
    "road": (
        ["淮阴区", "三朱村"],
        {"kind": "village", "title": "长江路街道协商议事室"},
        [("长江路街道工程办", "320804", "department"), ("三朱村村民委员会", "320804", "community")],
    ),
    "boats": (
        ["金湖县", "前锋镇", "白马湖村"],
        {"kind": "village"},
        [("金湖县供电公司", "320831", "utility")],
    ),
}

BUILD = """
import json
from mashangyi.doors.demo.cast import Cast
from mashangyi.doors.demo.town import _sign
from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.people.models import Post
from mashangyi.stages.triage.actions import seed_categories
from mashangyi.topic.models import Category

Category.objects.exists() or seed_categories(by=SYSTEM)
cast, rooms, posts = Cast(), {}, {}
name = lambda actor: Post.objects.get(pk=actor.post_id).person.username
for key, (division, said, units) in json.loads(ROOMS).items():
    room = cast.room(*division, **said)
    for role in ("clerk", "convener", "reviewer", "worker"):
        posts[f"{key} {role}"] = name(getattr(cast, role)(room))
    for unit, place, kind in units:
        posts[unit] = name(cast.officer(cast.unit(unit, place, kind)))
    posts[f"{key} member"] = name(cast.member(f"{key} 1 号委员", room.place[:6]))
    rooms[key] = {
        "name": room.name, "place": room.division.code, "pk": room.pk,
        "poster": cast.code(room, said.get("spots", ["议事室门口"])[0]).short,
        "fan": cast.code(room, "村里发的扇子", "fan").short,
    }
_sign(by=SYSTEM)
print(json.dumps({"rooms": rooms, "posts": posts}))
"""


@dataclass
class Room:
    """A room as the journeys need it: `poster` and `fan` are what its printed codes open."""

    name: str
    place: str
    pk: int
    poster: str
    fan: str


@dataclass
class Town:
    """A running site, its rooms by their story, and the account of everyone in a post."""

    site: Site
    rooms: dict[str, Room] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.site.url

    @contextmanager
    def session(self, post: str) -> Iterator[httpx.Client]:
        """Somebody in a post without a browser: a session that has entered by the login page."""
        with httpx.Client(base_url=self.url, follow_redirects=True, timeout=60) as session:
            token = TOKEN.search(session.get("/staff/login/").text)[1]
            entered = session.post(f"/staff/demo/{self.posts[post]}/", data={"csrfmiddlewaretoken": token})
            assert entered.url.path == "/desk/", entered
            yield session

    def ask(self, program: str):
        """What a piece of Python on the inside prints, as data: for what no page shows to a test."""
        return json.loads(self.site.run("import json\n" + program))


def build(site: Site) -> Town:
    """Open the rooms and appoint everyone; staff then enter with one tap, as in a demo town."""
    (site.data / "demo").touch()
    rooms = json.dumps(ROOMS, ensure_ascii=False)
    made = json.loads(site.run(f"ROOMS = {rooms!r}\n{BUILD}").splitlines()[-1])
    return Town(site, {key: Room(**facts) for key, facts in made["rooms"].items()}, made["posts"])
