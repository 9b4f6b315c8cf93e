"""The kinds of notices: which journal entries are worth a message, to whom, in which words.

A stage declares its kinds in its introduction.py. worker.py asks them, entry by entry.
"""

from collections.abc import Iterable

from ..journal.models import Entry


class NoticeKind:
    """One kind of notice: a small class of a stage, in its notices.py.

    `verbs` are the journal's verbs it listens to. `urgent` ones ring at night, too. `duty` ones belong
    to somebody's work and cannot be switched off. `carriers` are those it may use besides the page.
    """

    name: str = ""
    verbs: tuple[str, ...] = ()
    urgent: bool = False
    duty: bool = False
    carriers: tuple[str, ...] = ("console",)

    def recipients(self, entry: Entry) -> Iterable[str]:
        """Whom to tell: "person:4", "report:19" (whoever sent it), "post:7" (who holds it now)."""
        raise NotImplementedError

    def words(self, entry: Entry, recipient: str) -> tuple[str, str, str]:
        """Title, words and link (a path of this site) for one of them, in the present language."""
        raise NotImplementedError

    def is_urgent(self, entry: Entry) -> bool:
        return self.urgent


KINDS: dict[str, NoticeKind] = {}


def declare(*kinds: NoticeKind) -> None:
    """Add a stage's kinds; each name may be declared once."""
    for kind in kinds:
        if KINDS.setdefault(kind.name, kind) is not kind:
            raise ValueError(f"the notice {kind.name} is declared twice")


def kinds_for(verb: str) -> list[NoticeKind]:
    return [kind for kind in KINDS.values() if verb in kind.verbs]
