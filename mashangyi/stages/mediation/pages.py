"""Pages of mediation: open a case, and the closed room in which its mediator works."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render

from ...ground.people.guards import staff
from ...ground.people.models import Post
from ...topic.queries import topic_for
from . import actions, queries, rules
from .forms import Agreement, Elsewhere, OpenCase, Proposal, Session


@staff("clerk", "convener")
def open_case(request, number: str):
    """Name the parties and choose a mediator without an interest in the case."""
    topic = topic_for(request.actor, number)
    mediators = Post.objects.filter(pk__in=[post.pk for post in queries.mediators_for(topic)])
    form = OpenCase(request.POST or None, mediators=mediators)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_case(topic, by=request.actor, **form.cleaned_data)
            return redirect("topic:desk_topic", number=topic.number)
        except ValidationError as problem:
            form.add_error(None, problem)
    return render(request, "mediation/open.html", {
        "topic": topic, "form": form, "mediators": mediators,
    }, status=422 if form.errors else 200)  # fmt: skip


@staff("mediator")
def case(request, case_id: int):
    """The case with its papers, and what the mediator can do next."""
    found = queries.case_for(request.actor, case_id)
    return _case_page(request, found)


def _case_page(request, found, status: int = 200, **forms):
    blank = {name: form_of(auto_id=f"{name}-%s") for name, (form_of, _do) in STEPS.items()}
    return render(request, "mediation/case.html", {
        "case": found,
        "topic": found.topic,
        "sheets": queries.sheets_of(found, request.actor),
        "KINDS": rules.KINDS,
        **blank,
        **forms,
    }, status=status)  # fmt: skip


@staff("mediator")
def act(request, case_id: int, what: str):
    """One step of the mediator: a session, a proposal, the agreement, or the way elsewhere."""
    found = queries.case_for(request.actor, case_id)
    if request.method != "POST" or what not in STEPS:
        raise Http404
    form_of, do = STEPS[what]
    form = form_of(request.POST, auto_id=f"{what}-%s")
    if form.is_valid():
        try:
            do(found, form, request.actor)
            return redirect("mediation:case", case_id=found.pk)
        except ValidationError as problem:
            form.add_error(None, problem)
    return _case_page(request, found, status=422, **{what: form})


def _elsewhere(found, form, by):
    to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
    if to == "table":
        return actions.back_to_table(found, reason, by=by)
    return actions.hand_over(found, to, reason, by=by)


STEPS = {
    "session": (Session, lambda c, form, by: actions.note_session(c, by=by, **form.cleaned_data)),
    "proposal": (Proposal, lambda c, form, by: actions.propose(c, by=by, **form.cleaned_data)),
    "agreement": (Agreement, lambda c, form, by: actions.agree(
        c, form.cleaned_data["words"], form.obligations(), by=by)),
    "elsewhere": (Elsewhere, _elsewhere),
}  # fmt: skip
