"""What delivery adds to the law, the journal, the desk, the topic's pages and the notices."""

from django.utils.translation import gettext_noop as N_

from ...ground.journal.verbs import Verb
from ...ground.journal.verbs import declare as declare_verbs
from ...ground.outbox.notices import declare as declare_notices
from ...ground.people.actor import KEEPERS
from ...ground.people.law import Permission
from ...ground.people.law import declare as declare_law
from ...topic.desk import declare as declare_inbox
from ...topic.panels import declare as declare_panels
from . import desk, notices, panels

UNIT = ("unit_officer",)

declare_law(
    Permission("delivery.handle_directly", N_("把职责清楚的事直接交给承办单位"), KEEPERS, "room"),
    Permission("delivery.deliver", N_("把协商成果变成任务交办"), ("convener",), "room"),
    Permission("delivery.assign", N_("给正在办的事增加任务"), ("convener",), "room"),
    Permission("delivery.reassign", N_("把任务改交另一个单位"), ("convener",), "room"),
    Permission("delivery.decide", N_("答复单位的延期、退回和办不了的申请"), ("convener",), "room"),
    Permission("delivery.sign_for", N_("签收本单位的任务"), UNIT, "unit"),
    Permission("delivery.return", N_("48 小时内写明原因请求退回任务"), UNIT, "unit"),
    Permission("delivery.ask_extension", N_("到期前写明原因申请延期"), UNIT, "unit"),
    Permission("delivery.cannot_do", N_("说明一件事为什么办不了"), UNIT, "unit"),
    Permission("delivery.milestone", N_("公开办理的每一步和照片"), UNIT, "unit"),
    Permission("delivery.report_done", N_("带着证据报告办好了"), UNIT, "unit"),
    Permission("delivery.redo", N_("说没有解决，请单位返工"), ("resident",), "own"),
    Permission("delivery.urge", N_("督促承办单位"), ("supervisor",), "place"),
    Permission("delivery.remind", N_("提醒承办单位"), ("convener",), "room"),
    Permission("delivery.supervise", N_("督办，督办后放行，或要求公开说明"), ("supervisor",), "place"),
)

declare_verbs(
    Verb("delivery.assigned", N_("交给%(unit)s：%(content)s")),
    Verb("delivery.signed", N_("%(unit)s已签收")),
    Verb("delivery.returned", N_("%(unit)s请求退回")),
    Verb("delivery.return_refused", N_("没有同意退回，仍由%(unit)s办")),
    Verb("delivery.reassigned", N_("改由%(unit)s办")),
    Verb("delivery.extension_asked", N_("%(unit)s申请延期到 %(until)s")),
    Verb("delivery.extended", N_("同意延期到 %(until)s")),
    Verb("delivery.extension_refused", N_("没有同意%(unit)s延期")),
    Verb("delivery.cannot_asked", N_("%(unit)s说明办不了：%(cause)s")),
    Verb("delivery.cannot_agreed", N_("召集人同意%(unit)s的说明：%(cause)s")),
    Verb("delivery.cannot_do_refused", N_("没有同意%(unit)s的说明，请继续办")),
    Verb("delivery.milestone", N_("%(unit)s：%(words)s")),
    Verb("delivery.dropped", N_("%(unit)s没有办成：%(content)s")),
    Verb("delivery.done", N_("%(unit)s报告办好了，花了 %(cost)s 元")),
    Verb("delivery.sent_back", N_("%(unit)s返工：%(content)s"), listed=False),
    Verb("delivery.urged", N_("督促%(unit)s")),
)

declare_inbox(desk.TASKS, desk.PLEAS, desk.LATE)
declare_notices(*notices.KINDS)
declare_panels(*panels.PANELS)
