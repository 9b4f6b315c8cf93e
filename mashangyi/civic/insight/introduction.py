"""What insight adds to the law and the journal."""

from django.utils.translation import gettext_noop as N_

from ...ground.journal.verbs import Verb
from ...ground.journal.verbs import declare as declare_verbs
from ...ground.people.law import Permission
from ...ground.people.law import declare as declare_law

declare_law(Permission("insight.count_anew", N_("把全部数字按公开账本重数一遍"), ("system",), "anyone"))
declare_verbs(Verb("insight.counted_anew", N_("全部数字按公开账本重数一遍")))
