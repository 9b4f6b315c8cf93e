"""The deeds about people, posts and units."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..calendar.clock import now, today
from ..journal.deeds import deed
from ..journal.record import record
from ..places.models import Division
from ..places.naming import bare
from . import invitations, law, rules, vault
from .actor import resident
from .law import Within
from .models import UNIT_KINDS, Person, Post, Unit
from .signin import posts_held, posts_within

# --- posts -------------------------------------------------------------------------------------


@deed
def appoint(who, role: str, where, *, since=None, until=None, title: str = "", by) -> Post:
    """Give a person a post. `who` is a Person or the username of one, made when it is new.

    `where` is a Room, a Unit, a Division or a division code, as the role needs (rules.HELD_FOR);
    `title` is the body the public reads, by default the name of the place or unit. The days are inclusive.
    """
    held = rules.scope(role, where)
    law.demand(by, "people.appoint", Within(held["place"]))
    since = since or today()
    rules.period(since, until)
    person = who if isinstance(who, Person) else _staff_named(who)
    _check_appointment(person, role, held, posts_within(since, until).filter(person=person), by)
    held["title"] = title.strip() or held["title"]
    post = Post.objects.create(person=person, role=role, since=since, until=until, **held)
    record("people.appointed", by=by, room=post.room, place=post.place,
           data={"post": post.pk, "person": person.pk, "label": post.label, "role": role,
                 "since": f"{since}", "until": f"{until or ''}"})  # fmt: skip
    return post


def _staff_named(username: str) -> Person:
    name = rules.username(username)
    known = Person.objects.filter(username=name).first()
    if known:
        return known
    person = Person(username=name, kind="staff", created_at=now())
    person.set_unusable_password()
    person.save()
    return person


def _check_appointment(person: Person, role: str, held: dict, meanwhile, by) -> None:
    """`meanwhile` are the posts that the person holds on some day of the new one."""
    if person.kind != "staff" or not person.is_active:
        raise ValidationError({"username": _("这个账号不是工作账号，或者已停用。")})
    if by.person_id == person.pk:
        raise law.No(_("不能给自己任命岗位，请另一位管理员来办。"))
    roles = set(meanwhile.values_list("role", flat=True))
    if "auditor" in roles | {role} and len(roles | {role}) > 1:
        raise ValidationError({"role": _("审计员不能兼任其他岗位，其他岗位也不能兼任审计员。")})
    same = {"role": role, "place": held["place"], "room": held["room"], "unit": held["unit"]}
    if meanwhile.filter(**same).exists():
        raise ValidationError({"role": _("这个人已经在这个岗位上了。")})


@deed
def dismiss(post: Post, *, reason: str, last_day=None, by) -> None:
    """End a post: at once, or with `last_day`, a date that is still served; one that has not begun is never taken up.
    Reason required."""
    law.demand(by, "people.dismiss", Within(post.place))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么结束任期。")})
    last = last_day or today() - timedelta(days=1)
    if post.until and post.until < max(today(), post.since):
        raise ValidationError({"reason": _("这个任期已经结束了。")})
    _keep_an_administrator(post)
    post.until = last
    post.save(update_fields=["until"])
    told = {"post": post.pk, "label": post.label, "until": f"{last}", "reason": reason.strip()}
    record("people.post_ended", by=by, room=post.room, place=post.place, data=told)


def _keep_an_administrator(post: Post) -> None:
    others = posts_held().filter(role="city_admin", place=settings.CITY).exclude(pk=post.pk)
    if post.role == "city_admin" and post.place == settings.CITY and not others.exists():
        raise law.No(_("这是最后一位市级管理员。请先任命接替的人，再结束这个任期。"))


# --- accounts of staff -------------------------------------------------------------------------


@deed
def invite(person: Person, *, by) -> str:
    """The one-time address at which a member of staff sets a password; an earlier password is void.

    `by` must reach every post of the person: nobody takes over an account that reaches further.
    """
    _demand_all_posts(by, person)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    record("people.invited", by=by, data={"person": person.pk})
    return invitations.link(person)


@deed
def remove_second_factor(person: Person, *, reason: str, by) -> None:
    """For someone whose phone is lost: they register a new one at the next sign-in, by a new link."""
    _demand_all_posts(by, person)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明怎样核实的本人身份。")})
    Authenticator.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    record("people.second_factor_removed", by=by, data={"person": person.pk, "reason": reason.strip()})


def _demand_all_posts(by, person: Person) -> None:
    places = set(posts_within(today(), None).filter(person=person).values_list("place", flat=True))
    for place in places or {""}:
        law.demand(by, "people.invite", Within(place))


@deed
def set_password(person: Person, password: str, *, by) -> None:
    """A person sets the password of their own account. Raises ValidationError with words for the page."""
    if by.role != "system" and by.person_id != person.pk:
        raise law.No(_("只能给自己的账号设置密码。"))
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password1": error.messages}) from error
    person.set_password(password)
    person.save(update_fields=["password"])
    record("people.password_set", by=by)


@deed
def first_administrator(username: str = "admin", *, by) -> tuple[Person, str]:
    """Of an empty town: its first administrator, and the link for setting a password (24 hours, once).

    Asked again before the password is set, it gives a new link; afterwards it raises No.
    """
    heads = posts_held().filter(role="city_admin", place=settings.CITY).select_related("person")
    if any(post.person.has_usable_password() for post in heads):
        raise law.No(_("这里已经有市级管理员了，新的链接由管理员来发。"))
    person = heads[0].person if heads else _first_post(username, by).person
    return person, invite(person, by=by)


def _first_post(username: str, by) -> Post:
    Division.objects.get_or_create(code=settings.CITY, defaults={"name": settings.CITY, "level": 4})
    return appoint(username, "city_admin", settings.CITY, by=by)


@deed
def readmit_administrator(username: str, *, by) -> str:
    """A city administrator lost phone and spare codes, and no other can help: a link from whoever runs the server.

    Raises No for anyone else, and for an account that is no administrator of the city.
    """
    if by.role != "system":
        raise law.No(_("这件事只能在服务器上办。"))
    heads = posts_held().filter(role="city_admin", place=settings.CITY, person__username=username)
    post = heads.select_related("person").first()
    if post is None:
        raise law.No(_("没有叫 %(name)s 的市级管理员。") % {"name": username})
    remove_second_factor(post.person, reason=_("由管理服务器的人核实身份"), by=by)
    return invite(post.person, by=by)


# --- residents ---------------------------------------------------------------------------------


@deed
def erase_account(person: Person, *, by) -> None:
    """A resident leaves: the vault is emptied of them, and of what they left with their reports; the account is
    closed. What was said stays, unnamed."""
    law.demand(by, "people.erase", own=by.person_id == person.pk)
    if person.kind != "resident":
        raise law.No(_("工作账号由市级管理员结束任期，不能自己注销。"))
    mine = f"person:{person.pk}"
    for subject in {mine, *(name for name in vault.alike(mine, "phone") if not name.startswith("person:"))}:
        vault.erase(subject)
    person.is_active = False
    person.save(update_fields=["is_active"])
    record("people.erased", by=resident(person), data={"person": person.pk})


# --- units -------------------------------------------------------------------------------------


@deed
def make_unit(name: str, *, place: str, kind: str = "department", phone: str = "", by) -> Unit:
    """Enter a body that carries things out. `place` is the code of the division it belongs to."""
    law.demand(by, "people.make_unit", Within(bare(place)))
    fields = _unit_fields(name, kind, place, phone)
    unit = Unit.objects.create(**fields)
    record("people.unit_made", by=by, place=unit.place, data={"unit": unit.pk, "name": unit.name})
    return unit


@deed
def change_unit(unit: Unit, *, name: str, place: str, kind: str, phone: str = "", by) -> Unit:
    """Correct a unit's name, kind, place or phone."""
    law.demand(by, "people.make_unit", Within(unit.place))
    law.demand(by, "people.make_unit", Within(bare(place)))
    for field, value in _unit_fields(name, kind, place, phone, but=unit).items():
        setattr(unit, field, value)
    unit.save()
    record("people.unit_changed", by=by, place=unit.place, data={"unit": unit.pk, "name": unit.name})
    return unit


def _unit_fields(name: str, kind: str, place: str, phone: str, but: Unit | None = None) -> dict:
    name, place = name.strip(), bare(place)
    if not name:
        raise ValidationError({"name": _("请写单位名称。")})
    if kind not in UNIT_KINDS:
        raise ValidationError({"kind": _("请选单位类别。")})
    if not Division.objects.filter(pk=place).exists():
        raise ValidationError({"place": _("没有这个辖区，请重新选择。")})
    if Unit.objects.filter(place=place, name=name).exclude(pk=but and but.pk).exists():
        raise ValidationError({"name": _("这里已经登记过同名的单位。")})
    return {"name": name, "kind": kind, "place": place, "phone": phone.strip()}
