"""Tables as exports write them: in any encoding, as csv or xlsx, good and bad."""

import csv
import io
import zipfile
from pathlib import Path

import openpyxl

HEADINGS = ["工单编号", "标题", "诉求内容", "诉求地址", "来电时间", "诉求人", "联系电话", "紧急程度", "办理状态"]


def ticket(n: int = 1, **cells) -> dict[str, str]:
    """One row of a hotline's export."""
    usual = ("路灯不亮", "东门路灯三天不亮", "东门", "2026-04-06 21:30:00", "王秀英", "13800138000", "一般", "待办")
    return dict(zip(HEADINGS, (f"HA2604{n:04d}", *usual), strict=True)) | cells


def as_csv(path: Path, rows: list[dict], encoding: str = "utf-8", separator: str = ",") -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def as_xlsx(path: Path, rows: list[list]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def sheet(*tickets: dict) -> list[list]:
    return [HEADINGS, *[[row[name] for name in HEADINGS] for row in tickets]]


def bomb(path: Path, size: int) -> Path:
    """A workbook of some kilobytes whose words unpack to `size` bytes."""
    as_xlsx(path, [["工单编号", "诉求内容"], ["1", "路灯"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/more.xml", "w", force_zip64=True) as part:
        block = b" " * 1_000_000
        for _n in range(size // len(block)):
            part.write(block)
    return path
