"""A table of tickets through the one door: once each, nothing lost, nobody's name outside the vault."""

import csv
import json

import pytest
from django.core.exceptions import ValidationError

from mashangyi.doors.channels.spreadsheet.receive import SOURCES, import_tickets, room_named
from mashangyi.doors.channels.spreadsheet.vocabulary import HEADINGS, mapping_for, phone_in
from mashangyi.ground.calendar import clock
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.journal.read import faults
from mashangyi.ground.people import vault
from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.people.models import Identity
from mashangyi.ground.places.actions import close_room, make_codes
from mashangyi.stages.intake.models import CHANNELS, Report
from mashangyi.topic.models import Topic
from tests import factories

from . import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return factories.room()


@pytest.fixture
def take(room, tmp_path, settings):
    """take(*rows): what the import of a table of these rows did."""
    settings.DATA = tmp_path

    def taken(*rows, name="工单.csv", by=SYSTEM, **how):
        return import_tickets(make.as_csv(tmp_path / name, list(rows)), str(room.pk), by=by, **how)

    return taken


def bad_rows(outcome) -> list[dict]:
    with outcome.rejected_file.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# --- taken in ----------------------------------------------------------------------------------


def test_each_ticket_is_a_report_with_its_number_place_and_time(take, room):
    outcome = take(make.ticket(1, 紧急程度="紧急"), make.ticket(2))
    assert (outcome.rows, outcome.added, outcome.known, outcome.rejected) == (2, 2, 0, 0)
    report = Report.objects.order_by("id").first()
    assert (report.channel, report.source, report.external_id) == ("hotline", "12345", "HA26040001")
    assert (report.words, report.spot, report.topic.room) == ("路灯不亮\n东门路灯三天不亮", "东门", room)
    assert report.happened_at == clock.local(2026, 4, 6, 21, 30) and report.topic.urgent
    assert not Report.objects.last().topic.urgent
    assert Entry.objects.filter(verb="intake.reported").count() == 2 and faults() == []


def test_who_it_was_goes_to_the_vault_and_nowhere_else(take):
    personal = {"身份证号": "320811194001010011", "家庭住址": "幸福路 1 号", "手机号2": "13911112222", "电子邮箱": "wang@example.com"}
    take(make.ticket() | personal)
    report = Report.objects.get()
    assert vault.knows(report.subject, "phone") and vault.knows(report.subject, "name")
    stored = str([list(model.objects.values()) for model in (Report, Topic, Entry)]) + str(
        [bytes(each.sealed) for each in Identity.objects.all()]
    )
    for told in ("王秀英", "13800138000", *personal.values()):
        assert told not in stored


def test_the_other_columns_are_kept_as_they_came(take):
    take(make.ticket(1, 办理状态="已派单"))
    kept = Report.objects.get().original
    assert kept["办理状态"] == "已派单" and not {"诉求人", "联系电话", "诉求内容", "工单编号"} & set(kept)


@pytest.mark.parametrize("cell", ["", "匿名", "保密", "无", "138****0000"])
def test_a_caller_without_a_number_is_taken_without_one(take, cell):
    assert take(make.ticket(1, 联系电话=cell)).added == 1
    assert not vault.knows(Report.objects.get().subject, "phone")


@pytest.mark.parametrize(("cell", "number"), [("0517-83901234", True), ("+86 138 0013 8000", True), ("无", False)])
def test_what_is_a_number_is_told_from_what_is_none(cell, number):
    assert bool(phone_in(cell)) == number


def test_the_same_in_a_workbook(room, tmp_path, settings):
    settings.DATA = tmp_path
    path = make.as_xlsx(tmp_path / "t.xlsx", [["12345 热线工单"], *make.sheet(make.ticket(1), make.ticket(2))])
    assert import_tickets(path, str(room.pk), by=SYSTEM).added == 2


@pytest.mark.parametrize("channel", SOURCES)
def test_each_channel_that_comes_as_a_table_is_told_apart(take, channel):
    take(make.ticket(), channel=channel)
    report = Report.objects.get()
    assert report.channel == channel in CHANNELS and report.source == SOURCES[channel]


# --- once --------------------------------------------------------------------------------------


def test_running_it_again_adds_nothing(take):
    rows = [make.ticket(n) for n in range(5)]
    take(*rows)
    again = take(*rows, name="again.csv")
    assert (again.added, again.known, again.changed, again.rejected_file) == (0, 5, 0, None)
    assert Report.objects.count() == 5


