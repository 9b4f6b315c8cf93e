"""The life of a topic as one table of states and one of moves. `move()` alone sets a state.

The tables are drawn as a public page; workflow and wording are changed here and nowhere else.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from ..ground.calendar import clocks
from ..ground.calendar.clock import now
from ..ground.journal import verbs
from ..ground.journal.discretion import discreet
from ..ground.journal.record import record
from ..ground.people.actor import ROLES
from ..ground.people.law import No
from .models import Topic

# What is merged is a topic no longer ("joined"): it stands in no list and no figure but its own.
FAMILIES = {"open": N_("办理中"), "settled": N_("有结果"), "closed": N_("已终止")}
# The columns of the drawn lifecycle, in the order of the way. The rail of a topic page is made of them (rail.py).
STAGES = {
    "triage": N_("核实"),
    "review": N_("审定"),
    "deliberation": N_("商量"),
    "mediation": N_("调解"),
    "delivery": N_("办理"),
    "evaluation": N_("评价"),
    "ended": N_("结果"),
}


@dataclass(frozen=True)
class State:
    """`wording` is what the public reads; `clock` the promise that starts on entering; `holder` who holds it.

    `by_parts`: the promise runs on each part of the topic, where it is kept; the topic shows its end alone.
    `pauses`: the promise that is held while the topic is here, for the reason in `wording`; it is not begun anew.
    """

    name: str
    label: str
    wording: str
    stage: str
    family: str = "open"
    clock: str = ""
    holder: str = ""
    tone: str = ""
    by_parts: bool = False
    pauses: str = ""

    @property
    def paused(self) -> str:
        """The promise that is held meanwhile, in words; empty where none is."""
        return _(clocks.CLOCKS[self.pauses].name) if self.pauses else ""


@dataclass(frozen=True)
class Move:
    """A step from some states to one, by roles; `back` needs a reason."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    roles: tuple[str, ...]
    wording: str
    back: bool = False


class Conflict(Exception):  # noqa: N818 — someone else was quicker; nothing is broken
    """The topic is no longer in the state the doer saw."""


def _table(rows):
    return {row.name: row for row in rows}


STATES: dict[str, State] = _table((
    State("received", N_("已收到"), N_("已收到，等待受理"), "triage", clock="acceptance", holder="clerk"),
    State("verifying", N_("核实中"), N_("正在核实情况"), "triage", clock="verification", holder="clerk"),
    State("needs_information", N_("等补充"), N_("有问题要请您补充"), "triage",
          clock="information", holder="resident", tone="due", pauses="verification"),
    State("in_review", N_("审定中"), N_("正由党组织审定"), "review", clock="review", holder="reviewer"),
    State("postponed", N_("已暂缓"), N_("暂缓协商，到期再议"), "review", holder="reviewer", tone="due"),
    State("preparing", N_("准备协商"), N_("正在调研、准备方案，欢迎提建议"), "deliberation",
          clock="preparation", holder="convener"),
    State("announced", N_("已公告"), N_("协商会时间地点已公告"), "deliberation", clock="meeting", holder="convener"),
    State("deliberating", N_("协商中"), N_("正在协商"), "deliberation", clock="publication", holder="convener"),
    State("escalated", N_("提请上级协商"), N_("本级没有谈拢，正在提请上一级协商"), "deliberation",
          clock="preparation", holder="convener", tone="due"),
    State("concluded", N_("已有结论"), N_("协商有了结论，等待落实"), "deliberation",
          clock="handing", holder="convener"),
    State("statutory_vote", N_("法定表决中"), N_("已交法定程序表决，这里记录结果"), "deliberation",
          clock="statutory_vote", holder="convener"),
    State("in_mediation", N_("调解中"), N_("正在调解，内容不公开"), "mediation", clock="mediation", holder="mediator"),
    State("transferred", N_("已转办"), N_("已转给负责的单位，等它的结果"), "delivery",
          clock="transfer", holder="clerk"),
    State("delivering", N_("办理中"), N_("承办单位正在办理"), "delivery",
          clock="task", holder="unit_officer", by_parts=True),
    State("confirming", N_("等确认"), N_("承办单位报告办好了，等反映人确认"), "evaluation",
          clock="confirmation", holder="resident", tone="due"),
    State("supervised", N_("督办中"), N_("没有办好，已进入督办"), "delivery",
          clock="supervision", holder="supervisor", tone="hot"),
    State("resolved", N_("已解决"), N_("已解决，由反映人或邻居确认"), "ended", "settled", tone="done"),
    State("answered", N_("已答复"), N_("已答复"), "ended", "settled", tone="done"),
    State("transferred_done", N_("转办有结果"), N_("负责的单位已给出结果"), "ended", "settled", tone="done"),
    State("mediated", N_("调解成功"), N_("已调解"), "ended", "settled", tone="done"),
    State("vote_recorded", N_("表决有结果"), N_("法定表决结果已记录"), "ended", "settled", tone="done"),
    State("looked_back", N_("回头看仍有效"), N_("半年后回头看，结果仍然有效"), "ended", "settled", tone="done"),
    State("not_feasible", N_("暂办不了"), N_("暂时办不了，原因已公开"), "ended", "closed"),
    State("explained", N_("已说明"), N_("承办单位已公开说明"), "ended", "closed"),
    State("declined", N_("不予受理"), N_("不予受理，原因和去处已告知"), "ended", "closed"),
    State("merged", N_("已并案"), N_("已并入同一件事，一起办"), "ended", "joined"),
    State("withdrawn", N_("已撤回"), N_("反映人已撤回"), "ended", "closed"),
    State("handed_over", N_("已交司法"), N_("已转法院或仲裁处理"), "ended", "closed"),
))  # fmt: skip

