"""`mashangyi recount`: every figure anew from the journal, while the town is at work."""

import sys

from mashangyi.doors.ops.command import set_up

from .imports import show
from .prepare import demand_prepared

HELP = "count every figure anew from the journal; until it is done, pages show what is counted so far"


def arguments(parser) -> None:
    parser.add_argument("--json", action="store_true", help="the outcome as JSON")


def run(options) -> int:
    set_up()
    demand_prepared()
    from mashangyi.civic.insight import projection, recount
    from mashangyi.ground.people.actor import SYSTEM

    last, done = projection.begin_again(by=SYSTEM), 0
    while read := projection.project():
        done += read
        print(f"read: {done} of {last}", file=sys.stderr)
    faults = recount.faults()
    show({"entries": last, "faults": len(faults)}, as_json=options.json)
    return 1 if faults else 0
