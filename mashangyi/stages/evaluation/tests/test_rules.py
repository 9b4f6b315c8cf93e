"""The verdict as a rule book: pure, and held by hypothesis for every combination of answers."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from mashangyi.ground.calendar.clock import local
from mashangyi.stages.evaluation import rules
from mashangyi.stages.evaluation.rules import Answer, Said, verdict

OPENED = local(2026, 9, 1)
answers = st.lists(st.builds(Said, solved=st.booleans(), counts=st.booleans()), max_size=8)
asked = st.integers(0, 10)


def verdicts(said, asked, over, sampled):
    counted = sum(each.counts for each in said)
    return verdict(said, asked=asked, answered=min(counted, asked), over=over, sampled=sampled)


@given(answers, asked, st.booleans(), st.booleans())
def test_never_resolved_without_a_yes_that_counts(said, asked, over, sampled):
    if verdicts(said, asked, over, sampled) == "resolved":
        assert any(each.solved and each.counts for each in said)


@given(answers, asked, st.booleans(), st.booleans())
def test_one_no_that_counts_is_a_redo_and_nothing_else_is(said, asked, over, sampled):
    is_redo = verdicts(said, asked, over, sampled) == "redo"
    assert is_redo == any(not each.solved and each.counts for each in said)


@given(answers, asked, st.booleans(), st.booleans())
def test_answers_that_do_not_count_change_nothing(said, asked, over, sampled):
    counted = [each for each in said if each.counts]
    assert verdicts(said, asked, over, sampled) == verdicts(counted, asked, over, sampled)


@given(asked, st.booleans(), st.booleans())
def test_silence_never_resolves(asked, over, sampled):
    assert verdict([], asked=asked, answered=0, over=over, sampled=sampled) in {"wait", "sample"}


@given(answers, asked, st.booleans())
def test_neighbours_are_asked_only_once_and_not_while_answers_can_come(said, asked, sampled):
    assert verdicts(said, asked, False, sampled) != "sample"
    assert verdicts(said, asked, True, True) != "sample"


def test_one_yes_of_two_waits_for_the_other_until_time_is_over():
    yes = [Said(True)]
    assert verdict(yes, asked=2, answered=1, over=False) == "wait"
    assert verdict(yes, asked=2, answered=1, over=True) == "resolved"
    assert verdict([*yes, Said(True)], asked=2, answered=2, over=False) == "resolved"


def test_when_all_have_answered_and_nothing_counts_neighbours_are_asked_without_waiting():
    counter = [Said(True, counts=False)]
    assert verdict(counter, asked=1, answered=1, over=False) == "sample"
    assert verdict(counter, asked=2, answered=1, over=False) == "wait"
    assert verdict(counter, asked=1, answered=1, over=False, sampled=True) == "wait"


def counts(**facts) -> bool:
    usual = {"asked": True, "known": True, "at_counter": False, "since": OPENED, "opened": OPENED, "solved": True}
    return rules.counts(**{**usual, **facts})


def test_of_who_was_asked_every_answer_counts():
    for solved in (True, False):
        assert counts(since=OPENED + timedelta(days=1), solved=solved)
        assert counts(known=False, solved=solved)


def test_by_a_receipt_that_a_post_holds_too_one_objects_and_does_not_confirm():
    assert not counts(at_counter=True, solved=True)
    assert counts(at_counter=True, solved=False)


def test_an_earlier_neighbour_who_was_not_asked_can_object_but_not_confirm():
    before = OPENED - timedelta(minutes=1)
    assert counts(asked=False, since=before, solved=False)
    assert not counts(asked=False, since=before, solved=True)


@given(st.booleans(), st.booleans(), st.timedeltas(timedelta(-100), timedelta(100)))
def test_a_neighbour_whom_nobody_asked_and_nobody_knows_decides_nothing(solved, at_counter, after):
    assert not counts(asked=False, known=False, solved=solved, at_counter=at_counter, since=OPENED + after)


def test_whoever_joins_after_it_was_reported_done_decides_nothing():
    for solved in (True, False):
        assert not counts(asked=False, solved=solved)


@given(st.sets(st.integers(1, 500), max_size=60), st.text(max_size=8))
def test_a_sample_is_drawn_from_the_candidates_and_can_be_drawn_again(candidates, seed):
    drawn = rules.sample(sorted(candidates), seed)
    assert set(drawn) <= candidates
    assert len(drawn) == min(rules.SAMPLE, len(candidates))
    assert drawn == rules.sample(sorted(candidates, reverse=True), seed)


def test_a_no_says_what_is_not_solved():
    assert rules.faults_of(Answer(False)) == {"fault": "which"}
    assert rules.faults_of(Answer(False, "other")) == {"words": "say"}
    assert rules.faults_of(Answer(False, "other", words="漏水")) == {}
    assert rules.faults_of(Answer(True)) == {}


def test_levels_go_from_one_to_five_on_known_aspects():
    for levels in ({"speed": 0}, {"speed": 6}, {"speed": True}, {"speed": 2.0}, {"beauty": 3}):
        assert "levels" in rules.faults_of(Answer(True, levels=levels))
    assert rules.faults_of(Answer(True, levels={"speed": 5, "attitude": 1})) == {}


def test_half_a_year_to_open_again():
    assert rules.may_reopen(OPENED, OPENED + timedelta(days=183))
    assert not rules.may_reopen(OPENED, OPENED + timedelta(days=183, seconds=1))
    assert not rules.may_reopen(None, OPENED)


class Row:
    def __init__(self, solved=True, counts=True, at_counter="", **levels):
        self.solved, self.counts, self.at_counter = solved, counts, at_counter
        for aspect in rules.ASPECTS:
            setattr(self, aspect, levels.get(aspect))


def test_a_tally_has_its_denominators():
    counter = [Row(True, counts=False, at_counter="clerk"), Row(False, at_counter="clerk", speed=2)]
    rows = [Row(True, speed=5), Row(True, counts=False, speed=1), *counter]
    tally = rules.tally(rows, asked=5, answered=2)
    assert (tally.yes, tally.no, tally.others, tally.counter, tally.silent) == (1, 1, 1, 1, 3)
    assert tally.levels == (("speed", 3.5, 2),)
