"""Rooms for everyone: find one, open its page, and go in by the six spoken digits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mashangyi.ground.asked import paged, whole
from mashangyi.ground.journal.freshness import fresh
from mashangyi.ground.people.guards import public
from mashangyi.ground.people.limits import TooMany, allow
from mashangyi.ground.places import queries as places
from mashangyi.ground.places.codes import typed as spelt
from mashangyi.stages.deliberation.queries import meeting_of_code, of_room
from mashangyi.topic.queries import newest

from .finding import look_for

SHOWN = 10
DONE_SHOWN = 5
MEETINGS_SHOWN = 3


@public
@require_safe
@fresh("city")
def rooms(request: HttpRequest) -> HttpResponse:
    """Find a room by words, or go down from the city; a name that several places have is asked about."""
    found = look_for(request.GET.get("q", ""), request.GET.get("place", ""), request.GET.get("after", ""))
    return render(request, "rooms/list.html", {"found": found})


@public
@require_safe
@fresh("room:{room_id}")
def room(request: HttpRequest, room_id: int) -> HttpResponse:
    """A room as its residents see it: say something, what is open, what was done, who keeps it."""
    found = places.room_of(room_id)
    before = whole(request.GET.get("before"))
    topics, older = paged(newest(room=found, before=before, limit=SHOWN + 1), SHOWN)
    return render(request, "rooms/room.html", {
        "room": found,
        "path": places.path_of(found.place),
        "code": places.code_to_report(found),
        "keepers": list(dict.fromkeys(post.label for post in places.staffed_by(found))),
        "topics": topics,
        "older": older,
        "meetings": of_room(found.pk, ("planned", "open"), MEETINGS_SHOWN),
        "done": newest(room=found, family="settled", limit=DONE_SHOWN),
        "others": [] if found.is_open else places.rooms_serving(found.place),
    })  # fmt: skip


@public
def codes(request: HttpRequest) -> HttpResponse:
    """For a phone that cannot scan: the six digits lead to the same page, those of a meeting to it. Only wrong tries are counted."""
    typed = request.POST.get("spoken", "").strip()
    if request.method != "POST" or not typed:
        return render(request, "rooms/codes.html", {"typed": "", "wrong": ""})
    try:
        allow(request, "code", "MASHANGYI_RATE_TRIES", count=False)
    except TooMany as no:
        return _not_in(request, typed, no.reason, TooMany.status)
    address = _led_to(typed)
    if address:
        return redirect(address)
    allow(request, "code", "MASHANGYI_RATE_TRIES")
    return _not_in(request, typed, _("没有这个号码。请对着门牌、海报或会场屏幕再看一遍，是六位数字。"), 404)


def _led_to(typed: str) -> str:
    """Where a code leads: a printed one to its page, the six digits of a meeting to that meeting."""
    code = places.code_typed(typed)
    if code is not None:
        return reverse("intake:scan", kwargs={"short": code.short})
    meeting = meeting_of_code(spelt(typed))
    if meeting is None:
        return ""
    return reverse("deliberation:meeting", kwargs={"meeting_id": meeting.pk}) + f"?code={meeting.code}"


def _not_in(request: HttpRequest, typed: str, wrong: str, status: int) -> HttpResponse:
    return render(request, "rooms/codes.html", {"typed": typed[:40], "wrong": wrong}, status=status)
