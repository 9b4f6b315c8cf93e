"""Signing in and out, and which of their posts a person acts in."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user, login, logout, update_session_auth_hash
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mashangyi.config.environment import read

from ..calendar.clock import now, today
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


def posts_within(since, until) -> QuerySet[Post]:
    """All posts that are held on some day from `since` to `until`; with no `until`, from `since` on."""
    held = Post.objects.filter(Q(until=None) | Q(until__gte=since) & Q(until__gte=F("since")))
    return held.filter(since__lte=until) if until else held


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
    in none of them, on any page, until they have a second factor; staff are signed out after a working day.
    Leaves `request.user`, `request.posts`, `request.needs_second_factor` and `request.day_is_over` for the
    guards and the page head.
    """
    person = request.user = get_user(request)
    request.posts, request.needs_second_factor = [], False
    request.day_is_over = person.is_authenticated and person.is_staff_member and _day_is_over(request.session)
    if request.day_is_over:
        logout(request)
    if not request.user.is_authenticated:
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


def _day_is_over(session) -> bool:
    """Whether the hours of a session of staff are spent. They run from its first page, whatever is done in them."""
    begun = session.setdefault("begun", now().timestamp())
    return now().timestamp() >= begun + int(read("MASHANGYI_STAFF_HOURS")) * 3600


def end_other_sessions(request, person: Person) -> None:
    """Sign a person out everywhere but here: how they sign in has changed."""
    Person.objects.filter(pk=person.pk).update(sign_in_version=F("sign_in_version") + 1)
    person.refresh_from_db(fields=["sign_in_version"])
    update_session_auth_hash(request, person)


def enter(request, person: Person) -> None:
    """Begin a session for a person who has shown who they are. The session's key is a new one."""
    login(request, person, backend=BACKEND)
