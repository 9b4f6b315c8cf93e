"""Photos are kept by what is in them, and belong to something."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.photos.models import Photo
from mashangyi.ground.photos.queries import photos_of, photos_of_all
from mashangyi.ground.photos.store import keep, path_of, publish, store

from . import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def kept(*contents: bytes, subject: str = "report:1", **more) -> list[Photo]:
    return store([make.upload(content) for content in contents], subject, by=ANYONE, **more)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_photo_is_kept_under_the_fingerprint_of_its_file(uploads):
    (photo,) = kept(make.picture())
    path = uploads / photo.digest[:2] / photo.digest[2:4] / f"{photo.digest}.jpg"
    assert sha256(path.read_bytes()).hexdigest() == photo.digest
    assert path_of(photo.digest, small=True).is_file()
    assert (photo.subject, photo.kind, photo.role, photo.public) == (
        "report:1",
        "evidence",
        "resident",
        False,
    )


def test_photos_keep_their_order():
    kept(make.picture(colour="red"), make.picture(200, 100), kind="before")
    assert [photo.width for photo in photos_of("report:1")] == [640, 200]


def test_the_same_picture_is_one_file(uploads):
    kept(make.picture())
    kept(make.picture(), subject="report:2")
    assert len(files(uploads)) == 2 and Photo.objects.count() == 2


def test_a_deed_that_fails_leaves_no_row(uploads):
    with pytest.raises(RuntimeError), turn():
        kept(make.picture())
        raise RuntimeError
    assert not Photo.objects.exists()
    assert len(files(uploads)) == 2  # files that nobody can ask for


def test_photos_can_be_kept_before_the_deed():
    ready = keep([make.upload(make.picture())])
    assert store(ready, "report:1", by=ANYONE)[0].digest == ready[0].digest


def test_no_photos_are_no_trouble(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert store([], "report:1", by=ANYONE) == []


def test_a_bad_photo_is_named_with_the_reason_and_none_is_kept(uploads):
    good, bad = make.upload(make.picture()), make.upload(b"<svg/>", "楼道.jpg")
    with pytest.raises(ValidationError) as refused:
        store([good, bad], "report:1", by=ANYONE)
    (words,) = refused.value.message_dict["photos"]
    assert "第 2 张照片“楼道.jpg”" in words
    assert files(uploads) == []


def test_more_than_twelve_at_once_are_refused():
    with pytest.raises(ValidationError, match="最多 12 张"):
        kept(*[make.picture(20, 20)] * 13)


def test_a_name_that_climbs_out_of_the_folder_has_no_effect(uploads):
    store([make.upload(make.picture(), "../../../etc/passwd.jpg")], "report:1", by=ANYONE)
    small, large = files(uploads)
    assert re.fullmatch(r"[0-9a-f]{64}-small\.jpg", small) and re.fullmatch(r"[0-9a-f]{64}\.jpg", large)


@pytest.mark.parametrize("digest", ["../../../etc/passwd", "a" * 63, "A" * 64, "a" * 63 + "/", ""])
def test_only_a_digest_names_a_file(digest):
    with pytest.raises(ValueError, match="not the digest"):
        path_of(digest)


def test_photos_of_many_things_take_one_query(django_assert_num_queries):
    for n in range(3):
        kept(make.picture(), subject=f"task:{n}")
    with django_assert_num_queries(1):
        found = photos_of_all([f"task:{n}" for n in range(3)])
    assert sorted(found) == ["task:0", "task:1", "task:2"]


def test_publishing_reaches_the_named_photos_of_the_subject_alone():
    one, other = kept(make.picture(), make.picture(50, 50))
    (foreign,) = kept(make.picture(), subject="report:2")
    assert publish("report:1", [one.pk, foreign.pk]) == 1
    assert [photo.pk for photo in photos_of("report:1", public_only=True)] == [one.pk]
    assert publish("report:1", [one.pk], public=False) == 1
    assert other.pk and not Photo.objects.filter(public=True).exists()
