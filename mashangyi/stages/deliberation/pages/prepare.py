"""Preparing a meeting, for clerk and convener: research, options, suggestions, the eight parties, the
announcement."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ....ground.asked import attempt, sent
from ....ground.people import law
from ....ground.people.actor import KEEPERS
from ....ground.people.guards import staff
from ....ground.photos.queries import photos_of_all
from ....ground.photos.store import keep
from ....topic import lifecycle
from ....topic.models import Topic
from ....topic.queries import topic_for
from ...triage.actions import propose_again
from ...triage.queries import reviews_of
from .. import actions, queries, shown
from ..actions.outcome import Promise
from ..actions.preparation import is_theirs
from ..forms import prepare as forms
from ..forms.resolution import PledgeForm


def _mine(request, number: str) -> Topic:
    topic = topic_for(request.actor, number)
    law.demand(request.actor, "deliberation.invite", topic)
    return topic


@staff(*KEEPERS)
def prepare(request, number: str):
    """Everything that is known before the meeting, and the form that announces it."""
    return _page(request, _mine(request, number))


def _page(request, topic: Topic, wrong: dict | None = None, status: int = 200):
    parts = shown.preparation_parts(topic)
    subjects, units = [visit.subject for visit in parts["research"]], parts.pop("units")
    return render(request, "deliberation/prepare.html", {
        "topic": topic,
        "forms": {**_empty(topic, units), **(wrong or {})},
        "wrong": next(iter(wrong or {}), ""),
        "photos": photos_of_all(subjects) if subjects else {},
        "conditions": _conditions(topic),
        "planned": next((each for each in parts["meetings"] if each.state in {"planned", "open"}), None),
        **parts,
    }, status=status)  # fmt: skip


def _conditions(topic: Topic) -> str:
    """What the party organisation asked for when it last agreed."""
    reviews = reviews_of(topic) if topic.track == "full" else []
    return next((each.conditions for each in reviews if each.decision == "approved"), "")


def _empty(topic: Topic, units: list) -> dict:
    return {
        "research": forms.Research(prefix="research"),
        "option": forms.NewOption(prefix="option"),
        "answer": forms.AnswerSuggestion(prefix="answer"),
        "invite": forms.Invite(prefix="invite", units=units, posts=queries.posts_to_invite(topic)),
        "announce": forms.Announce(
            prefix="announce", initial={"form": "room", "place_words": topic.room.address}
        ),
        "change": forms.Reason(prefix="change"),
        "reconsider": forms.Reason(prefix="reconsider"),
        "hand": forms.HandToVote(prefix="hand"),
        "review": forms.Reason(prefix="review"),
        "vote": forms.RecordVote(prefix="vote"),
        "pledge": PledgeForm(prefix="pledge"),
    }


# --- the deeds of this page, by the last word of their address ---------------------------------


def _research(topic, data, by):
    actions.record_research(topic, by=by, **data)
    return _("调研记下了。")


def _option(topic, data, by):
    made = actions.add_option(topic, by=by, **data)
    return _("加了方案%s。") % made.label


def _answer(topic, data, by):
    suggestion = queries.suggestion(data.pop("pk"))
    _same(topic, suggestion)
    actions.answer_suggestion(suggestion, by=by, **data)
    return _("答复公开了。")


def _announce(topic, data, by):
    actions.announce_meeting(topic, by=by, **data)
    return _("协商会公告了。")


def _heard(topic, data, by):
    invitation = queries.invitation(data.pop("pk"))
    _same(topic, invitation)
    actions.answer_invitation(invitation, by=by, **data)
    return _("答复记下了。")


def _change(topic, data, by):
    meeting = queries.planned_or_open(topic)
    if meeting is None:
        raise lifecycle.Conflict(_("现在没有公告了的协商会，请刷新看看最新情况。"))
    meeting.topic = topic
    actions.change_meeting(meeting, data["reason"], by=by)
    return _("改期了，请重新公告。")


def _reconsider(topic, data, by):
    actions.reconsider(topic, data["reason"], by=by)
    return _("回到准备，原来的结论留作历史。")


def _review(topic, data, by):
    propose_again(topic, data["reason"], by=by)
    return _("提请审定了，审定人会收到通知。")


def _hand(topic, data, by):
    actions.hand_to_vote(topic, data["procedure"], by=by)
    return _("交法定表决了，出了结果请回来记录。")


def _vote(topic, data, by):
    handed = queries.statutory_vote_of(topic)
    if handed is None:
        raise Http404
    handed.topic = topic
    actions.record_vote(handed, by=by, **data)
    return _("表决结果记下了。")


def _pledge(topic, data, by):
    actions.pledge(topic, Promise(**data), by=by)
    return _("认领记下了。")


def _keep(topic, data, by):
    promised = next((each for each in queries.pledges_of(topic) if each.pk == data["pk"]), None)
    if promised is None:
        raise Http404
    promised.topic = topic
    actions.keep_pledge(promised, data["kept"], by=by, words=data["words"])
    return _("记下了。")


def _same(topic: Topic, thing) -> None:
    """A row of another topic is no row of this page."""
    if thing.topic_id != topic.pk:
        raise Http404


# The form and the deed of each address; its last word is also the part of the page to come back to.
DEEDS = {
    "research": (forms.Research, _research),
    "option": (forms.NewOption, _option),
    "answer": (forms.AnswerSuggestion, _answer),
    "heard": (forms.AnswerInvitation, _heard),
    "announce": (forms.Announce, _announce),
    "change": (forms.Reason, _change),
    "reconsider": (forms.Reason, _reconsider),
    "review": (forms.Reason, _review),
    "hand": (forms.HandToVote, _hand),
    "vote": (forms.RecordVote, _vote),
    "pledge": (PledgeForm, _pledge),
    "keep": (forms.KeepPledge, _keep),
}

# The part of the page to come back to, where it is called otherwise than the deed.
PARTS = {"heard": "invite", "keep": "pledge"}


@staff(*KEEPERS)
@require_POST
def deed(request, number: str, deed: str):
    """Do one deed of the page and come back to its part; a mistake leaves what was typed in its place."""
    topic = _mine(request, number)
    if deed == "invite":
        return _invite(request, topic)
    if deed not in DEEDS:
        raise Http404
    kind, act = DEEDS[deed]
    form, said = kind(request.POST, prefix=deed), []
    photos = request.FILES.getlist("photos") if deed == "research" else []

    def carry_out(data):
        more = {"photos": keep(photos)} if photos else {}
        said.append(act(topic, {**data, **more}, request.actor))

    if not attempt(form, carry_out):
        return _page(request, topic, {deed: form}, status=422)
    return _back(request, topic, deed, said[0])


def _invite(request, topic: Topic):
    units, posts = queries.units_for(topic), queries.posts_to_invite(topic)
    form = forms.Invite(request.POST, prefix="invite", units=units, posts=posts)
    before, made = set(topic.invitations.values_list("pk", flat=True)), []
    if not attempt(form, lambda data: made.extend(actions.invite(topic, [form.guest()], by=request.actor))):
        return _page(request, topic, {"invite": form}, status=422)
    words = _("邀请发出了。") if made[0].pk not in before else _("已经请过了，没有再发。")
    return _back(request, topic, "invite", words)


def _back(request, topic: Topic, part: str, words: str):
    messages.success(request, words)
    return redirect(reverse("deliberation:prepare", kwargs={"number": topic.number}) + f"#{PARTS.get(part, part)}")


# --- meeting at once ---------------------------------------------------------------------------


@staff(*KEEPERS)
def at_once(request, number: str):
    """Sit down now: a small matter, or an emergency. Goes straight to the console."""
    topic = topic_for(request.actor, number)
    law.demand(request.actor, "deliberation.meet_at_once", topic)
    start = {"form": "on_the_spot", "place_words": topic.spot, "emergency": topic.urgent or topic.hazard}
    form, made = forms.AtOnce(sent(request), initial=start), []
    if attempt(form, lambda data: made.append(actions.meet_at_once(topic, by=request.actor, **data))):
        return redirect("deliberation:console", meeting_id=made[0].pk)
    status = 422 if form.errors else 200
    return render(request, "deliberation/at_once.html", {"topic": topic, "form": form}, status=status)


@staff(*KEEPERS)
def hand(request, number: str):
    """A matter that the law decides by a vote of its own, straight from sorting: by which procedure."""
    topic = topic_for(request.actor, number)
    law.demand(request.actor, "deliberation.hand_to_vote", topic)
    form = forms.HandToVote(sent(request))
    if attempt(form, lambda data: messages.success(request, _hand(topic, data, request.actor))):
        return redirect("deliberation:prepare", number=number)
    status = 422 if form.errors else 200
    return render(request, "deliberation/hand.html", {"topic": topic, "form": form}, status=status)


# --- those who are invited, and those who confirm ----------------------------------------------


@staff()
def invitation(request, pk: int):
    """An invitation on the desk of the invited: what it is about, when, and whether they come."""
    found = queries.invitation(pk)
    own = is_theirs(found, request.actor)
    law.demand(request.actor, "deliberation.answer_invitation", found.topic, own=own)
    form = forms.AnswerInvitation(sent(request), initial={"pk": pk, "answer": found.answer, "words": found.words})

    def answer(data):
        actions.answer_invitation(found, data["answer"], by=request.actor, words=data["words"])

    if attempt(form, answer):
        messages.success(request, _("答复收到了，谢谢。"))
        return redirect("deliberation:invitation", pk=pk)
    return render(request, "deliberation/invitation.html", {
        "invitation": found, "topic": found.topic, "form": form, "words": shown.WORDS,
        "meeting": queries.planned_or_open(found.topic), "options": queries.options_of(found.topic),
    }, status=422 if form.errors else 200)  # fmt: skip


@staff("reviewer")
@require_POST
def confirm(request, pk: int):
    """The party organisation confirms a resolution."""
    resolution = queries.resolution(pk)
    actions.confirm_resolution(resolution, by=request.actor)
    messages.success(request, _("成果确认了。"))
    return redirect("topic:desk_topic", number=resolution.topic.number)
