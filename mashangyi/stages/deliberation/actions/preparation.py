"""Before the meeting: research, options, suggestions, invitations."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....ground.people.models import Post, Unit
from ....ground.photos.store import store
from ....topic.models import Topic
from ...triage.actions.words import unmarked
from .. import rules
from ..models import Invitation, Option, ResearchVisit, Suggestion, Voice
from ..models.words import ANSWERS, PARTIES, SOURCES
from .checks import as_it_is_now, hold, just_now, one_of, public, words_of, yuan_of

# While it is being prepared and deliberated; afterwards a suggestion is one about the result.
BEFORE = {"preparing", "announced", "deliberating", "escalated"}
# A decided course may still be improved; in triage and review nothing is public yet, mediation is closed.
SUGGESTIONS_CLOSED = {"triage", "review", "mediation"}


@deed
def record_research(
    topic: Topic,
    who: str,
    findings: str,
    *,
    by,
    at: datetime | None = None,
    voices: tuple[tuple[str, str], ...] = (),
    cost: int | None = None,
    photos=(),
) -> ResearchVisit:
    """Write down a visit: who went (bodies, roles), what was found, what was said as (party, words), cost in yuan."""
    law.demand(by, "deliberation.research", topic)
    who = words_of(who, "who", _("请写谁去看的，例如：街道、物业、居民代表。"), longest=200)
    findings = words_of(findings, "findings", _("请写看到了什么、查清了什么。"))
    if at and at > now():
        raise ValidationError({"at": _("调研时间不能晚于现在。")})

    if before := just_now(hold(topic).research, "recorded_at", who=who, findings=findings):
        return before

    visit = ResearchVisit.objects.create(
        topic=topic, at=at or now(), who=who, findings=findings, cost=yuan_of(cost), recorded_at=now()
    )
    Voice.objects.bulk_create(
        Voice(visit=visit, party=one_of(party, PARTIES, "voices"), words=unmarked("voices", words.strip()))
        for party, words in voices
        if words.strip()
    )
    store(photos, visit.subject, by=by, public=True)

    record("deliberation.researched", by=by, topic=topic, data={"visit": visit.pk, "who": who})
    return visit


@deed
def add_option(
    topic: Topic,
    title: str,
    *,
    by,
    words: str = "",
    cost: int | None = None,
    source: str = "",
    basis: str = "",
    pros: str = "",
    cons: str = "",
) -> Option:
    """Put one more way to solve it beside the others; the next free label is given to it. Cost in whole yuan."""
    law.demand(by, "deliberation.option", topic)
    title = words_of(title, "title", _("请给这个方案起个短名字。"), longest=60)
    label = _free_label(topic, title)
    if source:
        one_of(source, SOURCES, "source")

    option = Option.objects.create(
        topic=topic, label=label, title=title, words=public("words", words), cost=yuan_of(cost), source=source,
        basis=public("basis", basis), pros=public("pros", pros), cons=public("cons", cons),
    )  # fmt: skip

    record("deliberation.option_added", by=by, topic=topic, data={"label": option.label, "title": title})
    return option


def _free_label(topic: Topic, title: str) -> str:
    used = dict(Option.objects.filter(topic=hold(topic)).values_list("title", "label"))
    if title in used:
        raise ValidationError({"title": _("方案%s已经叫这个名字了。") % used[title]})
    free = [label for label in rules.LABELS if label not in used.values()]
    if not free:
        raise ValidationError({"title": _("最多 %s 个方案，请先合并相近的。") % rules.MOST_OPTIONS})
    return free[0]


# --- suggestions -------------------------------------------------------------------------------


@deed
def suggest(topic: Topic, words: str, *, by) -> Suggestion:
    """Anyone's suggestion, before the meeting or about the result. It will be answered in public."""
    law.demand(by, "deliberation.suggest", topic)
    words = words_of(words, "words", _("请写几个字，说说您的建议。"))
    topic = hold(topic)
    if topic.stage in SUGGESTIONS_CLOSED or topic.family == "closed":
        raise ValidationError({"words": _("这件事现在不收建议。")})
    if before := just_now(topic.suggestions, words=words, person=by.person_id):
        return before

    suggestion = Suggestion.objects.create(
        topic=topic, person_id=by.person_id, words=words, after=topic.state not in BEFORE, at=now()
    )

    record("deliberation.suggested", by=by, topic=topic, data={"suggestion": suggestion.pk})
    return suggestion


