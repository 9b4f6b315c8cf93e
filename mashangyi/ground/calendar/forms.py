from django import forms
from django.utils.translation import gettext_lazy as _

KINDS = (("off", _("放假")), ("work", _("上班")))


class DayForm(forms.Form):
    """One day on which the city does not follow the national calendar."""

    day = forms.DateField(
        label=_("哪一天"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("请选一天。"), "invalid": _("请写成 2026-05-19 这样的日期。")},
    )
    kind = forms.ChoiceField(
        label=_("这一天"),
        choices=KINDS,
        error_messages={"required": _("请选放假还是上班。"), "invalid_choice": _("请选放假还是上班。")},
    )
    reason = forms.CharField(
        label=_("为什么"),
        max_length=80,
        help_text=_("居民会看到。"),
        error_messages={"required": _("请写明原因，居民会看到。"), "max_length": _("原因最多 80 个字。")},
    )
