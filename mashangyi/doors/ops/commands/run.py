"""`mashangyi run`: everything on one port, from nothing."""

import socket
import subprocess
import sys
import time

from mashangyi.doors.ops.command import Trouble
from mashangyi.doors.ops.keeper import Child, keep

HELP = "prepare the data folder, then keep web server and worker running until Ctrl-C"
PATIENCE = 30  # seconds for the web server to answer


def arguments(parser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="the one port (default: 8000)")
    parser.add_argument("--host", default="0.0.0.0", help="address to listen on (default: every one)")  # noqa: S104
    parser.add_argument(
        "--lan", metavar="ADDRESS", help="address of this machine for phones, where the guess is wrong"
    )
    parser.add_argument("--empty", action="store_true", help="start a real town instead of the demo town")


def run(options) -> int:
    begin = time.monotonic()
    demand_free_port(options.host, options.port)
    greeting = prepared(options)
    children = [
        Child("web", ours("web", "--host", options.host, "--port", str(options.port))),
        Child("worker", ours("worker")),
    ]
    return keep(children, when_started=lambda: greet(options, greeting, begin))


def ours(*words: str) -> list[str]:
    return [sys.executable, "-m", "mashangyi.doors.ops", *words]


def demand_free_port(host: str, port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise Trouble(
                f"端口 {port} 用不了（{error.strerror}），请换一个：mashangyi run --port {port + 1}\n"
                f"Port {port} cannot be used: {error.strerror}. Try: mashangyi run --port {port + 1}"
            ) from None


def prepared(options) -> str:
    """Run `mashangyi prepare` in a process of its own, so that the keeper stays small; its greeting."""
    address = f"http://{options.lan or lan_address()}:{options.port}"
    line = ours("prepare", "--address", address, *(["--empty"] if options.empty else ["--demo"]))
    done = subprocess.run(line, stdout=subprocess.PIPE, text=True, encoding="utf-8")  # noqa: S603 — our own
    if done.returncode:
        raise Trouble("could not prepare the data folder (see above)")
    return done.stdout


def lan_address() -> str:
    """The address by which a phone in the same network reaches this machine. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            return probe.getsockname()[0]
        except OSError:
            return "127.0.0.1"


def greet(options, greeting: str, begin: float) -> None:
    host = "127.0.0.1" if options.host in {"0.0.0.0", "::", ""} else options.host  # noqa: S104
    wait_until_it_answers(host, options.port)
    print(greeting, end="")
    print(f"  http://{host}:{options.port}    ({time.monotonic() - begin:.1f} s, Ctrl-C)", flush=True)


def wait_until_it_answers(host: str, port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with socket.create_connection((host, port), timeout=1) as line:
                line.sendall(b"HEAD /health HTTP/1.0\r\nHost: localhost\r\n\r\n")
                if line.recv(1):
                    return
        except OSError:
            time.sleep(0.1)
    raise Trouble(f"the web server did not answer within {PATIENCE} s")
