"""The unit complained of learns nothing of who reported it, wherever it looks."""

import pytest
from django.test import Client

from mashangyi.ground.people import vault
from mashangyi.ground.photos.models import Photo
from mashangyi.ground.photos.store import path_of
from mashangyi.stages.delivery import actions
from mashangyi.stages.intake.actions import record_report
from mashangyi.stages.intake.rules import receipt_secret
from mashangyi.stages.triage.actions import describe, record_visit, verify
from tests import factories as make

from .factories import photo

pytestmark = pytest.mark.django_db
BACKEND = "mashangyi.ground.people.sessions.Backend"
PHONE, NAME, WORDS, PURPOSE = "13812345678", "某居民", "我住三楼，楼下油烟直冲我家", "问三楼老人家里的情况"


@pytest.fixture
def case(settings, tmp_path):
    """A report with everything that could tell who it was, and the task that came of it."""
    settings.MEDIA_ROOT = tmp_path
    room, unit = make.room(), make.unit()
    clerk = make.actor("clerk", room=room)
    report = record_report(room, WORDS, by=clerk, channel="proxy", consent="当面同意", phone=PHONE, name=NAME,
                           photos=[photo("red")]).report  # fmt: skip
    topic = verify(report.topic, by=clerk)
    vault.unseal(report.subject, "phone", purpose=PURPOSE, by=clerk, thing=report)
    record_visit(topic, "油烟机没有装", by=clerk, photos=[photo("blue")])
    describe(topic, "饭店油烟扰民", "一楼饭店油烟直排", by=clerk)
    task = actions.handle_directly(topic, unit, "装油烟净化器", by=clerk)
    return report, task


def seen_by(post, case) -> str:
    """Everything that this post can open of the matter."""
    report, task = case
    client = Client()
    client.force_login(post.person, backend=BACKEND)
    number = report.topic.number
    addresses = [
        "/desk/", "/desk/tasks/", f"/desk/tasks/{task.pk}/", f"/desk/t/{number}/", f"/t/{number}/", "/notices/",
        "/journal/", "/journal/recount.jsonl", f"/r/?number={report.number}", f"/rooms/{report.topic.room_id}/",
        f"/desk/triage/{number}/", f"/desk/review/{number}/", f"/desk/triage/{number}/contact/{report.pk}/",
        f"/desk/filed/{report.number}/slip/",
    ]  # fmt: skip
    return "".join(client.get(address).content.decode() for address in addresses)


@pytest.mark.parametrize("told", [PHONE, PHONE[3:], NAME, WORDS, PURPOSE, "当面同意"])
def test_the_unit_reads_nothing_that_tells_who_it_was(case, told):
    post = make.post("unit_officer", unit=case[1].unit, place="320812")
    assert told not in seen_by(post, case) and "饭店油烟扰民" in seen_by(post, case)


def test_the_unit_meets_no_receipt(case):
    post = make.post("unit_officer", unit=case[1].unit, place="320812")
    assert receipt_secret(case[0].pk) not in seen_by(post, case)


def test_the_clerk_reads_why_the_number_was_looked_up(case):
    post = make.post("clerk", room=case[0].topic.room)
    assert PURPOSE in seen_by(post, case)


@pytest.mark.parametrize(("role", "subject", "sees"), [
    ("clerk", "report", True), ("convener", "report", True), ("reviewer", "report", True),
    ("unit_officer", "report", False), ("member", "report", False), ("supervisor", "report", False),
    ("mediator", "report", False), ("auditor", "report", False), ("grid_worker", "report", False),
    ("grid_worker", "visit", True), ("unit_officer", "visit", False), ("member", "visit", False),
])  # fmt: skip
def test_a_photo_that_is_not_public_is_there_for_those_who_handle_the_matter(
    case, client, role, subject, sees
):
    report, task = case
    where = {"unit": task.unit} if role == "unit_officer" else {"place": "320812"}
    where = {"room": report.topic.room} if role in {"clerk", "convener"} else where
    client.force_login(make.post(role, **where).person, backend=BACKEND)
    shown = Photo.objects.get(subject__startswith=subject)
    assert path_of(shown.digest).is_file()
    assert client.get(shown.url).status_code == (200 if sees else 404)


def test_the_clerk_of_another_room_of_the_same_place_does_not_see_it(case, client):
    other = make.room(place=case[0].topic.place)
    client.force_login(make.post("clerk", room=other).person, backend=BACKEND)
    assert client.get(Photo.objects.get(subject__startswith="report").url).status_code == 404
