"""What the frame of the staff pages shows: the desks of the role, and the other posts of the person."""

from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_noop as N_

ALL = ()
# Name of the route, words, and the roles that see it (all of them when none is named).
DESKS = (
    ("topic:desk", N_("待办"), ALL),
    ("intake:file_for", N_("替人反映"), ("grid_worker", "clerk")),
    ("intake:propose", N_("提出议题"), ("member",)),
    ("web:places", N_("议事室和码"), ("city_admin", "clerk", "convener")),
    ("desk_people", N_("人员和岗位"), ("city_admin",)),
    ("desk_units", N_("承办单位"), ("city_admin",)),
    ("outbox:notices", N_("消息"), ALL),
    ("insight:city", N_("全市数据"), ALL),
    ("mfa_index", N_("我的账号"), ALL),
)


@cache
def desk_links(role: str) -> list[tuple[str, str]]:
    """(address, words) of the desks of this role, in the order of the table."""
    links = ((_address(name), words) for name, words, roles in DESKS if not roles or role in roles)
    return [(href, words) for href, words in links if href]


def _address(name: str) -> str:
    """Empty for a part of the house that is not built in."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
