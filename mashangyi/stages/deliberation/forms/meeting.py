"""Forms of the meeting: on the participant's phone, and on the host's console."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ....ground.asked import choices
from ..actions.ballots import SHARES
from ..models.words import BALLOT_KINDS, CLASSES, COUNTED, ELECTORATES, ORIGINS
from .fields import ByNumber, area, choice, line, radio

# --- on the phone ------------------------------------------------------------------------------


class SignIn(forms.Form):
    """`both`: the meeting is in a room and online at once, and this is the button of those in the room."""

    code = line(_("现场屏幕上的六位数"), longest=12, required=False)

    def __init__(self, *args, both=False, **kwargs):
        super().__init__(*args, **kwargs)
        if both:
            ask = _("在现场的，请输入屏幕上的六位数；不在现场，请点“我不在现场，线上参加”。")
            self.fields["code"].required, self.fields["code"].error_messages["required"] = True, ask


class Say(forms.Form):
    words = area(_("我想说"))


class Cast(forms.Form):
    choice = forms.CharField(max_length=10, error_messages={"required": _("请选一个。")})
    words = forms.CharField(max_length=300, required=False)


class KeepOpinion(forms.Form):
    words = area(_("我保留的意见"))
    name = line(_("署名"), longest=60, required=False)


# --- on the console ----------------------------------------------------------------------------


class Button(forms.Form):
    """A button alone, so that a deed that cannot be done yet says why beside it."""


class Turn(forms.Form):
    item = forms.IntegerField(min_value=0, max_value=200)


class SignInFor(forms.Form):
    kind = choice(CLASSES, label=_("身份"))
    label = line(_("记号（不写姓名）"), longest=60)


class Vouch(ByNumber):
    kind = choice(CLASSES, label=_("核对后的身份"))


class Strike(ByNumber):
    why = line(_("为什么划掉"), longest=120)


class Heads(forms.Form):
    heads = forms.IntegerField(label=_("现场一共几人"), min_value=0, max_value=100_000)


class SayFor(forms.Form):
    """Somebody signed in by the clerk, or a class where nobody was signed in."""

    words = area(_("记一条发言"))
    speaker = forms.ChoiceField(label=_("谁说的"))

    def __init__(self, *args, speakers, **kwargs):
        super().__init__(*args, **kwargs)
        people = [(f"n{one.pk}", f"{one.number} · {one.label}") for one in speakers if one.label]
        self.fields["speaker"].choices = [*choices(CLASSES), *people]

    def clean(self):
        data = super().clean()
        speaker = data.pop("speaker", "")
        known = speaker[:1] == "n" and speaker[1:].isdigit()
        data["attendance"] = int(speaker[1:]) if known else None
        data["kind"] = "residents" if known else speaker
        return data


class Withhold(ByNumber):
    why = line(_("为什么不公开"), longest=120)


class OpenBallot(forms.Form):
    question = line(_("表决什么"))
    kind = radio(BALLOT_KINDS, label=_("怎么表决"), initial="agree")
    answers = forms.CharField(
        label=_("可选的，一行一个"), required=False, max_length=800, widget=forms.Textarea
    )
    electorate = choice(ELECTORATES, label=_("谁来投"))
    share = forms.TypedChoiceField(
        label=_("多少算通过"), coerce=int, choices=[(50, _("过半数")), *((n, f"{n}%") for n in SHARES[1:])]
    )
    quorum = forms.IntegerField(label=_("至少多少票才算数"), min_value=0, max_value=100_000, required=False)

    def clean_answers(self) -> tuple[str, ...]:
        return tuple(row.strip() for row in self.cleaned_data["answers"].splitlines() if row.strip())

    def clean_quorum(self) -> int:
        return self.cleaned_data["quorum"] or 0


class CloseBallot(ByNumber):
    pass


class CastFor(ByNumber):
    """The vote of somebody whom the clerk signed in; `pk` is the ballot."""

    voter = forms.IntegerField(min_value=1, label=_("几号"))
    choice = forms.CharField(max_length=10, error_messages={"required": _("请选一个。")})
    words = line(_("为什么"), longest=300, required=False)


class CountVotes(ByNumber):
    """Hands or slips, one number for each answer in its order; `pk` is the ballot."""

    origin = radio({key: ORIGINS[key] for key in COUNTED}, label=_("怎么数的"), initial="hands")

    def __init__(self, *args, ballot=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = list(ballot.choices) if ballot else []
        for n, key in enumerate(self.keys):
            words = ballot.choices[key] if ballot.kind == "choice" else _(ballot.choices[key])
            number = forms.IntegerField(label=words, min_value=0, max_value=100_000, initial=0)
            self.fields[f"n{n}"] = number

    @property
    def numbers(self) -> list[str]:
        return [f"n{n}" for n in range(len(self.keys))]

    def clean(self):
        data = super().clean()
        data["numbers"] = {key: data.get(f"n{n}") or 0 for n, key in enumerate(self.keys)}
        return data


class Dissents(KeepOpinion):
    kind = choice(CLASSES, label=_("身份"))
