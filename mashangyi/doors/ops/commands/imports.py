"""`mashangyi import`: divisions and tickets."""

import json
import sys
from pathlib import Path

from mashangyi.doors.ops.command import Trouble, set_up

HELP = "take in the divisions, or tickets from a file"
EVERY = 100  # rows between two signs of life on a terminal


def arguments(parser) -> None:
    kinds = parser.add_subparsers(metavar="WHAT", required=True)
    divisions = kinds.add_parser("divisions", help="the city's divisions, from the lists that come along")
    divisions.set_defaults(take=take_divisions)
    tickets = kinds.add_parser("tickets", help="12345 hotline tickets (csv, xlsx)")
    tickets.set_defaults(take=take_tickets)
    tickets.add_argument("file", type=Path)
    tickets.add_argument("--room", required=True, metavar="CODE", help="code of the room that gets them")
    tickets.add_argument("--mapping", type=Path, metavar="FILE", help="which column is what (JSON)")
    tickets.add_argument("--dry-run", action="store_true", help="check everything, change nothing")
    for kind in (divisions, tickets):
        kind.add_argument("--json", action="store_true", help="the outcome as JSON")


def run(options) -> int:
    set_up()
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
    how = {"mapping": options.mapping, "dry_run": options.dry_run, "progress": progress}
    return dict(vars(import_tickets(options.file, options.room, **how, by=SYSTEM)))


def progress(outcome) -> None:
    """A sign of life for whoever waits at a terminal."""
    if sys.stderr.isatty() and outcome.rows % EVERY == 0:
        print(f"\r{outcome.rows}", end="", file=sys.stderr, flush=True)


def show(outcome: dict, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(outcome, ensure_ascii=False, indent=2, default=str))
        return
    for name, value in outcome.items():
        print(f"{name.replace('_', ' '):16} {value}")
