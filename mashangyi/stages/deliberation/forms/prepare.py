"""Forms of the preparation page: research, options, suggestions, invitations, the announcement."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..actions.preparation import Guest
from ..models.words import ANSWERS, FORMS, PARTIES, SOURCES, VOTE_PROCEDURES
from .fields import ByNumber, UnitField, Yuan, area, choice, line, radio

VOICES = 4


class Research(forms.Form):
    who = line(_("谁去的"))
    at = forms.DateTimeField(label=_("什么时候"), required=False, widget=forms.DateTimeInput)
    findings = area(_("看到什么、查清什么"))
    cost = Yuan(label=_("大约要花多少"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for n in range(VOICES):
            self.fields[f"party{n}"] = choice(PARTIES, label=_("哪一方"), empty=_("哪一方"), required=False)
            self.fields[f"voice{n}"] = line(_("怎么说"), longest=500, required=False)

    @property
    def voices(self) -> list[tuple[str, str]]:
        """Names of the fields for what each party said, in pairs."""
        return [(f"party{n}", f"voice{n}") for n in range(VOICES)]

    def clean(self):
        data = super().clean()
        said = [(data.pop(party, ""), data.pop(voice, "")) for party, voice in self.voices]
        data["voices"] = tuple((party or "residents", words) for party, words in said if words)
        return data


class NewOption(forms.Form):
    title = line(_("方案叫什么"), longest=60)
    words = area(_("怎么做"), required=False)
    cost = Yuan(label=_("花多少"), required=False)
    source = choice(SOURCES, label=_("谁出钱"), empty=_("还没定"), required=False)
    basis = line(_("依据"), required=False)
    pros = area(_("好处"), required=False)
    cons = area(_("难处"), required=False)


class Suggest(forms.Form):
    words = area(_("您的建议"))


class AnswerSuggestion(ByNumber):
    adopted = radio({"yes": _("采纳"), "no": _("没有采纳")}, label=_("采纳吗"))
    answer = area(_("为什么"))

    def clean_adopted(self) -> bool:
        return self.cleaned_data["adopted"] == "yes"


class Invite(forms.Form):
    """One body of one party; where a unit of ours or a post is chosen, the invitation is on its desk."""

    party = choice(PARTIES, label=_("八方里的哪一方"))
    body = line(_("请谁"), longest=80, required=False)
    unit = UnitField(empty=_("不是承办单位"), label=_("单位"), required=False)
    post = UnitField(empty=_("不是委员和网格员"), label=_("委员、网格员"), required=False)
    affected = forms.BooleanField(label=_("利益相关的一方"), required=False)

    def __init__(self, *args, units, posts=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(units)
        self.fields["post"].offer(posts)

    def clean(self):
        data = super().clean()
        if not (data.get("body") or data.get("unit") or data.get("post")):
            self.add_error("body", _("请写清楚请谁来，例如：东门商户代表 2 名。"))
        return data

    def guest(self) -> Guest:
        data = self.cleaned_data
        unit, post = data["unit"], data["post"]
        body = data["body"] or (unit.name if unit else post.label)
        return Guest(data["party"], body, affected=data["affected"], unit=unit, post=post)


class AnswerInvitation(ByNumber):
    answer = choice(ANSWERS, label=_("来不来"))
    words = line(_("补充一句"), required=False)


class When(forms.Form):
    """Time and place of a meeting, as an announcement and a second round ask for it."""

    at = forms.DateTimeField(label=_("时间"), widget=forms.DateTimeInput)
    form = choice(FORMS, label=_("怎么开"))
    place_words = line(_("在哪儿"), longest=120)
    agenda = area(_("议程，一行一项"), required=False)
    short_notice = line(_("来不及提前 3 个工作日的原因"), required=False)

    def clean_at(self):
        at = self.cleaned_data["at"]
        return at if timezone.is_aware(at) else timezone.make_aware(at)


class Announce(When):
    seats = forms.IntegerField(label=_("座位数"), min_value=1, max_value=100_000, required=False)
    no_side = line(_("没有请利益相关方的原因"), required=False)


class SecondRound(When):
    reason = area(_("为什么再议一轮"))


class AtOnce(forms.Form):
    form = choice(
        {key: FORMS[key] for key in ("on_the_spot", "field", "stool", "square", "online")}, label=_("怎么开")
    )
    place_words = line(_("在哪儿"), longest=120)
    words = area(_("要商量什么"))
    emergency = forms.BooleanField(label=_("情况紧急：先处置，24 小时内补审"), required=False)


class Reason(forms.Form):
    reason = area(_("原因"))


class HandToVote(forms.Form):
    procedure = choice(VOTE_PROCEDURES, label=_("按哪种程序"))


class RecordVote(forms.Form):
    passed = radio({"yes": _("通过"), "no": _("没有通过")}, label=_("结果"))
    result = area(_("多少人参加、多少人同意、公示在哪儿"))

    def clean_passed(self) -> bool:
        return self.cleaned_data["passed"] == "yes"


class KeepPledge(ByNumber):
    kept = radio({"yes": _("兑现了"), "no": _("没有兑现")}, label=_("兑现了吗"))
    words = line(_("说明"), required=False)

    def clean_kept(self) -> bool:
        return self.cleaned_data["kept"] == "yes"