ENDED = tuple(state.name for state in STATES.values() if state.family != "open")
CLERKS = ("clerk", "convener", "system")
SORTING = ("verifying",)
AT_GATE = ("in_review", "postponed")
# Whoever reported something, in whatever post: the law asks whose report it is.
REPORTERS = tuple(role for role in ROLES if role not in {"system", "integration"})

MOVES: dict[str, Move] = _table((
    Move("verify", N_("受理"), ("received",), "verifying", CLERKS, N_("已受理，开始核实")),
    Move("ask", N_("要求补充"), ("verifying",), "needs_information", CLERKS, N_("请反映人补充情况")),
    Move("answer_in", N_("补充到了"), ("needs_information",), "verifying", ("resident", *CLERKS), N_("反映人补充了情况")),
    Move("silence", N_("逾期未补充"), ("needs_information",), "declined", ("clerk", "system"),
         N_("15 个工作日没有等到补充"), back=True),
    Move("merge", N_("并案"), ("received", "verifying"), "merged", CLERKS, N_("并入同一件事")),
    Move("split", N_("撤销并案"), ("merged",), "verifying", CLERKS, N_("撤销并案，单独办理"), back=True),
    Move("withdraw", N_("撤回"), ("received", "verifying", "needs_information"), "withdrawn",
         REPORTERS, N_("反映人撤回")),
    Move("decline", N_("不予受理"), ("received", "verifying"), "declined", CLERKS, N_("不予受理"), back=True),
    Move("answer", N_("答复"), SORTING, "answered", CLERKS, N_("已答复")),
    Move("transfer", N_("转办"), SORTING, "transferred", CLERKS, N_("转给负责的单位")),
    Move("transfer_result", N_("记录转办结果"), ("transferred",), "transferred_done", CLERKS, N_("转办有了结果")),
    Move("handle_directly", N_("直办"), SORTING, "delivering", CLERKS, N_("职责清楚，直接办理")),
    Move("settle_on_the_spot", N_("即时议"), SORTING, "deliberating", ("convener", "clerk"), N_("小事即议，当场商量")),
    Move("respond_at_once", N_("应急处置"), ("received", "verifying"), "deliberating",
         ("convener", "clerk"), N_("情况紧急，先处置，24 小时内补审")),
    Move("propose", N_("提交审定"), SORTING, "in_review", ("convener", "clerk"), N_("提交党组织审定")),
    Move("mediate", N_("进入调解"), ("verifying", "deliberating"), "in_mediation", ("convener", "clerk"),
         N_("转入调解，内容不公开")),
    Move("hand_to_vote", N_("交法定表决"), ("verifying", "concluded"), "statutory_vote", ("convener", "clerk"),
         N_("交由法定程序表决")),
    Move("record_vote", N_("记录表决结果"), ("statutory_vote",), "vote_recorded", ("convener", "clerk"),
         N_("法定表决有了结果")),
    Move("approve", N_("同意协商"), AT_GATE, "preparing", ("reviewer",), N_("党组织同意协商")),
    Move("return", N_("退回"), AT_GATE, "verifying", ("reviewer",), N_("审定退回"), back=True),
    Move("postpone", N_("暂缓"), AT_GATE, "postponed", ("reviewer",), N_("审定暂缓"), back=True),
    Move("review_again", N_("重新提请"), ("preparing", "escalated"), "in_review", ("convener", "reviewer"),
         N_("重新提请审定"), back=True),
    Move("announce", N_("公告协商会"), ("preparing",), "announced", ("clerk", "convener"), N_("协商会已公告")),
    Move("change_meeting", N_("改期"), ("announced",), "preparing", ("clerk", "convener"), N_("协商会改期"), back=True),
    Move("open", N_("开会"), ("announced",), "deliberating", ("convener", "clerk"), N_("协商会开始")),
    Move("second_round", N_("再议一轮"), ("deliberating",), "announced", ("convener",), N_("没有谈拢，再议一轮"), back=True),
    Move("escalate", N_("提请上级"), ("deliberating",), "escalated", ("convener",), N_("提请上一级协商"), back=True),
    Move("conclude", N_("形成结论"), ("deliberating",), "concluded", ("convener",), N_("协商有了结论")),
    Move("reconsider", N_("重新准备"), ("concluded",), "preparing", ("convener",), N_("结论没有通过，重新准备"), back=True),
    Move("deliver", N_("交办"), ("concluded",), "delivering", ("convener",), N_("协商成果交办")),
    Move("settle_mediation", N_("达成调解"), ("in_mediation",), "mediated", ("mediator",), N_("调解达成协议")),
    Move("back_to_table", N_("转回协商"), ("in_mediation",), "deliberating", ("mediator", "convener"),
         N_("调解转回协商"), back=True),
    Move("back_to_sorting", N_("转回分流"), ("in_mediation",), "verifying", ("mediator", "convener"),
         N_("调解转回公开处理，重新分流"), back=True),
    Move("hand_over", N_("交法院或仲裁"), ("in_mediation",), "handed_over", ("mediator",), N_("转法院或仲裁"), back=True),
    Move("report_done", N_("报告办好"), ("delivering", "supervised"), "confirming",
         ("unit_officer", "convener"), N_("承办单位报告办好了")),
    Move("cannot_do", N_("说明办不了"), ("delivering",), "not_feasible", ("convener",), N_("暂时办不了"), back=True),
    Move("supervise", N_("督办"), ("delivering", "confirming"), "supervised", ("supervisor", "system"),
         N_("进入督办"), back=True),
    Move("resume", N_("督办后继续办"), ("supervised",), "delivering", ("supervisor",), N_("督办后继续办理")),
    Move("explain", N_("公开说明"), ("supervised",), "explained", ("supervisor",), N_("承办单位公开说明"), back=True),
    Move("confirm", N_("确认解决"), ("confirming",), "resolved", ("resident",), N_("反映人或邻居确认解决")),
    Move("redo", N_("没有解决"), ("confirming",), "delivering", ("resident",), N_("反映人说没有解决，返工"), back=True),
    Move("look_back", N_("回头看"), ("resolved",), "looked_back", ("resident", "system"), N_("回头看，仍然有效")),
    Move("reopen", N_("重新打开"), tuple(n for n in ENDED if n != "merged"), "verifying",
         ("resident", "auditor"), N_("重新打开"), back=True),
))  # fmt: skip

