"""Signing in and out, and which of their posts a person acts in."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user, login
from django.db.models import Exists, OuterRef, Q, QuerySet

from ..calendar.clock import today
from ..prepared import prepared
from . import demo_town
from .actor import ANYONE, Actor, in_post, resident
from .models import Person, Post

BACKEND = "mashangyi.ground.people.sessions.Backend"
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def posts_held(day=None) -> QuerySet[Post]:
    """All posts that are held today, or on another day."""
    day = day or today()
    return Post.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


def posts_now(person) -> list[Post]:
    """The posts a person holds today, oldest first; each tells whether the person is `secured`."""
    return _posts_on(day=today(), person=person.pk)


@prepared
def _posts_on(day, person):
    factors = Authenticator.objects.filter(user=OuterRef("person"), type__in=SECOND_FACTORS)
    held = posts_held(day).filter(person=person).annotate(secured=Exists(factors))
    return held.select_related("room", "unit").order_by("id")


def acting_as(request) -> Actor:
    """The actor of a request with a session: the chosen post, the first one, or the resident.

    At most two queries after the session's own: the person, and their posts. A person with a post acts
    in none of them, on any page, until they have a second factor.
    Leaves `request.user`, `request.posts` and `request.needs_second_factor` for the guards and the page head.
    """
    person = request.user = get_user(request)
    request.posts, request.needs_second_factor = [], False
    if not person.is_authenticated:
        return ANYONE
    held = posts_now(person) if person.is_staff_member else []
    request.needs_second_factor = bool(held) and not _may_enter(person, held[0])
    if not held or request.needs_second_factor:
        return resident(person)
    request.posts = held
    chosen = request.session.get("post")
    return in_post(next((post for post in held if post.pk == chosen), held[0]))


def _may_enter(person: Person, post: Post) -> bool:
    return post.secured or (person.is_demo and demo_town.told())


def enter(request, person: Person) -> None:
    """Begin a session for a person who has shown who they are. The session's key is a new one."""
    login(request, person, backend=BACKEND)
