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
    "reports": N_("来件"),
    "meetings": N_("协商活动"),
    "ended": N_("办完"),
    "reopened": N_("重新打开过"),
    "asked": N_("请人确认"),
    "answered": N_("被问的人答复了"),
    "judged": N_("说办好没有"),
    "judged:yes": N_("说已解决"),
    "done": N_("报告办好的任务"),
    "done:on_time": N_("按期办好的任务"),
    "planned": N_("协商定下的钱"),
    "spent": N_("实际花了的钱"),
}
MONEY = {"planned", "spent"}
NOTES = {
    "topics": N_("并到别处的算一件，写着减 1；分出来的另算一件。"),
    "asked": N_("一次可以问几位，写在后面。"),
    "judged": N_("只算作数的评价；改了主意的按后来的算。"),
    "judged:yes": N_("只算作数的评价；改了主意的按后来的算。"),
    "done": N_("返工后又报告一次的，算两次。"),
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
