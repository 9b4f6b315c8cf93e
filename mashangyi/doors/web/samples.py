"""Sample values for the living page: nothing here is read from the database, nothing is true."""

from datetime import timedelta
from types import SimpleNamespace as Sample

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mashangyi.ground.calendar.clock import now
from mashangyi.topic import lifecycle
from mashangyi.topic.models import TRACKS

from . import icons


class SampleForm(forms.Form):
    """One field of each kind; the living page shows it empty and with mistakes."""

    words = forms.CharField(label=lazy("什么事"), widget=forms.Textarea)
    place = forms.CharField(required=False)
    phone = forms.CharField(required=False)
    track = forms.ChoiceField(label=lazy("怎么办"), choices=[])
    level = forms.ChoiceField(label=lazy("办得怎么样"), choices=[], widget=forms.RadioSelect)
    day = forms.DateField(label=lazy("到哪天"), widget=forms.DateInput)
    cost = forms.DecimalField(required=False)
    photos = forms.FileField(required=False)
    agreed = forms.BooleanField(label=lazy("本人当面同意代提"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["track"].choices = [(key, _(words)) for key, words in TRACKS.items()]
        self.fields["level"].choices = [("5", _("很满意")), ("3", _("一般")), ("1", _("不满意"))]


def everything(request) -> dict:
    """The context of the living page."""
    return {
        "sample_states": list(lifecycle.STATES),
        "sample_ways": WAYS,
        "sample_due": {name: now() + span for name, span in SPANS.items()},
        "sample_form": SampleForm(auto_id="a-%s"),
        "sample_wrong": SampleForm({"words": "", "cost": _("六万")}, auto_id="b-%s"),
        "sample_entries": _entries(),
        "sample_topics": _topics(),
        "sample_icons": sorted(icons.STROKES),
    }


SPANS = {
    "days": timedelta(days=3, hours=1),
    "hours": timedelta(hours=5, minutes=1),
    "minutes": timedelta(minutes=38),
    "over": timedelta(days=-2, hours=-1),
}
WAYS = (
    ("delivering", "full"),
    ("verifying", "direct"),
    ("in_mediation", "mediation"),
    ("answered", "answer"),
    ("resolved", "full"),
)


def _entries() -> list:
    steps = ("verify", "propose", "approve", "announce", "conclude", "deliver")
    return [_entry(seq, step) for seq, step in enumerate(steps)]


def _entry(seq: int, step: str) -> Sample:
    when = now() - timedelta(days=30 - 4 * seq)
    data = {"reason": _("会后各方签字。")} if step == "conclude" else {}
    return Sample(seq=seq, verb=f"topic.{step}", at=when, organ="长西社区协商议事室", data=data)


def _topics() -> list:
    rows = (
        (_("工地夜间施工噪声"), "deliberating", 14),
        ("", "verifying", 0),
        (_("三组道路硬化"), "resolved", 46),
    )
    return [
        Sample(title=title, state=state, support_count=others, number=f"Y-2309-{index}", created_at=now())
        for index, (title, state, others) in enumerate(rows)
    ]
