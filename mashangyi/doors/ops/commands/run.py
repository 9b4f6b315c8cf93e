"""`mashangyi run`: everything on one port, from nothing."""

import errno
import logging
import socket
import subprocess
import sys
import time

from mashangyi.config.environment import read
from mashangyi.config.log import in_city_time
from mashangyi.config.processes import die_with_parent
from mashangyi.doors.ops.command import Trouble, check_settings
from mashangyi.doors.ops.keeper import Child, keep
from mashangyi.doors.ops.serving import ours, wait_until_it_answers

HELP = "prepare the data folder, then keep web server and worker running until Ctrl-C"
EVERYWHERE = "0.0.0.0"  # noqa: S104 — a town is there to be reached
ANY = {EVERYWHERE, "::", ""}


def arguments(parser) -> None:
    parser.add_argument("--port", type=port, default=8000, help="the one port (default: 8000)")
    parser.add_argument("--host", default=EVERYWHERE, help="address to listen on (default: every one)")
    parser.add_argument(
        "--lan", metavar="ADDRESS", help="address of this machine for phones, where the guess is wrong"
    )
    parser.add_argument("--empty", action="store_true", help="start a real town instead of the demo town")


def port(text: str) -> int:
    """A port as typed. Raises ValueError when there is none of this number."""
    number = int(text)
    if not 0 < number < 65_536:
        raise ValueError(text)
    return number


def run(options) -> int:
    begin = time.monotonic()
    check_settings()
    write_log()
    demand_free_port(options.host, options.port)
    greeting = prepared(options)
    children = [
        Child("web", ours("web", "--prepared", "--host", options.host, "--port", str(options.port))),
        Child("worker", ours("worker", "--prepared")),
    ]
    return keep(children, when_started=lambda: greet(options, greeting, begin))


def write_log() -> None:
    """The keeper's lines on standard error, like everyone's."""
    handler = logging.StreamHandler()
    handler.setFormatter(in_city_time())
    logging.basicConfig(handlers=[handler], level=read("MASHANGYI_LOG"))


def demand_free_port(host: str, port: int) -> None:
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise Trouble(_not_free(host, port, error)) from None


def _not_free(host: str, port: int, error: OSError) -> str:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return (
            f"这台机器没有地址 {host}，请用 --host 换一个，或者不写。\n"
            f"This machine has no address {host}: choose another by --host, or none."
        )
    other = 8000 if error.errno == errno.EACCES else port + 1 if port < 65_535 else 8000
    return (
        f"端口 {port} 用不了（{error.strerror}），请换一个：--port {other}\n"
        f"Port {port} cannot be used: {error.strerror}. Try: --port {other}"
    )


def prepared(options) -> str:
    """Run `mashangyi prepare` in a process of its own, so that the keeper stays small; its greeting."""
    line = ours(
        "prepare", "--address", address_for_phones(options), *(["--empty"] if options.empty else ["--demo"])
    )
    encoding = {"encoding": sys.stdout.encoding, "errors": "replace"}
    done = subprocess.run(line, stdout=subprocess.PIPE, preexec_fn=die_with_parent, **encoding)  # noqa: S603, PLW1509
    if done.returncode:
        sys.exit(done.returncode)  # it has said why
    return done.stdout


def address_for_phones(options) -> str:
    """The public address where it is set; else of this machine in its own network, where it listens there."""
    if read("MASHANGYI_ADDRESS") and not options.lan:
        return read("MASHANGYI_ADDRESS").rstrip("/")
    listens = lan_address() if options.host in ANY else options.host
    return f"http://{bracketed(options.lan or listens)}:{options.port}"


def bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def lan_address() -> str:
    """The address by which a phone in the same network reaches this machine. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            return probe.getsockname()[0]
        except OSError:
            return "127.0.0.1"


def greet(options, greeting: str, begin: float) -> None:
    host = "127.0.0.1" if options.host in ANY else options.host
    wait_until_it_answers(host, options.port)
    print(greeting, end="")
    seconds = time.monotonic() - begin
    print(f"  http://{bracketed(host)}:{options.port}    ({seconds:.1f} s, Ctrl-C)", flush=True)
