"""Reading a table, csv or xlsx, whatever its encoding; writing one of the rows that could not be taken."""

import csv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice, zip_longest
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....stages.intake.rules import legible

# A workbook of 200,000 tickets unpacks to about 200 MB; what unpacks to more is no table of tickets.
LARGEST_UNPACKED = 500_000_000
# Characters of one cell; the longest ticket is checked by intake.
LONGEST_CELL = 1_000_000
MOST_COLUMNS = 300
# A title, a date, a group of columns may stand above the headings: they are the one of these rows that names most
# of the columns one looks for, or where none does, the first that names two columns.
TITLE_ROWS = 10
# A whole number of more digits has lost its last ones in a spreadsheet program, unless it was kept as text.
MOST_DIGITS = 15
# The columns that a file of bad rows has before those of the table itself.
ADDED = ("行号", "原因")
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """The headings of a table, and its rows as (number in the sheet, heading → cell); every cell is text."""

    headings: list[str]
    rows: Iterator[tuple[int, dict[str, str]]]


def table_of(path: Path, known: frozenset[str] = frozenset()) -> Table:
    """Open a table; `known` are headings that one looks for. Raises ValidationError, with the remedy, at once or
    while the rows are read."""
    readers = {".xlsx": _xlsx, ".csv": _csv, ".txt": _csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise ValidationError(_("只认 csv 和 xlsx 文件，这个是“%s”。请另存为 csv 或 xlsx 再导入。") % path.name)
    rows = reader(path)
    tops = list(islice(rows, TITLE_ROWS))
    place, headings = _headings([cells for _number, cells in tops], known)
    return Table([name for name in headings if name], _named(headings, chain(tops[place + 1 :], rows)))


def heading(cell: str) -> str:
    """A heading as it is looked for: without the line breaks and the marks of what must be filled in."""
    return "".join(cell.split("\n")).strip("*＊:： ")


def _headings(tops: list[list[str]], known: frozenset[str]) -> tuple[int, list[str]]:
    """Which of the first rows has the headings, and what they are; a cell that is joined with the one above it
    has its words there."""
    rows = [[heading(cell) for cell in cells] for cells in tops]
    named = [len(known.intersection(cells)) for cells in rows]
    first = next((n for n, cells in enumerate(rows) if sum(map(bool, cells)) > 1), 0)
    place = named.index(max(named)) if any(named) else first
    if not rows or place == 0 or not named[place]:
        return place, rows[place] if rows else []
    pairs = zip_longest(rows[place], rows[place - 1], fillvalue="")
    return place, [name or (over if over in known else "") for name, over in pairs]


def _named(headings: list[str], rows: Iterator[Row]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with something in them, by heading; of two columns of the same name the first counts."""
    for number, cells in rows:
        if any(cells):
            row: dict[str, str] = {}
            for name, cell in zip_longest(headings, cells[: len(headings)], fillvalue=""):
                row.setdefault(name, cell)
            row.pop("", None)
            yield number, row


# --- csv ---------------------------------------------------------------------------------------


def _csv(path: Path) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    encoding = _encoding(path)
    try:
        with path.open(encoding=encoding, newline="") as file:
            separator = _separator(islice(file, TITLE_ROWS))
            file.seek(0)
            for number, cells in enumerate(csv.reader(file, delimiter=separator), 1):
                yield number, [_text(cell) for cell in cells[:MOST_COLUMNS]]
    except (UnicodeError, csv.Error) as problem:
        raise ValidationError(_("“%(name)s”读到一半出错：%(why)s。请用表格软件打开，另存为 xlsx 再导入。")
                              % {"name": path.name, "why": problem}) from None  # fmt: skip


def _encoding(path: Path) -> str:
    """UTF-8 with or without mark, UTF-16 with one, else the encoding of Chinese office programs."""
    with path.open("rb") as file:
        beginning = file.read(4)
    if beginning[:2] == b"PK":
        raise ValidationError(_("“%s”其实是 xlsx 文件，请把扩展名改成 .xlsx 再导入。") % path.name)
    if beginning[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    try:
        with path.open(encoding="utf-8-sig") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def _separator(lines: Iterator[str]) -> str:
    """What stands most often in the first line that is parted at all: a title above the headings is not."""
    line = next((line for line in lines if any(mark in line for mark in ",\t;")), "")
    return max(",\t;", key=line.count)


# --- xlsx --------------------------------------------------------------------------------------


def _xlsx(path: Path) -> Iterator[Row]:
    try:
        _weigh(path)
        sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).active
        if sheet is None or not hasattr(sheet, "iter_rows"):
            raise ValueError(_("里面没有表格"))
        sheet.reset_dimensions()  # some exporters write a wrong one, and rows would be cut off
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, [_text(cell) for cell in cells[:MOST_COLUMNS]]
    except (zipfile.BadZipFile, ParseError, OSError, KeyError, ValueError, TypeError, EOFError,
            openpyxl.utils.exceptions.InvalidFileException) as problem:  # fmt: skip
        raise ValidationError(_("“%(name)s”打不开：%(why)s。请用表格软件打开，另存为 xlsx 或 csv 再导入。")
                              % {"name": path.name, "why": problem}) from None  # fmt: skip


def _weigh(path: Path) -> None:
    """Refuse a file that is small and unpacks to gigabytes, before anything of it is unpacked."""
    with zipfile.ZipFile(path) as packed:
        if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
            raise ValueError(_("解压以后太大"))


def _text(cell) -> str:
    """A cell as words. The mark that keeps words from being taken for a formula is taken off again."""
    if isinstance(cell, bool):
        return "是" if cell else ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)) if abs(cell) < 10**MOST_DIGITS else f"{cell:.5E}"
    words = "" if cell is None else legible(str(cell)[:LONGEST_CELL])
    return words[1:] if words[:1] == "'" and words[1:2] in FORMULA else words


# --- the rows that come back -------------------------------------------------------------------


def write_rejected(path: Path, headings: list[str], rejected: list[tuple[int, dict, str]]) -> Path:
    """A csv of the rows that were not taken, with line number and reason, ready to be mended and sent again.

    It holds names and numbers as the table did: only its owner may read it.
    """
    kept = [name for name in dict.fromkeys(headings) if name not in ADDED]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        path.chmod(0o600)
        writer = csv.writer(file)
        writer.writerow([*ADDED, *map(_harmless, kept)])
        for line, row, reason in rejected:
            writer.writerow([line, _harmless(reason), *(_harmless(row.get(name, "")) for name in kept)])
    return path


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet program would run as a formula is kept as words."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
