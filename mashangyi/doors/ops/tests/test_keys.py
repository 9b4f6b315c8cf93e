"""A key is there whole or not at all, and readable by its owner alone."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from mashangyi.config import environment
from mashangyi.config.environment import secret


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("MASHANGYI_DATA", str(tmp_path))
    return tmp_path / "keys"


def test_all_who_ask_at_once_get_the_same_whole_key(folder):
    with ThreadPoolExecutor(16) as crowd:
        found = set(crowd.map(lambda _n: secret("vault", 64), range(64)))
    assert len(found) == 1 and len(found.pop()) == 64
    assert [path.name for path in folder.iterdir()] == ["vault"]


def test_of_two_who_make_a_key_at_once_the_first_one_wins_and_both_have_it(folder, monkeypatch):
    first = os.urandom(64)

    def meanwhile(_file):
        monkeypatch.setattr(environment.os, "fsync", lambda _file: None)
        environment.put_whole(folder / "vault", first)

    monkeypatch.setattr(environment.os, "fsync", meanwhile)
    assert secret("vault", 64) == first


def test_a_key_is_closed_to_other_users_of_the_machine(folder):
    secret("vault", 64)
    assert stat.S_IMODE((folder / "vault").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_key_that_lost_its_end_is_refused_and_not_used(folder):
    secret("vault", 64)
    (folder / "vault").write_bytes(b"half")
    with pytest.raises(RuntimeError, match="damaged"):
        secret("vault", 64)
