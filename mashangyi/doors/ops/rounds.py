"""The worker's rounds: every job in turn, each on its own, so that one that fails stops no other."""

import json
import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from django.db import close_old_connections, connection

from mashangyi.civic.insight import projection
from mashangyi.ground.calendar import tick as clocks
from mashangyi.ground.outbox import worker as outbox
from mashangyi.ground.people.actor import SYSTEM
from mashangyi.stages.evaluation import tick as evaluation
from mashangyi.stages.triage.actions import close_silent

log = logging.getLogger("mashangyi.worker")
LONGEST_PAUSE = 300.0
# A worker that is doing something goes on at once; this many rounds, then it looks at its signals.
DRAIN = 50


@dataclass
class Job:
    """`work()` returns how much it did; `every` is the least number of seconds between two runs."""

    name: str
    work: Callable[[], object]
    every: float = 0
    failures: int = 0
    not_before: float = field(default=0.0, repr=False)


@dataclass(frozen=True)
class Done:
    name: str
    amount: int
    seconds: float
    error: str = ""


def jobs() -> list[Job]:
    """What happens by itself, in the order of a round: one line for each."""
    return [
        Job("notices", outbox.project),
        Job("deliveries", outbox.deliver_due),
        Job("letters", outbox.bundle_due, every=60),
        Job("retries", outbox.make_again, every=600),
        Job("clocks", lambda: clocks.tick(by=SYSTEM), every=20),
        Job("silence", lambda: close_silent(by=SYSTEM), every=300),
        Job("evaluation", lambda: evaluation.tick(by=SYSTEM), every=5),
        Job("figures", projection.project),
    ]


def one_round(todo: list[Job], clock: Callable[[], float] = time.monotonic) -> list[Done]:
    """Run every job that is due; what each did. One that failed waits longer each time, up to 5 minutes."""
    return [_attempt(job, clock) for job in todo if clock() >= job.not_before]


def _attempt(job: Job, clock) -> Done:
    begin = clock()
    try:
        amount = _amount(job.work())
    except Exception as error:
        return _failed(job, begin, clock, error)
    job.failures, job.not_before = 0, begin + job.every
    if amount:
        log.debug("job=%s done=%d seconds=%.3f", job.name, amount, clock() - begin)
    return Done(job.name, amount, clock() - begin)


def _failed(job: Job, begin: float, clock, error: Exception) -> Done:
    job.failures += 1
    job.not_before = clock() + min(2.0**job.failures, LONGEST_PAUSE)
    log.exception("job=%s failures=%d next_in=%.0f", job.name, job.failures, job.not_before - clock())
    if not connection.in_atomic_block:
        connection.close()  # it may be the database that failed: begin with a new connection
    return Done(job.name, 0, clock() - begin, f"{type(error).__name__}: {error}")


def _amount(result) -> int:
    if isinstance(result, int):
        return int(result)
    return len(result) if hasattr(result, "__len__") else 0


def work(every: float) -> int:
    """Round after round until SIGTERM or SIGINT; what is under way is finished."""
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    todo = jobs()
    log.info("working: %s", ", ".join(job.name for job in todo))
    while not over.is_set():
        for _n in range(DRAIN):
            busy = any(done.amount for done in one_round(todo))
            if over.is_set() or not busy:
                break
        close_old_connections()
        over.wait(every)
    return 0


def show(outcome: list[Done], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([asdict(done) for done in outcome], ensure_ascii=False, indent=2))
        return
    for done in outcome:
        print(f"{done.name:12} {done.amount:6}  {done.seconds * 1000:8.1f} ms  {done.error}")
