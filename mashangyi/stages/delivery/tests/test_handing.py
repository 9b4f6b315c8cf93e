"""From a resolution to tasks; the law of every deed; money."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from mashangyi.ground.calendar.clock import at, local, now, today
from mashangyi.ground.journal.deeds import turn
from mashangyi.ground.people.actor import ANYONE, ROLES
from mashangyi.ground.people.law import LAW, No, why_not
from mashangyi.stages.deliberation.actions import confirm_resolution
from mashangyi.stages.deliberation.models import Meeting, Resolution, ResolutionItem
from mashangyi.stages.deliberation.rules import MOST_YUAN
from mashangyi.stages.delivery import actions, rules
from mashangyi.stages.delivery.models import Task
from mashangyi.topic import lifecycle
from mashangyi.topic.lifecycle import Conflict
from tests import factories as make

from . import factories as some

# --- a resolution becomes tasks ----------------------------------------------------------------


def concluded(items: int = 2, outcome: str = "agreed"):
    """A topic that has been deliberated, with a resolution of so many items."""
    topic = some.verifying()
    convener, reviewer = make.actor("convener", room=topic.room), make.actor("reviewer", place=topic.place)
    with turn():
        lifecycle.move(topic, "propose", by=convener)
        lifecycle.move(topic, "approve", by=reviewer)
        lifecycle.move(topic, "announce", by=convener)
        lifecycle.move(topic, "open", by=convener)
        lifecycle.move(topic, "conclude", by=convener)
    meeting = Meeting.objects.create(
        topic=topic, room=topic.room, form="room", place_words="议事室", at=now(), code="123456"
    )
    resolution = Resolution.objects.create(topic=topic, meeting=meeting, outcome=outcome, summary="修路")
    for order in range(items):
        money = {"cost": 30_000 * (order + 1), "source": "village", "procurement": "tender"}
        item = ResolutionItem.objects.create(
            resolution=resolution, order=order, what=f"第 {order} 段", unit=make.unit(),
            due=today() + timedelta(days=10 * (order + 1)), criterion="平", **money,
        )  # fmt: skip
        item.supporting.add(make.unit(f"村委会{order}"))
    return topic, convener


@pytest.mark.django_db
def test_each_item_of_a_resolution_becomes_a_task_with_its_terms():
    topic, convener = concluded()
    first, second = actions.deliver(topic, by=convener)
    assert (first.planned_cost, first.funding, first.procurement, first.criterion) == (
        30_000,
        "village",
        "tender",
        "平",
    )
    assert first.supporting == "村委会0" and first.item.unit == first.unit
    assert topic.state == "delivering"
    assert topic.due_at == second.due_at == rules.end_of(today() + timedelta(days=20))
    assert topic.holder == f"{first.unit.name}、{second.unit.name}"


@pytest.mark.django_db
@pytest.mark.parametrize(("items", "outcome"), [(0, "agreed"), (2, "none")])
def test_nothing_is_handed_over_without_an_agreed_item(items, outcome):
    topic, convener = concluded(items, outcome)
    with pytest.raises(ValidationError):
        actions.deliver(topic, by=convener)
    topic.refresh_from_db()
    assert topic.state == "concluded" and not Task.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("track", ["quick", "emergency", "full"])
def test_what_a_full_deliberation_came_to_is_confirmed_first_what_cannot_wait_is_not(track):
    topic, convener = concluded()
    topic.track = track
    if track == "full":
        with pytest.raises(ValidationError, match="党组织还没有确认"):
            actions.deliver(topic, by=convener)
        confirm_resolution(topic.resolutions.get(), by=make.actor("reviewer", place=topic.place))
    assert len(actions.deliver(topic, by=convener)) == 2


@pytest.mark.django_db
def test_it_is_handed_over_once():
    topic, convener = concluded()
    actions.deliver(topic, by=convener)
    with pytest.raises(Conflict):
        actions.deliver(topic, by=convener)
    assert Task.objects.count() == 2


# --- the law of delivery: roles × deeds --------------------------------------------------------

TABLE = {
    "delivery.handle_directly": {"clerk", "convener"},
    "delivery.deliver": {"convener"},
    "delivery.assign": {"convener"},
    "delivery.reassign": {"convener"},
    "delivery.decide": {"convener"},
    "delivery.sign_for": {"unit_officer"},
    "delivery.return": {"unit_officer"},
    "delivery.ask_extension": {"unit_officer"},
    "delivery.cannot_do": {"unit_officer"},
    "delivery.milestone": {"unit_officer"},
    "delivery.report_done": {"unit_officer"},
    "delivery.redo": {"resident"},
    "delivery.urge": {"supervisor"},
    "delivery.remind": {"convener"},
    "delivery.supervise": {"supervisor"},
}


def test_every_permission_of_delivery_is_in_the_table():
    assert {name for name in LAW if name.startswith("delivery.")} == set(TABLE)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in ROLES if role != "system"])
def test_each_role_may_do_what_the_table_says_and_nothing_else(role):
    task = some.task()
    by = ANYONE if role == "resident" else make.actor(role, room=task.topic.room, unit=task.unit)
    may = {name for name in TABLE if not why_not(by, name, task, own=role == "resident")}
    assert may == {name for name, roles in TABLE.items() if role in roles}


@pytest.mark.django_db
def test_another_unit_may_do_nothing_with_a_task():
    task, stranger = some.signed(), make.actor("unit_officer", unit=make.unit())
    for deed in (
        lambda: actions.sign_for(task, by=stranger),
        lambda: actions.add_milestone(task, "x", by=stranger),
        lambda: actions.report_done(task, actual_cost=0, by=stranger),
        lambda: actions.return_task(task, "x", by=stranger),
        lambda: actions.cannot_do(task, "planned", "x", by=stranger),
    ):
        with pytest.raises(No):
            deed()


@pytest.mark.django_db
def test_another_room_may_not_hand_over_or_decide():
    task, other = some.task(), make.actor("convener", room=make.room())
    plea = actions.return_task(task, "不归我们", by=some.officer(task))
    for deed in (
        lambda: actions.assign(task.topic, make.unit(), "x", by=other),
        lambda: actions.reassign(task, make.unit(), by=other),
        lambda: actions.refuse(plea, "x", by=other),
    ):
        with pytest.raises(No):
            deed()


# --- money -------------------------------------------------------------------------------------

yuan = st.one_of(st.none(), st.integers(0, MOST_YUAN))
tasks = st.lists(
    st.builds(
        Task, planned_cost=yuan, actual_cost=yuan, funding=st.sampled_from(["", "village", "department"]),
        state=st.sampled_from(["working", "done", "dropped"]),
    ),
    max_size=8,
)  # fmt: skip


@given(tasks)
def test_the_sources_add_up_to_the_whole(rows):
    money = rules.money(rows)
    assert money.planned == sum(planned for _name, planned, _actual in money.by_source)
    assert money.actual == sum(actual for _name, _planned, actual in money.by_source)
    assert money.planned >= 0 and money.actual == sum(row.actual_cost or 0 for row in rows)
    assert money.known <= money.n <= len(rows)


@pytest.mark.django_db
@pytest.mark.parametrize("cost", [-1, 0.5, "6万"])
def test_a_plan_in_anything_but_whole_yuan_is_refused(cost):
    with pytest.raises(ValidationError) as problem:
        some.task(planned_cost=cost)
    assert "planned_cost" in problem.value.message_dict


@pytest.mark.django_db
def test_the_database_itself_refuses_negative_money():
    task = some.task()
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(actual_cost=-1)


# --- small rules -------------------------------------------------------------------------------


def test_a_day_ends_when_the_offices_close():
    assert rules.end_of(local(2026, 5, 1).date()) == local(2026, 5, 1, 18)
    assert rules.end_of(local(2026, 5, 1, 9)) == local(2026, 5, 1, 9)


def test_the_holder_names_one_two_or_the_first_of_many():
    assert rules.holder_of(["甲"]) == "甲"
    assert rules.holder_of(["甲", "乙", "甲"]) == "甲、乙"
    assert rules.holder_of(["甲", "乙", "丙"]) == "甲等 3 家单位"
    assert len(rules.holder_of(["长" * 80, "名" * 80, "丙"])) <= 120


def test_the_third_time_is_supervision():
    assert [rules.next_after_redo(n) for n in (0, 1, 2, 3)] == ["redo", "redo", "supervise", "supervise"]


# --- the usual times ---------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("usual", "until"),
    [
        ("task", local(2026, 6, 11, 18)),  # seven working days
        ("complex_task", local(2026, 6, 24, 18)),  # fifteen, around the Dragon Boat Festival
        ("utilities", local(2026, 6, 3, 10)),
    ],
)
def test_a_task_without_a_date_has_the_usual_time_of_its_kind(usual, until):
    with at(local(2026, 6, 2, 10)):
        task = some.task(due=None, usual=usual)
    assert task.due_at == until and task.topic.due_at == until


@pytest.mark.django_db
def test_a_date_overrules_the_usual_time():
    day = today() + timedelta(days=40)
    assert some.task(due=day, usual="utilities").due_at == rules.end_of(day)


@pytest.mark.parametrize(
    ("category", "usual"),
    [("utilities/water", "utilities"), ("utilities/telecom", "task"), ("roads/lights", "task"), (None, "task")],
)
def test_supply_that_failed_cannot_wait_for_a_week(category, usual):
    assert rules.usual_for(category) == usual


@pytest.mark.django_db
@pytest.mark.parametrize("funding", ["", "none", None])
def test_money_has_a_source_also_without_a_meeting(funding):
    with pytest.raises(ValidationError) as refused:
        some.task(planned_cost=1200, funding=funding)
    assert set(refused.value.message_dict) == {"funding"}
    assert some.task(planned_cost=0, funding=funding or "").planned_cost == 0
