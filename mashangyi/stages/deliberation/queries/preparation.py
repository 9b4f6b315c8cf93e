"""What is asked of a topic's deliberation beside its meetings: what was prepared for them, what came of them."""

from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404

from ....ground.people.models import Post, Unit
from ....ground.people.signin import posts_held
from ....ground.photos.queries import by_subject, photos_under
from ....ground.places.naming import covering, past
from ....ground.prepared import Asked, prepared
from ....ground.together import hang, together
from ....topic.models import Topic
from ..models import (
    Invitation,
    Meeting,
    Option,
    Pledge,
    ResearchVisit,
    Resolution,
    ResolutionItem,
    StatutoryVote,
    Suggestion,
    Voice,
)

PAGE = 20
SHOWN_SUGGESTIONS = 20

# --- preparation -------------------------------------------------------------------------------


def preparation_of(topic: Topic) -> dict[str, list]:
    """What was prepared for a topic and what came of it, by name; two queries, however much there is."""
    of = {"topic": topic.pk}
    return _whole(together(
        **_in_parts(topic), options=as_options.of(**of), suggestions=_suggestions.of(100, **of),
        invitations=_invitations.of(**of), meetings=as_meetings.of(**of), pledges=_pledges.of(**of),
        votes=_statutory_votes.of(**of), units=_units_for(topic),
    ))  # fmt: skip


def public_of(topic: Topic) -> dict[str, list]:
    """What everyone may read of a topic's deliberation, by name, and the public photos of its research by subject:
    one query, and one for the units that help with a line."""
    of = {"topic": topic.pk}
    found = _whole(together(
        **_in_parts(topic), meetings=as_meetings.of(**of), invitations=_invitations.of(**of),
        options=as_options.of(**of), suggestions=_suggestions.of(SHOWN_SUGGESTIONS, **of),
        pledges=_pledges.of(**of), photos=_research_photos.of(**of), votes=_statutory_votes.of(**of),
    ))  # fmt: skip
    return found | {"photos": by_subject(found["photos"])}


def _in_parts(topic: Topic) -> dict[str, Asked]:
    """Visits and their voices, resolutions and their lines, each as a question of its own."""
    named = {"research": _research, "voices": _voices, "resolutions": _conclusions, "lines": _lines_of}
    return {name: question.of(topic=topic.pk) for name, question in named.items()}


def _whole(found: dict[str, list]) -> dict[str, list]:
    """Voices under their visits, lines under their resolutions."""
    hang(found["research"], "voices", found.pop("voices"), by="visit_id")
    hang(found["resolutions"], "items", found.pop("lines"), by="resolution_id")
    return found


@prepared
def as_meetings(topic):
    return Meeting.objects.filter(topic=topic).order_by("-round")[:PAGE]


@prepared
def _research(topic):
    return ResearchVisit.objects.filter(topic=topic).order_by("id")[:PAGE]


@prepared
def _voices(topic):
    return Voice.objects.filter(visit__topic=topic).order_by("id")


@prepared
def _research_photos(topic):
    return photos_under("research", ResearchVisit.objects.filter(topic=topic)).filter(public=True)


def options_of(topic: Topic) -> list[Option]:
    return as_options(topic=topic.pk)


@prepared
def as_options(topic):
    return Option.objects.filter(topic=topic).order_by("id")


def suggestions_of(topic: Topic, limit: int = 100) -> list[Suggestion]:
    """The newest suggestions, with what became of them."""
    return _suggestions(limit, topic=topic.pk)


@prepared
def _suggestions(limit, topic):
    return Suggestion.objects.filter(topic=topic).order_by("-id")[:limit]


def afterwards_of(topic: Topic) -> tuple[list[Suggestion], list[Pledge]]:
    """Suggestions to a topic, the newest first, and what was pledged; one query."""
    found = together(suggestions=_suggestions.of(100, topic=topic.pk), pledges=_pledges.of(topic=topic.pk))
    return found["suggestions"], found["pledges"]


def unanswered_in(room_id: int, limit: int) -> list[Suggestion]:
    """Suggestions to the room's topics that wait for an answer, the oldest first."""
    rows = Suggestion.objects.filter(adopted=None, topic__room=room_id).select_related("topic")
    return list(rows.order_by("id")[:limit])


