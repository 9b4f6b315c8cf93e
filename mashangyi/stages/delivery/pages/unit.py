"""The unit's desk: what to do, due first, and one task with everything that can be done about it.

It shows the contract and what is public of the matter. It never loads a report: neither who reported
it, nor their words, nor their photos can come onto these pages.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ....ground.asked import attempt, paged, whole
from ....ground.people.guards import staff
from ....ground.photos.store import keep
from .. import actions, queries, rules
from ..forms import AskExtension, CannotDo, Done, Reason, Step
from ..panels import WORDS

TILES = {
    "open": N_("手上的"),
    "assigned": N_("等签收"),
    "working": N_("在办"),
    "soon": N_("3 天内到期"),
    "overdue": N_("已超期"),
    "returned": N_("请求退回"),
    "done": N_("办结的"),
}


@staff("unit_officer")
def tasks(request):
    """The unit's tasks, due first; every number is the link to its list."""
    narrow = request.GET.get("show", "open")
    if narrow not in queries.FILTERS:
        narrow = "open"
    unit, after = request.actor.unit_id, whole(request.GET.get("after"))
    found, following = paged(queries.tasks_of_unit(unit, narrow, after=after), queries.PAGE)
    return render(request, "delivery/tasks.html", {
        "tasks": found,
        "next": following,
        "tiles": _tiles(unit),
        "narrow": narrow,
        **WORDS,
    })  # fmt: skip


def _tiles(unit: int) -> list[tuple[str, str, int]]:
    """(filter, words, number) of each list; what was asked to be returned is shown only when there is any."""
    numbers = queries.numbers_of_unit(unit)
    return [
        (name, _(words), numbers[name])
        for name, words in TILES.items()
        if name != "returned" or numbers[name]
    ]


@staff("unit_officer")
def task(request, task_id: int):
    """One task: the contract, what was done, what can be done now."""
    return _task_page(request, queries.task_for(request.actor, task_id))


def _task_page(request, found, status: int = 200, **forms):
    queries.with_steps(found)
    blank = {
        "step": Step(auto_id="step-%s"), "done": Done(auto_id="done-%s", initial={"actual_cost": found.actual_cost}),
        "extend": AskExtension(auto_id="extend-%s"), "return_": Reason(auto_id="return-%s"),
        "cannot": CannotDo(auto_id="cannot-%s"),
    }  # fmt: skip
    others = queries.tasks_of_unit(request.actor.unit_id)
    return render(request, "delivery/task.html", {
        "task": found,
        "topic": found.topic,
        "urgings": queries.urgings_of(found),
        "waits": next((plea for plea in found.asked if plea.decided_at is None), None),
        "under_way": found.topic.state in rules.UNDER_WAY and found.is_open,
        "may_return": not rules.why_not_return(found),
        "others": others[: queries.PAGE],
        "wrong": next(iter(forms), ""),
        **blank,
        **forms,
        **WORDS,
    }, status=status)  # fmt: skip


@staff("unit_officer")
def act(request, task_id: int, what: str):
    """One step of the unit: sign, step, done, extend, return, cannot."""
    found = queries.task_for(request.actor, task_id)
    if request.method != "POST":
        return redirect("delivery:task", task_id=task_id)
    if what == "sign":
        actions.sign_for(found, by=request.actor)
        messages.success(request, _("已签收。办了哪一步，就在这里写一句、拍一张。"))
        return redirect("delivery:task", task_id=task_id)
    if what not in STEPS:
        raise Http404
    return _submitted(request, found, what)


def _submitted(request, found, what: str):
    name, form_of, do, thanks = STEPS[what]
    form, said = form_of(request.POST, auto_id=f"{what}-%s"), []
    if not attempt(form, lambda data: said.append(do(found, data, request))):
        return _task_page(request, found, status=422, **{name: form})
    messages.success(request, _(thanks or said[0]))
    return redirect("delivery:task", task_id=found.pk)


def _step(found, data, request):
    photos = keep(request.FILES.getlist("photos"))
    actions.add_milestone(found, data["words"], kind=data["kind"], photos=photos, by=request.actor)


def _done(found, data, request) -> str:
    """What follows, in words: whoever reported it is asked when nothing else is left to do."""
    photos = keep(request.FILES.getlist("photos"))
    task = actions.report_done(
        found, data["words"], actual_cost=data["actual_cost"], photos=photos, by=request.actor
    )
    if task.topic.state in rules.UNDER_WAY:
        return N_("已报告办好。这件事的其他任务也办好以后，就请反映人确认。")
    return N_("已报告办好。下一步由反映人确认是不是真的解决了。")


STEPS = {
    "step": ("step", Step, _step, N_("记下了，居民已经能看到。")),
    "done": ("done", Done, _done, ""),
    "extend": ("extend", AskExtension, lambda task, data, request: actions.ask_extension(
        task, data["until"], data["reason"], by=request.actor), N_("延期申请已交给召集人。")),
    "return": ("return_", Reason, lambda task, data, request: actions.return_task(
        task, data["reason"], by=request.actor), N_("退回请求已交给召集人，答复以前仍由本单位负责。")),
    "cannot": ("cannot", CannotDo, lambda task, data, request: actions.cannot_do(
        task, data["cause"], data["reason"], by=request.actor), N_("说明已交给召集人。")),
}  # fmt: skip
