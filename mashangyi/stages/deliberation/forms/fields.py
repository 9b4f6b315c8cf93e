"""Small fields that several forms share: choices in the reader's language, words, money."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ....ground.asked import choices
from ....ground.people.models import Post, Unit
from ..rules import LONGEST, MOST_YUAN, yuan_typed


def choice(table: dict[str, str], *, label: str = "", empty: str = "", required: bool = True, **more):
    return forms.ChoiceField(choices=choices(table, empty=empty), label=label, required=required, **more)


def radio(table: dict[str, str], *, label: str = "", initial: str = ""):
    return forms.ChoiceField(choices=choices(table), label=label, initial=initial, widget=forms.RadioSelect)


def line(label: str = "", *, longest: int = 200, required: bool = True, **more) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=required, **more)


def area(label: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, required=required, widget=forms.Textarea)


class Yuan(forms.IntegerField):
    """Whole yuan, as people type them: "60000", "60,000", "6 万"; "" is nothing said."""

    WRONG = {
        "invalid": _("金额写整数，以元为单位，例如 60000。"),
        "required": _("请写金额，没花钱就写 0。"),
        "min_value": _("金额不能是负数。"),
        "max_value": _("金额太大了，请检查。"),
    }

    def __init__(self, **more):
        super().__init__(min_value=0, max_value=MOST_YUAN, error_messages=self.WRONG, widget=forms.TextInput, **more)

    def to_python(self, value):
        return super().to_python(yuan_typed(str(value if value is not None else "")))


class UnitField(forms.ChoiceField):
    """One of the units, or posts, that the page has read already: many such fields on a page cost one query."""

    def __init__(self, *, empty: str, **more):
        super().__init__(**more)
        self.empty, self._units = empty, {}

    def offer(self, units: list[Unit] | list[Post]) -> None:
        self._units = {str(unit.pk): unit for unit in units}
        self.choices = [("", self.empty), *((key, _called(unit)) for key, unit in self._units.items())]

    def clean(self, value) -> Unit | Post | None:
        return self._units.get(super().clean(value))


def _called(unit: Unit | Post) -> str:
    return unit.label if isinstance(unit, Post) else unit.name


class ByNumber(forms.Form):
    """Which row of the page a small form is about."""

    pk = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
