"""docs/settings.md names every setting of the environment, with its default and meaning, and no other."""

import re
from pathlib import Path

from mashangyi.config.environment import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \| (.*?) \|", re.MULTILINE)


def test_the_document_is_the_table_of_the_program():
    written = ROW.findall((ROOT / "docs/settings.md").read_text(encoding="utf-8"))
    assert written == [(s.name, f"`{s.default}`" if s.default else "", s.meaning) for s in SETTINGS]


def test_the_environment_is_read_in_one_place():
    readers = re.compile(r"os\.environ\[|os\.environ\.get|os\.getenv|getenv\(")
    files = [f for f in (ROOT / "mashangyi").rglob("*.py") if "tests" not in f.parts]
    found = {f.relative_to(ROOT).as_posix() for f in files if readers.search(f.read_text(encoding="utf-8"))}
    assert found <= {"mashangyi/config/environment.py"}
