"""Hotline tickets from a table, each through the one door. Running it again adds nothing."""

from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ....ground.calendar.clock import now
from ....ground.people.asked import whole
from ....ground.people.law import No
from ....ground.places.models import Code, Room
from ....stages.intake.actions import Source, record_report
from .tables import moment, rows_of, write_rejected
from .vocabulary import IDENTITIES, URGENT_WORDS, mapping_for


@dataclass
class Outcome:
    """What an import did. `rejected_file` holds the bad rows with reasons; None when there were none."""

    rows: int = 0
    added: int = 0
    known: int = 0
    rejected: int = 0
    dry_run: bool = False
    rejected_file: Path | None = None
    reasons: dict[str, int] = field(default_factory=dict)


def room_named(name: str) -> Room:
    """A room by a code's short address or spoken digits, or by its own id. Raises ValidationError."""
    code = Code.objects.select_related("room").filter(Q(short=name.upper()) | Q(spoken=name)).first()
    room = code.room if code else Room.objects.filter(pk=whole(name)).first()
    if room is None:
        raise ValidationError(_("没有这个议事室：%s。请用议事码、六位数字或议事室编号。") % name)
    return room


def import_tickets(
    path: Path, room_code: str, mapping: Path | None = None, *, dry_run: bool = False, by,
    source: str = "12345", progress=lambda outcome: None,
) -> Outcome:  # fmt: skip
    """Take every row of a table of tickets in as a report for one room; bad rows go to a file with the reason.

    `mapping` names a JSON file of our field → their heading; `dry_run` checks everything and keeps
    nothing; `progress` is called with the outcome so far after each row.
    """
    room, outcome, rejected, columns = room_named(room_code), Outcome(dry_run=dry_run), [], None
    for line, row in enumerate(rows_of(Path(path)), 2):
        columns = columns or mapping_for(list(row), mapping)
        outcome.rows += 1
        try:
            is_new = _take(room, row, columns, source, dry_run, by)
            outcome.added += is_new
            outcome.known += not is_new
        except (ValidationError, No) as problem:
            rejected.append((line, row, _why(problem)))
        progress(outcome)
    return _with_rejected(outcome, rejected, Path(path))


class _Tried(Exception):  # noqa: N818 — undoes a row of a dry run
    pass


def _take(room: Room, row: dict, columns: dict, source: str, dry_run: bool, by) -> bool:
    """One row through the door; True when it was new."""
    ticket = {name: row.get(heading, "") for name, heading in columns.items()}
    if not ticket["external_id"]:
        raise ValidationError(_("没有工单编号"))
    made = None
    try:
        with transaction.atomic():
            made = record_report(
                room, "\n".join(filter(None, (ticket.get("title"), ticket["words"]))), "hotline", by=by,
                spot=ticket.get("spot", "")[:120], name=ticket.get("name", ""), phone=ticket.get("phone", ""),
                urgent=ticket.get("urgent", "") in URGENT_WORDS, happened_at=moment(ticket.get("happened_at", "")),
                source=Source(source, ticket["external_id"], _further(row, columns)),
            )  # fmt: skip
            if dry_run:
                raise _Tried
    except _Tried:
        pass
    return made.is_new


def _further(row: dict, columns: dict) -> dict:
    """The other columns, kept as they came, without those that say who it was and those kept elsewhere."""
    taken = {columns[name] for name in (*IDENTITIES, "words", "title", "external_id") if name in columns}
    return {heading: cell for heading, cell in row.items() if heading and cell and heading not in taken}


def _why(problem) -> str:
    return "；".join(problem.messages) if isinstance(problem, ValidationError) else problem.reason


def _with_rejected(outcome: Outcome, rejected, path: Path) -> Outcome:
    outcome.rejected = len(rejected)
    for _line, _row, reason in rejected:
        outcome.reasons[reason] = outcome.reasons.get(reason, 0) + 1
    if rejected:
        name = f"{path.stem}-{now():%Y%m%d-%H%M%S}-rejected.csv"
        outcome.rejected_file = write_rejected(Path(settings.DATA) / "imports" / name, rejected)
    return outcome
