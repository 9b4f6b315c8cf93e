"""What evaluation adds to the law, the journal, the desk, the pages of a topic and the notices."""

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
    Permission("evaluation.ask", N_("请反映人确认办好没有"), ("convener",), "room"),
    Permission("evaluation.judge", N_("说办好没有、办得怎么样"), ("resident",), "own"),
    Permission("evaluation.call_back", N_("办好后打电话回访，只记录，不算确认"), KEEPERS, "room"),
    Permission("evaluation.reopen", N_("办结后半年内重新打开自己反映的事"), ("resident",), "own"),
    Permission("evaluation.reopen_by_audit", N_("审计发现结果不实，重新打开"), ("auditor",), "place"),
)

declare_verbs(
    Verb("evaluation.asked", N_("请 %(n)s 位反映人确认办好没有")),
    Verb("evaluation.sampled", N_("还没有能作数的确认，另请 %(n)s 位邻居确认")),
    Verb("evaluation.nobody_to_sample", N_("还没有能作数的确认，也没有可以另请的邻居，继续等")),
    Verb("evaluation.judged", N_("有人评价：解决了（%(kind)s）")),
    Verb("evaluation.judged_not", N_("有人评价：没有解决（%(kind)s），%(fault)s")),
    Verb("evaluation.called_back", N_("电话回访：%(said)s")),
)

declare_inbox(desk.TO_CALL)
declare_notices(*notices.KINDS)
declare_access("judgement", access.judgement)
declare_access("reopening", access.reopening)
declare_panels(*panels.PANELS)
declare_receipt(*panels.RECEIPT)
