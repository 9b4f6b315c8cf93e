"""What `mashangyi doctor` examines. Each check is a function that returns its faults in words."""

import os
import stat
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection

from mashangyi.config.environment import data_folder
from mashangyi.ground.calendar.clock import now
from mashangyi.ground.journal import read as journal
from mashangyi.ground.journal.models import Chain
from mashangyi.ground.outbox import queries as outbox
from mashangyi.ground.outbox.models import Delivery
from mashangyi.ground.people import demo_town, vault
from mashangyi.ground.people.models import Person

from .commands.prepare import optional, unapplied

STUCK = timedelta(hours=1)


@dataclass(frozen=True)
class Finding:
    name: str
    faults: list[str]
    note: str = ""


def examine() -> list[Finding]:
    """Every check in turn. Without its tables a database is not looked into any further."""
    findings = [_checked("migrations", migrations), _checked("keys", keys), _checked("debug", debug)]
    if findings[0].faults:
        return findings
    return findings + [_checked(name, check) for name, check in OF_THE_DATA.items()]


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


def migrations() -> list[str]:
    return [f"{name} is not applied: run `mashangyi prepare`" for name in unapplied()]


def keys() -> list[str]:
    """Keys that other users of the machine can read, and a vault whose key is gone."""
    folder = data_folder() / "keys"
    found = [_open_to_others(path) for path in [folder, *sorted(folder.glob("*"))] if path.exists()]
    faults = [words for words in found if words]
    if not (folder / "vault").exists() and _vault_holds_something():
        faults.append(f"{folder / 'vault'} is missing: the identity vault cannot be opened without it")
    return faults


def _open_to_others(path) -> str:
    mode = stat.S_IMODE(os.stat(path).st_mode)
    return f"{path} can be read by others (mode {mode:o}): chmod go= {path}" if mode & 0o077 else ""


def _vault_holds_something() -> bool:
    from mashangyi.ground.people.models import Identity

    return not unapplied() and Identity.objects.exists()


def debug() -> list[str]:
    return ["MASHANGYI_DEBUG is on: errors show the program's inside to visitors"] if settings.DEBUG else []


def chains() -> list[str]:
    """Faults in the journal of every city of this database."""
    cities = list(Chain.objects.order_by("city").values_list("city", flat=True)) or [settings.CITY]
    return [f"journal {city}: {fault}" for city in cities for fault in journal.faults(city)]


def tallies() -> list[str]:
    recount = optional("mashangyi.civic.insight.recount", "faults")
    return recount() if recount else []


def database() -> list[str]:
    """What SQLite finds wrong in its own file; PostgreSQL looks after itself."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        broken = [row[0] for row in cursor.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        dangling = cursor.execute("PRAGMA foreign_key_check").fetchmany(20)
    return broken + [f"{row[0]} row {row[1]} points to a missing row of {row[2]}" for row in dangling]


def deliveries() -> list[str]:
    """Notices that should have left an hour ago: the worker does not run, or a carrier is down."""
    stuck = Delivery.objects.filter(state__in=["waiting", "sending"], next_at__lt=now() - STUCK).count()
    return [f"{stuck} notices wait for more than an hour: is `mashangyi worker` running?"] if stuck else []


def given_up() -> list[str]:
    """Notices that no further try will carry, and those that could not be made from the journal."""
    dead, unmade = outbox.stuck()
    faults = [f"{dead} deliveries were given up: see their errors in outbox_delivery"] if dead else []
    return faults + ([f"{unmade} notices could not be made: see outbox_unmade"] if unmade else [])


def demo_accounts() -> list[str]:
    """Accounts that open without a password, in a town that is not the demo town or is open to the world."""
    demo = Person.objects.filter(is_demo=True, is_active=True).count()
    if demo and not demo_town.told():
        return [f"{demo} demo accounts in a real town"]
    return ["the demo town is served under a public https address"] if demo and settings.HTTPS else []


OF_THE_DATA = {
    "database": database,
    "journal": chains,
    "figures": tallies,
    "vault": vault.faults,
    "deliveries": deliveries,
    "notices": given_up,
    "accounts": demo_accounts,
}
NOTES = {
    "journal": lambda: f"{journal.head()} entries",
    "database": lambda: connection.vendor,
    "keys": lambda: str(data_folder() / "keys"),
}
