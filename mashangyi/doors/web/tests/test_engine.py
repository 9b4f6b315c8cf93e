"""Templates are compiled for each language, and what never changes is worked out then."""

import pytest
from django.template import engines
from django.utils import translation

from mashangyi.doors.web import engine, jinja


def source_of(template: str, language: str = "zh-hans") -> str:
    """The Python that a template becomes in a language."""
    with translation.override(language):
        return engines["jinja2"].env.compile(template, raw=True)


def drawn(template: str, language: str = "zh-hans", **context) -> str:
    with translation.override(language):
        return engines["jinja2"].from_string(template).render(context)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "首页"), ("en", "Home")])
def test_words_stand_in_the_compiled_template_in_its_language(language, words):
    assert words in source_of('{{ _("首页") }}', language) and drawn('{{ _("首页") }}', language) == words


@pytest.mark.parametrize("piece", ['svg("check")', 'svg("alert", _("紧急"))', 'url("topic:list")', 'static("page.js")'])
def test_icons_and_addresses_are_worked_out_beforehand(piece):
    compiled = source_of("{{ " + piece + " }}")
    assert "context.call" not in compiled and "environment.call" not in compiled
    assert drawn("{{ " + piece + " }}") == drawn("{{ f() }}", f=lambda: asked(piece))


def asked(piece: str):
    """What the environment's own functions answer."""
    names = engines["jinja2"].env.globals
    return eval(piece, {name: names[name] for name in engine.ALWAYS_THE_SAME})  # noqa: S307 — the pieces above


def test_what_depends_on_the_topic_is_asked_for_each_time():
    assert drawn("{{ _(words) }}", words="首页") == "首页"
    assert drawn("{{ _(words) }}", words="<b>") == "&lt;b&gt;"
    assert drawn('{{ url("topic:page", number=n) }}', n="Y26-000147-1") == "/t/Y26-000147-1/"


def test_a_template_s_own_name_is_not_taken_for_ours():
    assert drawn('{% macro svg(name) %}mine {{ name }}{% endmacro %}{{ svg("check") }}') == "mine check"
    assert drawn('{% for _ in [f] %}{{ _("首页") }}{% endfor %}', f=lambda words: f"theirs {words}") == "theirs 首页"


def test_words_with_values_are_filled_in_when_drawn():
    assert drawn('{{ _("%(n)s 件", n=n) }}', n=3) == "3 件"
    assert drawn('{{ _("%(n)s 件", n="<") }}') == "&lt; 件"


def test_every_function_worked_out_beforehand_is_one_of_the_environment():
    assert set(engines["jinja2"].env.globals) >= engine.ALWAYS_THE_SAME


def test_two_languages_have_two_environments_and_one_language_one():
    with translation.override("en"):
        english = engines["jinja2"].env
        assert engines["jinja2"].env is english and english.language == "en"
    assert engines["jinja2"].env is not english


# --- pieces that are drawn once ------------------------------------------------------------------


def test_a_piece_is_drawn_once_for_each_key_and_language():
    drawings = []
    piece = '{% call drawn_once("test", key) %}{{ _("首页") }}{{ note(key) }}{% endcall %}'
    pages = [drawn(piece, language, key=key, note=drawings.append) for key in (1, 2, 1) for language in ("zh-hans", "en")]
    assert drawings == [1, 1, 2, 2] and pages[0] == pages[4] == "首页None" and pages[1] == pages[5] == "HomeNone"


def test_pieces_do_not_take_more_room_than_they_may(monkeypatch):
    monkeypatch.setattr(jinja, "PIECES", 3)
    for key in range(10):
        drawn('{% call drawn_once("room", key) %}{{ key }}{% endcall %}', key=key)
    assert len(jinja._pieces) <= 3