def test_a_ticket_that_stands_twice_in_the_table_is_one_report(take):
    outcome = take(make.ticket(1), make.ticket(1), make.ticket(2))
    assert (outcome.added, outcome.known) == (2, 1)


def test_a_broken_off_import_goes_on_where_it_was(take):
    take(make.ticket(1), make.ticket(2))
    outcome = take(*[make.ticket(n) for n in range(1, 5)])
    assert (outcome.added, outcome.known) == (2, 2)


def test_a_status_that_moved_on_in_the_other_system_is_no_change_of_words(take):
    take(make.ticket(1))
    assert take(make.ticket(1, 办理状态="已办结")).known == 1


def test_a_ticket_whose_words_changed_stays_as_it_was_and_comes_back_to_be_looked_at(take):
    take(make.ticket(1))
    outcome = take(make.ticket(1, 诉求内容="改口了：路灯已经好了"))
    assert (outcome.changed, outcome.known, outcome.rejected) == (1, 0, 0)
    assert Report.objects.get().words == "路灯不亮\n东门路灯三天不亮"
    assert "内容改了" in bad_rows(outcome)[0]["原因"]


# --- trying ------------------------------------------------------------------------------------


def test_trying_says_what_would_happen_and_keeps_nothing(take):
    take(make.ticket(1))
    before = [model.objects.count() for model in (Report, Topic, Entry, Identity)]
    outcome = take(make.ticket(1), make.ticket(2), make.ticket(2), make.ticket(3, 诉求内容=""), dry_run=True)
    assert (outcome.added, outcome.known, outcome.rejected, outcome.dry_run) == (1, 2, 1, True)
    assert [model.objects.count() for model in (Report, Topic, Entry, Identity)] == before
    assert faults() == []


# --- bad rows ----------------------------------------------------------------------------------

BAD = [
    ({"工单编号": "2.02604E+13"}, "被表格软件改成了“2.02604E+13”"),
    ({"工单编号": ""}, "没有工单编号"),
    ({"工单编号": "9" * 81}, "工单编号太长"),
    ({"诉求内容": ""}, "没有写是什么事"),
    ({"诉求内容": "\u200b\u202e"}, "没有写是什么事"),
    ({"诉求内容": "字" * 20_001}, "最多 20000 个字"),
    ({"来电时间": "昨天"}, "看不懂这个时间：昨天"),
    ({"来电时间": "2099-01-01"}, "还没有到"),
    ({"联系电话": "1234567"}, "这个号码不对"),
]


@pytest.mark.parametrize(("cells", "reason"), BAD)
def test_a_bad_row_comes_back_with_its_line_and_reason_and_the_others_go_in(take, cells, reason):
    outcome = take(make.ticket(1), make.ticket(2) | cells, make.ticket(3))
    assert (outcome.rows, outcome.added, outcome.rejected) == (3, 2, 1)
    (row,) = bad_rows(outcome)
    assert row["行号"] == "3" and reason in row["原因"] and sum(outcome.reasons.values()) == 1
    assert outcome.rejected_file.name.startswith("工单-")


def test_the_file_of_bad_rows_is_named_by_the_citys_own_clock(take):
    with clock.at(clock.local(2026, 5, 18, 1, 30)):
        assert take(make.ticket(诉求内容="")).rejected_file.name == "工单-20260518-013000-rejected.csv"


def test_the_file_of_bad_rows_mended_is_taken_in_as_it_is(take, room):
    outcome = take(make.ticket(1), make.ticket(2, 诉求内容="", 联系电话="+8613800138000"))
    mended = outcome.rejected_file.read_text(encoding="utf-8-sig").replace("路灯不亮,,", "路灯不亮,补上了,")
    outcome.rejected_file.write_text(mended, encoding="utf-8-sig")
    again = import_tickets(outcome.rejected_file, str(room.pk), by=SYSTEM)
    assert (again.added, again.rejected) == (1, 0)
    report = Report.objects.get(external_id="HA26040002")
    assert report.words == "路灯不亮\n补上了" and not {"行号", "原因"} & set(report.original)
    assert vault.knows(report.subject, "phone")


