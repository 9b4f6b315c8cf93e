"""The house: floors, who imports whom, who sets a state, who asks for the time. Read from the source itself."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "mashangyi"
SOURCES = [p for p in sorted(PACKAGE.rglob("*.py")) if not {"tests", "migrations"} & set(p.parts)]

FLOORS = ("ground", "topic", "stages", "civic", "doors")
STAGES = ("intake", "triage", "deliberation", "mediation", "delivery", "evaluation")
# The settings stand outside the floors; everything may read the environment. The front stands on the ground alone.
FREE = {"config.environment", "config.processes"}
# Doors are opened by nobody, except that the command and the told town stand in front of all of them.
SWITCHBOARDS = {"ops", "demo"}


def module_of(path: Path) -> tuple[str, ...]:
    return path.relative_to(PACKAGE).with_suffix("").parts


def imports_of(path: Path):
    """Every module of ours that a file imports, as parts after "mashangyi"."""
    here = module_of(path)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = here[: len(here) - node.level]
            target = (*base, *(node.module or "").split(".")) if node.module else base
            yield from ((*target, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mashangyi"):
            target = tuple(node.module.split(".")[1:])
            yield from ((*target, name.name) for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (tuple(n.name.split(".")[1:]) for n in node.names if n.name.startswith("mashangyi"))


def goes_up(here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    """Whether an import breaks the rule of the floors."""
    if here[:2] == ("config", "front"):
        return bool(there) and there[0] in FLOORS and there[0] != "ground"
    if not there or here[0] not in FLOORS or there[0] not in FLOORS:
        below_the_doors = here[0] in FLOORS[:-1]
        return bool(there) and below_the_doors and there[0] == "config" and ".".join(there[:2]) not in FREE
    if FLOORS.index(there[0]) != FLOORS.index(here[0]):
        return FLOORS.index(there[0]) > FLOORS.index(here[0])
    if here[0] == "stages" and there[1] in STAGES:
        return STAGES.index(there[1]) > STAGES.index(here[1])
    if here[0] == "doors":
        return there[1] != here[1] and here[1] not in SWITCHBOARDS
    return False


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_down(path):
    here = module_of(path)
    assert [".".join(there) for there in imports_of(path) if goes_up(here, there)] == []


@pytest.mark.parametrize(
    ("here", "there", "up"),
    [
        (("ground", "journal", "read"), ("topic", "models"), True),
        (("topic", "pages"), ("ground", "journal"), False),
        (("stages", "intake", "actions"), ("stages", "triage", "actions"), True),
        (("stages", "evaluation", "actions"), ("stages", "delivery", "actions"), False),
        (("stages", "intake", "pages"), ("doors", "web"), True),
        (("ground", "places", "models"), ("config", "settings"), True),
        (("config", "front", "visit"), ("doors", "web", "middleware"), True),
        (("config", "front", "cache"), ("ground", "journal", "freshness"), False),
        (("doors", "web", "pages"), ("doors", "demo", "town"), True),
        (("doors", "ops", "run"), ("doors", "demo", "town"), False),
    ],
)
def test_the_rule_of_the_floors_can_fail(here, there, up):
    assert goes_up(here, there) is up


def test_only_the_lifecycle_sets_a_state_of_a_topic():
    setter = re.compile(r"\btopic\.(state|stage|family|due_at|holder)\s*=[^=]|_by_lifecycle\s*=")
    found = [str(p.relative_to(ROOT)) for p in SOURCES if setter.search(p.read_text(encoding="utf-8"))]
    assert found == ["mashangyi/topic/lifecycle.py"]


def test_only_the_clock_asks_the_machine_for_the_time():
    asks = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|datetime\.utcnow\(|time\.time\(\)|auto_now")
    # The front keeps pages by the machine's minute; a library's own time-stamp is compared with the machine's.
    allowed = {
        "mashangyi/ground/calendar/clock.py",
        "mashangyi/config/front/cache.py",
        "mashangyi/ground/people/adapters.py",
        "mashangyi/ground/people/sessions.py",
    }
    found = {str(p.relative_to(ROOT)) for p in SOURCES if asks.search(p.read_text(encoding="utf-8"))}
    assert found - allowed == set()


def test_there_are_no_signals_on_the_main_path():
    signal = re.compile(r"django\.db\.models\.signals|@receiver\b|Signal\(")
    assert [str(p) for p in SOURCES if signal.search(p.read_text(encoding="utf-8"))] == []


def test_no_template_lets_words_through_unescaped():
    passes = re.compile(r"\|\s*safe\b|\bautoescape\b|\bMarkup\b")
    templates = [p for kind in ("html", "svg") for p in PACKAGE.rglob(f"templates/**/*.{kind}")]
    assert templates and [str(p) for p in templates if passes.search(p.read_text(encoding="utf-8"))] == []


def test_markup_is_made_where_nobodys_words_can_be_in_it_unescaped():
    makes = re.compile(r"\bMarkup\(|\bmark_safe\(")
    looked_at = {
        "mashangyi/civic/insight/map.py", "mashangyi/doors/web/filters.py", "mashangyi/doors/web/icons.py",
        "mashangyi/doors/web/jinja.py", "mashangyi/doors/web/rooms/prints.py", "mashangyi/ground/places/qr.py",
        "mashangyi/topic/drawing.py",
    }  # fmt: skip
    found = {str(p.relative_to(ROOT)) for p in SOURCES if makes.search(p.read_text(encoding="utf-8"))}
    assert found <= looked_at


def test_every_deed_names_its_doer_and_is_whole():
    """In an actions file, what takes `by` is a deed: @deed makes it one transaction, and needs `by`."""
    wrong = []
    for path in SOURCES:
        if path.name != "actions.py" and path.parent.name != "actions":
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                takes_by = "by" in [a.arg for a in node.args.kwonlyargs]
                marked = any(getattr(d, "id", getattr(d, "attr", "")) == "deed" for d in node.decorator_list)
                if takes_by != marked:
                    wrong.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert wrong == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_stays_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 430


def test_functions_stay_small():
    lengths = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                lengths.append(node.end_lineno - node.lineno + 1)
    lengths.sort()
    assert lengths[len(lengths) // 2] <= 8
    assert lengths[len(lengths) * 9 // 10] <= 25


STAGE_FILES = ("README.md", "models.py", "actions.py", "queries.py", "rules.py", "notices.py", "pages.py", "forms.py", "urls.py")


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", STAGE_FILES)
def test_a_stage_has_the_same_files_as_every_other(stage, name):
    folder = PACKAGE / "stages" / stage
    assert (folder / name).exists() or (folder / name.removesuffix(".py")).is_dir()


@pytest.mark.parametrize("folder", [p.parent for p in PACKAGE.rglob("apps.py")], ids=lambda p: p.name)
def test_every_folder_says_what_it_is_for(folder):
    lines = (folder / "README.md").read_text(encoding="utf-8").splitlines()
    assert 4 <= len(lines) <= 90