verbs.declare(*(verbs.Verb(f"topic.{move.name}", move.wording) for move in MOVES.values()))


def move(topic: Topic, name: str, *, by, reason: str = "", holder: str = "",
         due: datetime | None = None, data: dict | None = None, **fields) -> Topic:  # fmt: skip
    """Take `topic` along the move `name`: the state, its clock, who holds it, and the journal entry.

    Call inside a deed. `holder` is the body now holding it, `due` overrides the state's usual clock,
    `fields` are further columns changed with it (outcome, merged_into). Raises Conflict when the topic
    has moved on meanwhile, law.No when the table refuses, with words for the page.
    """
    step, reason = MOVES[name], discreet(reason)
    refused = why_not(topic, name, role=by.role, reason=reason)
    if refused:
        raise refused
    state, facts = STATES[step.target], {"from": topic.state, "to": step.target, "seconds": _seconds_in(topic)}
    holder = holder or _holder(topic, state)
    deadline = _start_clock(topic, state, holder, due)
    _write(topic, state, holder=holder, due_at=deadline, reason=reason, **fields)

    facts |= {"reason": reason} if reason else {}
    facts |= {"due": deadline.isoformat()} if deadline else {}
    facts |= {"paused": state.pauses} if state.pauses else {}
    record(f"topic.{name}", by=by, topic=topic, data=(data or {}) | facts)  # what the move itself says stands
    return topic


