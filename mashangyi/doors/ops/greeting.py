"""What `mashangyi run` shows: the code of a room to scan with a phone, and who one can be."""

import io

import segno
from django.urls import reverse
from django.utils.translation import gettext as _

from mashangyi.ground.people import demo_town
from mashangyi.ground.people.actor import ROLES
from mashangyi.ground.places.models import Code, Room


def town(address: str) -> str:
    """The greeting of a town that is there: QR code, the room it belongs to, one demo account a role."""
    path, name = door()
    lines = [qr(address + path), f"  {name}  {address}{path}", *accounts(address), ""]
    return "\n".join(lines)


def real_town(address: str, link: str) -> str:
    """The greeting of a new real town: the link by which its first administrator sets a password."""
    where = link if link.startswith("http") else address + link
    words = _("第一位市级管理员：打开下面的链接设置密码、登记第二道验证。链接只能用一次。")
    return "\n".join([qr(where), f"  {words}", f"  {where}", ""])


def door() -> tuple[str, str]:
    """Address and name of the way in for a phone: the first room's code for reporting, else the home page."""
    code = (
        Code.objects.filter(purpose="report", revoked_at=None).select_related("room").order_by("id").first()
    )
    if code:
        return reverse("intake:scan", kwargs={"short": code.short}), code.room.name
    room = Room.objects.order_by("id").first()
    return "/", room.name if room else _("码上议")


def qr(text: str) -> str:
    """A QR code in half-height block characters."""
    buffer = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out=buffer, compact=True, border=2)
    return buffer.getvalue().rstrip("\n")


def accounts(address: str) -> list[str]:
    """One line for each role of the demo town: what it is called, and where it is held."""
    posts = demo_town.accounts()
    if not posts:
        return []
    rows = [f"    {post.person.username:16} {_(ROLES[post.role])} · {post.title}" for post in posts]
    return ["  " + _("演示账号，在登录页点一下就进：") + f" {address}/staff/login/", *rows]
