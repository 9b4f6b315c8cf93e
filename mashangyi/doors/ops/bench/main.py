"""`mashangyi bench`: fill, start, measure, print."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mashangyi.doors.ops.serving import served

from .client import Load, get, load
from .pages import pages, submission
from .table import print_table

SETTINGS = "mashangyi.doors.ops.bench.settings"
WARM_UP = 0.5  # seconds before each figure


def arguments(parser) -> None:
    parser.add_argument("--topics", type=int, default=200_000, help="topics of the large city (default: 200000)")
    parser.add_argument("--small", type=int, default=2_000, help="topics of the small city beside it (default: 2000)")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each figure is measured (default: 4)")


def run(options) -> int:
    """The whole bench; 0 when it ran, whatever it found."""
    rows, facts = [], {}
    for topics in sorted({options.small, options.topics}):
        with tempfile.TemporaryDirectory(prefix="mashangyi-bench-") as folder:
            found = _measure(Path(folder), topics, options.seconds, whole=topics == options.topics)
        rows += found["rows"]
        facts |= found["facts"]
    if options.json:
        print(json.dumps({"rows": rows, "facts": facts}, ensure_ascii=False, indent=1))
    else:
        print_table(rows, facts)
    return 0


def _measure(folder: Path, topics: int, seconds: float, *, whole: bool) -> dict:
    # A database of its own: where the town has a PostgreSQL, the bench would fill it with what never happened.
    ours = {"MASHANGYI_DATA": str(folder), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": SETTINGS}
    environment = {**os.environ, **ours}
    town = json.loads(_child("build", str(topics), environment=environment))
    queries = json.loads(_child("queries", json.dumps(town), environment=environment))
    with served(environment) as (port, process):
        rows = [_row(port, page, topics, seconds, queries, whole) for page in pages(town)]
        facts = {}
        if whole:
            rows.insert(0, _bare(port, seconds))
            rows += [_submit(port, town, topics, seconds, queries, environment), _insert(folder, seconds)]
            facts = {"web process, MB": _memory(process.pid), "topics": topics}
    return {"rows": rows, "facts": facts}


def _row(port, page, topics, seconds, queries, whole) -> dict:
    load(port, page.anew(), seconds=min(WARM_UP, seconds))
    anew = load(port, page.anew(), seconds=seconds)
    row = {"page": page.name, "topics": topics, "queries": queries.get(page.path), "aim": page.aim, **_figures(anew)}
    if page.kept and whole:
        row["kept_per_second"] = round(load(port, page.unchanged(), seconds=seconds).rate)
    return row


def _figures(found: Load) -> dict:
    return {
        "per_second": round(found.rate),
        "p50_ms": round(found.percentile(0.5) * 1000, 1),
        "p99_ms": round(found.percentile(0.99) * 1000, 1),
        "wrong": found.wrong,
    }


def _bare(port, seconds) -> dict:
    request = get("/bare/")
    load(port, lambda n: request, seconds=min(WARM_UP, seconds))
    return {"page": "bare page", "topics": None, "queries": 0, **_figures(load(port, lambda n: request, seconds=seconds))}


def _submit(port, town, topics, seconds, queries, environment) -> dict:
    """Reports over the scan page. An answer for which no report is kept counts as wrong."""
    request = submission(town)
    load(port, lambda n: request(n + 10**8), seconds=min(WARM_UP, seconds), clients=16, expect=302)
    before = int(_child("reports", environment=environment))
    found = load(port, request, clients=16, seconds=seconds, expect=302)
    kept = int(_child("reports", environment=environment)) - before
    found.wrong += max(0, len(found.latencies) - found.wrong - kept)
    return {"page": "report submitted, 16 clients", "topics": topics, "queries": queries.get("submit"), "aim": 300, **_figures(found)}


def _insert(folder: Path, seconds: float) -> dict:
    """Durable inserts of one small row, nothing else: what the disk and SQLite give."""
    database = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE bare (id INTEGER PRIMARY KEY, words TEXT)")
    found, begun = Load(), time.perf_counter()
    while time.perf_counter() < begun + seconds:
        began = time.perf_counter()
        database.executescript("BEGIN IMMEDIATE; INSERT INTO bare (words) VALUES ('路灯不亮'); COMMIT")
        found.latencies.append(time.perf_counter() - began)
    found.seconds = time.perf_counter() - begun
    return {"page": "bare durable insert", "topics": None, "queries": 1, **_figures(found)}


def _child(*words: str, environment: dict) -> str:
    """A part of the bench in a process of its own, on the bench's own database; what it printed."""
    done = subprocess.run(  # noqa: S603 — our own module
        [sys.executable, "-m", "mashangyi.doors.ops.bench.inside", *words], env=environment,
        text=True, capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.splitlines()[-1]


def _memory(parent: int) -> float | None:
    """Resident memory of the web process that runs pages: the largest child of the server, in MB."""
    tree = [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()] if Path("/proc").exists() else []
    children = [pid for pid in tree if _status(pid).get("PPid") == str(parent)] or [parent]
    sizes = [int(_status(pid).get("VmRSS", "0 kB").split()[0]) for pid in children]
    return round(max(sizes) / 1024, 1) if sizes and max(sizes) else None


def _status(pid: int) -> dict:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    return {name: rest.strip() for name, _colon, rest in (line.partition(":") for line in lines)}
