"""What an address or a form asks for is read strictly; what a deed complains of stands where it can be mended."""

from types import SimpleNamespace

import pytest
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from mashangyi.ground.asked import attempt, number_in, paged, put_away, sent, whole


class Note(forms.Form):
    words = forms.CharField()


def filled() -> Note:
    form = Note({"words": "路灯不亮"})
    assert form.is_valid()
    return form


def test_a_complaint_about_a_field_stands_beside_it():
    form = filled()
    put_away(form, ValidationError({"words": "请写短一些。"}))
    assert form.errors == {"words": ["请写短一些。"]}


def test_a_complaint_about_what_the_form_has_not_stands_above_it():
    form = filled()
    put_away(form, ValidationError({"topic": ["这件事已经办结。", "请重新反映。"]}))
    assert form.errors == {NON_FIELD_ERRORS: ["这件事已经办结。", "请重新反映。"]}


def test_a_complaint_about_no_field_stands_above_the_form():
    form = filled()
    put_away(form, ValidationError("请再试一次。"))
    assert form.errors == {NON_FIELD_ERRORS: ["请再试一次。"]}


def test_a_deed_is_done_with_what_a_form_says_cleanly():
    done = []
    assert attempt(Note({"words": " 路灯不亮 "}), done.append) is True
    assert done == [{"words": "路灯不亮"}]


@pytest.mark.parametrize("data", [None, {}, {"words": ""}])
def test_nothing_is_done_with_a_page_that_is_only_opened_or_a_form_that_is_wrong(data):
    done, form = [], Note(data)
    assert attempt(form, done.append) is False
    assert done == [] and form.is_bound is bool(form.errors)


def test_what_a_deed_complains_of_is_shown_by_the_form():
    def refuse(_given):
        raise ValidationError({"words": "请写短一些。"})

    form = filled()
    assert attempt(form, refuse) is False
    assert form.errors == {"words": ["请写短一些。"]}


def test_an_empty_form_that_was_sent_is_not_a_page_that_was_opened(rf):
    assert sent(rf.get("/")) is None
    assert sent(rf.post("/")) is not None


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("²", None), ("", None), (None, None), ("-1", None), ("9" * 19, None), ("1.5", None)]
)
def test_the_number_of_a_row_is_ascii_digits_that_a_row_can_have(text, number):
    assert whole(text) == number


@pytest.mark.parametrize(
    ("name", "number"), [("topic:12", 12), ("meeting:12", None), ("topic:", None), ("topic:x", None), ("", None)]
)
def test_a_number_is_read_of_a_name_of_its_kind_alone(name, number):
    assert number_in(name, "topic") == number


@pytest.mark.parametrize(("rows", "shown", "following"), [(0, 0, None), (2, 2, None), (3, 3, None), (4, 3, 3)])
def test_a_row_more_than_a_page_has_says_where_the_next_one_begins(rows, shown, following):
    found = [SimpleNamespace(pk=n) for n in range(1, rows + 1)]
    assert paged(found, 3) == (found[:shown], following)
