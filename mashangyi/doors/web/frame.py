"""Where the frame of a page leads: the foot of the public pages, the desks of a role."""

from functools import cache

from django.urls import reverse
from django.utils.translation import gettext_noop as N_

ALL = ()
# Name of the route, words, and the roles that see it (all of them when none is named).
DESKS = (
    ("topic:desk", N_("待办"), ALL),
    ("triage:inbox", N_("受理"), ("clerk", "convener")),
    ("triage:reviews", N_("审定"), ("reviewer",)),
    ("deliberation:desk_meetings", N_("协商会"), ("clerk", "convener")),
    ("delivery:tasks", N_("任务"), ("unit_officer",)),
    ("delivery:supervision", N_("督办"), ("supervisor",)),
    ("mediation:cases", N_("调解"), ("mediator",)),
    ("intake:file_for", N_("替人反映"), ("grid_worker", "clerk")),
    ("intake:propose", N_("提出议题"), ("member",)),
    ("intake:set_topic", N_("党政点题"), ("reviewer", "convener")),
    ("web:places", N_("议事室和码"), ("city_admin", "clerk", "convener")),
    ("desk_people", N_("人员和岗位"), ("city_admin",)),
    ("desk_units", N_("承办单位"), ("city_admin",)),
    ("triage:duties", N_("职责清单"), ("city_admin",)),
    ("calendar:days", N_("放假和上班"), ("city_admin",)),
    ("journal:audit", N_("账本审计"), ("auditor",)),
    ("outbox:notices", N_("通知"), ALL),
    ("insight:city", N_("全市数据"), ALL),
    ("mfa_index", N_("我的账号"), ALL),
)

# What stands at the foot of every public page.
FOOT = (
    ("web:home", N_("首页")),
    ("web:rooms", N_("找议事室")),
    ("insight:city", N_("全市数据")),
    ("topic:lifecycle", N_("一件事怎么走")),
    ("law", N_("谁能做什么")),
    ("journal:journal", N_("公开账本")),
)


@cache
def foot_links() -> list[tuple[str, str]]:
    """(address, words) of the pages that every public page leads to."""
    return [(reverse(name), words) for name, words in FOOT]


@cache
def desk_links(role: str) -> list[tuple[str, str]]:
    """(address, words) of the desks of this role, in the order of the table."""
    return [(reverse(name), words) for name, words, roles in DESKS if not roles or role in roles]
