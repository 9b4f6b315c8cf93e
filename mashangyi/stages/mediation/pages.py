"""Pages of mediation: open a case, and the closed room in which its mediator works."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ...ground.asked import attempt, paged, sent, whole
from ...ground.people import law
from ...ground.people.actor import KEEPERS
from ...ground.people.guards import staff
from ...ground.people.models import Post
from ...topic.queries import topic_for
from . import actions, queries, rules
from .forms import Agreement, Elsewhere, OpenCase, Proposal, Session, StepAside

MOST = 50


@staff(*KEEPERS)
def open_case(request, number: str):
    """Name the parties and choose a mediator without an interest in the case."""
    topic = topic_for(request.actor, number)
    mediators = queries.mediators_for(topic)
    form = OpenCase(sent(request), mediators=_rows(mediators))
    if attempt(form, lambda data: actions.open_case(topic, by=request.actor, **data)):
        return redirect("topic:desk_topic", number=topic.number)
    return render(request, "mediation/open.html", {
        "topic": topic, "form": form, "mediators": mediators,
    }, status=422 if form.errors else 200)  # fmt: skip


@staff(*KEEPERS)
def change_mediator(request, number: str):
    """The room gives the topic's open case to another mediator."""
    topic = topic_for(request.actor, number)
    case = queries.last_case_of(topic)
    if case is None or case.closed_at:
        raise Http404
    others = _others(case)
    form = StepAside(sent(request), mediators=_rows(others))
    if attempt(form, lambda data: actions.change_mediator(case, by=request.actor, **data)):
        return redirect("topic:desk_topic", number=topic.number)
    return render(request, "mediation/change.html", {
        "topic": topic, "case": case, "form": form, "mediators": others,
    }, status=422 if form.errors else 200)  # fmt: skip


@staff("mediator")
def cases(request):
    """A mediator's own cases: those under way, due first, and those that ended."""
    before = whole(request.GET.get("before"))
    ended, following = paged(queries.ended_cases_of(request.actor, before), queries.PAGE)
    return render(request, "mediation/cases.html", {
        "open": [] if before else queries.open_cases_of(request.actor, MOST),
        "ended": ended,
        "next": following,
        "before": before,
        "OUTCOMES": rules.OUTCOMES,
    })  # fmt: skip


@staff("mediator")
def case(request, case_id: int):
    """The case with its papers, and what the mediator can do next."""
    found = queries.case_for(request.actor, case_id)
    return _case_page(request, found)


def _case_page(request, found, status: int = 200, **forms):
    others = [] if found.closed_at else _others(found)
    return render(request, "mediation/case.html", {
        "case": found,
        "topic": found.topic,
        "file": queries.file_of(found, request.actor),
        "KINDS": rules.KINDS,
        "OUTCOMES": rules.OUTCOMES,
        "others": others,
        **{what: _form(what, others) for what in STEPS},
        **forms,
    }, status=status)  # fmt: skip


def _form(what: str, others: list[Post], data=None):
    more = {"mediators": _rows(others)} if what == "aside" else {}
    return STEPS[what][0](data, auto_id=f"{what}-%s", **more)


@staff("mediator")
def act(request, case_id: int, what: str):
    """One step of the mediator: a session, a proposal, the agreement, or the way elsewhere."""
    found = queries.case_for(request.actor, case_id)
    if request.method != "POST" or what not in STEPS:
        raise Http404
    if found.closed_at:
        raise law.No(_("这个案子已经结束，不能再改。"))
    form = _form(what, _others(found), request.POST)
    if attempt(form, lambda _data: STEPS[what][1](found, form, request.actor)):
        return redirect(_after(found, what))
    return _case_page(request, found, status=422, **{what: form})


def _after(found, what: str) -> str:
    """Back to the case; who handed it to somebody else cannot read it any more."""
    if what == "aside":
        return reverse("mediation:cases")
    return reverse("mediation:case", kwargs={"case_id": found.pk})


def _elsewhere(found, form, by):
    to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
    if to == "table":
        return actions.back_to_table(found, reason, by=by)
    return actions.hand_over(found, to, reason, by=by)


def _others(found) -> list[Post]:
    return [post for post in queries.mediators_for(found.topic) if post.pk != found.post_id]


def _rows(posts: list[Post]):
    return Post.objects.filter(pk__in=[post.pk for post in posts]).order_by("-place", "id")


STEPS = {
    "session": (Session, lambda c, form, by: actions.note_session(c, by=by, **form.cleaned_data)),
    "proposal": (Proposal, lambda c, form, by: actions.propose(c, by=by, **form.cleaned_data)),
    "agreement": (Agreement, lambda c, form, by: actions.agree(
        c, form.cleaned_data["words"], form.obligations(), by=by)),
    "elsewhere": (Elsewhere, _elsewhere),
    "aside": (StepAside, lambda c, form, by: actions.change_mediator(c, by=by, **form.cleaned_data)),
}  # fmt: skip
