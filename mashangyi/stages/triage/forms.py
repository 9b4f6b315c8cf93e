"""What the forms of triage accept. The page is drawn by our own macros; these only check."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ...ground.people.models import Unit
from ...topic.models import Category
from ..intake.forms import Words
from .rules import DECLINE_CODES

LONG = 2000
YES_NO = [("1", _("打通了")), ("", _("没打通"))]


def _area(label: str, required: str = "", **more) -> forms.CharField:
    """A large field; `required` is what to say when it is empty, empty for one that may be left out."""
    return forms.CharField(
        label=label, max_length=LONG, required=bool(required), widget=forms.Textarea,
        error_messages={"required": required}, **more,
    )  # fmt: skip


class Describe(forms.Form):
    """What the public will read."""

    title = forms.CharField(label=_("标题"), max_length=80, error_messages={"required": _("请写一个标题。")})
    summary = _area(_("是什么事"), _("请写清楚是什么事。"))
    spot = forms.CharField(label=_("具体在哪儿"), max_length=120, required=False)
    category = forms.ModelChoiceField(Category.objects.all(), label=_("类别"), required=False)
    unit = forms.ModelChoiceField(Unit.objects.all(), label=_("由哪个单位办"), required=False)
    urgent = forms.BooleanField(label=_("紧急"), required=False)
    hazard = forms.BooleanField(label=_("有危险"), required=False)
    photos = forms.TypedMultipleChoiceField(label=_("公开这些照片"), required=False, coerce=int)
    keep_marks = forms.BooleanField(label=_("文中的号码是单位公开的，可以保留"), required=False)

    def __init__(self, *args, photos=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["photos"].choices = [(photo.pk, str(photo.pk)) for photo in photos]


class Reply(forms.Form):
    """What a reporter answers, counted as the browser counts it."""

    words = Words(
        label=_("您的回答"), max_length=LONG, widget=forms.Textarea,
        error_messages={"required": _("请写几个字再提交。"), "max_length": _("最多 2000 个字，长的材料请拍照附上。")},
    )  # fmt: skip


class Ask(forms.Form):
    words = _area(_("要请反映人补充什么"), _("请写明要请反映人补充什么。"))


class Answer(forms.Form):
    words = _area(_("答复"), _("请写答复的内容。"))


class Transfer(forms.Form):
    body = forms.CharField(
        label=_("转给哪个单位"), max_length=120, error_messages={"required": _("请写明转给哪个单位。")}
    )
    reason = _area(_("为什么转给它"), _("请写明为什么转给它。"))


class Result(forms.Form):
    words = _area(_("对方办得怎么样"), _("请写明对方办得怎么样。"))


class Decline(forms.Form):
    code = forms.ChoiceField(label=_("理由"), error_messages={"required": _("请选一个不予受理的理由。")})
    reason = _area(_("说明"), help_text=_("不填就用这条理由的标准说法"))
    where_to_go = forms.CharField(label=_("可以去哪里办"), max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [
            ("", _("请选一个")),
            *((row.code, _(row.label)) for row in DECLINE_CODES.values()),
        ]


class CallBack(forms.Form):
    report = forms.ModelChoiceField(
        None, label=_("打给谁"), error_messages={"required": _("请选是哪一条反映。")}
    )
    reached = forms.ChoiceField(label=_("打通了吗"), choices=YES_NO, required=False, widget=forms.RadioSelect)
    words = _area(_("反映人怎么说"))

    def __init__(self, *args, reports, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["report"].queryset = reports


class Visit(forms.Form):
    findings = _area(_("现场看到了什么"), _("请写明现场看到了什么。"), help_text=_("会公开，不写人名和电话"))
    stakeholders = forms.CharField(
        label=_("跟哪些单位和人群有关"),
        max_length=300,
        required=False,
        help_text=_("例如：物业、3 号楼住户、施工单位"),
    )


class Reason(forms.Form):
    reason = _area(_("原因"), _("请写明原因。"))


class Approve(forms.Form):
    conditions = _area(_("附带的要求"), help_text=_("会公开"))


class Postpone(Reason):
    until = forms.DateField(
        label=_("暂缓到"),
        widget=forms.DateInput,
        error_messages={"required": _("请选一个日子。"), "invalid": _("日期写成 2026-03-01 这样。")},
    )


class Opinion(forms.Form):
    words = _area(_("补审意见"), _("请写明补审的意见。"))


class Purpose(forms.Form):
    purpose = forms.CharField(
        label=_("为什么要看"),
        max_length=200,
        initial=_("回访核实情况"),
        error_messages={"required": _("请写明用途，会记入账本。")},
    )


class Duties(forms.Form):
    """Which unit is in charge of which categories; both as objects once it is clean."""

    unit = forms.TypedChoiceField(
        label=_("单位"), error_messages={"required": _("请选一个单位。"), "invalid_choice": _("请从列表里选一个单位。")}
    )
    categories = forms.TypedMultipleChoiceField(
        label=_("类别"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少勾一类。"), "invalid_choice": _("请从列表里勾类别。")},
    )  # fmt: skip

    def __init__(self, *args, units=(), lines=(), **kwargs):
        super().__init__(*args, **kwargs)
        known = {str(unit.pk): unit for unit in units}
        scheme = {line.category.path: line.category for line in lines}
        self.fields["unit"].choices = [("", _("请选择")), *((key, unit.name) for key, unit in known.items())]
        self.fields["unit"].coerce = known.__getitem__
        self.fields["categories"].choices = [(path, category.label) for path, category in scheme.items()]
        self.fields["categories"].coerce = scheme.__getitem__
