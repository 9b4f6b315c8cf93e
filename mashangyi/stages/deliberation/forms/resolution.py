"""The resolution form: a result in words, and one contract line for each thing to be done.

A line more is asked for with a button that sends the form back longer: no script is needed.
"""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ....ground.asked import whole
from ..actions.outcome import Item, Promise
from ..models.words import OUTCOMES, PARTIES, PLEDGE_KINDS, PROCUREMENT, SOURCES
from ..rules import MOST_ITEMS
from .fields import UnitField, Yuan, area, choice, line, radio


class Conclusion(forms.Form):
    outcome = radio(OUTCOMES, label=_("商量得怎么样"), initial="agreed")
    summary = area(_("结果，几句话说清楚"))
    items = forms.IntegerField(min_value=0, max_value=MOST_ITEMS, widget=forms.HiddenInput)
    pledges = forms.IntegerField(min_value=0, max_value=MOST_ITEMS, widget=forms.HiddenInput)


class ItemForm(forms.Form):
    what = line(_("做什么"))
    unit = UnitField(empty=_("请选承办单位"), label=_("谁来做"))
    helper1 = UnitField(empty=_("没有"), label=_("谁协助"), required=False)
    helper2 = UnitField(empty=_("没有"), label=_("还有谁协助"), required=False)
    cost = Yuan(label=_("花多少"))
    source = choice(SOURCES, label=_("谁出钱"))
    procurement = choice(PROCUREMENT, label=_("怎么选"))
    due = forms.DateField(label=_("到哪天"), widget=forms.DateInput)
    criterion = line(_("怎么算办好"))

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("unit", "helper1", "helper2"):
            self.fields[name].offer(units)

    def item(self) -> Item:
        data = dict(self.cleaned_data)
        helpers = (data.pop("helper1"), data.pop("helper2"))
        return Item(**data, supporting=tuple(unit for unit in helpers if unit))


class PledgeForm(forms.Form):
    """What one party brings; the same at the conclusion and after it."""

    party = choice(PARTIES, label=_("哪一方"))
    who = line(_("谁认领"), longest=80)
    kind = choice(PLEDGE_KINDS, label=_("出什么"))
    quantity = line(_("多少"), longest=80)
    due = forms.DateField(label=_("什么时候给"), required=False, widget=forms.DateInput)

    def promise(self) -> Promise:
        return Promise(**self.cleaned_data)


class Contract:
    """The whole form: the conclusion, its lines and its pledges, as typed or empty."""

    def __init__(self, data=None, *, units, first: dict | None = None):
        self.data, self.units = data, units
        self.head = Conclusion(data, initial={"items": 1, "pledges": 0, "outcome": "agreed"})
        self.items = [self._item(n, first if n == 0 else None) for n in range(self._number("items", 1))]
        self.pledges = [PledgeForm(data, prefix=f"pledge{n}") for n in range(self._number("pledges", 0))]

    def _number(self, name: str, usual: int) -> int:
        """How many lines of a kind the page shows: as many as were sent, `usual` on a page that is only opened."""
        if self.data is None:
            return usual
        sent = str(self.data.get(name, ""))
        return usual if whole(sent) is None else min(whole(sent), MOST_ITEMS)

    def _item(self, n: int, first: dict | None) -> ItemForm:
        return ItemForm(self.data, prefix=f"item{n}", units=self.units, initial=first or {})

    @property
    def is_valid(self) -> bool:
        agreed = self.data.get("outcome") != "none"
        parts = [self.head, *(self.items if agreed else ()), *self.pledges]
        checked = [part.is_valid() for part in parts]  # every part tells its own mistakes at once
        return all(checked)

    def lines(self) -> tuple[Item, ...]:
        agreed = self.head.cleaned_data["outcome"] != "none"
        return tuple(form.item() for form in self.items) if agreed else ()

    def promises(self) -> tuple[Promise, ...]:
        return tuple(form.promise() for form in self.pledges)

    def changed(self, step: str) -> "Contract":
        """The same form with a line or pledge more or less, as its button asks; nothing is checked yet."""
        name, change = {
            "more_items": ("items", 1), "fewer_items": ("items", -1),
            "more_pledges": ("pledges", 1), "fewer_pledges": ("pledges", -1),
        }[step]  # fmt: skip
        usual = 1 if name == "items" else 0
        data = self.data.copy()
        data[name] = str(max(usual, min(self._number(name, usual) + change, MOST_ITEMS)))
        longer = Contract(data, units=self.units)
        for part in (longer.head, *longer.items, *longer.pledges):
            part._errors = {}
        return longer

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is wrong, with the field it is about: for the list above the form."""
        parts = [("", self.head), *((gettext("第 %s 项") % n, form) for n, form in enumerate(self.items, 1))]
        parts += [(gettext("认领 %s") % n, form) for n, form in enumerate(self.pledges, 1)]
        return [
            (form[name].id_for_label if name in form.fields else "", _told(where, form, name, words))
            for where, form in parts
            if form.is_bound
            for name, wrong in form.errors.items()
            for words in wrong
        ]


def _told(where: str, form: forms.Form, name: str, words: str) -> str:
    """ "第 1 项 花多少：这一项要填。" """
    label = form.fields[name].label if name in form.fields else ""
    return f"{where} {label}：{words}".strip() if label else f"{where} {words}".strip()
