"""What `mashangyi doctor` examines. Each check is a function that returns its faults in words."""

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Model

from mashangyi.civic.insight import recount
from mashangyi.config.environment import data_folder
from mashangyi.ground.calendar import clocks
from mashangyi.ground.calendar.clock import now
from mashangyi.ground.journal import read as journal
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.outbox import queries as outbox
from mashangyi.ground.outbox.models import Delivery
from mashangyi.ground.people import demo_town, keyring, rekeying, vault
from mashangyi.ground.people.models import Identity, Person
from mashangyi.ground.photos.models import Photo
from mashangyi.ground.photos.store import path_of
from mashangyi.stages.intake.models import Report
from mashangyi.stages.intake.rules import KEY_LENGTH
from mashangyi.stages.mediation import rules as mediation
from mashangyi.stages.mediation.models import Paper
from mashangyi.topic.models import Topic
from mashangyi.topic.numbers import serial

from .commands.prepare import unapplied

STUCK = timedelta(hours=1)
LATE = 500  # what may come in while the doctor looks
MOST_NAMED = 20  # of the same kind; beyond them a number is enough


@dataclass(frozen=True)
class Key:
    """A file in keys/: rows that were made with it, what is lost without it, its length in bytes."""

    rows: type[Model]
    loss: str
    length: int


# The key "django" is not here: it may be a new one at any time, then everyone signs in again.
KEYS = {
    "vault": Key(Identity, "the identity vault cannot be opened", keyring.LENGTH),
    "mediation": Key(Paper, "the files of mediations cannot be opened", mediation.KEY_LENGTH),
    "receipts": Key(Report, "receipts given out before are no longer good", KEY_LENGTH),
}


@dataclass(frozen=True)
class Finding:
    name: str
    faults: list[str]
    note: str = ""


def examine(*, photos_too: bool = False) -> list[Finding]:
    """Every check in turn. A database that does not answer, or lacks its tables, is not looked into any further.

    With `photos_too` every photo is read and compared with its name, which takes a while in a large town.
    """
    try:
        connection.ensure_connection()
        missing = migrations()
    except DatabaseError as error:
        return [
            _checked("debug", debug),
            Finding("database", [f"does not answer: {' '.join(str(error).split())}"]),
        ]
    findings = [Finding("migrations", missing), _checked("debug", debug)]
    if missing:
        return findings
    checks = OF_THE_DATA | ({"photos": photos_read} if photos_too else {})
    return findings + [_checked(name, check) for name, check in checks.items()]


def _checked(name: str, check: Callable[[], list[str]]) -> Finding:
    try:
        return Finding(name, list(check()), NOTES.get(name, lambda: "")())
    except Exception as error:
        return Finding(name, [f"could not be checked: {type(error).__name__}: {error}"])


def as_dict(finding: Finding) -> dict:
    return {**asdict(finding), "healthy": not finding.faults}


def as_words(finding: Finding) -> str:
    head = f"{'WRONG' if finding.faults else 'ok':5}  {finding.name:12} {finding.note}".rstrip()
    return "\n".join([head, *(f"       - {fault}" for fault in finding.faults)])


def summary(findings: list[Finding]) -> str:
    """The last line: healthy, or how much is wrong and where."""
    wrong = [finding.name for finding in findings if finding.faults]
    n = sum(len(finding.faults) for finding in findings)
    return f"{n} faults: {', '.join(wrong)}" if wrong else "healthy"


# --- the installation -------------------------------------------------------------------------


def migrations() -> list[str]:
    missing = unapplied()
    if "journal.0001_initial" in missing:
        return ["there is no town here yet: `mashangyi run` or `mashangyi prepare` makes one"]
    return [f"{name} is not applied: run `mashangyi prepare`" for name in missing]


def keys() -> list[str]:
    """Keys that other users of the machine can read, and keys that are gone."""
    folder = data_folder() / "keys"
    found = [_open_to_others(path) for path in [folder, *sorted(folder.glob("*"))] if path.exists()]
    return [words for words in found if words] + lost_keys()


def lost_keys() -> list[str]:
    """Keys that are not there although something was made with them. A new one would not open it."""
    folder = data_folder() / "keys"
    return [
        f"{folder / name} is missing: without it {key.loss}. Put it back from where it is kept"
        for name, key in KEYS.items()
        if not _has_key(name) and key.rows.objects.exists()
    ]


def _has_key(name: str) -> bool:
    return (data_folder() / "keys" / name).exists()


def _open_to_others(path) -> str:
    mode = stat.S_IMODE(os.stat(path).st_mode)
    return f"{path} can be read by others (mode {mode:o}): chmod go= {path}" if mode & 0o077 else ""


def debug() -> list[str]:
    return ["MASHANGYI_DEBUG is on: errors show the program's inside to visitors"] if settings.DEBUG else []


# --- what was written -------------------------------------------------------------------------


def chains() -> list[str]:
    """Faults in the journal of every city of this database."""
    return [f"journal {city}: {fault}" for city in journal.cities() for fault in journal.faults(city)]


def reports() -> list[str]:
    """Reports and topics of which the journal tells and that are not there, and reports of which it tells nothing."""
    there = _numbers(Report.objects.all())  # first: whatever comes in meanwhile is then in the journal, too
    told = dict(Entry.objects.filter(verb__in=TAKEN_IN).values_list("data__report", "seq").iterator(2000))
    gone = told.keys() - there
    gone -= _numbers(Report.objects.filter(pk__in=[serial("L", number) for number in list(gone)[:LATE]]))
    lost = [f"report {number} of entry {told[number]} is missing" for number in sorted(gone, key=told.get)]
    more = [f"report {number} stands in no entry of the journal" for number in sorted(there - told.keys())]
    return _named(lost) + _named(more) + _named(_lost_topics())


