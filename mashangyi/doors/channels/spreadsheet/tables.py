"""Reading a table, csv or xlsx, whatever its encoding; writing one of the rows that could not be taken."""

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile

import openpyxl
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

TIME_FORMATS = (
    "%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M",
    "%Y/%m/%d", "%Y-%m-%d", "%Y年%m月%d日",
)  # fmt: skip


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table as heading → cell, every cell as text. Raises ValidationError for an unreadable file."""
    if path.suffix.lower() == ".xlsx":
        yield from _xlsx(path)
    elif path.suffix.lower() in {".csv", ".txt"}:
        yield from _csv(path)
    else:
        raise ValidationError(_("只认 csv 和 xlsx 文件，这个是 %s。") % path.suffix)


def _csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding=_encoding(path), newline="") as file:
        try:
            for row in csv.DictReader(file):
                yield {(name or "").strip(): (cell or "").strip() for name, cell in row.items() if isinstance(cell, str | None)}
        except (UnicodeDecodeError, csv.Error) as problem:
            raise ValidationError(_("这个 csv 读不懂：%s") % problem) from None


def _encoding(path: Path) -> str:
    """UTF-8 with or without mark, else the encoding of Chinese office programs."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def _xlsx(path: Path) -> Iterator[dict[str, str]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, KeyError, ValueError, BadZipFile, openpyxl.utils.exceptions.InvalidFileException) as problem:
        raise ValidationError(_("这个 xlsx 打不开：%s") % problem) from None
    rows = book.active.iter_rows(values_only=True)
    headings = [str(cell or "").strip() for cell in next(rows, ())]
    for row in rows:
        if any(cell is not None for cell in row):
            yield dict(zip(headings, map(_text, row), strict=False))


def _text(cell) -> str:
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def moment(text: str) -> datetime | None:
    """A time as exports write it, on the city's clock; None for an empty cell. Raises ValidationError."""
    if not text:
        return None
    for form in TIME_FORMATS:
        try:
            return timezone.make_aware(datetime.strptime(text, form))  # noqa: DTZ007 — made aware here
        except ValueError:
            continue
    raise ValidationError(_("看不懂这个时间：%s") % text)


def write_rejected(path: Path, rejected: list[tuple[int, dict, str]]) -> Path:
    """A csv of the rows that were not taken, with line number and reason, ready to be mended and sent again."""
    headings = ["行号", "原因", *rejected[0][1]]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        for line, row, reason in rejected:
            writer.writerow([line, reason, *(_harmless(cell) for cell in row.values())])
    return path


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet program would run as a formula is kept as words."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell
