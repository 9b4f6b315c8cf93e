from django.db import models
from django.utils.translation import gettext_noop as N_

from ...ground.calendar.clock import now
from ...ground.people.actor import ROLES
from ...topic.models import Topic
from ..intake.models import Report

# Why somebody is asked.
WHY = {"reporter": N_("反映人"), "participant": N_("参与协商的人"), "neighbour": N_("也遇到的邻居")}
# Whose word it is that confirms nothing alone: only a receipt was shown that a post wrote out, and may hold.
AT_COUNTER = N_("凭工作人员代填的回执，不单独算确认")
# What is not solved, in words that everyone may read: the reporter's own words stay with the room.
FAULTS = {
    "untouched": N_("没有动工"),
    "half": N_("只办了一半"),
    "again": N_("好了几天又坏了"),
    "other_than_agreed": N_("和商量好的不一样"),
    "new_trouble": N_("带来了新的问题"),
    "other": N_("别的原因"),
}
# Why a matter is opened again; public, as above.
CAUSES = {
    "again": N_("又出现了"),
    "never": N_("其实没有办好"),
    "broken_promise": N_("答应的后来没有做"),
    "unjust": N_("结论不合理"),
    "other": N_("别的原因"),
}
LEVELS = {5: N_("很满意"), 4: N_("满意"), 3: N_("一般"), 2: N_("不满意"), 1: N_("很不满意")}
ASPECTS = {
    "result": N_("办的结果"),
    "attitude": N_("办事态度"),
    "speed": N_("快慢"),
    "feedback": N_("有没有及时告诉我"),
}
VERDICTS = {
    "resolved": N_("确认解决"),
    "redo": N_("没有解决，返工"),
    "lapsed": N_("这一轮没有结果"),
}


class Round(models.Model):
    """One time of asking: a unit says it is done, those who reported it say whether it is.

    `until` is when asking ends; `sampled_at` when nobody had answered and neighbours were asked as well.
    The database keeps one open round a topic.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(default=now)
    until = models.DateTimeField()
    sampled_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=8, blank=True, choices=list(VERDICTS.items()))

    class Meta:
        indexes = [models.Index("until", "id", name="round_open", condition=models.Q(closed_at=None))]
        constraints = [
            models.UniqueConstraint("topic", "number", name="one_round_a_number"),
            models.UniqueConstraint("topic", name="one_open_round", condition=models.Q(closed_at=None)),
        ]


class Question(models.Model):
    """One person who is asked in a round. `recipient` is "report:19" or "person:4", as for notices."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="questions")
    recipient = models.CharField(max_length=40)
    why = models.CharField(max_length=12, choices=list(WHY.items()))
    asked_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("round", "recipient", name="asked_once_a_round")]


def _level():
    return models.PositiveSmallIntegerField(null=True, choices=list(LEVELS.items()))


class Judgement(models.Model):
    """What the holder of a receipt says of a result: solved or not, and how it was.

    One for each report and round; it may be changed while the round is open. `words` are for the room
    alone, `fault` is public. `counts`: whether it takes part in the verdict (rules.counts). `at_counter`:
    the role of the post that entered the report, where nothing but its receipt was shown. Photos are under
    `subject`.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="judgements")
    report = models.ForeignKey(Report, models.PROTECT, related_name="judgements")
    kind = models.CharField(max_length=12, choices=list(WHY.items()))
    counts = models.BooleanField()
    at_counter = models.CharField(max_length=20, blank=True, choices=list(ROLES.items()))
    solved = models.BooleanField()
    fault = models.CharField(max_length=20, blank=True, choices=list(FAULTS.items()))
    result = _level()
    attitude = _level()
    speed = _level()
    feedback = _level()
    words = models.TextField(blank=True)
    judged_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint("round", "report", name="one_judgement_a_report_and_round"),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{aspect: None}) | models.Q(**{f"{aspect}__range": (1, 5)}),
                    name=f"{aspect}_is_one_to_five",
                )
                for aspect in ASPECTS
            ),
        ]

    @property
    def subject(self) -> str:
        return f"judgement:{self.pk}"


class Reopening(models.Model):
    """A matter that was over is open again, by a reporter within six months or by an auditor."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="reopenings")
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="reopenings")
    cause = models.CharField(max_length=16, choices=list(CAUSES.items()))
    words = models.TextField(blank=True, help_text="for the room alone")
    was = models.CharField(max_length=20, help_text="the state in which it had ended")
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index("topic", "id", name="reopenings_of_topic")]

    @property
    def subject(self) -> str:
        return f"reopening:{self.pk}"


class CallBack(models.Model):
    """A clerk phoned a reporter after it was reported done. What was said is noted; it decides nothing."""

    SAID = {"yes": N_("说解决了"), "no": N_("说没有解决"), "unsure": N_("说不准"), "missed": N_("没有接通")}

    round = models.ForeignKey(Round, models.PROTECT, related_name="call_backs")
    report = models.ForeignKey(Report, models.PROTECT, related_name="result_calls")
    said = models.CharField(max_length=8, choices=list(SAID.items()))
    words = models.CharField(max_length=300, blank=True)
    organ = models.CharField(max_length=120)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index("round", "id", name="calls_of_round")]
