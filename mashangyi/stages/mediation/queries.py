"""What is asked of cases: what is in them is answered to their own mediator, that there are any to the room as well."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ...ground.people import law
from ...ground.people.models import Post
from ...ground.people.signin import posts_held
from ...ground.places.naming import above
from ...topic.models import Topic
from . import rules
from .models import Case, Paper

PAGE = 20
ENDINGS = ("topic.settle_mediation", "topic.hand_over", "topic.back_to_table", "topic.back_to_sorting")


@dataclass(frozen=True)
class Sheet:
    """A paper, opened."""

    paper: Paper
    words: str
    present: str = ""


@dataclass
class File:
    """A case's papers, opened: who the parties are, what happened in order, and what was agreed."""

    parties: list[Sheet] = field(default_factory=list)
    course: list[Sheet] = field(default_factory=list)
    agreement: Sheet | None = None
    obligations: list[Sheet] = field(default_factory=list)


def case_for(actor, case_id: int) -> Case:
    """The case, to its mediator. To everyone else it is a missing page: that it exists is not told either."""
    return get_object_or_404(Case.objects.select_related("topic__room", "post"), pk=case_id, post=actor.post_id)


def sheets_of(case: Case, actor) -> list[Sheet]:
    """The case's papers in order, opened. Raises No to anybody but its mediator."""
    if actor.post_id is None or actor.post_id != case.post_id:
        raise law.No(_("调解内容只有本案调解员能看。"))
    return [Sheet(paper, **rules.opened(case.pk, paper.sealed)) for paper in case.papers.order_by("id")]


def file_of(case: Case, actor) -> File:
    """The case's papers, each in its place. Raises No to anybody but its mediator."""
    found = File()
    for sheet in sheets_of(case, actor):
        if sheet.paper.kind == "party":
            found.parties.append(sheet)
        elif sheet.paper.kind == "obligation":
            found.obligations.append(sheet)
        elif sheet.paper.kind == "agreement":
            found.agreement = sheet
        else:
            found.course.append(sheet)
    return found


def open_cases_of(actor, limit: int) -> list[Case]:
    """A mediator's open cases, those due soonest first."""
    mine = Case.objects.filter(post=actor.post_id, closed_at=None).select_related("topic__room")
    return list(mine.order_by("topic__due_at", "id")[:limit])


def ended_cases_of(actor, before: int | None = None, limit: int = PAGE + 1) -> list[Case]:
    """A mediator's ended cases, newest first, one page and one more."""
    mine = Case.objects.filter(post=actor.post_id).exclude(closed_at=None).select_related("topic__room")
    return list((mine.filter(pk__lt=before) if before else mine).order_by("-id")[:limit])


def mediators_for(topic: Topic) -> list[Post]:
    """Mediators in office whose post covers the topic's place or is held for its room; the nearest first."""
    held = posts_held().filter(Q(room=None) | Q(room=topic.room_id), role="mediator", place__in=above(topic.place))
    return list(held.order_by("-place", "id"))


def last_case_of(topic: Topic) -> Case | None:
    """The topic's latest case, open or ended; who may read what is in it is another question."""
    return Case.objects.filter(topic=topic).select_related("post", "topic").order_by("-id").first()


def own_case_of(topic: Topic, actor) -> Case | None:
    """The latest case of the topic that is this mediator's own."""
    return Case.objects.filter(topic=topic, post=actor.post_id).order_by("-id").first()
