"""What the forms of mediation accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import rules

DAY_WRONG = {"invalid": _("日期写成 2026-06-20 这样。")}


class Mediator(forms.ModelChoiceField):
    """One of the mediators who may take the case, by body."""

    def __init__(self):
        super().__init__(
            queryset=None, label=_("调解员"), empty_label=_("请选一位"),
            error_messages={"required": _("请选一位调解员。"), "invalid_choice": _("请选一位管这个地方、在任的调解员。")},
        )  # fmt: skip

    def label_from_instance(self, post) -> str:
        return post.label


class OpenCase(forms.Form):
    mediator = Mediator()
    parties = forms.CharField(
        label=_("当事各方"), max_length=400, error_messages={"required": _("请写明至少两方当事人，一行一方。")}
    )
    interest = forms.CharField(label=_("利害关系"), max_length=200, required=False)

    def __init__(self, *args, mediators, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mediator"].queryset = mediators

    def clean_parties(self) -> list[str]:
        return self.cleaned_data["parties"].splitlines()


class StepAside(forms.Form):
    """Another mediator takes over, with the reason that stays in the case."""

    mediator = Mediator()
    reason = forms.CharField(
        label=_("原因"), max_length=1000, error_messages={"required": _("请写明为什么换调解员。")}
    )

    def __init__(self, *args, mediators, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mediator"].queryset = mediators


class Session(forms.Form):
    present = forms.CharField(label=_("谁到场"), max_length=200, required=False)
    words = forms.CharField(
        label=_("谈了什么"), max_length=4000, error_messages={"required": _("请写下这次谈了什么。")}
    )


class Proposal(forms.Form):
    words = forms.CharField(
        label=_("建议的办法"), max_length=4000, error_messages={"required": _("请写下建议的办法。")}
    )


class Agreement(forms.Form):
    """The agreement, and up to three obligations with their dates."""

    words = forms.CharField(
        label=_("各方同意的内容"), max_length=4000, error_messages={"required": _("请写下各方同意的内容。")}
    )
    what_1 = forms.CharField(label=_("约定的事"), max_length=200, required=False)
    until_1 = forms.DateField(label=_("到哪天"), required=False, error_messages=DAY_WRONG)
    what_2 = forms.CharField(label=_("约定的事"), max_length=200, required=False)
    until_2 = forms.DateField(label=_("到哪天"), required=False, error_messages=DAY_WRONG)
    what_3 = forms.CharField(label=_("约定的事"), max_length=200, required=False)
    until_3 = forms.DateField(label=_("到哪天"), required=False, error_messages=DAY_WRONG)

    def obligations(self) -> list[tuple]:
        """What each is to do and until when, row by row, the empty ones too: a complaint names its row."""
        return [(self.cleaned_data[f"what_{n}"], self.cleaned_data[f"until_{n}"]) for n in (1, 2, 3)]


class Elsewhere(forms.Form):
    to = forms.ChoiceField(
        label=_("转到哪里"),
        choices=[("", _("请选一个")), *((key, _(words)) for key, words in rules.ELSEWHERE.items()), ("table", _("转回公开协商"))],
        error_messages={"required": _("请选转到哪里。"), "invalid_choice": _("请选转到哪里。")},
    )
    reason = forms.CharField(label=_("原因"), max_length=1000, error_messages={"required": _("请写明原因。")})
