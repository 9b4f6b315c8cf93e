"""`mashangyi bench`: how fast, beside a bare page and a bare insert in the same run."""

from mashangyi.doors.ops.bench import main

HELP = "measure requests per second, latency and queries of the main pages"


def arguments(parser) -> None:
    parser.add_argument("--json", action="store_true", help="the table as JSON")
    main.arguments(parser)


def run(options) -> int:
    return main.run(options)
