"""The supervisor's side: what is late or supervised under the place, and what to do about it."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from ....ground.asked import paged, sent, whole
from ....ground.people.guards import staff
from ....topic.queries import topic_for, waiting_under
from .. import actions, queries
from ..forms import Resume, Words
from ..panels import WORDS
from .table import back, done, form_page


@staff("supervisor")
def supervision(request):
    """Overdue tasks under the place, the latest first, and the topics under supervision."""
    place, after = request.actor.place, whole(request.GET.get("after"))
    found, following = paged(queries.overdue_under(place, after=after), queries.PAGE)
    return render(request, "delivery/supervision.html", {
        "tasks": found,
        "next": following,
        "supervised": waiting_under(place, ("supervised",), queries.PAGE),
        "numbers": queries.numbers_under(place),
        **WORDS,
    })  # fmt: skip


@staff("supervisor", "convener")
def urge(request, task_id: int):
    """Press a unit with words that everyone can read."""
    task = queries.task_by_id(task_id)
    topic = topic_for(request.actor, task.topic.number)
    form = Words(sent(request), auto_id=f"urge{task.pk}-%s")
    if done(
        request,
        form,
        lambda data: actions.urge(task, data["words"], by=request.actor),
        _("已督促，单位会收到。"),
    ):
        return back(topic)
    note = _("%(unit)s：%(what)s") % {"unit": task.unit.name, "what": task.content}
    return form_page(request, topic, form, _("督促"), _("发出督促"), note=note)


@staff("supervisor")
def supervise(request, number: str):
    """Put a topic under supervision."""
    topic = topic_for(request.actor, number)
    form = Words(sent(request))
    if done(
        request,
        form,
        lambda data: actions.supervise(topic, data["words"], by=request.actor),
        _("已进入督办。"),
    ):
        return back(topic)
    return form_page(
        request, topic, form, _("进入督办"), _("开始督办"), note=_("写明为什么督办，居民会看到。")
    )


@staff("supervisor")
def resume(request, number: str):
    """Let the units go on."""
    topic = topic_for(request.actor, number)
    form = Resume(sent(request))

    def go_on(data):
        actions.resume(topic, data["words"], due=data["due"], by=request.actor)

    if done(request, form, go_on, _("已回到办理。")):
        return back(topic)
    return form_page(
        request,
        topic,
        form,
        _("督办后继续办"),
        _("继续办"),
        note=_("写明督办的结果和要求，可以定一个新的期限。"),
    )


@staff("supervisor")
def explain(request, number: str):
    """End a supervised topic with a public explanation."""
    topic = topic_for(request.actor, number)
    form = Words(sent(request))
    if done(
        request, form, lambda data: actions.explain(topic, data["words"], by=request.actor), _("说明已公开。")
    ):
        return back(topic)
    note = _(
        "这会结束办理，结果记为“已说明”，不算解决。请写清什么没有做到、为什么。反映人半年内可以重新打开。"
    )
    return form_page(request, topic, form, _("公开说明"), _("公开说明并结束"), note=note, danger=True)
