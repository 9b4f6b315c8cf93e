"""`mashangyi vault`: change the key of the identity vault, while the town is at work."""

import sys

from mashangyi.doors.ops.command import Trouble, set_up

from .imports import show
from .prepare import demand_prepared

HELP = "the key of the identity vault: put in a new one, seal everything anew, remove the old one"
DEEDS = {
    "rotate": "a new key, and everything sealed anew with it; goes on where it was broken off",
    "retire": "remove the old key, a day later, when nothing needs it any more",
    "state": "how much is sealed with the old key",
}


def arguments(parser) -> None:
    words = "; ".join(f"{name}: {help_}" for name, help_ in DEEDS.items())
    parser.add_argument("deed", choices=DEEDS, metavar="DEED", help=words)
    parser.add_argument("--json", action="store_true", help="the outcome as JSON")


def run(options) -> int:
    set_up()
    demand_prepared()
    return {"rotate": rotate, "retire": retire, "state": state}[options.deed](options)


def rotate(options) -> int:
    from mashangyi.ground.people import rekeying
    from mashangyi.ground.people.actor import SYSTEM

    new, done = rekeying.begin(by=SYSTEM), 0
    for changed in rekeying.seal_anew():
        done += changed
        print(f"sealed anew: {done}", file=sys.stderr)
    return show({"new_key": new, "sealed_anew": done, "left": rekeying.count_old()}, as_json=options.json) or 0


def retire(options) -> int:
    from mashangyi.ground.people import rekeying
    from mashangyi.ground.people.actor import SYSTEM

    try:
        rekeying.finish(by=SYSTEM)
    except rekeying.NotYet as problem:
        raise Trouble(f"the old key is kept: {problem}") from None
    return show({"retired": True}, as_json=options.json) or 0


def state(options) -> int:
    from mashangyi.ground.people import keyring, rekeying

    found = {"changing": keyring.is_changing(), "left": rekeying.count_old()}
    return show(found, as_json=options.json) or 0
