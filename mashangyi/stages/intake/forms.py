"""What the forms of intake accept. The page is drawn by our own macros; these only check."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from ...ground.people import vault
from ...ground.photos.store import keep
from ...ground.places.models import Room
from . import rules


class Words(forms.CharField):
    """Words as people read them: a line break counts once, invisible characters not at all."""

    def to_python(self, value) -> str:
        return rules.legible(super().to_python(value) or "")


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class Photos(forms.Field):
    """Every file that was sent; Say redraws them when nothing else is wrong."""

    widget = ManyFiles

    def clean(self, value) -> list:
        return value or []


class Say(forms.Form):
    """A resident's own words. Everything but the words may be left out."""

    words = Words(max_length=rules.LONGEST, error_messages={
        "required": _("请写几个字，说说是什么事。"),
        "max_length": _("最多 2000 个字，长的材料请拍照附上。"),
    })  # fmt: skip
    photos = Photos(required=False)
    spot = Words(max_length=120, required=False, error_messages={"max_length": _("地点最多 120 个字，细节请写在上面。")})
    phone = forms.CharField(max_length=30, required=False, error_messages={"max_length": _("这不像手机号，请检查一下。")})
    once = forms.CharField(required=False)

    def clean_phone(self) -> str:
        """Looked at here, too, so that whoever left out the words is told both at once."""
        try:
            return vault.phone_number(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean_once(self) -> str:
        return rules.once(self.cleaned_data["once"])

    def clean(self) -> dict:
        """Redraw the photos last: it is slow, and a form that comes back has them sent again."""
        if not self.errors:
            self.cleaned_data["photos"] = keep(self.cleaned_data["photos"])
        return self.cleaned_data


class MeToo(Say):
    """ "Me too": whatever was typed on the scan page comes along; from a topic's page there is nothing but the tap."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False


class SayFor(Say):
    """What somebody says in a post: for somebody else, of their own, or for their office."""

    room = forms.ModelChoiceField(queryset=None, error_messages={
        "required": _("请选一个议事室。"), "invalid_choice": _("请从名单里选一个议事室。"),
    })  # fmt: skip

    def __init__(self, *args, by, rooms: list[Room], **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        room = self.fields["room"]
        room.queryset = Room.objects.filter(pk__in=[room.pk for room in rooms])
        room.empty_label = _("请选议事室")
        if len(rooms) == 1:  # whoever has only one need not choose
            room.initial, room.empty_label = rooms[0].pk, None

    def said(self) -> dict:
        """What record_report() takes, the channel too. Call when the form is valid."""
        raise NotImplementedError


class FileFor(SayFor):
    """A grid worker or clerk for somebody who cannot; or what they found, or heard at a listening station."""

    speaks_for = forms.ChoiceField()
    name = Words(max_length=40, required=False)
    consent = Words(max_length=120, required=False)
    urgent = forms.BooleanField(required=False)

    CHANNELS = {"proxy": _("替居民代提"), "grid": _("网格推题"), "station": _("聆听驿站、走访听到的")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [(name, words) for name, words in self.CHANNELS.items() if rules.may_use(self.by, name)]
        self.fields["speaks_for"].choices, self.fields["speaks_for"].initial = kinds, kinds[0][0]

    def said(self) -> dict:
        fields = dict(self.cleaned_data)
        return {"channel": fields.pop("speaks_for"), **fields}


class Propose(SayFor):
    """A member's topic, alone or with others who sign it."""

    cosponsors = forms.CharField(max_length=300, required=False)

    def clean_cosponsors(self) -> tuple[str, ...]:
        """One post or member number a line or comma: "科技界 2 号委员"."""
        lines = re.split(r"[，、,;；\n]", rules.legible(self.cleaned_data["cosponsors"]))
        return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def said(self) -> dict:
        return {"channel": "member", **self.cleaned_data}


class SetTopic(SayFor):
    """The party organisation's topic (党政点题)."""

    def said(self) -> dict:
        return {"channel": "committee", **self.cleaned_data}
