"""The worker: every job gets its turn, whatever the others do."""

from mashangyi.doors.ops.rounds import LONGEST_PAUSE, Job, jobs, one_round


class Time:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def failing():
    raise OSError("the carrier is down")


def test_one_failing_job_stops_no_other():
    done = one_round([Job("letters", failing), Job("clocks", lambda: 3)], Time())
    assert [(d.name, d.amount, d.error) for d in done] == [
        ("letters", 0, "OSError: the carrier is down"), ("clocks", 3, ""),
    ]  # fmt: skip


def test_a_failing_job_waits_longer_each_time_but_never_longer_than_five_minutes():
    clock, job, waits = Time(), Job("letters", failing), []
    for _n in range(12):
        one_round([job], clock)
        waits.append(job.not_before - clock.now)
        clock.now = job.not_before
    assert waits[:4] == [2, 4, 8, 16] and waits[-1] == LONGEST_PAUSE


def test_a_job_that_works_again_is_forgiven():
    clock, job = Time(), Job("letters", failing)
    one_round([job], clock)
    job.work, clock.now = lambda: 1, job.not_before
    one_round([job], clock)
    assert job.failures == 0 and one_round([job], clock)[0].amount == 1


def test_a_job_comes_no_oftener_than_it_asks_for():
    clock, job = Time(), Job("clocks", lambda: 1, every=20)
    assert len(one_round([job], clock)) == 1 and one_round([job], clock) == []
    clock.now += 20
    assert len(one_round([job], clock)) == 1


def test_what_a_job_did_may_be_a_number_or_a_list_or_nothing():
    todo = [Job("a", lambda: 2), Job("b", lambda: ["x", "y", "z"]), Job("c", lambda: None)]
    assert [done.amount for done in one_round(todo, Time())] == [2, 3, 0]


def test_a_whole_round_of_this_release_runs_on_an_empty_town(db):
    done = one_round(jobs())
    assert {"notices", "deliveries"} <= {d.name for d in done}
    assert [d.error for d in done if d.error] == []
