"""What the outbox adds to the law."""

from django.utils.translation import gettext_noop as N_

from ..people.actor import ROLES
from ..people.law import Permission, declare

EVERYONE = tuple(role for role in ROLES if role != "system")

declare(Permission("outbox.read", N_("看发给自己的通知，选择怎样通知自己"), EVERYONE, "own"))
