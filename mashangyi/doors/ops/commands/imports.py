"""`mashangyi import`: divisions and tickets."""

import json
import sys
from argparse import RawDescriptionHelpFormatter
from pathlib import Path

from mashangyi.doors.ops.command import Trouble, set_up

from .prepare import demand_prepared

HELP = "take in the divisions, or tickets from a file"
EVERY = 100  # rows between two signs of life on a terminal
TICKETS = """\
Take in tickets of another system from a table (csv in UTF-8, UTF-16 or GB18030; xlsx). Each row becomes a
report for one room. The same ticket counts once, however often the table is taken in; bad rows come back as
a file with the reason, ready to be mended and taken in again."""
COLUMNS = """\
The columns are found by their usual headings (工单编号, 标题, 诉求内容, 诉求地址, 来电时间, 诉求人, 联系电话, 紧急程度).
Others are named in a mapping file, our field to the heading of the table:

  {"external_id": "编号", "words": "事项", "spot": "地点", "happened_at": "时间", "phone": "电话"}

Fields: external_id and words (both needed), title, spot, happened_at, name, phone, urgent.

examples:
  mashangyi import tickets tickets.xlsx --room 66384T --dry-run
  mashangyi import tickets tickets.csv --room 482913 --mapping columns.json --json
  mashangyi import tickets visits.xlsx --room 482913 --channel station"""


def arguments(parser) -> None:
    kinds = parser.add_subparsers(metavar="WHAT", required=True)
    divisions = kinds.add_parser("divisions", help="the city's divisions, from the lists that come along")
    divisions.set_defaults(take=take_divisions)
    tickets = kinds.add_parser("tickets", help="tickets of the 12345 hotline and others (csv, xlsx)", description=TICKETS,
                               epilog=COLUMNS, formatter_class=RawDescriptionHelpFormatter)  # fmt: skip
    tickets.set_defaults(take=take_tickets)
    tickets.add_argument("file", type=Path)
    tickets.add_argument("--room", required=True, metavar="CODE", help="code, six digits or number of the room that gets them")
    tickets.add_argument("--channel", default="hotline", choices=("hotline", "petition", "station"),
                         help="where they come from (default: hotline)")  # fmt: skip
    tickets.add_argument("--mapping", type=Path, metavar="FILE", help="which column is what (JSON)")
    tickets.add_argument("--dry-run", action="store_true", help="check everything, change nothing")
    for kind in (divisions, tickets):
        kind.add_argument("--json", action="store_true", help="the outcome as JSON")


def run(options) -> int:
    set_up()
    demand_prepared()
    from django.core.exceptions import ValidationError
    from django.utils import translation

    from mashangyi.config.environment import terminal_language

    with translation.override(terminal_language()):
        try:
            outcome = options.take(options)
        except ValidationError as problem:
            raise Trouble("; ".join(problem.messages)) from None
    show(outcome, as_json=options.json)
    return 0


def take_divisions(options) -> dict:
    from mashangyi.ground.people.actor import SYSTEM
    from mashangyi.ground.places.importing import import_divisions

    return import_divisions(by=SYSTEM)


def take_tickets(options) -> dict:
    from mashangyi.doors.channels.spreadsheet.receive import import_tickets
    from mashangyi.ground.people.actor import SYSTEM

    for path in filter(None, (options.file, options.mapping)):
        if not path.is_file():
            raise Trouble(f"there is no file {path}")
    how = {"mapping": options.mapping, "dry_run": options.dry_run, "channel": options.channel, "progress": progress}
    try:
        return dict(vars(import_tickets(options.file, options.room, **how, by=SYSTEM)))
    finally:
        _tell("\r\033[K")


def progress(outcome) -> None:
    """A sign of life for whoever waits at a terminal."""
    if outcome.rows % EVERY == 0:
        _tell(f"\r{outcome.rows}")


def _tell(words: str) -> None:
    if sys.stderr.isatty():
        print(words, end="", file=sys.stderr, flush=True)


def show(outcome: dict, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(outcome, ensure_ascii=False, indent=2, default=str))
        return
    reasons = outcome.pop("reasons", {})
    for name, value in outcome.items():
        print(f"{name.replace('_', ' '):16} {'-' if value is None else value}")
    for reason, count in sorted(reasons.items(), key=lambda each: -each[1]):
        print(f"{count:>8} × {reason}")
