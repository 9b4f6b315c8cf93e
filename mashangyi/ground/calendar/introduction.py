"""What the calendar adds to the law, the journal and the notices."""

from django.utils.translation import gettext_noop as N_

from ..journal.verbs import Verb
from ..journal.verbs import declare as declare_verbs
from ..outbox.notices import declare as declare_notices
from ..people.law import Permission
from ..people.law import declare as declare_law
from . import notices

declare_law(Permission("calendar.day_off", N_("定本市的放假和上班日"), ("city_admin",), "place"))
declare_verbs(
    Verb("clock.reminded", N_("提醒：%(what)s快到期了，由%(holder)s负责"), public=False),
    Verb("clock.overdue", N_("已超期：%(what)s，由%(holder)s负责")),
    Verb("clock.ran_out", N_("等候期满：%(what)s"), public=False),
    Verb("calendar.day_off_set", N_("%(day)s定为放假：%(reason)s")),
    Verb("calendar.workday_set", N_("%(day)s定为上班：%(reason)s")),
    Verb("calendar.day_off_dropped", N_("%(day)s恢复按国家安排")),
)
declare_notices(*notices.KINDS)
