"""Category, unit, public words: what the public reads tells nobody who reported it."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from mashangyi.ground.journal.models import Entry
from mashangyi.ground.people.actor import SYSTEM
from mashangyi.ground.people.law import No
from mashangyi.ground.photos.models import Photo
from mashangyi.ground.photos.queries import photos_of
from mashangyi.topic.models import Category
from tests import factories

from .. import actions, queries
from ..rules import guess_category, scheme
from . import factories as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def categories():
    actions.seed_categories(by=SYSTEM)


def test_the_scheme_has_two_levels_and_each_row_its_group():
    paths = [row.path for row in scheme()]
    assert len(paths) == len(set(paths)) and 70 <= len(paths) <= 120
    assert all(path.partition("/")[0] in paths and path.count("/") <= 1 for path in paths)
    assert all(row.name and (row.words or "/" not in row.path) for row in scheme())


def test_seeding_twice_changes_nothing_and_says_nothing(categories):
    before = Entry.objects.count()
    assert actions.seed_categories(by=SYSTEM) == Category.objects.count() == len(scheme())
    assert Entry.objects.count() == before


@pytest.mark.parametrize(("words", "path"), [
    ("工地半夜施工打桩，吵得睡不着", "environment/noise-building"),
    ("路灯不亮三天了，晚上漆黑一片", "roads/lights"),
    ("二楼漏水到一楼，天花板发霉", "housing/leaks"),
    ("下水道堵塞，污水倒灌", "utilities/sewage"),
    ("46 户共用一个电表，电价太高", "utilities/power"),
    ("孩子放暑假没人带，能不能办假期班", "education/holiday"),
    ("老人吃饭难，想要助餐食堂", "living/elders"),
])  # fmt: skip
def test_the_suggestion_follows_the_words(words, path):
    guess = guess_category(words)
    assert guess.path == path and guess.because


def test_nothing_is_suggested_where_no_word_speaks():
    assert guess_category("您好，谢谢") is None


def test_one_poor_word_makes_a_weak_suggestion():
    assert guess_category("那条狗").is_weak


def test_the_nearest_and_most_exact_row_of_the_duty_list_counts(categories):
    topic, admin = made.received(), factories.actor("city_admin")
    county, town = factories.unit("区城管局"), factories.unit("长西街道", place="320812004")
    group = Category.objects.get(path="environment")
    noise = Category.objects.get(path="environment/noise-building")
    rows = lambda: queries.categories_with_duty(topic.place)  # noqa: E731
    assert queries.duty_of(rows(), noise.path) is None
    actions.set_duty("320812", group, county, by=admin)
    assert queries.duty_of(rows(), noise.path).unit_name == "区城管局"
    actions.set_duty("320812004", noise, town, by=admin)
    assert queries.duty_of(rows(), noise.path).unit_name == "长西街道"
    actions.set_duty("320812004", noise, county, by=admin)
    assert queries.duty_of(rows(), noise.path).unit_name == "区城管局", "the last word counts"


def test_accepting_a_suggestion_keeps_category_and_unit(categories):
    topic, unit = made.verifying(), factories.unit()
    actions.sort(topic, category=Category.objects.get(path="roads/lights"), unit=unit, by=made.clerk(topic))
    topic = queries.message(made.clerk(topic), topic.pk)
    assert topic.category_id == "roads/lights" and queries.unit_of(topic) == unit


def test_the_description_becomes_public_with_the_photos_that_were_chosen(picture):
    topic = made.received(photos=[picture, picture])
    [subject] = [each.subject for each in topic.reports.all()]
    first, second = photos_of(subject)
    actions.describe(topic, "路灯不亮", "东门三盏灯不亮。", photos=[first.pk], by=made.clerk(topic))
    assert [each.pk for each in photos_of(subject, public_only=True)] == [first.pk]
    actions.describe(topic, "路灯不亮", "东门三盏灯不亮。", photos=[second.pk], by=made.clerk(topic))
    assert [each.pk for each in photos_of(subject, public_only=True)] == [second.pk]


def test_a_description_does_not_publish_the_photos_of_another_topic(picture):
    topic, other = made.received(), made.received(photos=[picture])
    stranger = Photo.objects.get(subject=other.reports.get().subject)
    actions.describe(topic, "路灯不亮", "东门三盏灯不亮。", photos=[stranger.pk], by=made.clerk(topic))
    stranger.refresh_from_db()
    assert not stranger.public


@pytest.mark.parametrize("field", ["title", "summary"])
def test_a_private_number_in_public_words_is_refused_by_its_field(field):
    topic = made.received()
    words = {"title": "路灯不亮", "summary": "东门三盏灯不亮。", field: "找 13812341207"}
    with pytest.raises(ValidationError) as problem:
        actions.describe(topic, by=made.clerk(topic), **words)
    assert list(problem.value.message_dict) == [field]
    assert "13812341207" not in str(problem.value), "the complaint does not repeat it"
    assert made.again(topic).title == ""


def test_the_clerk_may_say_that_a_number_is_an_offices_own():
    topic = made.received()
    actions.describe(topic, "报修", "物业值班 13812341207", keep_marks=True, by=made.clerk(topic))
    assert made.again(topic).summary == "物业值班 13812341207"


def test_what_has_ended_is_not_described_anew():
    topic = made.received()
    actions.decline(topic, "outside", by=made.clerk(topic))
    with pytest.raises(No):
        actions.describe(topic, "别的", "别的", by=made.clerk(topic))


def test_writing_the_public_words_sorts_anew_only_what_is_sorted_otherwise(categories):
    topic, lights = made.received(), Category.objects.get(pk="roads/lights")
    words, by = {"title": "路灯不亮", "summary": "东门三盏灯不亮。"}, made.clerk(topic)
    for category in (lights, lights, Category.objects.get(pk="utilities/water")):
        actions.describe(topic, category=category, by=by, **words)
    assert Entry.objects.filter(topic=topic.pk, verb="triage.sorted").count() == 2


def test_the_public_page_names_the_category_in_the_readers_language(client, categories):
    topic = made.described()
    actions.sort(topic, category=Category.objects.get(pk="roads/lights"), by=made.clerk(topic))
    assert "路灯照明" in client.get(f"/t/{topic.number}/").content.decode()
    client.cookies["lang"] = "en"
    assert "Street lighting" in client.get(f"/t/{topic.number}/").content.decode()


def test_a_category_that_a_city_added_is_called_as_the_city_wrote_it():
    with translation.override("en"):
        assert Category(path="roads/boats", name="渡船 100%").label == "渡船 100%"
