"""The real server: Granian, the front, Django, the database."""

import json
import threading

import httpx
import pytest

pytestmark = pytest.mark.slow

DEED = """
from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.journal.record import record
from mashangyi.ground.people.actor import SYSTEM
from tests import factories
from mashangyi.topic.models import Topic
with turn():
    topic = Topic.objects.first() or factories.topic()
    print(record("topic.verify", by=SYSTEM, topic=topic, data={"to": "verifying"}).seq)
"""

BEGUN = """
from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.journal.record import record
from mashangyi.ground.people.actor import SYSTEM
from tests import factories
with turn():
    topic = factories.topic()
    record("topic.merge", by=SYSTEM, topic=topic, data={"to": "received"})
print(topic.number)
"""

MOVED = """
from mashangyi.ground.journal.deeds import turn
from mashangyi.topic import lifecycle
from mashangyi.topic.models import Topic
from tests import factories
topic = Topic.objects.get()
with turn():
    lifecycle.move(topic, "verify", by=factories.actor("clerk", room=topic.room))
"""


def test_live_events_arrive_and_what_was_missed_is_told_on_return(site):
    heard, ready = [], threading.Event()

    def listen():
        with httpx.stream("GET", f"{site.url}/live/city", timeout=20) as line:
            for text in line.iter_lines():
                ready.set()
                if text.startswith("data: "):
                    heard.append(json.loads(text[6:]))
                    return

    thread = threading.Thread(target=listen)
    thread.start()
    assert ready.wait(10)
    seq = int(site.run(DEED))
    thread.join(10)
    assert heard == [{"seq": seq, "verb": "topic.verify"}]

    second = int(site.run(DEED))
    with httpx.stream(
        "GET", f"{site.url}/live/city", headers={"Last-Event-ID": str(seq)}, timeout=20
    ) as line:
        told = next(text for text in line.iter_lines() if text.startswith("data: "))
    assert json.loads(told[6:])["seq"] == second


def test_nobody_sees_an_old_page_and_an_unchanged_one_is_not_drawn_again(site):
    number = site.run(BEGUN).strip()
    with httpx.Client(base_url=site.url) as visitor:
        first = visitor.get(f"/t/{number}/")
        again = visitor.get(f"/t/{number}/", headers={"If-None-Match": first.headers["etag"]})
        assert first.status_code == 200 and (again.status_code, again.content) in {
            (304, b""),
            (200, first.content),
        }
        assert "1 pages kept" in visitor.get("/health").text
        site.run(MOVED)
        moved = visitor.get(f"/t/{number}/", headers={"If-None-Match": first.headers["etag"]})
        assert moved.status_code == 200 and "正在核实" in moved.text and "正在核实" not in first.text


def test_the_server_stops_at_once_though_somebody_listens(site):
    with httpx.stream("GET", f"{site.url}/live/city", timeout=20) as line:
        next(line.iter_lines())
        site.stop()


def test_what_was_committed_is_there_after_kill_9(site):
    seqs = [int(site.run(DEED)) for _n in range(2)]
    site.kill()
    site.start()
    assert httpx.get(f"{site.url}/health").status_code == 200
    assert json.loads(site.command("doctor", "--json").stdout)["healthy"]
    assert site.run("from mashangyi.ground.journal.read import head; print(head())").strip() == str(seqs[-1])


def test_static_files_come_packed_and_are_kept_for_a_year(site):
    name = site.run("from mashangyi.doors.web.jinja import static; print(static('mashangyi.css'))").strip()
    answer = httpx.get(site.url + name, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200 and answer.headers["content-encoding"] == "gzip"
    assert "immutable" in answer.headers["cache-control"] and answer.headers["content-type"].startswith(
        "text/css"
    )


def test_what_is_not_a_static_file_is_not_found(site):
    for path in (
        "/static/nothing.css",
        "/static/../settings.py",
        "/static/%2e%2e/x",
        "/static/",
        "/static//etc/hosts",
    ):
        assert httpx.get(site.url + path).status_code == 404, path


def test_a_taken_port_is_said_in_plain_words(site):
    done = site.command("run", "--port", str(site.port), "--host", "127.0.0.1")
    assert (
        done.returncode == 1 and f"--port {site.port + 1}" in done.stderr and "Traceback" not in done.stderr
    )
