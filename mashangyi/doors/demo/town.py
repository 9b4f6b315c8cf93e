"""`tell()`: the whole town, in the order of time, through the real actions."""

from mashangyi.ground.calendar import clock
from mashangyi.ground.journal.deeds import deed
from mashangyi.ground.journal.record import record
from mashangyi.ground.journal.verbs import Verb, declare
from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.people.demo_town import VERB
from mashangyi.stages.triage.actions import seed_categories, set_duty
from mashangyi.topic.models import Category

from . import today
from .cast import OPENED, Cast
from .stories import STORIES
from .telling import tell_in_order

declare(Verb(VERB, "演示镇讲完了", public=False))


# Who is responsible for what in the first room's county: category and unit.
DUTIES = (
    ("environment/noise-building", "清江浦区城市管理局", "department"),
    ("environment/air", "清江浦区城市管理局", "department"),
    ("environment/waste", "清江浦区城市管理局", "department"),
    ("roads/lights", "清江浦区城市管理局", "department"),
    ("public-space/sports", "长西社区物业服务中心", "property"),
    ("housing/management", "长西社区物业服务中心", "property"),
    ("housing/lifts", "长西社区物业服务中心", "property"),
    ("living/entrepreneurship", "清江浦区人力资源和社会保障局", "department"),
)


def tell() -> None:
    """Tell the eighteen stories, then what waits today. Takes some seconds on an empty database."""
    with clock.at(OPENED):
        seed_categories(by=SYSTEM)
    cast = Cast()
    _open_the_first_room(cast)
    tell_in_order([story(cast) for story in STORIES])
    today.leave_work(cast)
    _sign(by=SYSTEM)


def _open_the_first_room(cast: Cast) -> None:
    """The room that a visitor scans first; its people are the demo accounts, one for each role."""
    room = cast.room("清江浦区", "长西街道", "长西社区", spots=("社区大门口", "3 号楼电梯", "北侧工地围挡"))
    for of in (cast.clerk, cast.convener, cast.worker, cast.reviewer, cast.mediator):
        of(room)
    cast.officer(cast.unit("清江浦区城市管理局", "320812"))
    cast.member("科技界 2 号委员", room.place[:6])
    with clock.at(OPENED):
        for path, unit, kind in DUTIES:
            set_duty(room.place[:6], Category.objects.get(path=path), cast.unit(unit, "320812", kind), by=cast.admin)
    cast.supervisor()
    cast.auditor()


@deed
def _sign(*, by) -> None:
    """The journal's own word that this is a told town."""
    record(VERB, by=by)
