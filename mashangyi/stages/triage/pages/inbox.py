"""The triage screen: the pile at the left, one message large in the middle, suggestions at the right."""

from dataclasses import asdict, replace
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ....ground.asked import attempt, sent, whole
from ....ground.people import law, vault
from ....ground.people.actor import KEEPERS
from ....ground.people.guards import staff
from ....ground.people.queries import units_over
from ....topic import lifecycle
from ....topic.models import Category, Topic
from ....topic.queries import topic_by_number
from ...intake.models import CHANNELS, Report
from .. import actions, forms, queries, shelves
from ..actions.checking import taken_up
from ..identity import phones_in
from .drawers import DRAWERS, WAYS, Drawer, bound, said_after
from .screen import HEADINGS, kinds, screen, wanted_by

# --- the pile ----------------------------------------------------------------------------------


@staff(*KEEPERS)
@require_safe
def inbox(request):
    """The pile of a shelf; on a wide screen its first message beside it."""
    wanted = wanted_by(request)
    named = shelves.named(wanted.words)
    if named:
        return redirect("triage:message", number=named.number)
    pile = shelves.inbox(request.actor, wanted)
    found = queries.message(request.actor, pile[0].pk) if pile and not request.GET.get("list") else None
    return _shown(request, found, wanted, pile, place="at-list")


@staff(*KEEPERS)
@require_safe
def message(request, number: str):
    """One message with everything needed to decide what becomes of it."""
    topic = queries.message_for(request.actor, number)
    return _shown(request, topic, _beside(request, topic), place="at-message")


def _beside(request, topic: Topic) -> shelves.Wanted:
    """The pile that the message lies on, unless the address says that another is being looked at."""
    wanted = wanted_by(request)
    if "shelf" in request.GET or topic.state not in shelves.SHELVES:
        return wanted
    return replace(wanted, shelf=topic.state)


def _shown(request, topic, wanted, pile=None, *, place: str, status: int = 200, tried: dict | None = None):
    """The three columns. `tried` has the form of a drawer that was sent with mistakes."""
    pile = shelves.inbox(request.actor, wanted) if pile is None else pile
    asked = {name: value for name, value in asdict(wanted).items() if value and name != "after"}
    more = shelves.mark_of(pile[shelves.PAGE - 1]) if len(pile) > shelves.PAGE else ""
    context = {
        "topic": topic,
        "place": place,
        "pile": pile[: shelves.PAGE],
        "more": urlencode({**asked, "after": more}) if more else "",
        "wanted": wanted,
        "kept": urlencode({**asked, **({"after": wanted.after} if wanted.after else {})}),
        "counts": shelves.sizes_beside(topic) if topic else shelves.shelf_counts(request.actor),
        "headings": HEADINGS,
        "CHANNELS": CHANNELS,
        "undo": _undo(request),
    }
    context |= screen(request, topic, tried or {}) if topic else kinds(request.actor.place)
    return render(request, "triage/screen.html", context, status=status)


def _undo(request) -> Topic | None:
    """The topic that was merged a moment ago, to be split again with one tap."""
    number = request.GET.get("merged", "")
    topic = topic_by_number(number) if number else None
    return (
        topic if topic and topic.state == "merged" and law.may(request.actor, "triage.split", topic) else None
    )


@staff(*KEEPERS)
@require_POST
def accept(request):
    """Take several messages up at once; one that somebody else was quicker with is left out and counted."""
    chosen = [pk for pk in map(whole, request.POST.getlist("topic")[: shelves.PAGE]) if pk]
    topics = list(Topic.objects.filter(pk__in=chosen, state="received").select_related("room"))
    done = sum(_accepted(topic, request.actor) for topic in topics)
    words = ngettext("受理了 %(n)s 件。", "受理了 %(n)s 件。", done) % {"n": done}
    if done < len(chosen):
        words += _("另有 %(n)s 件刚刚有人办了。") % {"n": len(chosen) - done}
    messages.success(request, words)
    return redirect("triage:inbox")


def _accepted(topic: Topic, by) -> bool:
    try:
        actions.verify(topic, by=by)
    except lifecycle.Conflict:
        return False
    return True


# --- deeds on one message ----------------------------------------------------------------------


@staff(*KEEPERS)
@require_POST
def do(request, number: str, deed: str):
    """Do one of the deeds of the screen; what was typed stays there when something is missing."""
    topic = queries.message_for(request.actor, number)
    if deed in SIMPLE:
        return SIMPLE[deed](request, topic)
    drawer = DRAWERS.get(deed)
    if drawer is None:
        raise Http404
    form = _form(drawer, topic, request.POST)
    if attempt(form, lambda data: drawer.run(topic, data, request)):
        messages.success(request, said_after(drawer, topic))
        return _onward(request, topic, number)
    return _shown(request, queries.message_for(request.actor, number), _beside(request, topic),
                  place="at-message", status=422, tried={drawer.name: form})  # fmt: skip


def _form(drawer: Drawer, topic: Topic, data):
    if drawer.name != "describe":
        return bound(drawer, topic, data)
    photos = [photo for rows in queries.photos_by_subject(topic).values() for photo in rows]
    return bound(drawer, topic, data, shown=photos)


def _onward(request, topic: Topic, number: str, **query):
    """Stay with a message that is still being sorted; else on to the next one of the pile it came from."""
    if topic.state in {"received", "verifying"}:
        return redirect("triage:message", number=number)
    shelf = request.POST.get("shelf", "received")
    return _to_next(request, topic, shelf, **query)


