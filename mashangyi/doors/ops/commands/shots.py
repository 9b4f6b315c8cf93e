"""`mashangyi shots`: pictures of the designed pages for the documents."""

from mashangyi.doors.ops.command import Trouble
from mashangyi.doors.ops.commands.prepare import optional

HELP = "screenshots of the designed pages into docs/ (needs a browser)"
WHERE = "mashangyi.doors.ops.pictures"


def arguments(parser) -> None:
    add = optional(WHERE, "arguments")
    if add:
        add(parser)


def run(options) -> int:
    take = optional(WHERE, "run")
    if take is None:
        raise Trouble("this release takes no pictures")
    return take(options)
