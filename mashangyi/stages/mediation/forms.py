"""What the forms of mediation accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import rules


class OpenCase(forms.Form):
    mediator = forms.ModelChoiceField(queryset=None, error_messages={"required": _("请选一位调解员。")})
    parties = forms.CharField(max_length=400, error_messages={"required": _("请写明至少两方当事人，一行一方。")})
    interest = forms.CharField(max_length=200, required=False)

    def __init__(self, *args, mediators, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mediator"].queryset = mediators
        self.fields["mediator"].label_from_instance = lambda post: post.label

    def clean_parties(self) -> list[str]:
        return self.cleaned_data["parties"].splitlines()


class Session(forms.Form):
    present = forms.CharField(max_length=200, required=False)
    words = forms.CharField(max_length=4000, error_messages={"required": _("请写下这次谈了什么。")})


class Proposal(forms.Form):
    words = forms.CharField(max_length=4000, error_messages={"required": _("请写下建议的办法。")})


class Agreement(forms.Form):
    """The agreement, and up to three obligations with their dates."""

    words = forms.CharField(max_length=4000, error_messages={"required": _("请写下各方同意的内容。")})
    what_1 = forms.CharField(max_length=200, required=False)
    until_1 = forms.DateField(required=False, error_messages={"invalid": _("日期写成 2026-06-20 这样。")})
    what_2 = forms.CharField(max_length=200, required=False)
    until_2 = forms.DateField(required=False, error_messages={"invalid": _("日期写成 2026-06-20 这样。")})
    what_3 = forms.CharField(max_length=200, required=False)
    until_3 = forms.DateField(required=False, error_messages={"invalid": _("日期写成 2026-06-20 这样。")})

    def obligations(self) -> list[tuple]:
        rows = [(self.cleaned_data[f"what_{n}"], self.cleaned_data[f"until_{n}"]) for n in (1, 2, 3)]
        return [row for row in rows if row[0]]


class Elsewhere(forms.Form):
    to = forms.ChoiceField(choices=[*((key, _(words)) for key, words in rules.ELSEWHERE.items()), ("table", _("转回公开协商"))],
                           error_messages={"required": _("请选转到哪里。")})  # fmt: skip
    reason = forms.CharField(max_length=1000, error_messages={"required": _("请写明原因。")})
