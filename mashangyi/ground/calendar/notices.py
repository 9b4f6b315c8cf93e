"""Those who hold a clock are told in time, and those whose clock ran out."""

from django.utils.translation import gettext as _

from ..journal.things import named
from ..journal.verbs import Words
from ..outbox.notices import NoticeKind
from ..outbox.recipients import in_post
from .clocks import CLOCKS


class _OfClock(NoticeKind):
    """The posts that its promise names: of the room where there is one, else those over the place."""

    duty = True

    def recipients(self, entry):
        promise = CLOCKS[entry.data["kind"]]
        if not promise.roles:
            return []
        in_room = bool(entry.room) and not {"reviewer", "supervisor"} & set(promise.roles)
        where = {"room": entry.room} if in_room else {"place": entry.place}
        return in_post(*promise.roles, **where)

    def facts(self, entry) -> tuple[Words, str]:
        """What the words need, and the desk where the matter waits."""
        matter = named([entry]).get("topic", {}).get(entry.topic)
        name = _("“%s”的") % matter.name if matter else ""
        return Words(entry.data | {"matter": name}), matter.desk if matter else "/desk/"


class Reminder(_OfClock):
    name = "clock_reminder"
    verbs = ("clock.reminded",)

    def words(self, entry, recipient):
        facts, desk = self.facts(entry)
        return _("%(what)s快到期了") % facts, _("%(matter)s%(what)s快到期了，请及时处理。") % facts, desk


class Overdue(_OfClock):
    name = "clock_overdue"
    verbs = ("clock.overdue",)

    def words(self, entry, recipient):
        facts, desk = self.facts(entry)
        words = _("%(matter)s%(what)s已经超期，居民在网页上看得到，请马上处理。") % facts
        return _("%(what)s已超期") % facts, words, desk


class WaitOver(_OfClock):
    """A resident did not answer in time: whoever asked may go on."""

    name = "clock_wait_over"
    verbs = ("clock.ran_out",)

    def recipients(self, entry):
        return in_post("clerk", room=entry.room) if entry.room else []

    def words(self, entry, recipient):
        facts, desk = self.facts(entry)
        words = _("%(matter)s%(what)s等到了期限，请决定下一步。") % facts
        return _("等候期满：%(what)s") % facts, words, desk


KINDS = (Reminder(), Overdue(), WaitOver())
