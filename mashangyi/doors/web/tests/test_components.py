"""The macros say what they should, whatever they are given."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages import mofile, pofile
from django.http import HttpRequest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from mashangyi.doors.web import filters, icons, rail
from mashangyi.ground.calendar import clock
from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.actor import ANYONE
from mashangyi.topic.lifecycle import STATES
from mashangyi.topic.models import TRACKS

from ..samples import SampleForm

NOON = clock.local(2026, 9, 20, 12)


def drawn(source: str, **context) -> str:
    """A piece of template with the macros as `ui`, drawn for a visitor without a session."""
    request = HttpRequest()
    request.path, request.actor, request.elder, request.theme = "/", ANYONE, False, ""
    environment = engines["jinja2"].env
    whole = '{% import "components.html" as ui with context %}' + source
    return environment.from_string(whole).render(request=request, **context)


# --- the way -----------------------------------------------------------------------------------


@pytest.mark.parametrize("track", ["", *TRACKS])
@pytest.mark.parametrize("state", STATES)
def test_the_rail_always_has_six_steps_and_at_most_one_of_them_is_now(state, track):
    tones = [step.tone for step in rail.steps(state, track)]
    assert len(tones) == 6
    assert tones.count("now") == (STATES[state].family == "open")


def test_a_declined_matter_does_not_look_as_if_it_had_been_dealt_with():
    tones = [step.tone for step in rail.steps("declined")]
    assert tones == ["past", "past", "out", "out", "out", "out"]


def test_a_resolved_matter_has_all_steps_behind_it():
    assert {step.tone for step in rail.steps("resolved", "full")} == {"past"}


def test_a_matter_handled_directly_shows_the_steps_that_it_does_not_take():
    tones = [step.tone for step in rail.steps("delivering", "direct")]
    assert tones == ["past", "past", "out by", "out by", "now", "next"]


def test_the_review_of_an_emergency_comes_later_and_does_not_look_done():
    review = rail.steps("deliberating", "emergency")[2]
    assert (review.tone, review.sign) == ("out by", "先处置，事后补")


def test_in_mediation_the_fourth_step_is_called_mediation():
    assert [step.label for step in rail.steps("in_mediation", "mediation")][3] == "调解"


def test_each_step_of_the_rail_is_told_in_words_too():
    assert "现在在这一步" in drawn('{{ ui.rail("delivering") }}')


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_chip_with_its_word(state):
    assert STATES[state].label in drawn("{{ ui.chip(state) }}", state=state)


def test_time_left_is_large_and_its_last_day_is_marked():
    with clock.at(NOON):
        html = drawn("{{ ui.held('街道工程办', due) }}", due=clock.local(2026, 9, 20, 17))
    assert "<b>5</b> 小时" in html and 'class="left due"' in html


def test_time_that_is_over_says_so():
    with clock.at(NOON):
        html = drawn("{{ ui.held('街道工程办', due) }}", due=clock.local(2026, 9, 17, 11))
    assert "已超" in html and "<b>3</b> 天" in html and 'class="left hot"' in html


# --- forms -------------------------------------------------------------------------------------


def test_a_field_has_a_label_a_hint_and_its_mistake_beside_it():
    form = SampleForm({"words": ""}, auto_id="%s")
    html = drawn('{{ ui.field(form, "words", "什么事", hint="照原话写") }}', form=form)
    assert '<label for="words">什么事' in html
    assert 'aria-describedby="words-wrong words-hint"' in html
    assert 'aria-invalid="true"' in html and 'id="words-wrong"' in html and "照原话写" in html


def test_what_a_person_typed_stays_there():
    form = SampleForm({"words": "路灯不亮", "cost": "六万", "level": "3"})
    assert "路灯不亮" in drawn('{{ ui.field(form, "words") }}', form=form)
    assert 'value="六万"' in drawn('{{ ui.field(form, "cost", kind="money") }}', form=form)
    assert 'value="3" checked' in drawn('{{ ui.field(form, "level") }}', form=form)


def test_what_need_not_be_filled_in_says_so():
    assert "可不填" in drawn('{{ ui.field(form, "place", "在哪儿") }}', form=SampleForm())
    assert "可不填" not in drawn('{{ ui.field(form, "words", "什么事") }}', form=SampleForm())


def test_a_form_without_mistakes_shows_no_list_of_them():
    assert drawn("{{ ui.errors(form) }}", form=SampleForm()).strip() == ""


def test_the_list_of_mistakes_leads_to_the_fields():
    html = drawn("{{ ui.errors(form) }}", form=SampleForm({}, auto_id="%s"))
    assert 'role="alert"' in html and 'href="#words"' in html


# --- words, dates, money -------------------------------------------------------------------------


@given(st.text())
def test_nothing_that_a_person_typed_becomes_html(words):
    html = drawn("{{ ui.said(words) }}", words=words)
    inside = html.replace("<p>", "").replace("</p>", "").replace('<blockquote class="said">', "")
    assert "<" not in inside.replace("</blockquote>", "")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (None, ""),
        (0, "0 元"),
        (1500, "1,500 元"),
        (60000, "6 万元"),
        (123_000, "12.3 万元"),
        (12345, "12,345 元"),
    ],
)
def test_money_is_written_as_people_say_it(amount, words):
    assert filters.yuan(amount) == words


def test_a_date_of_this_year_is_written_without_it():
    with clock.at(NOON):
        assert filters.day(clock.local(2026, 5, 18)) == filters.kept("5 月 18 日")
        assert filters.day(clock.local(2025, 5, 18)) == filters.kept("2025 年 5 月 18 日")


def test_the_year_turns_at_midnight_of_the_city():
    with clock.at(clock.local(2027, 1, 1, 0, 30)):
        assert filters.day(clock.local(2027, 1, 1)) == filters.kept("1 月 1 日")
        assert filters.moment(clock.local(2026, 12, 31, 23, 5)) == filters.kept("2026 年 12 月 31 日") + " 23:05"


def test_a_line_is_never_broken_inside_a_date():
    with clock.at(NOON):
        assert " " not in filters.day(clock.local(2025, 5, 18))
        assert filters.moment(clock.local(2025, 5, 18, 9, 30)).split(" ") == [filters.kept("2025 年 5 月 18 日"), "09:30"]


def said(*verbs):
    return [SimpleNamespace(verb=verb, seq=seq) for seq, verb in enumerate(verbs)]


def test_four_entries_in_a_row_that_say_the_same_are_one_step():
    entries = said("a", "b", "b", "b", "b", "a")
    assert filters.folded(entries) == [(entries[0], []), (entries[1], entries[2:5]), (entries[5], [])]


def test_three_entries_in_a_row_stay_three_steps():
    entries = said("b", "b", "b")
    assert filters.folded(entries) == [(entry, []) for entry in entries]


def test_values_in_a_message_are_escaped():
    assert "&lt;b&gt;" in drawn('{{ _("%(n)s 人也遇到", n="<b>") }}')


@pytest.mark.parametrize("name", icons.STROKES)
def test_an_icon_is_silent_beside_words_and_speaks_alone(name):
    assert 'aria-hidden="true"' in icons.icon(name)
    assert 'aria-label="a &amp; b"' in icons.icon(name, "a & b")


def test_djangos_own_fields_say_what_to_do():
    assert "这一项要填。" in drawn('{{ ui.field(form, "words") }}', form=SampleForm({}))
    assert "请填数字，例如 1500。" in drawn('{{ ui.field(form, "cost") }}', form=SampleForm({"cost": "六万"}))


def test_those_words_are_compiled():
    """By hand, as tools/translations.py knows English alone."""
    folder = Path(filters.__file__).parent / "locale/zh_Hans/LC_MESSAGES"
    known = pofile.read_po((folder / "django.po").open("rb"), locale="zh_Hans")
    compiled = mofile.read_mo((folder / "django.mo").open("rb"))
    assert _words(known) == _words(compiled)


def _words(catalogue) -> dict:
    return {str(list(one.id)): list(one.string) for one in catalogue if one.id}


def entry(seq: int, verb: str) -> Entry:
    return Entry(seq=seq, verb=verb, at=NOON, organ="长西社区", data={"what": "受理", "holder": "长西社区"})


def test_a_promise_that_ran_out_is_marked_in_the_story_and_what_is_newest_stays_the_newest():
    words = drawn("{{ ui.timeline(rows) }}", rows=[entry(1, "clock.overdue"), entry(2, "clock.reminded")])
    assert re.findall('<li class="([a-z]*)"', words) == ["now", "late"]


def test_a_story_shows_the_newest_of_many_alike_and_the_others_when_asked():
    words = drawn("{{ ui.timeline(rows) }}", rows=[entry(seq, "clock.reminded") for seq in range(1, 6)])
    assert words.index("<details>") < words.index("同样的还有 4 条") and words.count("<li>") == 4
