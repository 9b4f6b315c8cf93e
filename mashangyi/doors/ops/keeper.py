"""Keeping processes alive: started together, restarted when one dies, stopped together."""

import logging
import signal
import subprocess
import threading
import time

from mashangyi.config.processes import die_with_parent

log = logging.getLogger("mashangyi.keeper")
LONGEST_WAIT = 30.0  # between two starts of a process that keeps dying
STEADY = 60.0  # seconds after which a process counts as healthy again
GRACE = 10.0  # seconds to finish what is under way


class Child:
    """One process of ours; `line` is its command line."""

    def __init__(self, name: str, line: list[str]):
        self.name, self.line = name, line
        self.process: subprocess.Popen | None = None
        self.started = 0.0
        self.wait = 0.25
        self.again_at: float | None = None

    def start(self) -> None:
        self.started, self.again_at = time.monotonic(), None
        # A session of its own: Ctrl-C reaches the keeper alone, which then stops everyone in order.
        self.process = subprocess.Popen(self.line, start_new_session=True, preexec_fn=die_with_parent)  # noqa: S603, PLW1509

    def look_after(self) -> None:
        """Start again when it has died, later each time it dies soon after its start."""
        if self.process is None or self.process.poll() is None:
            return
        now = time.monotonic()
        if self.again_at is None:
            self.wait = 0.5 if now - self.started > STEADY else min(self.wait * 2, LONGEST_WAIT)
            self.again_at = now + self.wait
            code = self.process.returncode
            log.warning("%s ended with code %s, starting it again in %.1f s", self.name, code, self.wait)
        elif now >= self.again_at:
            self.start()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def wait_for(self, seconds: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(seconds, 0.1))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def keep(children: list[Child], when_started=lambda: None) -> int:
    """Start the children, look after them until SIGINT or SIGTERM, stop them; the exit code."""
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    try:
        for child in children:
            child.start()
        when_started()
        while not over.wait(0.25):
            for child in children:
                child.look_after()
    finally:
        stop(children)
    return 0


def stop(children: list[Child]) -> None:
    end = time.monotonic() + GRACE
    for child in children:
        child.stop()
    for child in children:
        child.wait_for(end - time.monotonic())
