"""Who sees which photo."""

import pytest

from mashangyi.ground.people.actor import ANYONE
from mashangyi.ground.photos import access
from mashangyi.ground.photos.store import path_of, store

from . import factories as make

pytestmark = pytest.mark.django_db
KEY = "k7m2q9"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def rule(monkeypatch):
    """Things of the kind "test" are seen by whoever has the key, and by nobody else."""
    monkeypatch.setitem(access.RULES, "test", lambda number, actor, key: number == 1 and key == KEY)


def photo(subject="test:1", **more):
    return store([make.upload(make.picture())], subject, by=ANYONE, **more)[0]


def test_a_public_photo_is_seen_by_everyone_and_kept_by_browsers(client):
    answer = client.get(photo(public=True).url)
    assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'"


def test_the_small_version_is_smaller(client):
    shown = photo(public=True)
    assert len(client.get(shown.small_url).content) < len(client.get(shown.url).content)


def test_a_photo_that_is_not_public_is_not_there_for_strangers(client):
    shown = photo()
    assert client.get(shown.url).status_code == 404
    assert client.get(shown.url, {"key": "wrong"}).status_code == 404


def test_whoever_holds_the_receipt_sees_it_and_no_shared_cache_keeps_it(client):
    answer = client.get(photo().small_url, {"key": KEY})
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("private")


def test_the_key_of_one_thing_opens_no_other(client):
    assert client.get(photo("test:2").url, {"key": KEY}).status_code == 404


@pytest.mark.parametrize("subject", ["unheard_of:1", "test:x", "test"])
def test_a_photo_of_something_that_nobody_answers_for_is_shown_to_nobody(client, subject):
    assert client.get(photo(subject).url, {"key": KEY}).status_code == 404


def test_a_picture_that_is_public_in_one_place_is_public(client):
    private = photo()
    photo("test:3", public=True)
    assert client.get(private.url).status_code == 200


def test_a_file_that_is_gone_is_a_missing_page(client):
    shown = photo(public=True)
    path_of(shown.digest).unlink()
    assert client.get(shown.url).status_code == 404


@pytest.mark.parametrize(
    "path", ["/photos/../secrets.jpg", "/photos/%2e%2e%2fkeys%2fvault.jpg", f"/photos/{'A' * 64}.jpg",
             f"/photos/{'a' * 64}-small.png", f"/photos/{'a' * 65}.jpg"]
)  # fmt: skip
def test_no_other_name_reaches_the_disk(client, path):
    assert client.get(path).status_code == 404


def test_showing_a_photo_takes_one_query(client, django_assert_num_queries):
    shown = photo(public=True)
    with django_assert_num_queries(1):
        client.get(shown.url)


def test_who_sees_a_kind_is_declared_once():
    with pytest.raises(ValueError, match="declared twice"):
        access.declare("test", lambda number, actor, key: True)
