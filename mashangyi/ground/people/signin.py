"""Signing in and out, and which of their posts a person acts in."""

from django.contrib.auth import get_user

from ..calendar.clock import today
from .actor import ANYONE, Actor, in_post, resident
from .models import Post


def posts_now(person) -> list[Post]:
    """The posts a person holds today, oldest first."""
    held = Post.objects.filter(person=person).select_related("room", "unit").order_by("id")
    return [post for post in held if post.holds_on(today())]


def acting_as(request) -> Actor:
    """The actor of a request with a session: the chosen post, the first one, or the resident."""
    person = get_user(request)
    request.user = person
    if not person.is_authenticated:
        return ANYONE
    posts = posts_now(person) if person.is_staff_member else []
    chosen = request.session.get("post")
    for post in posts:
        if post.pk == chosen:
            return in_post(post)
    return in_post(posts[0]) if posts else resident(person)
