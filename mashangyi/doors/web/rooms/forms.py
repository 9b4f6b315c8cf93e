"""What staff type about places. The deeds check it; here is only what kind of thing each field is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mashangyi.ground.asked import choices
from mashangyi.ground.places.models import PRINTED, PURPOSES, ROOM_KINDS, Room

from .targets import target_named

HOURS = "周一至周五 9:00–17:30"


class RoomForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=60)
    kind = forms.ChoiceField(label=_("哪一种"), choices=choices(ROOM_KINDS))
    address = forms.CharField(label=_("地址"), max_length=120, required=False)
    hours = forms.CharField(label=_("开门时间"), max_length=60, required=False)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    latitude = forms.FloatField(label=_("纬度"), min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(label=_("经度"), min_value=-180, max_value=180, required=False)


class CodesForm(forms.Form):
    item = forms.ChoiceField(label=_("印在什么上面"), choices=choices(PRINTED))
    purpose = forms.ChoiceField(label=_("扫了做什么"), choices=choices(PURPOSES), initial="report")
    target = forms.CharField(
        label=_("只为哪一件"), max_length=40, required=False,
        help_text=_("议题编号，或协商会的六位数；不填就是整个议事室。"),
    )  # fmt: skip
    spots = forms.CharField(
        label=_("放在哪里"), widget=forms.Textarea, required=False, max_length=20_000,
        help_text=_("一行一处，一处一个码，分别计数；不填就做一个。"),
    )  # fmt: skip

    def __init__(self, *args, room: Room | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.room = room

    def clean_target(self) -> str:
        """What was typed, as a code keeps it: "topic:12", "meeting:3"; empty for the whole room."""
        typed = self.cleaned_data["target"].strip()
        found = target_named(typed, self.room) if typed else ""
        if found is None:
            raise forms.ValidationError(_("这个议事室没有这样一件。请照议题页抄编号，例如 Y26-000147-4；协商会写会场屏幕上的六位数。"))
        return found

    def places(self) -> list[str]:
        """One line, one spot; no line, one code without a spot."""
        lines = [line.strip() for line in self.cleaned_data["spots"].splitlines()]
        return [line for line in lines if line] or [""]


class WhyForm(forms.Form):
    why = forms.CharField(label=_("为什么"), max_length=120)


class NameForm(forms.Form):
    name = forms.CharField(label=_("大家怎么叫"), max_length=60)
    words = forms.CharField(
        label=_("正式的地方"), max_length=60, help_text=_("写到只剩一个地方：黎城街道 衡阳路社区")
    )
