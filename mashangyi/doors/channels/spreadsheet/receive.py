"""Tickets of another system from a table, each through the one door. Running it again adds nothing."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ....ground.asked import whole
from ....ground.calendar.clock import now
from ....ground.people.law import No
from ....ground.places.models import Room
from ....ground.places.queries import code_typed
from ....stages.intake.actions import Receipt, Source, record_report
from ....stages.intake.rules import legible
from .moments import moment
from .tables import ADDED, table_of, write_rejected
from .vocabulary import PERSONAL, URGENT_WORDS, known_headings, mapping_for, phone_in

# The channels that come as tables, and what their system is called in our books.
SOURCES = {"hotline": "12345", "petition": "petition", "station": "station"}
LONGEST_ID = 80
LONGEST_NAME = 40
LONGEST_FURTHER = 2000
# A long number as a spreadsheet program shows it: 2.02604E+13 stands for thousands of tickets.
_ROUNDED = re.compile(r"\d(?:\.\d+)?[Ee]\+\d+")


@dataclass
class Outcome:
    """What an import did. `rejected_file` holds the bad rows with reasons, and those of tickets whose words
    have changed since they were taken in; None when there were none."""

    rows: int = 0
    added: int = 0
    known: int = 0
    changed: int = 0
    rejected: int = 0
    dry_run: bool = False
    rejected_file: Path | None = None
    reasons: dict[str, int] = field(default_factory=dict)


def room_named(name: str) -> Room:
    """An open room by a code's short address or spoken digits, or by its own id. Raises ValidationError."""
    code = code_typed(name)
    room = code.room if code else None
    if room is None and whole(name):
        room = Room.objects.filter(pk=whole(name)).first()
    if room is None:
        raise ValidationError(_("没有这个议事室：%s。请用议事码、六位数字或议事室编号。") % name)
    if not room.is_open:
        raise ValidationError(_("%s已经关闭，不能再收。请换一个议事室。") % room.name)
    return room


def import_tickets(
    path: Path, room_code: str, mapping: Path | None = None, *, dry_run: bool = False, by,
    channel: str = "hotline", progress=lambda outcome: None,
) -> Outcome:  # fmt: skip
    """Take every row of a table of tickets in as a report for one room; bad rows go to a file with the reason.

    `mapping` names a JSON file of our field → their heading; `dry_run` checks everything and keeps
    nothing; `progress` is called with the outcome so far after each row.
    """
    room, table = room_named(room_code), table_of(Path(path), known_headings(mapping))
    one = _Import(room, channel, mapping_for(table.headings, mapping), dry_run, by)
    outcome, rejected = Outcome(dry_run=dry_run), []
    for line, row in table.rows:
        outcome.rows += 1
        try:
            kind = one.take(row)
            setattr(outcome, kind, getattr(outcome, kind) + 1)
            if kind == "changed":
                rejected.append((line, row, _("以前收过，内容改了；收下的没有动，请议事专员核对")))
        except (ValidationError, No) as problem:
            outcome.rejected += 1
            rejected.append((line, row, _why(problem)))
        progress(outcome)
    return _with_rejected(outcome, table.headings, rejected, Path(path))


class _Tried(Exception):  # noqa: N818 — undoes a row of a dry run
    pass


class _Import:
    """One run over a table: where it goes, what its columns are, and what it has seen."""

    def __init__(self, room: Room, channel: str, columns: dict[str, str], dry_run: bool, by):
        self.room, self.channel, self.columns, self.dry_run, self.by = room, channel, columns, dry_run, by
        self.tried: dict[str, str] = {}  # words by ticket: what a dry run has taken back again

    def take(self, row: dict[str, str]) -> str:
        """One row through the door: "added", "known", or "changed" when its words are not those we have."""
        ticket = {name: row.get(heading, "") for name, heading in self.columns.items()}
        key, words = ticket["external_id"], "\n".join(filter(None, (ticket.get("title"), ticket["words"])))
        _check(ticket)
        if key in self.tried:
            return "known" if self.tried[key] == words else "changed"
        receipt = self._recorded(words, ticket, self._further(row))
        if receipt.is_new:
            return "added"
        return "known" if receipt.report.words == legible(words) else "changed"

    def _recorded(self, words: str, ticket: dict, further: dict) -> Receipt:
        made = None
        try:
            with transaction.atomic():
                made = record_report(
                    self.room, words, self.channel, by=self.by,
                    spot=ticket.get("spot", "")[:120], name=ticket.get("name", "")[:LONGEST_NAME],
                    phone=phone_in(ticket.get("phone", "")), urgent=ticket.get("urgent", "").lower() in URGENT_WORDS,
                    happened_at=moment(ticket.get("happened_at", "")),
                    source=Source(SOURCES[self.channel], ticket["external_id"], further),
                )  # fmt: skip
                if self.dry_run:
                    raise _Tried
        except _Tried:
            self.tried[ticket["external_id"]] = words
        return made

    def _further(self, row: dict[str, str]) -> dict[str, str]:
        """The other columns, kept as they came, without those that say who it was and those kept elsewhere."""
        elsewhere = {self.columns.get(name) for name in ("external_id", "title", "words", "name", "phone")} | {*ADDED}
        return {
            heading: cell[:LONGEST_FURTHER]
            for heading, cell in row.items()
            if cell and heading not in elsewhere and not PERSONAL.search(heading)
        }


def _check(ticket: dict) -> None:
    if not ticket["external_id"]:
        raise ValidationError(_("没有工单编号，分不清是不是收过。请补上编号。"))
    if _ROUNDED.fullmatch(ticket["external_id"]):
        raise ValidationError(_("工单编号被表格软件改成了“%s”，分不清是哪一张。请把这一列设成“文本”，从原系统重新导出。")
                              % ticket["external_id"])  # fmt: skip
    if len(ticket["external_id"]) > LONGEST_ID:
        raise ValidationError(_("工单编号太长，最多 %s 个字。") % LONGEST_ID)
    if not ticket["words"]:
        raise ValidationError(_("没有写是什么事。请补上内容。"))


def _why(problem) -> str:
    return "；".join(problem.messages) if isinstance(problem, ValidationError) else problem.reason


def _with_rejected(outcome: Outcome, headings: list[str], rejected, path: Path) -> Outcome:
    for _line, _row, reason in rejected:
        outcome.reasons[reason] = outcome.reasons.get(reason, 0) + 1
    if rejected:
        name = f"{path.stem}-{timezone.localtime(now()):%Y%m%d-%H%M%S}-rejected.csv"
        outcome.rejected_file = write_rejected(Path(settings.DATA) / "imports" / name, headings, rejected)
    return outcome
