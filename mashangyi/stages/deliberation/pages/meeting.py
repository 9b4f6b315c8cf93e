"""The meeting on a phone: sign in, read, speak in writing, vote; then the wall, the list of meetings."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ....ground.asked import attempt, paged, sent, whole
from ....ground.journal.freshness import fresh
from ....ground.people.actor import ANYONE
from ....ground.people.guards import public
from ....ground.people.limits import allow
from ....ground.places.qr import qr_picture
from ....ground.places.queries import path_of
from ....topic.queries import topic_by_number
from .. import actions, queries, shown
from ..actions.floor import Unknown
from ..forms.meeting import Cast, KeepOpinion, Say, SignIn
from ..forms.prepare import Suggest
from . import device, screen

# --- taking part -------------------------------------------------------------------------------


def _touching(request, meeting_id: int) -> str:
    return f"topic:{queries.meeting(meeting_id).topic_id}"


@public
def meeting(request, meeting_id: int):
    """One page before, during and after: it tells a latecomer everything, and shows what one may do now."""
    if device.shown_by(request, queries.Meeting(pk=meeting_id)):
        return _page(request, queries.meeting(meeting_id))
    return _for_all(request, meeting_id=meeting_id)


@fresh(_touching)
def _for_all(request, meeting_id: int):
    return _page(request, queries.meeting(meeting_id))


def _page(request, found, wrong: dict | None = None, status: int = 200):
    before = request.GET.get("before", "")
    mine = _mine(request, found)
    forms = {
        "sign_in": SignIn(initial={"code": request.GET.get("code", "")[:12]}),
        "say": Say(),
        "keep": KeepOpinion(),
    }
    return render(request, "deliberation/meeting.html", {
        "meeting": found,
        "topic": found.topic,
        "mine": mine,
        "forms": {**forms, **(wrong or {})},
        **shown.public_parts(found, mine=mine, before=whole(before)),
    }, status=status)  # fmt: skip


def _mine(request, found):
    """The visitor's own attendance, unless it was struck out."""
    mine = queries.attendance_of(found, request.actor.person_id, device.shown_by(request, found))
    return mine if mine and not mine.struck_at and mine.person_id in (None, request.actor.person_id) else None


def _device(request, found):
    shown_id = device.shown_by(request, found)
    return queries.attendance_of(found, None, shown_id) if shown_id else None


@public
@require_POST
def sign_in(request, meeting_id: int):
    """By the digits on the wall, or from afar. Wrong digits and many sign-ins from one address are limited."""
    found = queries.meeting(meeting_id)
    allow(request, "meeting_code", "MASHANGYI_RATE_TRIES", count=False)
    if not request.actor.person_id:
        allow(request, "meeting_sign_in", "MASHANGYI_RATE_REPORTS")
    form, kept = SignIn(request.POST, both=found.form == "hybrid" and "code" in request.POST), []

    def enter(data):
        try:
            kept.append(
                actions.sign_in(found, by=request.actor, code=data["code"], device=_device(request, found))
            )
        except Unknown:
            allow(request, "meeting_code", "MASHANGYI_RATE_TRIES")
            raise

    if not attempt(form, enter):
        return _page(request, found, {"sign_in": form}, status=422)
    return device.remember(_back(found, "now"), kept[0])


def _back(found, part: str):
    return redirect(reverse("deliberation:meeting", kwargs={"meeting_id": found.pk}) + f"#{part}")


def _taking_part(request, found):
    """One's attendance; whoever has none is asked to sign in first. What one says and votes is limited: the
    journal keeps each of it for good."""
    mine = _mine(request, found)
    if mine is None:
        form = SignIn(request.POST)
        form.add_error("code", _("请先签到，再发言和表决。"))
        return None, _page(request, found, {"sign_in": form}, status=422)
    allow(request, f"meeting_{mine.pk}", "MASHANGYI_RATE_REPORTS")
    return mine, None


