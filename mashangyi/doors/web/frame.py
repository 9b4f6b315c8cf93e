"""What the frame of the staff pages shows: the desks of the post, and the other posts of the person."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_noop as N_

from mashangyi.ground.people.actor import Actor
from mashangyi.ground.people.signin import posts_now

ALL = ()
# Name of the route, words, and the roles that see it (all of them when none is named).
DESKS = (
    ("topic:desk", N_("待办"), ALL),
    ("city", N_("数据"), ALL),
)


def desk_links(actor: Actor) -> list[tuple[str, str]]:
    """(address, words) of the desks of this role, in the order of the table."""
    links = ((_address(name), words) for name, words, roles in DESKS if not roles or actor.role in roles)
    return [(href, words) for href, words in links if href]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def posts_of(request) -> list:
    """The posts the signed-in person holds today; read with the actor, or by one query when it was not."""
    held = getattr(request, "posts", None)
    return posts_now(request.user) if held is None and request.actor.post_id else held or []