@deed
def answer_suggestion(suggestion: Suggestion, adopted: bool, answer: str, *, by) -> Suggestion:
    """Say whether a suggestion is adopted, and why or why not; the answer stands on the topic's page."""
    law.demand(by, "deliberation.answer_suggestion", suggestion.topic)
    answer = words_of(answer, "answer", _("请写明为什么采纳，或者为什么没有采纳。"))

    as_it_is_now(suggestion, "adopted", "answer")
    if (suggestion.adopted, suggestion.answer) == (bool(adopted), answer):
        return suggestion

    was = {} if suggestion.adopted is None else {"was": "adopted" if suggestion.adopted else "not"}
    suggestion.adopted, suggestion.answer, suggestion.answered_at = bool(adopted), answer, now()
    suggestion.save(update_fields=["adopted", "answer", "answered_at"])

    data = {"suggestion": suggestion.pk, "adopted": suggestion.adopted, **was}
    record("deliberation.suggestion_answered", by=by, topic=suggestion.topic, data=data)
    return suggestion


# --- invitations -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Guest:
    """Who is asked to come: the party, what the public reads of it, and the post or unit where it has one."""

    party: str
    body: str
    affected: bool = False
    post: Post | None = None
    unit: Unit | None = None


@deed
def invite(topic: Topic, guests: list[Guest], *, by) -> list[Invitation]:
    """Ask bodies and groups of the eight parties to come. Asking the same one again says at most that it is affected."""
    law.demand(by, "deliberation.invite", topic)
    if not guests:
        raise ValidationError({"body": _("请写清楚请谁来。")})
    made = [_invited(topic, guest) for guest in guests]

    new = [invitation for invitation, is_new in made if is_new]
    if new:
        who = "、".join(each.body for each in new)
        data = {"count": len(new), "invitations": [each.pk for each in new], "who": who}
        record("deliberation.invited", by=by, topic=topic, data=data)
    return [invitation for invitation, _is_new in made]


def _invited(topic: Topic, guest: Guest) -> tuple[Invitation, bool]:
    body = words_of(guest.body, "body", _("请写清楚请谁来，例如：东门商户代表 2 名。"), longest=80)
    found, is_new = Invitation.objects.get_or_create(
        topic=topic, party=one_of(guest.party, PARTIES, "party"), body=body,
        defaults={"affected": guest.affected, "post": guest.post, "unit": guest.unit, "invited_at": now()},
    )  # fmt: skip
    if guest.affected and not found.affected:
        found.affected = True
        found.save(update_fields=["affected"])
    return found, is_new


@deed
def answer_invitation(invitation: Invitation, answer: str, *, by, words: str = "") -> Invitation:
    """The invited side says whether it comes; the clerk may write down what was said on the phone."""
    if not law.may(by, "deliberation.invite", invitation.topic):
        law.demand(by, "deliberation.answer_invitation", invitation.topic, own=is_theirs(invitation, by))
    if not invitation.topic.is_open or invitation.topic.state == "concluded":
        raise ValidationError({"answer": _("会已经开过了，不用再答复。")})
    one_of(answer, ANSWERS, "answer")
    if answer == "not" and not words.strip():
        raise ValidationError({"words": _("来不了请写明原因，或者派人参加。")})

    invitation.answer, invitation.words, invitation.answered_at = answer, words.strip()[:200], now()
    invitation.save(update_fields=["answer", "words", "answered_at"])

    data = {"invitation": invitation.pk, "body": invitation.body, "answer": ANSWERS[answer]}
    record("deliberation.invitation_answered", by=by, topic=invitation.topic, data=data)
    return invitation


def is_theirs(invitation: Invitation, by) -> bool:
    """Whether an invitation is for the post in which somebody acts, or for their unit."""
    mine = invitation.post_id is not None and invitation.post_id == by.post_id
    return mine or (invitation.unit_id is not None and invitation.unit_id == by.unit_id)
