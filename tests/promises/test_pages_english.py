"""In English no page says anything in Chinese of its own: what is Chinese there is what people and places are
called, or what somebody wrote. Both stand in the town's database, and are read from there.
"""

import json
import re
from html.parser import HTMLParser

import httpx
import pytest

from tools.translations import faults, folders

from .pages import PAGES

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
QUOTED = re.compile(r"“([^”]*)”")
# What the mediator alone can read is sealed in the database; these are the parties in the demo town.
SEALED = ("二楼住户", "一楼住户")
# A passage this long that somebody wrote is not said by a page by chance; anything shorter must stand alone there.
LONG = 4
SPOKEN = ("aria-label", "placeholder", "title", "alt", "data-confirm")
VOID = {"meta", "link", "input", "br", "img", "hr", "wbr", "source", "col", "area"}
WRITTEN = """
import json
from django.apps import apps
from django.db.models import CharField, JSONField, TextField

def texts(value):
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(each)

found = set()
for model in apps.get_models():
    names = [f.name for f in model._meta.concrete_fields if isinstance(f, (CharField, TextField, JSONField))]
    for row in model.objects.values_list(*names).iterator() if names and model._meta.app_label != "sessions" else ():
        found.update(text for value in row for text in texts(value))
print(json.dumps(sorted(found)))
"""


class Said(HTMLParser):
    """Every text of a page, and what it says to those who cannot see it; but not what is marked as Chinese."""

    def __init__(self, html: str):
        super().__init__()
        self.inside: list[tuple[str, bool]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        silent = tag in {"script", "style"} or given.get("lang", "").startswith("zh")
        if not silent and not self._is_silent():
            self.texts += [f"{tag} {name}: {given[name]}" for name in SPOKEN if given.get(name)]
        if tag not in VOID:
            self.inside.append((tag, silent))

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self._is_silent():
            self.texts.append(f"{self.inside[-1][0] if self.inside else ''}: {data.strip()}")

    def _is_silent(self) -> bool:
        return any(silent for _tag, silent in self.inside)


class Words:
    """What the town has written down: all of it, and the pieces between signs and spaces."""

    def __init__(self, texts: list[str]):
        self.all = "\n".join(texts)
        self.pieces = set(CHINESE.findall(self.all))

    def says(self, text: str) -> bool:
        """Whether all Chinese in a text is the town's; between quotation marks a word of a passage is enough."""
        quoted = [piece for passage in QUOTED.findall(text) for piece in CHINESE.findall(passage)]
        plain = CHINESE.findall(QUOTED.sub("", text))
        return all(piece in self.all for piece in quoted) and all(self._has(piece) for piece in plain)

    def _has(self, piece: str) -> bool:
        return piece in self.pieces or (len(piece) >= LONG and piece in self.all)


@pytest.fixture(scope="module")
def written(standing):
    return Words([*SEALED, *json.loads(standing.site.run(WRITTEN).splitlines()[-1])])


@pytest.fixture(scope="module")
def reader(standing):
    with httpx.Client(base_url=standing.url) as client:
        yield client


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_in_english_has_no_chinese_of_its_own(standing, written, reader, page):
    cookies = standing.cookies(page.visitor, lang="en")
    header = "; ".join(f"{name}={value}" for name, value in cookies.items())
    answer = reader.get(page.path(standing.found), headers={"Cookie": header})
    assert answer.status_code == page.status
    own = [text for text in Said(answer.text).texts if not written.says(text)]
    assert own == []


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_every_word_of_a_folder_is_translated(folder):
    assert faults(folder) == []
