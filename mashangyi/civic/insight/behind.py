"""The list behind a number: the journal entries, the stays or the tasks that it was counted from."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Sum
from django.http import Http404
from django.utils.translation import gettext_noop as N_

from ...ground.journal.models import Entry
from ...ground.journal.things import named
from ...ground.places.models import Division
from ...stages.delivery.models import Task
from ...stages.intake.models import CHANNELS
from ...topic.lifecycle import STATES
from . import queries
from .figures import STEPS
from .models import Line, Tally

PAGE = 30

# Every figure that has a list: what it is called, and what one line of it is.
TITLES = {
    "topics": N_("议题"),
    "again": N_("半年内同样的事又来"),
    "reports": N_("来件"),
    "joined": N_("说了“我也遇到”"),
    "contact": N_("答应 24 小时内联系"),
    "contact:in_time": N_("24 小时内联系上"),
    "suggestions": N_("建议"),
    "suggestions:answered": N_("答复了的建议"),
    "suggestions:adopted": N_("采纳的建议"),
    "attended": N_("到会签到"),
    "attended:clerk": N_("没有手机，专员代签"),
    "meetings": N_("协商活动"),
    "ended": N_("办完"),
    "reopened": N_("重新打开过"),
    "asked": N_("请人确认"),
    "answered": N_("被问的人答复了"),
    "judged": N_("说办好没有"),
    "judged:yes": N_("说已解决"),
    "done": N_("报告办好的任务"),
    "done:on_time": N_("按期办好的任务"),
    "pledged": N_("认领"),
    "pledges:told": N_("说了兑现没有的认领"),
    "pledges:kept": N_("兑现的认领"),
    "planned": N_("协商定下的钱"),
    "spent": N_("实际花了的钱"),
}
MONEY = {"planned", "spent"}
NOTES = {
    "topics": N_("并到别处的算一件，写着减 1；分出来的另算一件。"),
    "again": N_("同一个村社区、同一类，前一件办完不到半年。改了类别的按后来的算。"),
    "contact": N_("留了电话的，到了 24 小时或者联系上了才算；先有了结果的不算。"),
    "suggestions:adopted": N_("每条都写明采纳没有、为什么。改了答复的按后来的算。"),
    "suggestions:answered": N_("每条都写明采纳没有、为什么。"),
    "attended": N_("划掉的签到，写着减 1。"),
    "pledged": N_("会上一次认领几项的，写在后面。"),
    "pledges:kept": N_("改了说法的按后来的算。"),
    "asked": N_("一次可以问几位，写在后面。"),
    "judged": N_("只算作数的评价；改了主意的按后来的算。"),
    "judged:yes": N_("只算作数的评价；改了主意的按后来的算。"),
    "done": N_("退回返工的写着减 1，又办好了再算。"),
    "done:on_time": N_("退回返工的写着减 1，又办好了再算。"),
    "spent": N_("返工的写多花的：一共花的减去以前报的。"),
    "planned": N_("结论没有通过、重新准备的，写着减掉。"),
}


@dataclass(frozen=True)
class Row:
    """One line of a list: the entry with its topic (a Named, or None), and how much it adds to the number."""

    entry: Entry
    topic: object
    n: int


def title_of(figure: str) -> str:
    """What a figure's list is called (a msgid). Raises Http404 for what is no figure with a list."""
    if figure.startswith("reports:") and figure[8:] in CHANNELS:
        return CHANNELS[figure[8:]]
    if figure not in TITLES:
        raise Http404
    return TITLES[figure]


def total_of(place: Division, figure: str, month: date | None) -> int:
    """The number itself, of all time or of one month."""
    rows = Tally.objects.filter(place=place.code, figure=figure, **({"month": month} if month else {}))
    return rows.aggregate(total=Sum("n", default=0))["total"]


def rows_of(place: Division, figure: str, *, month: date | None, before: int | None) -> list[Row]:
    """The entries behind a number, newest first, one page and one more. Three queries, however long the list."""
    lines = Line.objects.filter(place=place.code, figure=figure, **({"month": month} if month else {}))
    lines = (lines.filter(seq__lt=before) if before else lines).order_by("-seq")
    amounts = dict(lines.values_list("seq", "n")[: PAGE + 1])
    entries = list(Entry.objects.filter(city=settings.CITY, seq__in=amounts).order_by("-seq"))
    topics = named(entries)["topic"]
    return [Row(entry, topics.get(entry.topic), amounts[entry.seq]) for entry in entries]


def stays_of(place: Division, state: str) -> list[tuple[int, int]]:
    """Within how many days how many topics had left a state: what its median is read from."""
    if state not in STATES or STATES[state].family != "open":
        raise Http404
    steps = queries.figures_of(place).stays(state)
    return [(step, steps.get(step, 0)) for step in STEPS if steps.get(step)]


def late_tasks(place: Division, *, after: int | None) -> list[Task]:
    """Tasks that are open and overdue now, the longest overdue first, one page and one more."""
    rows = queries.overdue_in(place.code).select_related("topic", "unit")
    if after and (last := Task.objects.filter(pk=after).first()):
        rows = rows.filter(due_at__gte=last.due_at).exclude(due_at=last.due_at, id__lte=last.pk)
    return list(rows[: PAGE + 1])
