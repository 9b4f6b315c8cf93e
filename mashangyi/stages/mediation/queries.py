"""What the mediator of a case reads; nobody else is answered."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from ...ground.people import law
from ...ground.people.models import Post
from ...topic.models import Topic
from . import rules
from .models import Case, Paper


@dataclass(frozen=True)
class Sheet:
    """A paper, opened."""

    paper: Paper
    words: str
    present: str = ""


def case_for(actor, case_id: int) -> Case:
    """The case, to its mediator. To everyone else it is a missing page: that it exists is not told either."""
    case = Case.objects.select_related("topic__room", "post").filter(pk=case_id, post=actor.post_id).first()
    if case is None:
        raise Http404
    return case


def sheets_of(case: Case, actor) -> list[Sheet]:
    """The case's papers in order, opened. Raises No to anybody but its mediator."""
    if actor.post_id != case.post_id:
        raise law.No(_("调解内容只有本案调解员能看。"))
    return [Sheet(paper, **rules.opened(case.pk, paper.sealed)) for paper in case.papers.order_by("id")]


def cases_of(actor, limit: int) -> list[Case]:
    """A mediator's open cases, those due soonest first."""
    mine = Case.objects.filter(post=actor.post_id, closed_at=None).select_related("topic__room")
    return list(mine.order_by("topic__due_at", "id")[:limit])


def mediators_for(topic: Topic) -> list[Post]:
    """Mediators whose post covers the topic's place."""
    posts = Post.objects.filter(role="mediator", until=None)
    return [post for post in posts.order_by("place", "id") if topic.place.startswith(post.place)]


def open_case_of(topic: Topic) -> Case | None:
    return Case.objects.filter(topic=topic, closed_at=None).select_related("post").first()
