"""A table that cannot be read is refused in words, whatever is wrong with it."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from mashangyi.doors.channels.spreadsheet.tables import rows_of
from mashangyi.doors.channels.spreadsheet.vocabulary import mapping_for

HEADINGS = ["工单编号", "诉求内容", "来电时间"]


@pytest.fixture
def file(tmp_path):
    def make(name: str, content: bytes):
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return make


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_in_which_offices_write_it(file, encoding):
    table = file("t.csv", "工单编号,诉求内容\nX1,路灯不亮\n".encode(encoding))
    assert list(rows_of(table)) == [{"工单编号": "X1", "诉求内容": "路灯不亮"}]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", bytes([0xB7, 0x00, 0xFF, 0x80])), ("t.xlsx", b"PK no zip"), ("t.xlsx", b""), ("t.pdf", b"%PDF"), ("t", b""),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused(file, name, content):
    with pytest.raises(ValidationError):
        list(rows_of(file(name, content)))


@given(content=st.binary(max_size=300))
def test_whatever_is_in_a_csv_it_is_read_or_refused(tmp_path_factory, content):
    table = tmp_path_factory.mktemp("any") / "t.csv"
    table.write_bytes(content)
    try:
        rows = list(rows_of(table))
    except ValidationError:
        return
    assert all(isinstance(cell, str) for row in rows for cell in row.values())


def test_a_mapping_names_the_columns_that_are_called_otherwise(file):
    mapping = file("m.json", '{"words": "市民说的"}'.encode())
    assert mapping_for(["工单编号", "市民说的"], mapping) == {"external_id": "工单编号", "words": "市民说的"}


@pytest.mark.parametrize("content", [b"{bad", b"[1]", b'{"words": 1}', b'{"colour": "x"}', b"\xff"])
def test_a_mapping_that_is_none_is_refused(file, content):
    with pytest.raises(ValidationError):
        mapping_for(HEADINGS, file("m.json", content))


def test_a_column_that_is_needed_and_missing_is_named():
    with pytest.raises(ValidationError, match="诉求内容"):
        mapping_for(["工单编号"])
