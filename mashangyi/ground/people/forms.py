"""What is typed on the pages of people, checked for form; what it means is checked by the deeds."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import vault
from .actor import ROLES
from .models import UNIT_KINDS
from .rules import HELD_FOR


class Phone(forms.Form):
    phone = forms.CharField(label=_("手机号"), max_length=30)

    def clean_phone(self):
        try:
            return vault.phone_number(self.cleaned_data["phone"])
        except ValueError as error:
            raise ValidationError(str(error)) from error


class Code(forms.Form):
    code = forms.CharField(label=_("六位验证码"), max_length=20)


class NewPassword(forms.Form):
    password1 = forms.CharField(label=_("新密码"), widget=forms.PasswordInput, strip=False)
    password2 = forms.CharField(label=_("再输一次"), widget=forms.PasswordInput, strip=False)

    def clean(self):
        given = super().clean()
        if given.get("password1") != given.get("password2"):
            self.add_error("password2", _("两次输的不一样，请再输一次。"))
        return given


class Appointment(forms.Form):
    username = forms.CharField(label=_("账号"), max_length=40)
    role = forms.ChoiceField(label=_("岗位"))
    where = forms.CharField(label=_("在哪里"), error_messages={"required": _("请先查找，再选定在哪里任职。")})
    title = forms.CharField(label=_("对外怎么称呼"), max_length=80, required=False)
    since = forms.DateField(label=_("从哪天起"), required=False)
    until = forms.DateField(label=_("到哪天止"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, str(_(ROLES[role]))) for role in HELD_FOR]


class Reason(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=200)


class UnitForm(forms.Form):
    name = forms.CharField(label=_("单位名称"), max_length=80)
    kind = forms.ChoiceField(label=_("类别"))
    place = forms.ChoiceField(label=_("属于哪里"))
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)

    def __init__(self, *args, places=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, str(_(words))) for kind, words in UNIT_KINDS.items()]
        self.fields["place"].choices = list(places)
