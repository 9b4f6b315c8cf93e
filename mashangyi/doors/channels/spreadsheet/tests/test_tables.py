"""Any table that a Chinese office sends is read; what is none is refused with what to do."""

import datetime
import re
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some

from mashangyi.doors.channels.spreadsheet import tables
from mashangyi.doors.channels.spreadsheet.tables import table_of, write_rejected

from . import factories as make


def read(path) -> list[dict]:
    return [row for _number, row in table_of(path).rows]


# --- csv ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_every_encoding_that_offices_write(tmp_path, encoding):
    path = make.as_csv(tmp_path / "t.csv", [make.ticket(诉求人="㐂朤")], encoding)
    assert read(path) == [make.ticket(诉求人="㐂朤")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_may_be_parted_by_comma_semicolon_or_tab(tmp_path, separator):
    path = make.as_csv(tmp_path / "t.txt", [make.ticket()], separator=separator)
    assert read(path) == [make.ticket()]


def test_a_cell_keeps_its_line_breaks_and_its_commas(tmp_path):
    words = '三件事：\n一，路灯；\n二，"井盖"'
    assert read(make.as_csv(tmp_path / "t.csv", [make.ticket(诉求内容=words)]))[0]["诉求内容"] == words


def test_rows_carry_the_number_they_have_in_the_sheet(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('编号,内容\n1,"一\n二"\n\n,\n2,路灯\n', encoding="utf-8")
    assert [number for number, _row in table_of(path).rows] == [2, 5]


@pytest.mark.parametrize(
    ("line", "row"),
    [("1,路灯", {"编号": "1", "内容": "路灯", "地点": ""}), ("1,路灯,东门,多,余", {"编号": "1", "内容": "路灯", "地点": "东门"}),
     ("1", {"编号": "1", "内容": "", "地点": ""})],
)  # fmt: skip
def test_a_row_may_be_shorter_or_longer_than_the_headings(tmp_path, line, row):
    path = tmp_path / "t.csv"
    path.write_text(f"编号,内容,地点\n{line}\n", encoding="utf-8")
    assert read(path) == [row]


def test_of_two_columns_of_one_name_the_first_counts(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("编号,内容,内容,\n1,路灯,井盖,x\n", encoding="utf-8")
    assert read(path) == [{"编号": "1", "内容": "路灯"}]


def test_a_title_above_the_headings_is_passed_over(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("12345 热线工单明细表,,\n,,\n编号,内容,地点\n1,路灯,东门\n", encoding="utf-8")
    assert table_of(path).headings == ["编号", "内容", "地点"]
    assert list(table_of(path).rows) == [(4, {"编号": "1", "内容": "路灯", "地点": "东门"})]


KNOWN_IN_ORDER = ("工单编号", "诉求内容", "诉求地址")
KNOWN = frozenset(KNOWN_IN_ORDER)
TABLE = [{"工单编号": "1", "诉求内容": "路灯", "诉求地址": "东门"}]


@pytest.mark.parametrize("above", [
    [["导出单位：市热线办", "", "日期：2026-04-06"]],
    [["热线工单明细表", "", ""], ["2026 年第 14 周", "共 1 件", ""]],
    [["工单", "诉求", "诉求"]],
], ids=["a title of two cells", "two lines of titles", "groups of columns"])  # fmt: skip
def test_of_several_lines_above_the_table_the_headings_are_the_one_that_names_known_columns(tmp_path, above):
    path = make.as_xlsx(tmp_path / "t.xlsx", [*above, [*KNOWN_IN_ORDER], ["1", "路灯", "东门"]])
    assert [row for _number, row in table_of(path, KNOWN).rows] == TABLE


def test_a_heading_joined_with_the_cell_above_it_counts(tmp_path):
    path = make.as_xlsx(tmp_path / "t.xlsx", [["工单编号", "诉求", ""], ["", "诉求内容", "诉求地址"], ["1", "路灯", "东门"]])
    assert [row for _number, row in table_of(path, KNOWN).rows] == TABLE


def test_line_breaks_and_stars_in_a_heading_do_not_hide_it(tmp_path):
    path = make.as_xlsx(tmp_path / "t.xlsx", [["*工单\n编号", "诉求内容（限 500 字）", "诉求地址："], ["1", "路灯", "东门"]])
    assert table_of(path, KNOWN).headings == ["工单编号", "诉求内容（限 500 字）", "诉求地址"]


def test_a_title_without_separators_does_not_decide_what_parts_the_columns(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("热线工单明细表\n编号;内容\n1;路灯,井盖,雨棚\n", encoding="utf-8")
    assert read(path) == [{"编号": "1", "内容": "路灯,井盖,雨棚"}]


def test_a_long_number_that_a_spreadsheet_has_rounded_is_shown_as_rounded(tmp_path):
    path = make.as_xlsx(tmp_path / "t.xlsx", [["编号", "内容"], [2.02604010000012e17, "路灯"], [20260401000123.0, "井盖"]])
    assert [row["编号"] for row in read(path)] == ["2.02604E+17", "20260401000123"]


@pytest.mark.parametrize("content", ["", "\n\n", "编号,内容\n", "\ufeff"])
def test_a_table_without_rows_has_none(tmp_path, content):
    path = tmp_path / "t.csv"
    path.write_text(content, encoding="utf-8")
    assert read(path) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(some.binary(max_size=300))
def test_whatever_a_file_holds_it_is_read_or_refused_in_words(tmp_path, content):
    for name in ("t.csv", "t.xlsx"):
        (tmp_path / name).write_bytes(content)
        try:
            read(tmp_path / name)
        except ValidationError as refused:
            assert "再导入" in refused.messages[0]


def test_a_cell_longer_than_any_ticket_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "LONGEST_CELL", 5000)
    path = make.as_csv(tmp_path / "t.csv", [make.ticket(诉求内容="字" * 5001)])
    with pytest.raises(ValidationError, match="另存为 xlsx"):
        read(path)


def test_a_workbook_named_csv_is_told_its_right_name(tmp_path):
    path = make.as_xlsx(tmp_path / "t.xlsx", make.sheet(make.ticket())).rename(tmp_path / "t.csv")
    with pytest.raises(ValidationError, match="扩展名改成 .xlsx"):
        read(path)


@pytest.mark.parametrize("name", ["t.xls", "t.pdf", "t"])
def test_other_files_are_refused_with_what_to_do(tmp_path, name):
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(ValidationError, match="另存为 csv 或 xlsx"):
        table_of(tmp_path / name)


# --- xlsx --------------------------------------------------------------------------------------


def test_a_workbook_is_read_like_the_csv_of_it(tmp_path):
    assert read(make.as_xlsx(tmp_path / "t.xlsx", make.sheet(make.ticket(1), make.ticket(2)))) == [
        make.ticket(1), make.ticket(2)
    ]  # fmt: skip


def test_numbers_dates_and_ticks_become_the_words_one_reads(tmp_path):
    cells = [10086.0, 3.5, datetime.datetime(2026, 4, 6, 21, 30), True, None, "  路灯 "]  # noqa: DTZ001 — a cell has no zone
    path = make.as_xlsx(tmp_path / "t.xlsx", [["a", "b", "c", "d", "e", "f"], cells])
    assert list(read(path)[0].values()) == ["10086", "3.5", "2026-04-06 21:30:00", "是", "", "路灯"]


def test_a_formula_is_never_worked_out(tmp_path):
    path = make.as_xlsx(tmp_path / "t.xlsx", [["编号", "内容"], ["1", '=HYPERLINK("http://evil.example","点这里")'], ["2", "路灯"]])
    assert read(path) == [{"编号": "1", "内容": ""}, {"编号": "2", "内容": "路灯"}]


def test_empty_rows_in_between_keep_the_numbers_right(tmp_path):
    path = make.as_xlsx(tmp_path / "t.xlsx", [["编号", "内容"], [None, None], ["", ""], ["1", "路灯"]])
    assert list(table_of(path).rows) == [(4, {"编号": "1", "内容": "路灯"})]


def test_a_wrong_dimension_in_the_file_cuts_nothing_off(tmp_path):
    path = make.as_xlsx(tmp_path / "t.xlsx", make.sheet(make.ticket()))
    wrong = tmp_path / "wrong.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(wrong, "w") as new:
        for part in old.infolist():
            new.writestr(part, re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1"', old.read(part)))
    assert read(wrong) == [make.ticket()]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "LARGEST_UNPACKED", 20_000_000)
    path = make.bomb(tmp_path / "t.xlsx", 30_000_000)
    assert path.stat().st_size < 100_000
    begin = time.perf_counter()
    with pytest.raises(ValidationError, match="解压以后太大"):
        read(path)
    assert time.perf_counter() - begin < 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html></html>", b"\xd0\xcf\x11\xe0" * 100])
def test_a_damaged_workbook_is_refused_in_words(tmp_path, content):
    (tmp_path / "t.xlsx").write_bytes(content)
    with pytest.raises(ValidationError, match="打不开"):
        read(tmp_path / "t.xlsx")


def test_another_zip_named_xlsx_is_refused_in_words(tmp_path):
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as packed:
        packed.writestr("hello.txt", "hello")
    with pytest.raises(ValidationError, match="打不开"):
        read(tmp_path / "t.xlsx")


# --- the file that comes back ------------------------------------------------------------------


def test_bad_rows_are_written_under_their_headings_with_line_and_reason(tmp_path):
    path = write_rejected(tmp_path / "in" / "bad.csv", ["编号", "内容"], [(4, {"内容": "路灯"}, "没有编号"), (9, {"编号": "2"}, "没有内容")])
    assert path.read_text(encoding="utf-8-sig").splitlines() == ["行号,原因,编号,内容", "4,没有编号,,路灯", "9,没有内容,2,"]


def test_only_its_owner_may_read_it(tmp_path):
    path = write_rejected(tmp_path / "bad.csv", ["编号"], [(1, {"编号": "1"}, "没有内容")])
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("cell", ["=1+1", "+8613800138000", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_cell_of_it_runs_as_a_formula_and_each_is_read_back_as_it_was(tmp_path, cell):
    path = write_rejected(tmp_path / "bad.csv", ["编号", "内容"], [(2, {"编号": "1", "内容": cell}, "坏")])
    assert f"'{cell}" in path.read_text(encoding="utf-8-sig").replace('"', "")
    assert read(path)[0]["内容"] == cell


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(some.lists(some.text(some.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs"]), min_size=1), min_size=2, max_size=4))
def test_what_comes_back_reads_as_what_went_in(tmp_path, cells):
    headings = [f"列{n}" for n in range(len(cells))]
    row = dict(zip(headings, cells, strict=True))
    assume(not any(cell.startswith("'") for cell in cells))
    path = write_rejected(tmp_path / "bad.csv", headings, [(2, row, "坏")])
    assert read(path) == [{"行号": "2", "原因": "坏", **row}]
