"""What the forms of evaluation accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ...ground.asked import choices
from . import rules
from .models import ASPECTS, CAUSES, FAULTS, LEVELS, CallBack

LONG = _("最多 1000 个字，长的材料请拍照附上。")


class Judge(forms.Form):
    """Solved or not; everything else may be left out, except what is not solved."""

    solved = forms.ChoiceField(
        choices=[("yes", _("解决了")), ("no", _("没有解决"))],
        widget=forms.RadioSelect, error_messages={"required": _("请选一下：解决了，还是没有解决。")},
    )  # fmt: skip
    fault = forms.ChoiceField(
        label=_("哪里没有解决"), choices=choices(FAULTS), widget=forms.RadioSelect, required=False
    )
    words = forms.CharField(
        max_length=rules.LONGEST, required=False, widget=forms.Textarea, error_messages={"max_length": LONG}
    )
    photos = forms.FileField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for aspect, words in ASPECTS.items():
            self.fields[aspect] = forms.TypedChoiceField(
                label=_(words), choices=choices(LEVELS), coerce=int, empty_value=None, required=False,
                widget=forms.RadioSelect, error_messages={"invalid_choice": _("请从五个里选一个。")},
            )  # fmt: skip

    def answer(self, photos=()) -> rules.Answer:
        """What was said, for the deed. Call when the form is valid."""
        data = self.cleaned_data
        solved = data["solved"] == "yes"
        levels = {aspect: data[aspect] for aspect in ASPECTS if data[aspect]}
        fault = "" if solved else data["fault"]
        return rules.Answer(solved, fault, levels, data["words"], tuple(photos))


class Reopen(forms.Form):
    cause = forms.ChoiceField(
        label=_("为什么重新打开"), choices=choices(CAUSES), widget=forms.RadioSelect,
        error_messages={"required": _("请选一下为什么重新打开。")},
    )  # fmt: skip
    words = forms.CharField(
        max_length=rules.LONGEST, required=False, widget=forms.Textarea, error_messages={"max_length": LONG}
    )
    photos = forms.FileField(required=False)


class Called(forms.Form):
    """What a reporter said on the phone."""

    report = forms.IntegerField(widget=forms.HiddenInput)
    said = forms.ChoiceField(
        label=_("对方怎么说"), choices=choices(CallBack.SAID), widget=forms.RadioSelect,
        error_messages={"required": _("请选对方怎么说。")},
    )  # fmt: skip
    words = forms.CharField(label=_("要点"), max_length=300, required=False)


class Audit(forms.Form):
    words = forms.CharField(
        label=_("发现了什么"), max_length=500, widget=forms.Textarea,
        help_text=_("会公开，请不要写姓名和电话。"),
        error_messages={"required": _("请写明发现了什么。")},
    )  # fmt: skip
