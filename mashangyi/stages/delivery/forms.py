"""What the forms of delivery accept. The pages are drawn by our own macros; these only check."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ...ground.asked import choices
from ...ground.people.models import Unit
from ..deliberation.forms.fields import Yuan
from ..deliberation.models.words import PROCUREMENT, SOURCES
from .actions.change import LONGEST
from .models import CAUSES
from .rules import USUAL

NEEDED = {"required": _("这一项要填。")}
KINDS = [("before", _("办理前")), ("during", _("办理中")), ("after", _("办理后"))]


def _day(label, *, required=False, help_text="", missing=None) -> forms.DateField:
    wrong = {"invalid": _("请选一个日期。"), "required": missing or _("请选一个日期。")}
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=forms.DateInput, error_messages=wrong
    )


class Words(forms.Form):
    """Some words that others will read."""

    words = forms.CharField(
        label=_("要说的话"), max_length=LONGEST, widget=forms.Textarea, error_messages=NEEDED,
        help_text=_("会公开，请不要写姓名和电话。"),
    )  # fmt: skip


class Reason(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=LONGEST, widget=forms.Textarea, error_messages={
        "required": _("请写明原因，反映人会看到。"),
    })  # fmt: skip


class _WithUnit(forms.Form):
    unit = forms.ModelChoiceField(queryset=None, label=_("谁来做"), error_messages={
        "required": _("请选一个单位。"), "invalid_choice": _("这个单位不在可选的范围里，请重新选。"),
    })  # fmt: skip

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        self.fields["unit"].choices = [("", _("请选")), *((unit.pk, unit.name) for unit in units)]


class Assign(_WithUnit):
    """The contract: who, what, until when, how much, whose money, when it counts as done."""

    content = forms.CharField(label=_("办什么事"), max_length=LONGEST, widget=forms.Textarea, error_messages={
        "required": _("请写清要办什么事。"),
    })  # fmt: skip
    usual = forms.ChoiceField(label=_("多久办好"), choices=choices(USUAL), initial="task", required=False)
    due = _day(_("或者到哪天"), help_text=_("填了就按这一天算。"))
    criterion = forms.CharField(
        label=_("怎么算好"),
        max_length=LONGEST,
        required=False,
        help_text=_("大家看得见的标准，例如：雨后不积水。"),
    )
    supporting = forms.CharField(label=_("谁协助"), max_length=200, required=False)
    planned_cost = Yuan(label=_("花多少钱"), required=False)
    funding = forms.ChoiceField(label=_("谁出钱"), required=False, choices=choices(SOURCES, empty=_("还没说")))
    procurement = forms.ChoiceField(
        label=_("怎么选"), required=False, choices=choices(PROCUREMENT, empty=_("还没说"))
    )

    def clean_usual(self) -> str:
        return self.cleaned_data["usual"] or "task"


class Reassign(_WithUnit):
    reason = forms.CharField(
        label=_("为什么换"), max_length=LONGEST, required=False,
        help_text=_("单位自己请求退回的，不填就用它写的原因；别的情况要写。"),
    )  # fmt: skip


class Decide(forms.Form):
    """The convener's answer to a plea; another day than the one asked for may be given."""

    answer = forms.ChoiceField(
        label=_("您的答复"), choices=[("grant", _("同意")), ("refuse", _("不同意"))],
        widget=forms.RadioSelect, error_messages=NEEDED,
    )  # fmt: skip
    words = forms.CharField(
        label=_("为什么"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea,
        help_text=_("不同意时要写。"),
    )
    until = _day(_("延期到"), help_text=_("不填就按单位申请的日期。"))


class AskExtension(Reason):
    until = _day(_("要到哪天"), required=True, missing=_("请选新的期限。"))


class CannotDo(Reason):
    cause = forms.ChoiceField(
        label=_("是哪一种"), choices=choices(CAUSES), widget=forms.RadioSelect,
        error_messages={"required": _("请选办不了的原因。")},
    )  # fmt: skip


class Step(forms.Form):
    """One step of carrying out."""

    words = forms.CharField(label=_("做了什么"), max_length=300, widget=forms.Textarea, error_messages={
        "required": _("请写一句做了什么。"), "max_length": _("一步最多写 300 个字。"),
    })  # fmt: skip
    kind = forms.ChoiceField(
        label=_("照片是"), choices=KINDS, widget=forms.RadioSelect, error_messages=NEEDED, initial="during"
    )
    photos = forms.FileField(label=_("拍照"), required=False)


class Done(forms.Form):
    words = forms.CharField(label=_("办成什么样"), max_length=300, required=False, widget=forms.Textarea)
    actual_cost = Yuan(label=_("实际花了多少钱"))
    photos = forms.FileField(label=_("拍办好后的照片"), required=False)


class Resume(Words):
    due = _day(_("新的期限"), help_text=_("不填就按各项任务原来的期限。"))
