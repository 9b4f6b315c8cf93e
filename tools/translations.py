"""Keep the English catalogues complete: `update FOLDER…`, `compile`, `check` (no argument: every folder).

Each application has its own catalogue in locale/en/LC_MESSAGES/django.po; msgid is the Chinese of the source.
"""

import csv
import sys
from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path

from babel.messages import extract, mofile, pofile
from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parent.parent / "mashangyi"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def names_in_table(file, _keywords, _comments, options):
    """What people read of a table that comes with the product: its column `name`."""
    for line, row in enumerate(csv.DictReader(TextIOWrapper(file, "utf-8")), 2):
        yield line, "_", row["name"], []


METHODS = [("**/tests/**", None), ("**/locale/**", None), ("**.py", "python"), ("**/templates/**.*", "jinja2.ext:babel_extract"),
           ("**/data/categories.csv", names_in_table)]  # fmt: skip
COMMENT = "# The English of Mashangyi: msgid is the Chinese of the source.\n# Licensed as Mashangyi is: Apache-2.0."
# What a catalogue says of itself; Babel would put its placeholders there.
HEAD = {
    "project": "Mashangyi", "version": "1", "msgid_bugs_address": "see CONTRIBUTING.md",
    "last_translator": "the contributors of Mashangyi", "language_team": "English",
}  # fmt: skip


def folders() -> list[Path]:
    return sorted(file.parent for file in ROOT.rglob("apps.py"))


def extracted(folder: Path) -> dict[str | tuple, None]:
    """Every msgid of the folder's own source, in order of appearance."""
    found = {}
    options = {"**/templates/**.*": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
    methods = [(p, m) for p, m in METHODS if m]
    for name, _line, message, _comments, _context in extract.extract_from_dir(
        str(folder), methods, options, keywords=KEYWORDS, directory_filter=_is_source
    ):
        if "tests" not in Path(name).parts and not _belongs_to_inner(folder, name):
            found[message] = None
    return found


def _is_source(path: str) -> bool:
    return Path(path).name not in {"tests", "locale", "migrations", "__pycache__", "static"}


def _belongs_to_inner(folder: Path, name: str) -> bool:
    parents = (folder / name).parents
    return any((p / "apps.py").exists() for p in parents if p != folder and folder in p.parents)


def catalogue(folder: Path) -> Path:
    return folder / "locale/en/LC_MESSAGES/django.po"


def blank() -> Catalog:
    """An empty catalogue with the head that every one of ours has."""
    empty = Catalog(locale="en", charset="utf-8", fuzzy=False, header_comment=COMMENT)
    return headed(empty)


def headed(known: Catalog) -> Catalog:
    for name, value in HEAD.items():
        setattr(known, name, value)
    return known


def load(folder: Path) -> Catalog:
    path = catalogue(folder)
    if not path.exists():
        return blank()
    with path.open("rb") as file:
        known = headed(pofile.read_po(file, locale="en"))
    # No date: the same words must compile to the same bytes tomorrow.
    known.creation_date = known.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    return known


def update(folder: Path) -> None:
    """Add what the source has and drop what it no longer has; translations stay."""
    old, new = load(folder), blank()
    for message in extracted(folder):
        plural = not isinstance(message, str)
        known = old.get(message[0] if plural else message)
        # Not when it has become one with a plural, or is no longer one.
        fits = known and plural != isinstance(known.id, str)
        new.add(message, known.string if fits else ("", "") if plural else "")
    if not len(new):
        return
    catalogue(folder).parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    pofile.write_po(buffer, new, omit_header=False, width=100)
    lines = [line for line in buffer.getvalue().decode().splitlines() if "-Date" not in line]
    catalogue(folder).write_text("\n".join(lines).strip() + "\n", encoding="utf-8")


def compiled(folder: Path) -> bytes:
    buffer = BytesIO()
    mofile.write_mo(buffer, load(folder))
    return buffer.getvalue()


def faults(folder: Path) -> list[str]:
    """Missing, empty, doubled and stale translations of one folder, in words."""
    name, known, wanted = folder.relative_to(ROOT), load(folder), extracted(folder)
    ids = {m if isinstance(m, str) else m[0] for m in wanted}
    found = [f"{name}: missing {m!r}" for m in ids if known.get(m) is None]
    found += [f"{name}: empty {m.id!r}" for m in known if m.id and not (m.string if isinstance(m.string, str) else all(m.string))]
    found += [f"{name}: twice {m.id!r}" for m in known if _is_said_twice(m.string)]
    mo = catalogue(folder).with_suffix(".mo")
    if ids and (not mo.exists() or mo.read_bytes() != compiled(folder)):
        found.append(f"{name}: not compiled")
    return found


def _is_said_twice(words) -> bool:
    """The same sentence again behind itself: two versions of a catalogue were put together wrongly."""
    half = len(words) // 2
    return isinstance(words, str) and half > 10 and words[:half] == words[-half:]


def quarrels() -> list[str]:
    """Chinese that two folders put into English differently: Django would show one of them everywhere."""
    words: dict[str, dict[str, str]] = {}
    for folder in folders():
        for message in load(folder):
            if message.id and isinstance(message.id, str) and message.string:
                words.setdefault(message.id, {})[message.string] = folder.name
    return [f"{msgid!r} is {' and '.join(map(repr, each))}" for msgid, each in words.items() if len(each) > 1]


def main(verb: str, *names: str) -> int:
    chosen = [Path(n).resolve() for n in names] or folders()
    if verb == "check":
        found = [line for folder in chosen for line in faults(folder)] + quarrels()
        print("\n".join(found) or "every word is translated")
        return bool(found)
    for folder in chosen:
        if verb == "update":
            update(folder)
        elif catalogue(folder).exists():
            catalogue(folder).with_suffix(".mo").write_bytes(compiled(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
