"""`mashangyi notices`: what could not be told to anyone, and one more try."""

import json

from mashangyi.doors.ops.command import set_up

from .imports import show
from .prepare import demand_prepared

HELP = "what could not be delivered, and why; --again tries once more"
MOST = 50
REMEDY = "`mashangyi notices --again` tries once more what is not older than a week, `--forget` strikes off the rest"


def arguments(parser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--again", action="store_true", help="try once more what is not older than a week")
    what.add_argument("--forget", action="store_true", help="strike them off: they have been looked at")
    parser.add_argument("--json", action="store_true", help="the list, or the outcome, as JSON")


def run(options) -> int:
    """Code 1 when a list is asked for and is not empty."""
    set_up()
    demand_prepared()
    from mashangyi.ground.outbox import worker

    if options.again:
        done = {"waiting_again": worker.send_again(), "made": worker.make_again()}
        return show(done, as_json=options.json) or 0
    if options.forget:
        return show({"struck_off": worker.forget()}, as_json=options.json) or 0
    return listed(options)


def listed(options) -> int:
    """The newest of each kind, without a name, a number or a word of the message."""
    from mashangyi.ground.outbox import queries

    dead, unmade = queries.given_up(MOST), queries.unmade(MOST)
    if options.json:
        print(json.dumps({"given_up": dead, "not_made": unmade}, ensure_ascii=False, indent=2, default=str))
    else:
        for row in dead:
            print(
                "given up  {id:>8}  {carrier:8} {notice__kind:20} entry {notice__seq}  {error}".format(**row)
            )
        for row in unmade:
            print("not made            {kind:20} entry {seq}  {error}".format(**row))
        print("nothing" if not dead and not unmade else REMEDY)
    return 1 if dead or unmade else 0
