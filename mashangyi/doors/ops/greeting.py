"""What `mashangyi run` shows: the code of a room to scan with a phone, and who one can be."""

import io
from urllib.parse import urlsplit

import segno
from django.urls import reverse
from django.utils.translation import gettext as _

from mashangyi.config.environment import can_show
from mashangyi.ground.people import demo_town
from mashangyi.ground.people.actor import ROLES
from mashangyi.ground.places.models import Code, Room


def town(address: str) -> str:
    """The greeting of a town that is there: QR code, the room it belongs to, where staff come in."""
    path, name = door()
    lines = [qr(address + path), f"  {name}  {address}{path}", *unreachable(address), *accounts(address), ""]
    return "\n".join(lines)


def real_town(address: str, account: str, where: str) -> str:
    """The greeting of a real town that has to let its administrator in: the whole address for setting a password."""
    words = _(
        "市级管理员（账号 %(account)s）：打开下面的链接设置密码、登记第二重验证。24 小时内有效，只能用一次。"
    ) % {"account": account}
    return "\n".join([qr(where), f"  {words}", f"  {where}", *unreachable(address), ""])


def unreachable(address: str) -> list[str]:
    """A word about an address that leads a phone to itself."""
    if urlsplit(address).hostname not in {"127.0.0.1", "localhost", "::1"}:
        return []
    return ["  " + _("这个地址只有本机打得开。要用手机扫，请连上网络，或用 --lan 写明本机的地址。")]


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
    """A QR code in half-height block characters; in colours where the terminal does not have them."""
    buffer = io.StringIO()
    segno.make(text, error="l", micro=False).terminal(out=buffer, compact=can_show("█▀▄"), border=2)
    return buffer.getvalue().rstrip("\n")


def accounts(address: str) -> list[str]:
    """One line for each role of the demo town: what it is called, and where it is held; else the way in."""
    posts = demo_town.accounts()
    if not posts:
        return ["  " + _("工作人员从这里登录：") + f" {address}/staff/login/"]
    rows = [f"    {post.person.username:16} {_(ROLES[post.role])} · {post.title}" for post in posts]
    return ["  " + _("演示账号，在登录页点一下就进：") + f" {address}/staff/login/", *rows]