def _numbers(found) -> set[str]:
    return {report.number for report in found.only("id", "received_at").iterator(2000)}


def _lost_topics() -> list[str]:
    spoken = set(Entry.objects.exclude(topic=None).order_by().values_list("topic", flat=True).distinct())
    gone = spoken - set(Topic.objects.values_list("pk", flat=True).iterator(2000))
    gone -= set(Topic.objects.filter(pk__in=list(gone)[:LATE]).values_list("pk", flat=True))
    return [f"topic {pk}, of which the journal tells, is missing" for pk in sorted(gone)]


def database() -> list[str]:
    """What SQLite finds wrong in its own file; PostgreSQL looks after itself."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        broken = [row[0] for row in cursor.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        dangling = cursor.execute("PRAGMA foreign_key_check").fetchmany(20)
    return broken + [f"{row[0]} row {row[1]} points to a missing row of {row[2]}" for row in dangling]


def sealed() -> list[str]:
    """What does not open in the vault. Not tried without the key: asking for it would make a new one."""
    return vault.faults() + _old_sheets() if _has_key("vault") else []


def _old_sheets() -> list[str]:
    """A change of the key that was begun and is not through."""
    left = rekeying.count_old()
    return [f"{left} sheets are still sealed with the old key: run `mashangyi vault rotate`"] if left else []


def papers() -> list[str]:
    """Sealed sheets of mediations that do not open."""
    return [
        f"paper {paper.pk} of case {paper.case_id} does not open" for paper in _papers() if not _opens(paper)
    ]


def _papers():
    return Paper.objects.order_by("id").iterator(1000) if _has_key("mediation") else []


def _opens(paper: Paper) -> bool:
    try:
        mediation.opened(paper.case_id, paper.sealed)
    except (InvalidTag, ValueError):
        return False
    return True


def photos() -> list[str]:
    """Photos whose file is gone."""
    return _named([f"{path} is missing" for path in _photo_files() if not path.exists()])


def photos_read() -> list[str]:
    """The same, and photos whose file is not what it was: its name is the fingerprint of its content."""
    changed = [f"{path} was changed" for path in _photo_files() if path.exists() and _is_another(path)]
    return photos() + _named(changed)


def _photo_files():
    digests = Photo.objects.order_by().values_list("digest", flat=True).distinct()
    return (path_of(digest, small=small) for digest in digests.iterator(2000) for small in (False, True))


def _is_another(path) -> bool:
    return not path.stem.endswith("-small") and hashlib.sha256(path.read_bytes()).hexdigest() != path.stem


def _named(faults: list[str]) -> list[str]:
    more = len(faults) - MOST_NAMED
    return [*faults[:MOST_NAMED], f"and {more} more"] if more > 0 else faults


# --- what goes out ----------------------------------------------------------------------------


def worker() -> list[str]:
    """What a worker should have done an hour ago: it does not run, or fails on it."""
    return _unread() + _unsaid()


def _unread() -> list[str]:
    unread = Entry.objects.filter(city=settings.CITY, at__lt=now() - STUCK)
    lags = {name: unread.filter(seq__gt=journal.has_read(name)).count() for name in READERS}
    return [
        f"{n} entries of the journal wait for {name} for more than an hour: is `mashangyi worker` running?"
        for name, n in lags.items()
        if n
    ]


def _unsaid() -> list[str]:
    n = clocks.unsaid(now() - STUCK)
    return [f"{n} deadlines ran out more than an hour ago and nobody said so: is `mashangyi worker` running?"] if n else []


def deliveries() -> list[str]:
    """Notices that should have left an hour ago: the worker does not run, or a carrier is down."""
    due = Delivery.objects.filter(next_at__lt=now() - STUCK)
    stuck = sum(due.filter(state=state).count() for state in ("waiting", "sending", "digest"))
    return [f"{stuck} notices wait for more than an hour: is `mashangyi worker` running?"] if stuck else []


def given_up() -> list[str]:
    """Notices that no further try will carry, and those that could not be made from the journal."""
    dead, unmade = outbox.stuck()
    faults = [f"{dead} deliveries were given up: `mashangyi notices` shows them"] if dead else []
    return faults + (
        [f"{unmade} notices could not be made: `mashangyi notices` shows them"] if unmade else []
    )


def demo_accounts() -> list[str]:
    """Accounts that open without a password, in a town that is not the demo town or is open to the world."""
    demo = Person.objects.filter(is_demo=True, is_active=True).count()
    if demo and not demo_town.told():
        return [f"{demo} demo accounts in a real town"]
    return ["the demo town is served under a public https address"] if demo and settings.HTTPS else []


READERS = ("notices", "tallies")
TAKEN_IN = ("intake.reported", "intake.joined")
OF_THE_DATA = {
    "keys": keys,
    "database": database,
    "journal": chains,
    "reports": reports,
    "figures": recount.faults,
    "vault": sealed,
    "mediation": papers,
    "photos": photos,
    "worker": worker,
    "deliveries": deliveries,
    "notices": given_up,
    "accounts": demo_accounts,
}
NOTES = {
    "journal": lambda: f"{journal.head()} entries",
    "database": lambda: connection.vendor,
    "keys": lambda: str(data_folder() / "keys"),
    "vault": lambda: "the old key is kept: `mashangyi vault retire`" if _has_key("vault") and keyring.is_changing() else "",
}
