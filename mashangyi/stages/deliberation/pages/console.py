"""The host's console: agenda and attendance, the floor and its ballots, what is agreed. Made for a wide screen."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ....ground.asked import attempt, whole
from ....ground.people import law
from ....ground.people.actor import KEEPERS
from ....ground.people.guards import staff
from .. import actions, queries, shown
from ..forms import meeting as forms
from ..forms.prepare import Reason, SecondRound
from ..forms.resolution import Contract
from ..models import Meeting
from . import screen


def _mine(request, meeting_id: int) -> Meeting:
    meeting = queries.meeting(meeting_id)
    law.demand(request.actor, "deliberation.open", meeting.topic)
    return meeting


@staff(*KEEPERS)
def meetings(request):
    """The room's meetings: planned, open, held."""
    room = request.actor.room_id
    if not room:
        raise law.No(_("这一页给某一个议事室的召集人和专员用。"))
    return render(request, "deliberation/desk_meetings.html", {
        "words": shown.WORDS,
        "now": queries.of_room(room, ("open", "planned")),
        "held": queries.of_room(room, ("closed", "called_off", "paused")),
    })  # fmt: skip


@staff(*KEEPERS)
def console(request, meeting_id: int):
    return _page(request, _mine(request, meeting_id))


def _page(request, meeting: Meeting, wrong: dict | None = None, *, contract=None, status: int = 200):
    parts = shown.meeting_parts(meeting)
    attendances = queries.attendances_of(meeting)
    units = queries.units_for(meeting.topic) if meeting.is_open else []
    return render(request, "deliberation/console.html", {
        "meeting": meeting,
        "topic": meeting.topic,
        "attendances": attendances,
        "phoneless": [one for one in attendances if one.way == "clerk"],
        "forms": {**_empty(meeting, attendances, parts["questions"]), **(wrong or {})},
        "wrong": next(iter(wrong or {}), ""),
        "contract": contract or Contract(units=units, first=_first_line(parts)),
        "wall": screen.address(meeting),
        "may_conclude": law.may(request.actor, "deliberation.conclude", meeting.topic),
        **parts,
    }, status=status)  # fmt: skip


def _empty(meeting: Meeting, attendances, questions) -> dict:
    current = next((each.ballot for each in questions if each.ballot.is_open), None)
    number = {"pk": current.pk} if current else {}
    again = {"form": meeting.form, "place_words": meeting.place_words}
    return {
        "here": forms.SignInFor(prefix="here", initial={"kind": "residents"}),
        "heads": forms.Heads(prefix="heads", initial={"heads": meeting.heads}),
        "said": forms.SayFor(prefix="said", speakers=attendances),
        "ballot": forms.OpenBallot(prefix="ballot"),
        "vote": forms.CastFor(prefix="vote", initial=number),
        "count": forms.CountVotes(prefix="count", ballot=current, initial=number),
        "dissent": forms.Dissents(prefix="dissent"),
        "again": SecondRound(prefix="again", initial=again),
        "escalate": Reason(prefix="escalate"),
    }


def _first_line(parts: dict) -> dict:
    """The option that a ballot chose fills the first line of the contract."""
    choices = (each.ballot for each in parts["questions"] if each.ballot.kind == "choice")
    won = next((ballot.winner for ballot in choices if not ballot.is_mood), "")
    option = next((each for each in parts["options"] if each.label == won), None)
    return {"what": option.title, "cost": option.cost, "source": option.source} if option else {}


# --- the deeds of the console, by the last word of their address -------------------------------


def _open(meeting, data, by):
    actions.open_meeting(meeting, by=by)


def _turn(meeting, data, by):
    actions.turn_to(meeting, data["item"], by=by)


def _here(meeting, data, by):
    actions.sign_in_for(meeting, data["kind"], data["label"], by=by)


def _heads(meeting, data, by):
    actions.count_heads(meeting, data["heads"], by=by)


def _vouch(meeting, data, by):
    actions.vouch(queries.attendance(meeting, data["pk"]), data["kind"], by=by)


def _strike(meeting, data, by):
    actions.strike(queries.attendance(meeting, data["pk"]), data["why"], by=by)


def _said(meeting, data, by):
    speaker = queries.attendance(meeting, data["attendance"]) if data["attendance"] else None
    actions.say_for(meeting, data["words"], by=by, kind=data["kind"], attendance=speaker)


def _withhold(meeting, data, by):
    actions.withhold(queries.statement(meeting, data["pk"]), data["why"], by=by)


def _ballot(meeting, data, by):
    actions.open_ballot(meeting, by=by, **data)


