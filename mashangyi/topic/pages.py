"""Pages of the topic itself: the public page, the list, the desk, the lifecycle drawn from its table."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ..ground.asked import paged, whole
from ..ground.journal.freshness import fresh, version
from ..ground.people.guards import public, staff
from ..ground.places import queries as divisions
from . import lifecycle, panels, queries
from .desk import LIMIT, inboxes_of
from .drawing import draw, length_of, who_of
from .models import TRACKS
from .timeline import timeline

PAGE = queries.PAGE
MOST_STATES = 4  # each is one question to the database

# What anyone who reads a topic's page can do about it now; beneath it the same for every ended one.
CAN = {
    "received": N_("您也遇到，就点“我也遇到”：给您一张回执，结果都在上面；登录了的还会通知您。"),
    "verifying": N_("您也遇到，就点“我也遇到”：给您一张回执，结果都在上面；登录了的还会通知您。"),
    "needs_information": N_("反映过的人请打开回执，把问到的情况补上。"),
    "in_review": N_("等审定。同意不同意、什么理由，都会写在这里。"),
    "postponed": N_("您也遇到，就点“我也遇到”：给您一张回执，结果都在上面；登录了的还会通知您。"),
    "preparing": N_("看看有哪些方案，说说您的建议。"),
    "announced": N_("到现场参加，或者用手机参加，也可以先提建议。"),
    "deliberating": N_("现在就用手机参加：听、说、表决。"),
    "escalated": N_("等上一级协商。您的建议也会带上去。"),
    "concluded": N_("看看商量的结果，有意见接着提。"),
    "transferred": N_("您也遇到，就点“我也遇到”：给您一张回执，结果都在上面；登录了的还会通知您。"),
    "in_mediation": N_("当事人请找本案调解员。调解的内容不公开。"),
    "delivering": N_("看谁在办、办到哪一步；您也遇到，就点“我也遇到”。"),
    "confirming": N_("反映过的人请打开回执，说一说办好没有。"),
    "supervised": N_("看督办的结果；您也遇到，就点“我也遇到”。"),
    "resolved": N_("又出了同样的问题，反映人半年内可以凭回执要求重新办，别的人再反映一次。"),
}


def _touching(request, number: str) -> str:
    return f"topic:{queries.serial_of(number)}"


@public
@fresh(_touching)
def topic(request, number: str):
    """Like parcel tracking: who holds it, how long is left, every step."""
    found = queries.topic_by_number(number)
    if found.number != number:
        return redirect("topic:page", number=found.number)
    entries = timeline(found)
    return render(request, "topic/page.html", {
        "topic": found,
        "state": lifecycle.STATES[found.state],
        "can": CAN.get(found.state, ""),
        "entries": entries,
        "panels": _panels(request, found, entries),
        "TRACKS": TRACKS,
    })  # fmt: skip


def _panels(request, found, entries):
    """The public panels; someone who signed in reads the same ones as anyone at all."""
    known = getattr(request, "journal_version", None)
    return panels.kept_panels(found, entries, known or version(f"topic:{found.pk}"))


@public
@fresh("city")
def topics(request, place: str = ""):
    """Topics of the city or a part of it, newest first, by family and category."""
    states = tuple(dict.fromkeys(name for name in request.GET.get("state", "").split(",") if name in lifecycle.STATES))[:MOST_STATES]
    family, category = _family(request, states), request.GET.get("category", "")
    found = queries.newest(place=place, family=family, states=states, category=category, before=whole(request.GET.get("before")))
    shown, following = paged(found, PAGE)
    return render(request, "topic/list.html", {
        "topics": shown,
        "next": following,
        "family": family,
        "family_tabs": _family_tabs(family),
        "category": category,
        "states": states,
        "categories": [(path, _(name)) for path, name in queries.categories()],
        "division": divisions.division_of(place or settings.CITY),
    })  # fmt: skip


def _family(request, states: tuple[str, ...]) -> str:
    """The tab that is open; what is shown by state stands under none unless all of it belongs to one."""
    if states:
        families = {lifecycle.STATES[name].family for name in states}
        return families.pop() if len(families) == 1 else queries.ALL
    family = request.GET.get("family", "open")
    return family if family in {queries.ALL, *lifecycle.FAMILIES} else "open"


def _family_tabs(now: str) -> list[tuple]:
    tabs = {**lifecycle.FAMILIES, queries.ALL: N_("全部")}
    return [(f"?family={name}", _(label), None, name == now) for name, label in tabs.items()]


@public
@fresh("city")
def the_lifecycle(request):
    """The table of states and moves as a page for everyone."""
    return render(request, "topic/lifecycle.html", {
        "stages": lifecycle.STAGES,
        "states": lifecycle.STATES.values(),
        "moves": lifecycle.MOVES.values(),
        "diagram": draw(),
        "length_of": length_of,
        "who_of": who_of,
    })  # fmt: skip


@staff()
def desk(request):
    """The one inbox of the post the person acts in."""
    boxes = inboxes_of(request.actor)
    return render(request, "topic/desk.html", {
        "boxes": boxes,
        "waiting": [(box, items) for box, items in boxes if items or box.begin],
        "idle": [_(box.title) for box, items in boxes if not items and not box.begin],
        "limit": LIMIT,
    })  # fmt: skip


@staff()
def desk_topic(request, number: str):
    """One topic as those who handle it see it: what was said, what may be done now, what happened."""
    found = queries.topic_for(request.actor, number)
    return render(request, "topic/desk_topic.html", {
        "topic": found,
        "state": lifecycle.STATES[found.state],
        "entries": timeline(found, request.actor),
        "panels": panels.desk_panels(found, request.actor),
        "nothing": _("现在没有轮到您做的事。"),
    })  # fmt: skip