def test_progress_is_told_row_by_row(take):
    told = []
    take(make.ticket(1), make.ticket(1), progress=lambda outcome: told.append((outcome.rows, outcome.added, outcome.known)))
    assert told == [(1, 1, 0), (2, 1, 1)]


# --- columns -----------------------------------------------------------------------------------


def mapping(tmp_path, content) -> object:
    path = tmp_path / "columns.json"
    text = content if isinstance(content, str | bytes) else json.dumps(content, ensure_ascii=False)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8-sig"))
    return path


@pytest.mark.parametrize("field", HEADINGS)
def test_every_usual_heading_is_known(field):
    for heading in HEADINGS[field]:
        assert mapping_for(["工单编号", "诉求内容", heading])[field] in {heading, "工单编号", "诉求内容"}


def test_missing_columns_are_named_with_what_there_is_and_what_to_do(take):
    with pytest.raises(ValidationError) as refused:
        take({"事项": "路灯", "工单编号": "1"})
    (words,) = refused.value.messages
    assert "缺少这些列：诉求内容" in words and "事项、工单编号" in words and '{"words": "表里的列名"}' in words and "--mapping" in words


def test_an_empty_table_says_that_its_columns_are_missing(room, tmp_path):
    (tmp_path / "t.csv").write_text("", encoding="utf-8")
    with pytest.raises(ValidationError, match="缺少这些列：工单编号、诉求内容"):
        import_tickets(tmp_path / "t.csv", str(room.pk), by=SYSTEM)


def test_a_mapping_file_names_other_columns(take, tmp_path):
    file = mapping(tmp_path, {"words": "事项", "external_id": "序号", "spot": "诉求地址"})
    take({"序号": "7", "事项": "路灯不亮", "诉求地址": "东门", "诉求内容": "不是这一列"}, mapping=file)
    report = Report.objects.get()
    assert (report.external_id, report.words, report.spot) == ("7", "路灯不亮", "东门")


def test_titles_above_a_table_with_a_mapping_file_are_passed_over(room, tmp_path, settings):
    settings.DATA = tmp_path
    file = mapping(tmp_path, {"words": "事项", "external_id": "序号"})
    table = make.as_xlsx(tmp_path / "t.xlsx", [["导出：市热线办", "2026-04-06"], ["序号", "事项"], ["7", "路灯不亮"]])
    assert import_tickets(table, str(room.pk), file, by=SYSTEM).added == 1
    assert Report.objects.get().words == "路灯不亮"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{words: 事项}", "不是 JSON"),
        (b"\xff", "不是 JSON"),
        ("[]", "要写成"),
        ({"words": 3}, "要写成"),
        ({"what": "工单编号"}, "不认识的字段：what。认识的是：external_id"),
        ({"words": "没有的列"}, "表里没有：没有的列。表里有：工单编号"),
    ],
)  # fmt: skip
def test_a_mapping_file_that_does_not_fit_is_explained(take, tmp_path, content, words):
    with pytest.raises(ValidationError) as refused:
        take(make.ticket(), mapping=mapping(tmp_path, content))
    assert words in refused.value.messages[0]
    assert not Report.objects.exists()


# --- where to, by whom -------------------------------------------------------------------------


def test_a_room_is_named_by_its_code_its_digits_or_its_own_number(room):
    code = make_codes(room, "report", "poster", [""], by=SYSTEM)[0]
    for name in (code.short, code.short.lower(), code.spoken, code.spoken_apart, str(room.pk), f"https://x.cn/s/{code.short}/"):
        assert room_named(name) == room


@pytest.mark.parametrize("name", ["", "长西", "999999999", "9" * 40, "²"])
def test_a_room_that_is_not_there_is_said_to_be_so(room, name):
    with pytest.raises(ValidationError, match="没有这个议事室"):
        room_named(name)


def test_a_closed_room_takes_no_table(room, take):
    close_room(room, "并入新社区", by=SYSTEM)
    with pytest.raises(ValidationError, match="已经关闭"):
        take(make.ticket())


def test_somebody_who_may_not_import_gets_every_row_back(take):
    outcome = take(make.ticket(1), make.ticket(2), by=factories.actor("reviewer"))
    assert outcome.rejected == 2 and not Report.objects.exists()


def test_the_clerk_of_the_room_may(take, room):
    assert take(make.ticket(1), by=factories.actor("clerk", room=room)).added == 1
