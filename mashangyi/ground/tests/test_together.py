"""Questions asked together are answered as each alone would be, in one statement."""

from datetime import date, timedelta

import pytest
from django.db.models import CharField, Count, Exists, OuterRef, Value
from django.db.models.functions import Concat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mashangyi.ground.calendar.clock import local
from mashangyi.ground.calendar.models import Clock, DayOff
from mashangyi.ground.people.models import Person, Post
from mashangyi.ground.places.models import Alias, Division
from mashangyi.ground.prepared import prepared
from mashangyi.ground.together import together

pytestmark = pytest.mark.django_db
NOON = local(2026, 10, 1, 12)


@prepared
def divisions(parent):
    return Division.objects.filter(parent=parent).order_by("code")


@prepared
def last_divisions(limit, parent):
    return Division.objects.filter(parent=parent).order_by("-code")[:limit]


@prepared
def clocks(subject):
    return Clock.objects.filter(subject=subject).order_by("id")


@prepared
def days():
    return DayOff.objects.values_list("day", "reason").order_by("-day")


@prepared
def posts(role):
    return Post.objects.filter(role=role).select_related("person", "room", "unit").order_by("id")


@prepared
def any_of(**codes):
    return Division.objects.filter(code__in=list(codes.values())).order_by("code")


@pytest.fixture
def town():
    rows = [("3208", "淮安市", ""), ("320812", "清江浦区", "3208"), ("320803", "淮安区", "3208")]
    for code, name, parent in rows:
        Division.objects.create(code=code, name=name, level=len(code), parent=parent)
    for hours in (3, 1, 2):
        moment = NOON + timedelta(hours=hours, microseconds=hours)
        Clock.objects.create(
            subject="topic:1", kind=f"kind {hours}", due_at=moment, remind_at=moment, started_at=NOON
        )
    for day in (2, 3):
        DayOff.objects.create(day=date(2026, 10, day), reason="国庆节")
    person = Person.objects.create(username="wang")
    Post.objects.create(
        person=person, role="supervisor", place="3208", title="督办员", since=date(2026, 1, 1)
    )


def test_each_question_is_answered_as_it_is_alone(town, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = together(
            places=divisions.of(parent="3208"),
            clocks=clocks.of(subject="topic:1"),
            days=days.of(),
            posts=posts.of(role="supervisor"),
        )
    assert found["places"] == divisions(parent="3208") and len(found["places"]) == 2
    assert [each.due_at for each in found["clocks"]] == [
        NOON + timedelta(hours=n, microseconds=n) for n in (3, 1, 2)
    ]
    assert found["days"] == days() == [(date(2026, 10, 3), "国庆节"), (date(2026, 10, 2), "国庆节")]
    assert found["posts"] == posts(role="supervisor")


def test_what_is_joined_to_a_row_needs_no_question_of_its_own(town, django_assert_num_queries):
    [post] = together(days=days.of(), posts=posts.of(role="supervisor"))["posts"]
    with django_assert_num_queries(0):
        assert (post.person.username, post.room, post.unit) == ("wang", None, None)


def test_each_keeps_its_order_and_its_limit(town):
    found = together(up=divisions.of(parent="3208"), down=last_divisions.of(1, parent="3208"))
    assert [each.code for each in found["up"]] == ["320803", "320812"]
    assert [each.code for each in found["down"]] == ["320812"]


def test_the_same_statement_is_filled_with_other_values(town):
    def asked(parent):
        return together(places=divisions.of(parent=parent), days=days.of())["places"]

    assert [each.code for each in asked("")] == ["3208"]
    assert [each.code for each in asked("3208")] == ["320803", "320812"]
    Division.objects.create(code="320804", name="淮阴区", level=6, parent="3208")
    assert [each.code for each in asked("3208")] == ["320803", "320804", "320812"]


def test_what_finds_nothing_leaves_the_others_as_they_are(town):
    found = together(none=divisions.of(parent="nowhere"), days=days.of(), never=any_of.of())
    assert (found["none"], found["never"], len(found["days"])) == ([], [], 2)


def test_nothing_is_asked_where_nothing_can_be_found(town, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert together(never=any_of.of()) == {"never": []}


def test_what_is_counted_and_computed_beside_a_row_comes_with_it(town):
    @prepared
    def counted(parent):
        alias = Alias.objects.filter(division=OuterRef("pk"))
        rows = Division.objects.filter(parent=parent).annotate(known=Exists(alias))
        return rows.annotate(said=Concat(Value("此地:"), "name", output_field=CharField())).order_by("code")

    @prepared
    def by_reason():
        return DayOff.objects.order_by().values_list("reason").annotate(n=Count("day"))

    found = together(places=counted.of(parent="3208"), reasons=by_reason.of())
    assert [(each.known, each.said) for each in found["places"]] == [
        (False, "此地:淮安区"),
        (False, "此地:清江浦区"),
    ]
    assert found["reasons"] == [("国庆节", 2)]


def test_a_union_is_not_taken_in():
    @prepared
    def both():
        return DayOff.objects.filter(reason="").values_list("day").union(DayOff.objects.values_list("day"))

    with pytest.raises(ValueError, match="union"):
        together(both=both.of(), days=days.of())


@given(names=st.lists(st.text("甲乙丙'\"%;:\\", max_size=8), max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_whatever_stands_in_a_row_arrives(names):
    @prepared
    def named(parent):
        return Division.objects.filter(parent=parent).order_by("code")

    Division.objects.all().delete()
    for number, name in enumerate(names):
        Division.objects.create(code=f"3{number}", name=name, level=2, parent="3")
    found = together(days=days.of(), places=named.of(parent="3"))
    assert [each.name for each in found["places"]] == names
