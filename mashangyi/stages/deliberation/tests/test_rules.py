"""Votes are counted once, in any order, and every origin is seen; notice is counted in working days; money is whole yuan."""

from collections import Counter
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from mashangyi.ground.calendar.clock import local
from mashangyi.stages.deliberation import rules
from mashangyi.stages.deliberation.forms.fields import Yuan
from mashangyi.stages.deliberation.models.words import CHOICES, CLASSES, ELECTORATES, ORIGINS

AGREE = tuple(CHOICES["agree"])
pieces = st.lists(st.tuples(st.sampled_from(list(ORIGINS)), st.sampled_from(AGREE), st.integers(0, 500)))


@given(pieces, st.randoms())
def test_the_order_of_votes_never_matters(votes, random):
    shuffled = list(votes)
    random.shuffle(shuffled)
    assert rules.tally(AGREE, votes) == rules.tally(AGREE, shuffled)


@given(pieces)
def test_the_origins_add_up_to_the_total_and_so_do_the_answers(votes):
    count = rules.tally(AGREE, votes)
    assert sum(count.by(origin) for origin in ORIGINS) == count.total == sum(n for _o, _c, n in votes)
    assert sum(count.of(choice) for choice in AGREE) == count.total


@given(pieces)
def test_a_tally_in_pieces_is_the_tally_of_the_sum(votes):
    summed = Counter()
    for origin, choice, n in votes:
        summed[origin, choice] += n
    assert rules.tally(AGREE, votes) == rules.tally(AGREE, [(o, c, n) for (o, c), n in summed.items()])


@given(pieces, st.sampled_from([50, 60, 67, 75, 80, 100]), st.integers(0, 50))
def test_one_more_yes_never_turns_a_pass_into_a_fail(votes, share, quorum):
    before = rules.result("agree", rules.tally(AGREE, votes), share=share, quorum=quorum)
    after = rules.result(
        "agree", rules.tally(AGREE, [*votes, ("phone", "agree", 1)]), share=share, quorum=quorum
    )
    assert before[0] != "passed" or after[0] == "passed"


@given(st.integers(1, 100_000), st.sampled_from([50, 60, 67, 75, 80, 100]))
def test_the_needed_votes_are_the_fewest_that_reach_the_share(total, share):
    votes = rules.needed(total, share)
    reaches = (lambda n: 2 * n > total) if share == 50 else (lambda n: 100 * n >= share * total)
    assert reaches(votes) and not reaches(votes - 1)


@pytest.mark.parametrize("vote", [("fax", "agree", 1), ("phone", "maybe", 1), ("hands", "agree", -1)])
def test_a_vote_that_cannot_be_is_refused(vote):
    with pytest.raises(ValueError, match="no such vote"):
        rules.tally(AGREE, [vote])


@pytest.mark.parametrize(
    ("kind", "votes", "share", "quorum", "expected"),
    [
        ("agree", {"agree": 6, "disagree": 5}, 50, 0, ("passed", "agree")),
        ("agree", {"agree": 5, "disagree": 5}, 50, 0, ("failed", "")),
        ("agree", {"agree": 5, "abstain": 5}, 50, 0, ("failed", "")),
        ("agree", {"agree": 2, "disagree": 1}, 67, 0, ("failed", "")),
        ("agree", {"agree": 3, "disagree": 1}, 75, 0, ("passed", "agree")),
        ("agree", {"agree": 9}, 50, 10, ("no_quorum", "")),
        ("agree", {}, 50, 0, ("no_quorum", "")),
        ("consent", {"consent": 8, "concern": 2}, 50, 0, ("passed", "consent")),
        ("consent", {"consent": 30, "block": 1}, 50, 0, ("blocked", "")),
        ("consent", {"concern": 3}, 50, 0, ("failed", "")),
        ("choice", {"甲": 4, "乙": 6}, 50, 0, ("passed", "乙")),
        ("choice", {"甲": 5, "乙": 5}, 50, 0, ("failed", "")),
        ("choice", {"甲": 4, "乙": 3, "丙": 3}, 50, 0, ("failed", "")),
    ],
)
def test_the_outcome_follows_from_the_ballots_own_rule(kind, votes, share, quorum, expected):
    choices = CHOICES.get(kind, {"甲": "", "乙": "", "丙": ""})
    count = rules.tally(choices, [("phone", choice, n) for choice, n in votes.items()])
    assert rules.result(kind, count, share=share, quorum=quorum) == expected


@pytest.mark.parametrize("electorate", ELECTORATES)
def test_whoever_was_struck_out_votes_nowhere(electorate):
    assert not any(rules.may_vote(electorate, kind, struck=True) for kind in CLASSES)


def test_each_electorate_takes_its_own():
    assert {kind for kind in CLASSES if rules.may_vote("everyone", kind)} == set(CLASSES)
    assert {kind for kind in CLASSES if not rules.may_vote("vouched", kind)} == {"guest"}
    assert {kind for kind in CLASSES if rules.may_vote("residents", kind)} == {"residents"}


def test_more_votes_than_people_are_noticed_only_where_people_were_counted():
    assert rules.more_than_present(10, 15, 0, heads=24)
    assert not rules.more_than_present(10, 14, 0, heads=24)
    assert not rules.more_than_present(10, 500, 0, heads=0)


# --- notice ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("announced", "held", "days"),
    [
        (date(2025, 5, 12), date(2025, 5, 15), 3),  # Monday to Thursday
        (date(2025, 5, 12), date(2025, 5, 14), 2),
        (date(2025, 5, 9), date(2025, 5, 14), 3),  # over a weekend
        (date(2025, 4, 30), date(2025, 5, 8), 3),  # over the May holiday
        (date(2025, 9, 26), date(2025, 9, 28), 1),  # a Sunday that is worked before National Day
    ],
)
def test_notice_is_counted_in_working_days_with_make_up_days(announced, held, days):
    assert rules.workdays_until(announced, held) == days


@given(st.dates(date(2024, 1, 1), date(2025, 12, 1)))
def test_the_earliest_day_is_enough_notice_and_the_day_before_is_not(day):
    announced = local(day.year, day.month, day.day, 10)
    first = rules.earliest(announced)
    assert rules.enough_notice(announced, local(first.year, first.month, first.day, 19))
    assert rules.workdays_until(day, date.fromordinal(first.toordinal() - 1)) < rules.NOTICE_DAYS


# --- money -------------------------------------------------------------------------------------


@given(st.integers())
def test_money_is_whole_yuan_and_never_negative(amount):
    assert rules.is_yuan(amount) == (0 <= amount <= rules.MOST_YUAN)


@pytest.mark.parametrize("amount", [1.0, True, "1", None])
def test_nothing_else_is_money(amount):
    assert not rules.is_yuan(amount)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("60000", "60000"),
        (" 60,000 元", "60000"),
        ("6万", "60000"),
        ("1.25万", "12500"),
        ("万", "万"),
        ("inf万", "inf万"),
        ("-5", "-5"),
        ("6.5", "6.5"),
    ],  # fmt: skip
)
def test_money_is_read_as_people_type_it(typed, meant):
    assert rules.yuan_typed(typed) == meant


@pytest.mark.parametrize("typed", ["inf万", "nan", "-1", "六万", "1e9", str(rules.MOST_YUAN + 1)])
def test_what_is_no_amount_is_said_to_be_none(typed):
    field = Yuan()
    with pytest.raises(ValidationError):
        field.clean(typed)