def _to_next(request, topic: Topic, shelf: str, **query):
    following = shelves.next_on(request.actor, shelf if shelf in shelves.SHELVES else "received", topic)
    address = redirect("triage:message", number=following.number) if following else redirect("triage:inbox")
    if query:
        address["Location"] += f"?{urlencode(query)}"
    return address


def _verify(request, topic: Topic):
    actions.verify(topic, by=request.actor)
    messages.success(request, _("已受理，开始核实。"))
    return redirect("triage:message", number=topic.number)


def _propose(request, topic: Topic):
    try:
        actions.propose(topic, by=request.actor)
    except ValidationError as problem:
        form = _form(DRAWERS["describe"], topic, _written(topic))
        form.is_valid()
        form.add_error(None, problem.messages)
        return _shown(request, queries.message_for(request.actor, topic.number), _beside(request, topic),
                      place="at-message", status=422, tried={"describe": form})  # fmt: skip
    messages.success(request, _("已提交审定：%s") % topic.title)
    return _onward(request, topic, topic.number)


def _written(topic: Topic) -> dict:
    return {
        "title": topic.title, "summary": topic.summary, "spot": topic.spot,
        "category": topic.category_id or "", "urgent": topic.urgent, "hazard": topic.hazard,
    }  # fmt: skip


def _sort(request, topic: Topic):
    """Accept a suggested category or unit with one tap."""
    category = Category.objects.filter(pk=request.POST.get("category", "")).first()
    unit = request.POST.get("unit", "")
    chosen = next((each for each in units_over(topic.place) if str(each.pk) == unit), None)
    actions.sort(topic, category=category, unit=chosen, by=request.actor)
    return redirect("triage:message", number=topic.number)


SIMPLE = {"verify": _verify, "propose": _propose, "sort": _sort}


@staff(*KEEPERS)
@require_POST
def merge(request, number: str):
    """Join the message to the same matter, then on to the next; undone with one tap there."""
    topic = queries.message_for(request.actor, number)
    shelf = topic.state
    try:
        into = topic_by_number(request.POST.get("into", "").strip().upper())
    except Http404:
        messages.error(request, _("没有这个议题编号，请对照后再试。"))
        return redirect("triage:message", number=number)
    actions.merge(topic, into, by=request.actor)
    return _to_next(request, topic, shelf, merged=topic.number)


@staff(*KEEPERS)
@require_POST
def split(request, number: str):
    """Undo a merge: back to the message that stands on its own again."""
    topic = queries.message_for(request.actor, number)
    reason = request.POST.get("reason", "").strip() or _("并错了，不是同一件事")
    actions.split(topic, reason, by=request.actor)
    messages.success(request, _("已分开，单独办理。"))
    return redirect("triage:message", number=topic.number)


@staff(*KEEPERS)
@require_POST
def apart(request, number: str, report: int):
    """Give one report of a message a topic of its own."""
    topic = queries.message_for(request.actor, number)
    found = topic.reports.select_related("topic__room").filter(pk=report).first()
    if found is None:
        raise Http404
    new = actions.split_report(found, by=request.actor)
    messages.success(request, _("%(report)s 单独立了一件。") % {"report": found.number})
    return redirect("triage:message", number=new.number)


@staff(*KEEPERS)
@require_POST
def go(request, number: str, way: str):
    """Take the message up and go on to the form of the stage it is meant for."""
    topic = queries.message_for(request.actor, number)
    out = WAYS.get(way)
    if out is None:
        raise Http404
    if way in ("direct", "quick", "vote") and not (topic.title and topic.summary):
        messages.error(request, _("先写好公开的标题和摘要：别人要看得懂是什么事。"))
        there = reverse("triage:message", kwargs={"number": number})
        return redirect(f"{there}?draft=1#describe")
    if "received" not in lifecycle.MOVES[out.move].sources:
        taken_up(topic, by=request.actor)
    return redirect(out.address(topic))


# --- contact, visit ----------------------------------------------------------------------------


@staff(*KEEPERS)
def contact(request, number: str, report: int):
    """The reporter's name and number, for a purpose that is journalled; and where the call is noted."""
    topic = queries.message_for(request.actor, number)
    found = Report.objects.select_related("topic__room").filter(pk=report, topic=topic).first()
    if found is None:
        raise Http404
    form, opened = forms.Purpose(sent(request)), {}

    def unseal(given):
        opened["facts"] = vault.unseal(found.subject, "phone", "name", by=request.actor, thing=found, **given)

    said = phones_in(found.words) if attempt(form, unseal) else []
    call = bound(DRAWERS["call"], topic, report=found.pk)
    return render(request, "triage/contact.html", {
        "topic": topic, "report": found, "form": form, "facts": opened.get("facts"), "said": said, "call": call,
    }, status=422 if form.errors else 200)  # fmt: skip


@staff(*KEEPERS, "grid_worker")
def visit(request, number: str):
    """Note a site visit, on the phone at the spot."""
    topic = queries.message_for(request.actor, number)
    law.demand(request.actor, "triage.visit", topic)
    form = forms.Visit(sent(request))
    if attempt(form, lambda data: DRAWERS["visit"].run(topic, data, request)):
        messages.success(request, _("现场情况记下了。"))
        return redirect("topic:desk_topic", number=number)
    status = 422 if form.errors else 200
    return render(request, "triage/visit.html", {"topic": topic, "form": form}, status=status)
