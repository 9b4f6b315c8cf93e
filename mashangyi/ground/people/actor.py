"""Who does a deed, in what capacity. Every deed names one (`by=`); the system is an actor too."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

# The parties and posts of workflow.md, by what people call them.
ROLES = {
    "resident": N_("居民"),
    "grid_worker": N_("网格员"),
    "clerk": N_("议事专员"),
    "convener": N_("召集人"),
    "reviewer": N_("党组织审定人"),
    "unit_officer": N_("承办单位经办人"),
    "mediator": N_("调解员"),
    "member": N_("政协委员"),
    "supervisor": N_("督办员"),
    "city_admin": N_("市级管理员"),
    "auditor": N_("审计员"),
    "integration": N_("接口账号"),
    "system": N_("系统"),
}
# Those who keep a room and handle what comes to it.
KEEPERS = ("clerk", "convener")


@dataclass(frozen=True)
class Actor:
    """A person acting in a capacity. `place` is the prefix of division codes in which a post holds.

    `label` is what the public reads: an organ or post, never a resident's name.
    """

    role: str
    label: str
    person_id: int | None = None
    post_id: int | None = None
    place: str = ""
    room_id: int | None = None
    unit_id: int | None = None

    @property
    def is_staff(self) -> bool:
        return self.role not in {"resident", "system"}


# The first of several units that hold a matter together, as it is stored.
SEVERAL = N_("%(first)s等 %(n)s 家单位")
_SEVERAL = re.compile(r"(?P<first>.+)等 (?P<n>\d+) 家单位")


def label_words(label: str) -> str:
    """What the public reads of an actor, in the reader's language: the body as it is called, its role in words."""
    body, _space, role = label.rpartition(" ")
    if body and role in ROLES.values():
        return f"{body} {_(role)}"
    if several := _SEVERAL.fullmatch(label):
        return _(SEVERAL) % several.groupdict()
    return _(label) if label else ""


SYSTEM = Actor("system", N_("系统"))
ANYONE = Actor("resident", N_("居民"))


def resident(person=None) -> Actor:
    """A resident who signed in, or anyone at all."""
    return Actor("resident", ANYONE.label, person_id=person.pk) if person else ANYONE


def own_account(person) -> Actor:
    """A member of staff about their own account, before any post counts: it has no more rights than a resident."""
    return Actor("resident", N_("工作账号"), person_id=person.pk)


def in_post(post) -> Actor:
    """The person of a post, acting in it."""
    return Actor(
        role=post.role,
        label=post.label,
        person_id=post.person_id,
        post_id=post.pk,
        place=post.place,
        room_id=post.room_id,
        unit_id=post.unit_id,
    )
