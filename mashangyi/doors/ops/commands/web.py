"""`mashangyi web`: the web server alone."""

import argparse
import subprocess

from mashangyi.doors.ops.command import check_settings
from mashangyi.doors.ops.serving import ours

from .run import demand_free_port, port

HELP = "the web server alone (run starts it together with the worker)"

# People who watch a live page hold a connection each; Granian counts them as requests under way.
AT_ONCE = 20_000


def arguments(parser) -> None:
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on (default: every one)")  # noqa: S104
    parser.add_argument("--port", type=port, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--prepared", action="store_true", help=argparse.SUPPRESS)  # `run` has looked already


def run(options) -> int:
    check_settings()
    if not options.prepared:
        demand_free_port(options.host, options.port)
        # In a process of its own: this one stays small, and its children begin with nothing open.
        looked = subprocess.run(ours("prepare", "--check"))  # noqa: S603 — our own
        if looked.returncode:
            return looked.returncode
    return serve(options)


def serve(options) -> int:
    from granian import Granian
    from granian.constants import Interfaces, Loops
    from granian.http import HTTP1Settings

    from mashangyi.config.environment import read
    from mashangyi.config.processes import allow_many_files

    allow_many_files()
    server = Granian(
        "mashangyi.config.server:front",
        address=options.host,
        port=options.port,
        interface=Interfaces.ASGI,
        loop=Loops.asyncio,
        workers=int(read("MASHANGYI_PROCESSES")),
        websockets=False,
        backlog=4096,
        backpressure=AT_ONCE,
        http1_settings=HTTP1Settings(header_read_timeout=15_000),
        log_level="warning",
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    )
    server.serve()
    return 0
