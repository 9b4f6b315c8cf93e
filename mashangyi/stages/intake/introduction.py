"""What intake adds to the law and the journal."""

from django.utils.translation import gettext_noop as N_

from ...ground.journal.verbs import Verb
from ...ground.journal.verbs import declare as declare_verbs
from ...ground.outbox.notices import declare as declare_notices
from ...ground.people.actor import ROLES
from ...ground.people.law import Permission
from ...ground.people.law import declare as declare_law
from ...ground.photos.access import declare as declare_access
from ...topic.desk import declare as declare_inbox
from . import access, desk, leads, notices

EVERYONE = tuple(role for role in ROLES if role != "system")

declare_law(
    Permission("intake.report", N_("反映问题"), EVERYONE, "anyone"),
    Permission("intake.support", N_("说“我也遇到”"), EVERYONE, "anyone"),
    Permission("intake.file_for", N_("征得同意后替别人反映"), ("grid_worker", "clerk"), "place"),
    Permission("intake.push", N_("把网格里发现的问题推成议题"), ("grid_worker",), "place"),
    Permission("intake.propose", N_("以委员身份提出议题（可联名）"), ("member",), "anyone"),
    Permission("intake.set_topic", N_("以党组织名义点题"), ("reviewer", "convener"), "place"),
    Permission("intake.import", N_("导入热线工单和走访记录"), ("clerk", "city_admin", "integration"), "room"),
    Permission("photos.of_reports", N_("看反映人的照片，公开以前"), ("clerk", "convener", "reviewer"), "room"),
    Permission("intake.withdraw", N_("撤回自己的反映"), EVERYONE, "own"),
)

declare_verbs(
    Verb("intake.reported", N_("收到反映（%(channel)s）")),
    Verb("intake.joined", N_("又有一位居民遇到同样的事")),
    Verb("intake.withdrawn", N_("一位反映人撤回了自己的反映")),
)

declare_inbox(desk.FILED, desk.PROPOSED, desk.SET)
declare_notices(*notices.KINDS)
declare_access("report", access.report)
leads.declare("check", leads.to_follow)
leads.declare("judge", leads.to_follow)
