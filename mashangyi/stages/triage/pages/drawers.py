"""The deeds of the triage screen as data: each is a drawer with a small form, a key, and who may open it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ....ground.people import law
from ....ground.photos.store import keep
from ....topic.lifecycle import MOVES
from ....topic.models import Topic
from .. import actions, forms


@dataclass(frozen=True)
class Drawer:
    """`run(topic, fields, request)` does the deed; `move` is the move it makes, if it makes one."""

    name: str
    label: str
    key: str
    form: type[Form]
    run: Callable
    permission: str
    move: str = ""
    done: str = ""
    icon: str = ""
    tone: str = ""
    photos: bool = False
    while_open: bool = False

    def empty(self) -> Form:
        """Its form as it is first shown, for a drawer in which nothing depends on the topic."""
        return self.form(auto_id=f"{self.name}-%s")

    def is_open(self, topic: Topic, actor) -> bool:
        """Whether the topic's state and the actor's post allow it. What was merged is worked on where it went."""
        if topic.state == "merged" or self.while_open and not topic.is_open:
            return False
        return law.may(actor, self.permission, topic) and (
            not self.move or is_possible(topic, self.move, actor.role)
        )


@dataclass(frozen=True)
class Way:
    """A way out of triage that belongs to a later stage: a button that leads to its form."""

    name: str
    label: str
    key: str
    move: str
    route: str
    tone: str = ""

    def address(self, topic: Topic) -> str:
        """Where the later stage asks for what it needs. Its route is known by name alone: it comes after triage."""
        return reverse(self.route, kwargs={"number": topic.number})


def is_possible(topic: Topic, move: str, role: str) -> bool:
    """Whether `role` can make the move now; a fresh message is taken up on the way."""
    step = MOVES[move]
    sources = {*step.sources, "received"} if "verifying" in step.sources else set(step.sources)
    return topic.state in sources and role in step.roles


# --- what each drawer does ---------------------------------------------------------------------


def _ask(topic, fields, request):
    actions.ask(topic, by=request.actor, **fields)


def _note_answer(topic, fields, request):
    actions.answer_in(topic, by=request.actor, **fields)


def _answer(topic, fields, request):
    actions.answer(topic, by=request.actor, **fields)


def _transfer(topic, fields, request):
    actions.transfer(topic, by=request.actor, **fields)


def _result(topic, fields, request):
    actions.record_transfer_result(topic, by=request.actor, **fields)


def _decline(topic, fields, request):
    actions.decline(topic, by=request.actor, **fields)


def _call(topic, fields, request):
    report, reached = fields["report"], fields["reached"] == "1"
    actions.record_call_back(report, reached, fields["words"], by=request.actor)


def _visit(topic, fields, request):
    actions.record_visit(topic, by=request.actor, photos=keep(request.FILES.getlist("photos")), **fields)


def _describe(topic, fields, request):
    actions.describe(topic, by=request.actor, **fields)
    if request.POST.get("then") == "propose":
        actions.propose(topic, by=request.actor)


DESCRIBE = Drawer(
    "describe",
    N_("写公开内容"),
    "p",
    forms.Describe,
    _describe,
    "triage.describe",
    done=N_("公开页已更新"),
    icon="pencil",
    while_open=True,
)
ASK = Drawer("ask", N_("要补充"), "i", forms.Ask, _ask, "triage.ask", "ask", N_("已请反映人补充"))
CALL = Drawer(
    "call",
    N_("记一次回访"),
    "c",
    forms.CallBack,
    _call,
    "triage.call_back",
    done=N_("回访记下了"),
    icon="phone",
)
DRAWERS = {
    drawer.name: drawer
    for drawer in (
        DESCRIBE,
        ASK,
        CALL,
        Drawer("note", N_("记下补充的情况"), "n", forms.Ask, _note_answer, "triage.ask", "answer_in",
               N_("补充记下了")),
        Drawer("visit", N_("记现场查看"), "v", forms.Visit, _visit, "triage.visit",
               done=N_("现场情况记下了"), photos=True),
        Drawer("answer", N_("答复"), "r", forms.Answer, _answer, "triage.answer", "answer", N_("已答复")),
        Drawer("transfer", N_("转办"), "t", forms.Transfer, _transfer, "triage.transfer", "transfer",
               N_("已转办")),
        Drawer("result", N_("记转办结果"), "r", forms.Result, _result, "triage.transfer", "transfer_result",
               N_("转办结果记下了")),
        Drawer("decline", N_("不予受理"), "x", forms.Decline, _decline, "triage.decline", "decline",
               N_("已告知不予受理"), tone="danger"),
    )
}  # fmt: skip
WAYS = {
    way.name: way
    for way in (
        Way("direct", N_("直办"), "d", "handle_directly", "delivery:handle_directly"),
        Way("quick", N_("即时议"), "q", "settle_on_the_spot", "deliberation:at_once"),
        Way("emergency", N_("应急"), "e", "respond_at_once", "deliberation:at_once", "danger"),
        Way("mediate", N_("调解"), "l", "mediate", "mediation:open_case"),
        Way("vote", N_("法定表决"), "b", "hand_to_vote", "deliberation:hand"),
    )
}


def bound(drawer: Drawer, topic: Topic, data=None, **initial) -> Form:
    """The drawer's form for this topic: with what was sent, or as it is first shown."""
    more = {"auto_id": f"{drawer.name}-%s", "initial": initial}
    if drawer.name == "call":
        more["reports"] = topic.reports.filter(withdrawn_at=None)
    if drawer.name == "describe":
        more["photos"] = initial.pop("shown", ())
    return drawer.form(data, **more)


def said_after(drawer: Drawer, topic: Topic) -> str:
    done = _("公开页已更新，已提交审定") if drawer.name == "describe" and topic.state == "in_review" else _(drawer.done)
    return _("%(done)s：%(title)s") % {"done": done, "title": topic.title or topic.number}