def suggestion(pk: int) -> Suggestion:
    return get_object_or_404(Suggestion.objects.select_related("topic__room"), pk=pk)


@prepared
def _invitations(topic):
    return Invitation.objects.filter(topic=topic).select_related("unit").order_by("id")[:100]


def invitation(pk: int) -> Invitation:
    return get_object_or_404(Invitation.objects.select_related("topic__room"), pk=pk)


def invitations_to(actor, limit: int) -> list[Invitation]:
    """Open invitations to the post or unit in which somebody acts, that still wait for an answer."""
    theirs = Q(post=actor.post_id) | Q(unit=actor.unit_id) if actor.unit_id else Q(post=actor.post_id)
    rows = Invitation.objects.filter(theirs, answer="", topic__stage="deliberation")
    return list(rows.select_related("topic").order_by("id")[:limit])


# --- results -----------------------------------------------------------------------------------


def resolutions_of(topic: Topic) -> list[Resolution]:
    """The conclusions of all rounds, the newest first, each with its items and their units."""
    return _resolutions(topic=topic.pk)


@prepared
def _resolutions(topic):
    rows = Resolution.objects.filter(topic=topic).select_related("meeting")
    return rows.prefetch_related(*_lines()).order_by("-id")[:PAGE]


@prepared
def _conclusions(topic):
    return Resolution.objects.filter(topic=topic).select_related("meeting").order_by("-id")[:PAGE]


@prepared
def _lines_of(topic):
    rows = ResolutionItem.objects.filter(resolution__topic=topic).select_related("unit")
    return rows.prefetch_related("supporting").order_by("order")


def _lines() -> tuple[Prefetch, str]:
    """A resolution's lines with their units, in two queries."""
    lines = ResolutionItem.objects.select_related("unit").order_by("order")
    return Prefetch("items", lines), "items__supporting"


@prepared
def as_resolution(meeting):
    return Resolution.objects.filter(meeting=meeting).prefetch_related(*_lines()).order_by("id")[:1]


def standing_of(topic: Topic) -> Resolution | None:
    """The conclusion that stands: the last one that was not taken back."""
    return Resolution.objects.filter(topic=topic, dropped_at=None).order_by("-id").first()


def resolution(pk: int) -> Resolution:
    return get_object_or_404(Resolution.objects.select_related("topic__room", "meeting"), pk=pk)


def unconfirmed_under(place: str, limit: int) -> list[Resolution]:
    """Resolutions of a place that the party organisation has not confirmed, the oldest first."""
    rows = Resolution.objects.filter(confirmed_at=None, dropped_at=None, topic__place__startswith=place)
    return list(rows.exclude(outcome="none").select_related("topic").order_by("id")[:limit])


def pledges_of(topic: Topic) -> list[Pledge]:
    return _pledges(topic=topic.pk)


@prepared
def _pledges(topic):
    return Pledge.objects.filter(topic=topic).order_by("id")[:100]


def statutory_vote_of(topic: Topic) -> StatutoryVote | None:
    return _statutory_votes.first(topic=topic.pk)


@prepared
def _statutory_votes(topic):
    return StatutoryVote.objects.filter(topic=topic).order_by("-id")[:1]


def posts_to_invite(topic: Topic) -> list[Post]:
    """Members and grid workers of the place, of its town, and of every level above it."""
    near = Q(place__in=covering(topic.place)) | Q(place__startswith=topic.place[:9])
    return list(
        posts_held().filter(near, role__in=["member", "grid_worker"]).order_by("-role", "title")[:300]
    )


def units_for(topic: Topic) -> list[Unit]:
    """The units that may be given a task here: those of the town with all its villages, and of every level above it."""
    asked = _units_for(topic)
    return asked.question(**asked.values)


def _units_for(topic: Topic) -> Asked:
    town, levels = topic.place[:9], covering(topic.place)
    return _units.of(town=town, end=past(town), **{f"level_{n}": code for n, code in enumerate(levels)})


@prepared
def _units(town, end, **levels):
    """Of these levels, or of the town itself and all that is in it: a place begins with its town's nine digits."""
    near = Q(place__in=list(levels.values())) | Q(place__gte=town, place__lt=end)
    return Unit.objects.filter(near).order_by("name")[:300]