def why_not(topic: Topic, name: str, *, role: str, reason: str) -> Exception | None:
    """What stands against a move, as the exception to raise; None when nothing does."""
    step = MOVES[name]
    if topic.state not in step.sources:
        return Conflict(
            _("这件事现在是“%(state)s”，不能%(move)s。请刷新看看最新情况。")
            % {"state": _(STATES[topic.state].label), "move": _(step.label)}
        )
    if role not in step.roles:
        return No(_("“%s”不由您来做。") % _(step.label))
    if step.back and not reason.strip():
        return No(_("“%s”要写明原因。") % _(step.label))
    return None


def begin(topic: Topic) -> Topic:
    """Bring a new topic to life in the first state, its clock running. The caller journals how it came."""
    state = STATES["received"]
    topic.state, topic.stage, topic.family = state.name, state.stage, state.family
    topic.created_at = topic.moved_at = now()
    topic.holder = _holder(topic, state)
    topic.due_at = clocks.CLOCKS[state.clock].due(topic.created_at)
    topic.save(force_insert=True)
    clocks.start(state.clock, topic.subject, place=topic.place, holder=topic.holder, due=topic.due_at)
    return topic


def hand_on(topic: Topic, holder: str, due_at: datetime | None) -> None:
    """Let the topic show who holds it now and until when; its state stays. Inside a deed that journals why."""
    Topic.objects.filter(pk=topic.pk).update(holder=holder, due_at=due_at)
    topic.holder, topic.due_at = holder, due_at


def _holder(topic: Topic, state: State) -> str:
    """Who holds a topic in this state, in the words of the topic page; units are named by their moves."""
    if state.holder in {"clerk", "convener"}:
        return topic.room.name
    return ROLES.get(state.holder, "")


def _start_clock(topic: Topic, state: State, holder: str, due: datetime | None) -> datetime | None:
    if state.family != "open":
        clocks.stop(topic.subject)
        return None
    held = _held(topic, state)
    clocks.stop(topic.subject, *({s.clock for s in STATES.values() if s.clock} - {clock.kind for clock in held}))
    if not state.clock:
        return due
    if state.by_parts:
        return due or clocks.CLOCKS[state.clock].due(now())
    if held and state.clock == held[0].kind and not due:
        return clocks.go_on(held[0])
    return clocks.start(state.clock, topic.subject, place=topic.place, holder=holder, due=due).due_at


def _held(topic: Topic, state: State) -> list[clocks.Clock]:
    """The clock that is paused in this state, or was in the state before and belongs to this one."""
    if state.pauses:
        held = clocks.running(topic.subject, state.pauses)
        for clock in held:
            clocks.pause(clock, state.wording)
        return held
    if not STATES[topic.state].pauses:
        return []
    return [clock for clock in clocks.running(topic.subject, state.clock) if clock.paused_at]


def _write(topic: Topic, state: State, **fields) -> None:
    """The one place that sets a state. Two movers who saw the same state cannot both get past the filter."""
    rows = Topic.objects.filter(pk=topic.pk, state=topic.state, moves=topic.moves)
    rows._by_lifecycle = True
    values = {
        "state": state.name,
        "stage": state.stage,
        "family": state.family,
        "moved_at": now(),
        "ended_at": None if state.family == "open" else now(),
        **fields,
    }
    if rows.update(moves=F("moves") + 1, **values) != 1:
        raise Conflict(_("刚刚有人先办了这件事，请刷新看看最新情况。"))
    for name, value in values.items():
        setattr(topic, name, value)
    topic.moves += 1


def _seconds_in(topic: Topic) -> int:
    """How long the topic has been in its present state: what "median days per stage" is counted from."""
    return max(0, int((now() - topic.moved_at).total_seconds()))