def _vote(meeting, data, by):
    ballot, voter = queries.ballot(meeting, data["pk"]), queries.attendance_by_number(meeting, data["voter"])
    if voter is None:
        raise ValidationError({"voter": _("没有这个号。请看左边的签到单。")})
    actions.cast_for(ballot, voter, data["choice"], by=by, words=data["words"])


def _count(meeting, data, by):
    actions.count(queries.ballot(meeting, data["pk"]), data["origin"], data["numbers"], by=by)


def _close(meeting, data, by):
    actions.close_ballot(queries.ballot(meeting, data["pk"]), by=by)


def _dissent(meeting, data, by):
    actions.note_dissent(meeting, data["words"], by=by, name=data["name"], kind=data["kind"])


def _again(meeting, data, by):
    return actions.second_round(meeting, by=by, **data)


def _escalate(meeting, data, by):
    actions.escalate(meeting, data["reason"], by=by)


# Form, deed, and the part of the page to come back to.
DEEDS = {
    "open": (forms.Button, _open, "main"),
    "turn": (forms.Turn, _turn, "agenda"),
    "here": (forms.SignInFor, _here, "present"),
    "heads": (forms.Heads, _heads, "present"),
    "vouch": (forms.Vouch, _vouch, "present"),
    "strike": (forms.Strike, _strike, "present"),
    "said": (forms.SayFor, _said, "floor"),
    "withhold": (forms.Withhold, _withhold, "floor"),
    "ballot": (forms.OpenBallot, _ballot, "ballots"),
    "vote": (forms.CastFor, _vote, "ballots"),
    "count": (forms.CountVotes, _count, "ballots"),
    "close": (forms.CloseBallot, _close, "ballots"),
    "dissent": (forms.Dissents, _dissent, "dissent"),
    "again": (SecondRound, _again, "outcome"),
    "escalate": (Reason, _escalate, "outcome"),
}


@staff(*KEEPERS)
@require_POST
def deed(request, meeting_id: int, deed: str):
    """Do one deed of the console and come back to its part; a mistake leaves what was typed in its place."""
    meeting = _mine(request, meeting_id)
    if deed not in DEEDS:
        raise Http404
    kind, act, part = DEEDS[deed]
    form, made = kind(_sent(deed, request), prefix=deed, **_more(deed, request, meeting)), []
    if not attempt(form, lambda data: made.append(act(meeting, data, request.actor))):
        return _page(request, meeting, {deed: form}, status=422)
    return _onward(request, meeting, deed, made[0]) or _back(meeting, part)


def _onward(request, meeting: Meeting, deed: str, made):
    """Where the sitting is over by this deed, the page on which the matter goes on."""
    if deed == "again":
        messages.success(request, _("散会了，第 %(n)s 次协商会公告了。") % {"n": made.round})
        return redirect("deliberation:console", meeting_id=made.pk)
    if deed == "escalate":
        messages.success(request, _("散会了，已提请上一级协商。"))
        return redirect("deliberation:prepare", number=meeting.topic.number)
    return None


def _sent(deed: str, request):
    """The form as sent. In a list each row has its own field for the reason, named after the row."""
    if deed not in {"strike", "withhold"}:
        return request.POST
    sent = request.POST.copy()
    sent[f"{deed}-why"] = sent.get(f"{deed}-why-{sent.get(f'{deed}-pk', '')}", "")
    return sent


def _more(deed: str, request, meeting: Meeting) -> dict:
    """What a form needs to know of the meeting before it can check anything."""
    if deed == "said":
        return {"speakers": queries.attendances_of(meeting)}
    if deed == "count":
        number = whole(request.POST.get("count-pk", ""))
        return {"ballot": queries.ballot(meeting, number) if number else None}
    return {}


def _back(meeting: Meeting, part: str):
    return redirect(reverse("deliberation:console", kwargs={"meeting_id": meeting.pk}) + f"#{part}")


@staff("convener")
@require_POST
def conclude(request, meeting_id: int):
    """Announce the result. The buttons for a line more or less send the form back as it was typed."""
    meeting = _mine(request, meeting_id)
    contract = Contract(request.POST, units=queries.units_for(meeting.topic))
    step = request.POST.get("step", "")
    if step:
        return _page(request, meeting, contract=contract.changed(step))
    if contract.is_valid and _concluded(request, meeting, contract):
        messages.success(request, _("结果宣布了。"))
        return redirect("deliberation:prepare", number=meeting.topic.number)
    return _page(request, meeting, {"conclude": contract.head}, contract=contract, status=422)


def _concluded(request, meeting: Meeting, contract: Contract) -> bool:
    data = contract.head.cleaned_data
    try:
        actions.conclude(
            meeting, data["outcome"], data["summary"], contract.lines(), contract.promises(), by=request.actor
        )
    except ValidationError as problem:
        contract.head.add_error(None, problem.messages)
        return False
    return True