@public
@require_POST
def say(request, meeting_id: int):
    found = queries.meeting(meeting_id)
    mine, refused = _taking_part(request, found)
    if refused:
        return refused
    form = Say(request.POST)
    if not attempt(form, lambda data: actions.say(found, data["words"], by=request.actor, attendance=mine)):
        return _page(request, found, {"say": form}, status=422)
    return _back(found, "said")


@public
@require_POST
def vote(request, meeting_id: int, ballot_id: int):
    found = queries.meeting(meeting_id)
    mine, refused = _taking_part(request, found)
    if refused:
        return refused
    ballot = queries.ballot(found, ballot_id)
    choice = request.POST.get("choice", "")
    form = Cast({"choice": choice, "words": request.POST.get(f"words-{ballot_id}-{choice}", "")})

    def cast(data):
        actions.cast(ballot, data["choice"], by=request.actor, attendance=mine, words=data["words"])

    if not attempt(form, cast):
        return _page(request, found, {"vote": form, "voted": ballot.pk}, status=422)
    return _back(found, "vote")


@public
@require_POST
def keep_opinion(request, meeting_id: int):
    """Keep one's dissent on the record, named or not."""
    found = queries.meeting(meeting_id)
    mine, refused = _taking_part(request, found)
    if refused:
        return refused
    form = KeepOpinion(request.POST)

    def note(data):
        actions.note_dissent(found, data["words"], by=request.actor, name=data["name"], attendance=mine)

    if not attempt(form, note):
        return _page(request, found, {"keep": form}, status=422)
    return _back(found, "dissent")


# --- the wall ----------------------------------------------------------------------------------


@public
@fresh(_touching)
def wall(request, meeting_id: int):
    """For the screen in the room: what is being talked about, the tally, who spoke last. The digits to join
    stand on the one that was opened from the console, and nowhere else in public."""
    found = queries.meeting(meeting_id)
    in_the_room = screen.is_in_the_room(request, found)
    path = reverse("deliberation:meeting", kwargs={"meeting_id": found.pk})
    return render(request, "deliberation/wall.html", {
        "meeting": found,
        "topic": found.topic,
        "digits": found.code if in_the_room else "",
        "qr": qr_picture(request.build_absolute_uri(f"{path}?code={found.code}" if in_the_room else path)),
        **shown.wall_parts(found),
    })  # fmt: skip


# --- lists and suggestions ---------------------------------------------------------------------


@public
@fresh("city")
def meetings(request):
    """Meetings that are coming, the next one first, and those that were held."""
    after, before = whole(request.GET.get("after")), whole(request.GET.get("before"))
    place = "".join(c for c in request.GET.get("place", "")[:12] if c in "0123456789")
    coming, more_coming = paged(queries.coming(queries.meeting(after) if after else None, place=place), queries.PAGE)
    held, more_held = paged(queries.held(before, place=place), queries.PAGE)
    return render(request, "deliberation/meetings.html", {
        "coming": coming, "more_coming": more_coming, "held": held, "more_held": more_held,
        "first": not (after or before), "place": place, "where": path_of(place) if place else "",
    })  # fmt: skip


@public
def suggest(request, number: str):
    """One large field; below it what others suggested and what became of it."""
    topic = topic_by_number(number)
    form = Suggest(sent(request))
    if form.is_bound:
        allow(request, "suggest", "MASHANGYI_RATE_REPORTS")
    if attempt(form, lambda data: actions.suggest(topic, data["words"], by=request.actor)):
        return _thanked(request, topic)
    return render(request, "deliberation/suggest.html", {
        "topic": topic,
        "form": form,
        "thanks": bool(request.GET.get("thanks")) and request.actor == ANYONE,
        "suggestions": queries.suggestions_of(topic),
    }, status=422 if form.errors else 200)  # fmt: skip


def _thanked(request, topic):
    """By a message where there is a session that keeps it for the next page; by the address for everyone else."""
    if request.actor.person_id:
        messages.success(request, _("收到了，会公开答复采纳没有、为什么。"))
    return redirect(reverse("deliberation:suggest", kwargs={"number": topic.number}) + "?thanks=1#suggestions")
