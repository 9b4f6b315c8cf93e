"""What triage adds to the law, the journal, the desk, the topic's pages and the notices."""

from django.utils.translation import gettext_noop as N_

from ...ground.journal.verbs import Verb
from ...ground.journal.verbs import declare as declare_verbs
from ...ground.outbox.notices import declare as declare_notices
from ...ground.people.actor import KEEPERS
from ...ground.people.law import Permission
from ...ground.people.law import declare as declare_law
from ...ground.photos.access import declare as declare_access
from ...topic.desk import declare as declare_inbox
from ...topic.panels import declare as declare_panels
from ...topic.panels import declare_receipt
from . import access, desk, notices, panels

declare_law(
    Permission("triage.verify", N_("受理居民的反映"), KEEPERS, "room"),
    Permission("triage.call_back", N_("给反映人打电话并记下来"), KEEPERS, "room"),
    Permission("triage.visit", N_("到现场查看并记下来"), (*KEEPERS, "grid_worker"), "room"),
    Permission("photos.of_visits", N_("看现场的照片，公开以前"), (*KEEPERS, "grid_worker", "reviewer"), "room"),
    Permission("triage.ask", N_("请反映人把情况补充完整"), KEEPERS, "room"),
    Permission("triage.answer_in", N_("回答议事室问自己的问题"), ("resident",), "own"),
    Permission("triage.sort", N_("定类别和承办单位"), KEEPERS, "room"),
    Permission("triage.describe", N_("写公开的标题和摘要"), KEEPERS, "room"),
    Permission("triage.merge", N_("把同一件事并在一起"), KEEPERS, "room"),
    Permission("triage.split", N_("把并错的事分开"), KEEPERS, "room"),
    Permission("triage.decline", N_("不予受理，写明原因和去处"), KEEPERS, "room"),
    Permission("triage.answer", N_("答复居民的询问"), KEEPERS, "room"),
    Permission("triage.transfer", N_("转给负责的单位并跟到有结果"), KEEPERS, "room"),
    Permission("triage.propose", N_("提请党组织审定"), KEEPERS, "room"),
    Permission("triage.review", N_("审定议题：同意、退回或暂缓"), ("reviewer",), "place"),
    Permission("triage.close_silent", N_("关闭逾期没有补充的反映"), ("system",), "anyone"),
    Permission("triage.seed", N_("更新类别表"), ("city_admin", "system"), "place"),
    Permission("triage.set_duty", N_("维护职责清单"), ("city_admin",), "place"),
)

declare_verbs(
    Verb("triage.called_back", N_("给一位反映人回了电话")),
    Verb("triage.call_missed", N_("给一位反映人打电话，没有打通")),
    Verb("triage.visited", N_("到现场查看了情况")),
    Verb("triage.sorted", N_("定了类别和承办单位"), public=False),
    Verb("triage.described", N_("公开了标题和内容：%(title)s")),
    Verb("triage.took_in", N_("另一件相同的事（%(from)s）并了进来")),
    Verb("triage.let_go", N_("有一部分分出去单独办理（%(out)s）")),
    Verb("triage.set_apart", N_("从 %(from)s 分出来，单独办理")),
    Verb("triage.late_reviewed", N_("党组织补审了应急处置")),
    Verb("triage.seeded", N_("更新了类别表（%(categories)s 类）")),
    Verb("triage.duty_set", N_("职责清单：“%(name)s”归%(unit)s")),
    Verb("triage.duty_dropped", N_("职责清单：“%(name)s”不再归%(unit)s")),
)

declare_inbox(*desk.INBOXES)
declare_panels(*panels.PANELS)
declare_receipt(*panels.RECEIPT)
declare_notices(*notices.KINDS)
declare_access("visit", access.visit)
