"""The city page, for every level from the city to the village, and the list behind each of its numbers."""

from datetime import date

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ...ground.asked import paged, whole
from ...ground.journal.freshness import fresh
from ...ground.people.guards import public
from ...stages.intake.models import CHANNELS
from ...topic.lifecycle import STATES
from . import behind, queries
from .figures import STEPS
from .map import draw, has_outlines

SOLVED = "resolved,looked_back"

# What was promised, and of how many it was kept: words, the part, the whole. On time stands among them.
PROMISES = (
    (N_("说已解决"), "judged:yes", "judged"),
    (N_("问了有答复"), "answered", "asked"),
    (N_("24 小时内联系上"), "contact:in_time", "contact"),
    (N_("按期办好"), "done:on_time", "done"),
    (N_("认领兑现"), "pledges:kept", "pledges:told"),
    (N_("建议有答复"), "suggestions:answered", "suggestions"),
    (N_("建议被采纳"), "suggestions:adopted", "suggestions:answered"),
    (N_("重新打开过"), "reopened", "ended"),
    (N_("半年内同样的事又来"), "again", "topics"),
)
LATE = N_("现在超期的任务")
# Who took part, by times.
TAKING_PART = (
    (N_("来反映的"), "reports"),
    (N_("其中别人代提"), "reports:proxy"),
    (N_("其中说“我也遇到”"), "joined"),
    (N_("提建议的"), "suggestions"),
    (N_("到会签到的"), "attended"),
    (N_("其中专员代签"), "attended:clerk"),
    (N_("认领出力的"), "pledged"),
    (N_("答复办好没有的"), "answered"),
)


@public
@fresh("tallies")
def city(request, place: str = ""):
    """The figures of a place, or of the whole city, with their denominators, each a link to its list."""
    path = queries.path_to(place or settings.CITY)
    here = path[-1]
    figures, parts = queries.whole_and_parts(here)
    return render(request, "insight/city.html", {
        "here": here,
        "path": path,
        "all": figures,
        "part_rows": [
            (p.place, p.name, p.rooms, p.of("topics"), p.of("meetings"), p.solved, p.on_time) for p in parts
        ],
        "month": f"{queries.this_month():%Y-%m}",
        "SOLVED": SOLVED,
        "promise_rows": _promises(figures),
        "taking_part": tuple((words, figures.of(name), name) for words, name in TAKING_PART),
        "channel_rows": _channels(here, figures),
        "outcome_rows": _outcomes(here, figures),
        "day_rows": [
            (_(STATES[name].label), days, n, f"stay:{name}") for name, days, n in figures.median_days()
        ],
        "map": draw(parts, _("议题在哪里")) if has_outlines(here.code) else "",
        "LONGEST": STEPS[-1],
    })  # fmt: skip


def _promises(figures) -> tuple:
    """Words, share, and what it is made of: (what stands before, count, figure, its name) of each part."""
    return tuple(
        (words, figures.on_time if whole == "done" else figures.share(part, whole), _made_of(figures, part, whole))
        for words, part, whole in PROMISES
    )


def _made_of(figures, part: str, whole: str) -> tuple:
    """12 / 15, or 12 / (15 + 2): what is open and overdue now belongs to what was to be done."""
    late = figures.overdue if whole == "done" else 0
    share = (
        ("", figures.of(part), part, behind.title_of(part)),
        (" / (" if late else " / ", figures.of(whole), whole, behind.title_of(whole)),
    )
    return (*share, (" + ", late, "overdue", LATE)) if late else share


def _channels(here, figures) -> list[tuple]:
    return [
        (_(CHANNELS[name]), n, "", list_address(here, f"reports:{name}")) for name, n in figures.by_channel()
    ]


def _outcomes(here, figures) -> list[tuple]:
    topics = reverse("topic:list", kwargs={"place": here.code})
    ends = figures.by_outcome()
    total = sum(n for _name, n in ends)
    return [
        (f"{_(STATES[name].label)} {queries.percent(n, total):g}%", n, STATES[name].tone, f"{topics}?state={name}")
        for name, n in ends
    ]


def list_address(place, figure: str) -> str:
    return reverse("insight:behind", kwargs={"place": place.code, "figure": figure})


@public
@fresh("tallies")
def list_behind(request, place: str, figure: str):
    """The list behind a number of a place: entries of the journal, stays in a state, or tasks overdue now."""
    path = queries.path_to(place)
    if figure == "overdue":
        return _late(request, path)
    if figure.startswith("stay:"):
        return _stays(request, path, figure[5:])
    title, month = behind.title_of(figure), _month(request.GET.get("month", ""))
    rows = behind.rows_of(path[-1], figure, month=month, before=whole(request.GET.get("before")))
    shown = rows[: behind.PAGE]
    kept = f"&month={month:%Y-%m}" if month else ""
    return render(request, "insight/behind.html", {
        "path": path,
        "here": path[-1],
        "title": _(title),
        "note": _(behind.NOTES[figure]) if figure in behind.NOTES else "",
        "month": month,
        "total": behind.total_of(path[-1], figure, month),
        "money": figure in behind.MONEY,
        "rows": shown,
        "older": f"?before={shown[-1].entry.seq}{kept}" if len(rows) > behind.PAGE else "",
    })  # fmt: skip


def _stays(request, path, state: str):
    steps = behind.stays_of(path[-1], state)
    return render(request, "insight/stays.html", {
        "path": path,
        "here": path[-1],
        "title": _(STATES[state].label),
        "rows": [(_days(step), n, "") for step, n in steps],
        "total": sum(n for _step, n in steps),
        "state": state,
    })  # fmt: skip


def _days(step: int) -> str:
    """The words of a step: it begins where the one before it ends."""
    before = STEPS[STEPS.index(step) - 1] if step != STEPS[0] else None
    if before is None:
        return _("%(n)s 天内") % {"n": step}
    if step == STEPS[-1]:
        return _("超过 %(n)s 天") % {"n": before}
    return _("%(from)s 到 %(to)s 天") % {"from": before, "to": step}


def _late(request, path):
    shown, following = paged(behind.late_tasks(path[-1], after=whole(request.GET.get("after"))), behind.PAGE)
    return render(request, "insight/late.html", {
        "path": path,
        "here": path[-1],
        "total": queries.overdue_in(path[-1].code).count(),
        "tasks": shown,
        "older": f"?after={following}" if following else "",
    })  # fmt: skip


def _month(text: str) -> date | None:
    """The first day of "2026-11"; None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
