"""`mashangyi import`: divisions and tickets from files."""

import json
from pathlib import Path

from mashangyi.doors.ops.command import Trouble, set_up

HELP = "take in files: divisions, tickets"


def arguments(parser) -> None:
    kinds = parser.add_subparsers(metavar="WHAT", required=True)
    _divisions(kinds.add_parser("divisions", help="the city's administrative divisions"))
    _tickets(kinds.add_parser("tickets", help="12345 hotline tickets (csv, xlsx)"))


def _divisions(parser) -> None:
    parser.add_argument("file", nargs="?", type=Path, help="default: the list that comes with the program")
    parser.add_argument("--json", action="store_true", help="the outcome as JSON")
    parser.set_defaults(take=take_divisions)


def _tickets(parser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--room", required=True, metavar="CODE", help="short code of the room that gets them")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="which column is what (JSON)")
    parser.add_argument("--dry-run", action="store_true", help="check everything, change nothing")
    parser.add_argument("--json", action="store_true", help="the outcome as JSON")
    parser.set_defaults(take=take_tickets)


def run(options) -> int:
    for path in (options.file, getattr(options, "mapping", None)):
        if path and not path.is_file():
            raise Trouble(f"there is no file {path}")
    set_up()
    outcome = options.take(options)
    show(outcome, as_json=options.json)
    return 1 if outcome.get("bad") else 0


def take_divisions(options) -> dict:
    from mashangyi.doors.ops.commands.prepare import required

    take = required("mashangyi.ground.places.importing", "import_divisions")
    return plain(take(options.file) if options.file else take())


def take_tickets(options) -> dict:
    from mashangyi.doors.ops.commands.prepare import required
    from mashangyi.ground.people.actor import SYSTEM

    take = required("mashangyi.doors.channels.spreadsheet", "import_tickets")
    return plain(
        take(options.file, options.room, mapping=options.mapping, dry_run=options.dry_run, by=SYSTEM)
    )


def plain(outcome) -> dict:
    """An importer's outcome as a dictionary, whatever form it has."""
    if isinstance(outcome, dict):
        return outcome
    return dict(vars(outcome)) if hasattr(outcome, "__dict__") else {"taken": outcome}


def show(outcome: dict, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(outcome, ensure_ascii=False, indent=2, default=str))
        return
    for name, value in outcome.items():
        print(f"{name.replace('_', ' '):16} {value}")
