"""A kind of notice, carriers that can be watched and can fail, and people to tell."""

from contextlib import contextmanager

from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.journal.record import record
from mashangyi.ground.journal.verbs import Verb, declare
from mashangyi.ground.outbox import carriers, notices
from mashangyi.ground.outbox.notices import NoticeKind
from mashangyi.ground.people import vault
from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.people.models import Person

declare(Verb("test.happened", "有进展"), Verb("test.nobody_listens", "无人关心"))
PHONE = "+8613812341207"


class Happened(NoticeKind):
    """Tells those whom the entry names."""

    name, verbs = "test_happened", ("test.happened",)

    def recipients(self, entry):
        return entry.data["to"]

    def words(self, entry, recipient):
        if entry.data.get("breaks"):
            raise ValueError("a bug in a stage")
        return "有进展", f"第 {entry.seq} 条进展", "/t/Y26-000001-X/"

    def is_urgent(self, entry):
        return bool(entry.data.get("urgent"))


class Duty(Happened):
    name, verbs, duty = "test_duty", ("test.happened",), True

    def recipients(self, entry):
        return entry.data.get("duty", [])


class Watched(carriers.Console):
    """Keeps what it sends; fails as often as it is told to."""

    def __init__(self, failures: int = 0, answer: type[Exception] = ConnectionError):
        self.sent, self.keys, self.failures, self.answer = [], [], failures, answer

    def send(self, notice, key):
        self.keys.append(key)
        if self.failures:
            self.failures -= 1
            raise self.answer("the other side does not answer")
        self.sent.append((notice.recipient, notice.words))


@contextmanager
def kinds(*chosen: NoticeKind):
    """Only these kinds listen inside."""
    before = dict(notices.KINDS)
    notices.KINDS.clear()
    notices.declare(*chosen)
    try:
        yield
    finally:
        notices.KINDS.clear()
        notices.KINDS.update(before)


def somebody(phone: str = PHONE, kind: str = "resident") -> str:
    """The recipient name of a new person, with a phone number in the vault unless it is empty."""
    name = f"person:{Person.objects.create(kind=kind).pk}"
    vault.seal(name, phone=phone)
    return name


def happens(*to: str, by=SYSTEM, verb: str = "test.happened", **data):
    with turn():
        return record(verb, by=by, data={"to": list(to), **data})
