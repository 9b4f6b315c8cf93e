"""`mashangyi worker`: what happens by itself: notices, clocks that run out, figures."""

import argparse

from mashangyi.doors.ops.command import set_up

from .prepare import demand_prepared

HELP = "notices, deadlines and figures (run starts it together with the web server)"


def arguments(parser) -> None:
    parser.add_argument("--once", action="store_true", help="do one round and end")
    parser.add_argument(
        "--every", type=seconds, default=1.0, metavar="SECONDS", help="pause between rounds (default: 1)"
    )
    parser.add_argument("--json", action="store_true", help="with --once: the round as JSON")
    parser.add_argument("--prepared", action="store_true", help=argparse.SUPPRESS)  # `run` has looked already


def seconds(text: str) -> float:
    """A pause as typed. Raises ValueError where none can be so long."""
    pause = float(text)
    if not 0 < pause <= 3600:
        raise ValueError(text)
    return pause


def run(options) -> int:
    set_up()
    if not options.prepared:
        demand_prepared()
    from mashangyi.doors.ops import rounds

    if not options.once:
        return rounds.work(options.every)
    outcome = rounds.one_round(rounds.jobs())
    rounds.show(outcome, as_json=options.json)
    return 0 if all(done.error == "" for done in outcome) else 1
