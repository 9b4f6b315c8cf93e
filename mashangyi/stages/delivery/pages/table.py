"""The table's side: hand over, decide what units ask. A form's mistakes have their own page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ....ground.asked import attempt, sent
from ....ground.people.actor import KEEPERS
from ....ground.people.guards import staff
from ....topic.queries import topic_for
from ...triage.queries import unit_of
from .. import actions, queries, rules
from ..forms import Assign, Decide, Reassign
from ..models import PLEAS


def form_page(request, topic, form, title: str, button: str, *, note: str = "", danger: bool = False):
    """One form on a page of its own, empty or with its mistakes."""
    return render(request, "delivery/form.html", {
        "topic": topic, "form": form, "title": title, "button": button, "note": note, "danger": danger,
    }, status=422 if form.errors else 200)  # fmt: skip


def done(request, form, deed, words: str) -> bool:
    """Do the deed of a form that was sent, and say so in these words; False when there was nothing to do, or a
    mistake, which the form then shows."""
    if not attempt(form, deed):
        return False
    messages.success(request, words)
    return True


def back(topic):
    return redirect("topic:desk_topic", number=topic.number)


# --- handing over ------------------------------------------------------------------------------


@staff(*KEEPERS)
def handle_directly(request, number: str):
    """A clear duty goes to its unit at once: who, what, until when."""
    topic = topic_for(request.actor, number)
    form = Assign(sent(request), units=queries.units_for(topic), initial=_known(topic))
    if done(request, form, lambda data: _hand(topic, data, request.actor), _("已交办，单位会收到通知。")):
        return back(topic)
    note = _("职责清楚、没有人反对的事，直接交给负责的单位。有争议的，请提交审定、开会商量。")
    return form_page(request, topic, form, _("直接交办"), _("交办"), note=note)


def _known(topic) -> dict:
    """What triage found out already: the form begins with it."""
    unit = unit_of(topic)
    return {"content": topic.title, "unit": unit and unit.pk, "usual": rules.usual_for(topic.category_id)}


def _hand(topic, data: dict, by):
    return actions.handle_directly(
        topic, data.pop("unit"), data.pop("content"), data.pop("due"), by=by, **data
    )


@staff("convener")
@require_POST
def deliver(request, number: str):
    """The resolution becomes tasks."""
    topic = topic_for(request.actor, number)
    try:
        tasks = actions.deliver(topic, by=request.actor)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("已交办 %(n)s 项任务，各单位会收到通知。") % {"n": len(tasks)})
    return back(topic)


@staff("convener")
def assign(request, number: str):
    """A further task of a matter that is being carried out."""
    topic = topic_for(request.actor, number)
    form = Assign(sent(request), units=queries.units_for(topic), auto_id="assign-%s")

    def add(data):
        actions.assign(
            topic, data.pop("unit"), data.pop("content"), data.pop("due"), by=request.actor, **data
        )

    if done(request, form, add, _("已交办，单位会收到通知。")):
        return back(topic)
    return form_page(request, topic, form, _("增加一项任务"), _("交办"))


@staff("convener")
def reassign(request, task_id: int):
    """Give a task to another unit."""
    task = queries.task_by_id(task_id)
    topic = topic_for(request.actor, task.topic.number)
    form = Reassign(sent(request), units=queries.units_for(topic))

    def give(data):
        actions.reassign(task, data["unit"], reason=data["reason"], by=request.actor)

    if done(request, form, give, _("已改交，新的单位会收到通知。")):
        return back(topic)
    note = _("原来由%(unit)s办：%(what)s") % {"unit": task.unit.name, "what": task.content}
    return form_page(request, topic, form, _("改交另一个单位"), _("改交"), note=note)


# --- deciding ----------------------------------------------------------------------------------


@staff("convener")
def decide(request, plea_id: int):
    """Agree to what a unit asks, or not, with a reason. A granted return asks for another unit."""
    plea = queries.plea_by_id(plea_id)
    topic = topic_for(request.actor, plea.task.topic.number)
    form = Decide(sent(request), auto_id=f"plea{plea.pk}-%s")
    if form.is_valid() and plea.kind == "return" and form.cleaned_data["answer"] == "grant":
        return redirect("delivery:reassign", task_id=plea.task_id)
    if done(request, form, lambda data: _answer(plea, data, request.actor), _("已答复。")):
        return back(topic)
    return form_page(request, topic, form, _("答复申请"), _("答复"), note=_asked(plea))


def _asked(plea) -> str:
    """What is asked and why; of more time, until when, beside the deadline of now."""
    facts = {"unit": plea.unit.name, "kind": _(PLEAS[plea.kind]), "reason": plea.reason}
    if plea.until is None:
        return _("%(unit)s申请%(kind)s：%(reason)s") % facts
    facts |= {"until": rules.day_of(plea.until), "due": rules.day_of(plea.task.due_at)}
    return _("%(unit)s申请从 %(due)s 延期到 %(until)s：%(reason)s") % facts


def _answer(plea, data: dict, by):
    if data["answer"] == "refuse":
        return actions.refuse(plea, data["words"], by=by)
    if plea.kind == "extension":
        return actions.grant_extension(plea, until=data["until"], by=by)
    return actions.agree_cannot_do(plea, by=by)
