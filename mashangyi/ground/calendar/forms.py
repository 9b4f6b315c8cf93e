from django import forms
from django.utils.translation import gettext_lazy as _

KINDS = (("off", _("放假")), ("work", _("上班")))


class DayForm(forms.Form):
    """One day on which the city does not follow the national calendar."""

    day = forms.DateField(label=_("哪一天"), widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label=_("这一天"), choices=KINDS)
    reason = forms.CharField(label=_("为什么"), max_length=80, help_text=_("居民会看到。"))
