"""The duty list: who is in charge of what, where; the deeds and the administrator's page."""

import pytest
from django.core.exceptions import ValidationError

from mashangyi.ground.journal.models import Entry
from mashangyi.ground.journal.verbs import wording
from mashangyi.ground.people.law import No
from mashangyi.ground.people.models import Person
from mashangyi.topic.models import Category
from tests import factories

from .. import actions, duty_list, queries
from ..models import DutyRow

pytestmark = pytest.mark.django_db
COUNTY, TOWN = "320812", "320812004"
LIGHTS = "roads/lights"


@pytest.fixture
def admin():
    return factories.actor("city_admin")


@pytest.fixture(autouse=True)
def scheme(admin):
    factories.division()
    actions.seed_categories(by=admin)


def category(path: str = LIGHTS) -> Category:
    return Category.objects.get(path=path)


def line(place: str, path: str = LIGHTS) -> duty_list.Line:
    return next(each for each in duty_list.lines(place) if each.category.path == path)


def last_entry() -> Entry:
    return Entry.objects.order_by("-seq").first()


# --- the deeds ---------------------------------------------------------------------------------


def test_the_journal_says_who_is_in_charge_of_what_where(admin):
    unit = factories.unit("区城管局")
    actions.set_duty(COUNTY, category(), unit, by=admin)
    assert (last_entry().place, wording(last_entry())) == (COUNTY, "职责清单：“路灯照明”归区城管局")


def test_saying_the_same_again_changes_nothing(admin):
    unit = factories.unit()
    first = actions.set_duty(COUNTY, category(), unit, by=admin)
    seq = last_entry().seq
    assert actions.set_duty(COUNTY, category(), unit, by=admin) == first and last_entry().seq == seq


def test_another_unit_takes_the_place_of_the_one_before(admin):
    before, after = factories.unit(), factories.unit()
    actions.set_duty(COUNTY, category(), before, by=admin)
    actions.set_duty(COUNTY, category(), after, by=admin)
    assert DutyRow.objects.get().unit == after


@pytest.mark.parametrize("place", ["320826", TOWN])
def test_a_unit_of_elsewhere_or_of_a_part_is_not_put_in_charge(admin, place):
    with pytest.raises(ValidationError) as refused:
        actions.set_duty(COUNTY, category(), factories.unit(place=place), by=admin)
    assert "unit" in refused.value.error_dict and not DutyRow.objects.exists()


def test_a_place_that_is_none_is_refused(admin):
    with pytest.raises(ValidationError) as refused:
        actions.set_duty("320899", category(), factories.unit(place="3208"), by=admin)
    assert "place" in refused.value.error_dict


def test_several_categories_are_set_together_or_not_at_all(admin):
    here, elsewhere = factories.unit(), factories.unit(place="320826")
    both = [category(), category("roads/parking")]
    with pytest.raises(ValidationError):
        actions.set_duties(COUNTY, both, elsewhere, by=admin)
    assert len(actions.set_duties(COUNTY, both, here, by=admin)) == DutyRow.objects.count() == 2


def test_what_is_taken_off_the_list_leaves_what_the_place_above_says(admin):
    county, town = factories.unit("区城管局"), factories.unit("长西街道", place=TOWN)
    actions.set_duty(COUNTY, category(), county, by=admin)
    row = actions.set_duty(TOWN, category(), town, by=admin)
    actions.drop_duty(row, by=admin)
    assert line(TOWN).said.unit == county
    assert wording(last_entry()) == "职责清单：“路灯照明”不再归长西街道"


def test_taking_off_twice_is_journalled_once(admin):
    row = actions.set_duty(COUNTY, category(), factories.unit(), by=admin)
    again = DutyRow.objects.get(pk=row.pk)
    actions.drop_duty(row, by=admin)
    seq = last_entry().seq
    actions.drop_duty(again, by=admin)
    assert last_entry().seq == seq


def test_an_administrator_of_one_county_keeps_no_list_of_another(admin):
    row = actions.set_duty(COUNTY, category(), factories.unit(), by=admin)
    other = factories.actor("city_admin", place="320826")
    with pytest.raises(No):
        actions.set_duty(COUNTY, category(), row.unit, by=other)
    with pytest.raises(No):
        actions.drop_duty(row, by=other)


# --- what counts -------------------------------------------------------------------------------


def test_the_page_says_what_the_triage_screen_will_propose(admin):
    city, county, town = (factories.unit(place=place) for place in ("3208", COUNTY, TOWN))
    actions.set_duty("3208", category("roads"), city, by=admin)
    actions.set_duty(COUNTY, category(), county, by=admin)
    actions.set_duty(TOWN, category("roads"), town, by=admin)
    for place in ("3208", COUNTY, TOWN):
        rows = queries.categories_with_duty(place)
        for each in duty_list.lines(place):
            proposed = queries.duty_of(rows, each.category.path)
            assert (each.said.unit_id if each.said else None) == (proposed.unit_id if proposed else None)


def test_what_is_set_here_is_told_from_what_comes_from_above_or_from_the_group(admin):
    actions.set_duty(COUNTY, category("roads"), factories.unit(), by=admin)
    assert line(COUNTY, "roads").own and not line(TOWN, "roads").own
    assert line(TOWN).said and line(TOWN).of_group and not line(TOWN, "roads").of_group


