"""What the forms of intake accept. The page is drawn by our own macros; these only check."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ...ground.places.models import Room
from . import rules


class Say(forms.Form):
    """A resident's own words. Everything but the words may be left out."""

    words = forms.CharField(max_length=rules.LONGEST, error_messages={
        "required": _("请写几个字，说说是什么事。"),
        "max_length": _("最多 2000 个字，长的材料请拍照附上。"),
    })  # fmt: skip
    spot = forms.CharField(max_length=120, required=False)
    phone = forms.CharField(max_length=30, required=False)
    once = forms.CharField(max_length=40, required=False)


class SayFor(Say):
    """A grid worker's words for somebody else, or of their own."""

    room = forms.ModelChoiceField(queryset=None, error_messages={"required": _("请选一个议事室。")})
    speaks_for = forms.ChoiceField(choices=[("proxy", _("替居民代提")), ("grid", _("网格推题"))], initial="proxy")
    name = forms.CharField(max_length=40, required=False)
    consent = forms.CharField(max_length=120, required=False)
    urgent = forms.BooleanField(required=False)

    def __init__(self, *args, rooms, **kwargs):
        super().__init__(*args, **kwargs)
        _offer(self.fields["room"], rooms)


class Propose(Say):
    """A member's topic, alone or with others who sign it."""

    room = forms.ModelChoiceField(queryset=None, error_messages={"required": _("请选一个议事室。")})
    cosponsors = forms.CharField(max_length=300, required=False)

    def __init__(self, *args, rooms, **kwargs):
        super().__init__(*args, **kwargs)
        _offer(self.fields["room"], rooms)

    def clean_cosponsors(self) -> tuple[str, ...]:
        """One post or member number a line or comma: "科技界 2 号委员"."""
        text = self.cleaned_data["cosponsors"].replace("，", "\n").replace("、", "\n").replace(",", "\n")
        return tuple(line.strip() for line in text.splitlines() if line.strip())


def _offer(field: forms.ModelChoiceField, rooms: list[Room]) -> None:
    """The rooms to choose from; whoever has only one need not choose."""
    field.queryset = Room.objects.filter(pk__in=[room.pk for room in rooms])
    field.empty_label = _("请选议事室")
    if len(rooms) == 1:
        field.initial, field.empty_label = rooms[0].pk, None
