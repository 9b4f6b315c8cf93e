"""The review: what waits, and one matter whole on one page with the decision beside it."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ....ground.asked import attempt
from ....ground.people.guards import staff
from ....topic.models import Topic
from ....topic.queries import waiting_under
from ....topic.timeline import timeline
from .. import actions, forms, queries, shelves
from ..identity import dimmed
from ..rules import workdays_taken

STATES = ("in_review", "postponed")
VERDICTS = {
    "approve": (forms.Approve, lambda topic, by, fields: actions.approve(topic, by=by, **fields)),
    "return": (forms.Reason, lambda topic, by, fields: actions.send_back(topic, by=by, **fields)),
    "postpone": (forms.Postpone, lambda topic, by, fields: actions.postpone(topic, by=by, **fields)),
    "late": (forms.Opinion, lambda topic, by, fields: actions.review_late(topic, by=by, **fields)),
}


@staff("reviewer")
@require_safe
def reviews(request):
    """What waits for this organ, due first: matters at the gate, and emergencies to look at afterwards."""
    waiting = waiting_under(request.actor.place, STATES, shelves.PAGE)
    late = queries.late_reviews(request.actor.place)
    return render(request, "triage/reviews.html", {"waiting": waiting, "late": late})


@staff("reviewer", "clerk", "convener")
@require_safe
def review(request, number: str):
    """The whole case on one page; only the organ decides on it."""
    return _page(request, queries.message_for(request.actor, number), {})


@staff("reviewer")
@require_POST
def decide(request, number: str, verdict: str):
    topic = queries.message_for(request.actor, number)
    if verdict not in VERDICTS:
        raise Http404
    make, run = VERDICTS[verdict]
    form = make(request.POST, auto_id=f"{verdict}-%s")
    if attempt(form, lambda data: run(topic, request.actor, data)):
        messages.success(request, _("已记下您的决定：%s") % (topic.title or topic.number))
        return redirect("triage:reviews")
    return _page(request, topic, {verdict: form}, status=422)


def _page(request, topic: Topic, tried: dict, status: int = 200):
    facts, reports = queries.facts_of(topic), queries.reports_of(topic)
    past = queries.reviews_of(topic)
    late = queries.late_review_due(topic)
    verdicts = _verdicts(request.actor, topic, late)
    return render(request, "triage/review.html", {
        "topic": topic,
        "said": [(report, dimmed(report.words)) for report in reports],
        "facts": [replace(fact, words=dimmed(fact.words), more=dimmed(fact.more)) for fact in facts],
        "photos": queries.photos_for(reports, facts),
        "entries": timeline(topic, request.actor),
        "reviews": past,
        "days": {each.pk: workdays_taken(each) for each in past},
        "late": late,
        "forms": {name: tried.get(name) or VERDICTS[name][0](auto_id=f"{name}-%s") for name in verdicts},
        "tried": set(tried),
        "unit": queries.unit_of(topic),
    }, status=status)  # fmt: skip


def _verdicts(actor, topic: Topic, late) -> list[str]:
    """The decisions open to this post now."""
    if actor.role != "reviewer":
        return []
    at_gate = ["approve", "return", "postpone"] if topic.state in STATES else []
    return [*at_gate, "late"] if late else at_gate