def test_a_list_is_empty_until_something_is_set_anywhere_in_the_place(admin):
    assert duty_list.is_empty("3208") and duty_list.is_empty(COUNTY)
    actions.set_duty(COUNTY, category(), factories.unit(), by=admin)
    assert not any(duty_list.is_empty(place) for place in ("3208", COUNTY, TOWN))
    assert duty_list.is_empty("320826")


# --- the page ----------------------------------------------------------------------------------


@pytest.fixture
def desk(client, admin):
    client.force_login(Person.objects.get(pk=admin.person_id))
    return client


def page(desk, path: str) -> str:
    return desk.get(path).content.decode()


def test_one_unit_is_put_in_charge_of_several_categories(desk):
    unit = factories.unit("区城管局")
    sent = {"unit": unit.pk, "categories": [LIGHTS, "roads/parking"]}
    done = desk.post(f"/desk/duties/set/?place={COUNTY}", sent)
    assert done["Location"] == f"/desk/duties/?place={COUNTY}"
    assert {row.category_id for row in DutyRow.objects.filter(unit=unit, place=COUNTY)} == {LIGHTS, "roads/parking"}
    assert "2 类归区城管局了。" in page(desk, done["Location"])


@pytest.mark.parametrize(
    ("missing", "words"), [("unit", "请选一个单位。"), ("categories", "请至少勾一类。")]
)
def test_what_is_missing_is_named_and_what_was_chosen_stays(desk, missing, words):
    unit = factories.unit("区城管局")
    sent = {"unit": unit.pk, "categories": [LIGHTS]}
    del sent[missing]
    answer = desk.post(f"/desk/duties/set/?place={COUNTY}", sent)
    body = answer.content.decode()
    assert answer.status_code == 422 and words in body
    assert (f'value="{unit.pk}" selected' in body) is (missing != "unit")
    assert (f'value="{LIGHTS}" checked' in body) is (missing != "categories")


def test_a_unit_of_another_county_cannot_be_chosen(desk):
    unit = factories.unit(place="320826")
    answer = desk.post(f"/desk/duties/set/?place={COUNTY}", {"unit": unit.pk, "categories": [LIGHTS]})
    assert answer.status_code == 422 and "请从列表里选一个单位。" in answer.content.decode()


def test_one_comes_to_the_form_with_category_and_unit_filled_in(desk, admin):
    unit = factories.unit("区城管局")
    actions.set_duty(COUNTY, category(), unit, by=admin)
    body = page(desk, f"/desk/duties/set/?place={COUNTY}&category={LIGHTS}")
    assert f'value="{LIGHTS}" checked' in body and f'value="{unit.pk}" selected' in body


def test_a_row_is_taken_off_by_its_button(desk, admin):
    row = actions.set_duty(COUNTY, category(), factories.unit(), by=admin)
    assert f'action="/desk/duties/{row.pk}/drop/"' in page(desk, f"/desk/duties/?place={COUNTY}")
    done = desk.post(f"/desk/duties/{row.pk}/drop/")
    assert done["Location"] == f"/desk/duties/?place={COUNTY}" and not DutyRow.objects.exists()


def test_what_comes_from_above_is_taken_off_only_there(desk, admin):
    row = actions.set_duty(COUNTY, category(), factories.unit("区城管局"), by=admin)
    body = page(desk, f"/desk/duties/?place={TOWN}")
    assert "区城管局" in body and f"/desk/duties/{row.pk}/drop/" not in body


def test_categories_without_a_unit_are_listed_by_themselves(desk, admin):
    actions.set_duty(COUNTY, category(), factories.unit(), by=admin)
    body = page(desk, f"/desk/duties/?place={COUNTY}&show=missing")
    assert "停车管理" in body and "路灯照明" not in body


def test_the_list_is_searched_by_category_and_by_unit(desk, admin):
    actions.set_duty(COUNTY, category(), factories.unit("区城管局"), by=admin)
    by_unit, by_name = (page(desk, f"/desk/duties/?place={COUNTY}&q={words}") for words in ("城管", "停车"))
    assert "路灯照明" in by_unit and "停车管理" not in by_unit
    assert "停车管理" in by_name and "路灯照明" not in by_name
    assert "没有找到。" in page(desk, f"/desk/duties/?place={COUNTY}&q=火星")


def test_where_no_unit_is_registered_the_form_leads_to_registering_one(desk):
    assert 'href="/desk/units/new/"' in page(desk, f"/desk/duties/set/?place={COUNTY}")


def test_a_place_that_is_none_is_a_missing_page(desk):
    assert desk.get("/desk/duties/?place=320899").status_code == 404


def test_the_list_of_another_county_is_refused(client):
    client.force_login(factories.post("city_admin", place="320826").person)
    assert client.get(f"/desk/duties/?place={COUNTY}").status_code == 403


@pytest.mark.parametrize("path", ["/desk/duties/", "/desk/duties/set/"])
def test_other_posts_do_not_see_the_duty_list(client, path):
    client.force_login(factories.post("clerk", room=factories.room()).person)
    assert client.get(path).status_code == 403


def test_the_list_asks_no_more_when_there_is_more(desk, admin, django_assert_max_num_queries):
    unit = factories.unit()
    page(desk, "/desk/duties/")
    actions.set_duties(COUNTY, list(Category.objects.all()), unit, by=admin)
    with django_assert_max_num_queries(8):
        page(desk, f"/desk/duties/?place={COUNTY}")
