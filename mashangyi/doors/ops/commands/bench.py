"""`mashangyi bench`: how fast, beside a bare page and a bare insert in the same run."""

from mashangyi.doors.ops.command import Trouble
from mashangyi.doors.ops.commands.prepare import optional

HELP = "measure requests per second, latency and queries of the main pages"
WHERE = "mashangyi.doors.ops.bench.main"


def arguments(parser) -> None:
    parser.add_argument("--json", action="store_true", help="the table as JSON")
    add = optional(WHERE, "arguments")
    if add:
        add(parser)


def run(options) -> int:
    bench = optional(WHERE, "run")
    if bench is None:
        raise Trouble("this release has no bench")
    return bench(options)
