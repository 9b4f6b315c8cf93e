"""What the journal adds to the law, and what it can name by itself."""

from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from ..people.law import Permission
from ..people.law import declare as declare_law
from ..places.models import Room
from .things import Named
from .things import declare as declare_names

declare_law(
    Permission("journal.audit", N_("审计账本：看全部记录（不含身份），核对链条"), ("auditor",), "place")
)


def rooms(ids: set[int]) -> dict[int, Named]:
    named = Room.objects.filter(pk__in=ids).values_list("pk", "name")
    return {pk: Named(name, reverse("web:room", kwargs={"room_id": pk})) for pk, name in named}


declare_names("room", rooms)
