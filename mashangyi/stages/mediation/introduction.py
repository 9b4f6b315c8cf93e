"""What mediation adds to the law, the journal, the desk, the topic's pages and the notices."""

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

declare_law(
    Permission("mediation.open", N_("把纠纷交给调解员"), KEEPERS, "room"),
    Permission("mediation.change_mediator", N_("给案子换一位调解员"), KEEPERS, "room"),
    Permission("mediation.handle", N_("主持调解、记录、促成协议"), ("mediator",), "own"),
    Permission("mediation.step_aside", N_("自己要回避时，把案子交给另一位调解员"), ("mediator",), "own"),
)

declare_verbs(
    Verb("mediation.session", N_("调解又谈了一次"), public=False),
    Verb("mediation.changed", N_("换了一位调解员"), public=False),
)

declare_inbox(desk.CASES)
declare_notices(*notices.KINDS)
declare_panels(*panels.PANELS)
