"""The rail of the six steps: which are behind, which is now, and which this matter does not take."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.translation import gettext_noop as N_

from mashangyi.topic.lifecycle import STATES

STEPS = ("received", "triage", "review", "deliberation", "delivery", "evaluation")
WORDS = {
    "received": N_("收到"),
    "triage": N_("核实"),
    "review": N_("审定"),
    "deliberation": N_("商量"),
    "mediation": N_("调解"),
    "delivery": N_("办理"),
    "evaluation": N_("评价"),
}
SIGNS = {
    "past": N_("已完成"),
    "now": N_("现在在这一步"),
    "next": N_("还没到"),
    "out": N_("这件事不走这一步"),
    "later": N_("先处置，事后补"),
    "unfinished": N_("没有走完"),
}

# Steps that a track leaves out (workflow.md, "Tracks").
SKIPPED = {
    "direct": {"review", "deliberation"},
    "quick": {"review"},
    "transfer": {"review", "deliberation", "evaluation"},
    "mediation": {"review"},
    "answer": {"review", "deliberation", "delivery", "evaluation"},
    "statutory_vote": {"delivery", "evaluation"},
}
# Steps that come afterwards on a track: an emergency is looked at by the organ when the danger is over.
LATER = {"emergency": {"review"}}
# The last step that was really taken, for states in which the way ended before its end.
ENDED_AFTER = {
    "answered": "triage",
    "declined": "triage",
    "merged": "triage",
    "withdrawn": "received",
    "transferred_done": "delivery",
    "mediated": "deliberation",
    "handed_over": "deliberation",
    "vote_recorded": "deliberation",
    "not_feasible": "delivery",
    "explained": "delivery",
}
# It was tried, and given up before the reporters were content.
GIVEN_UP = {"explained"}
MEDIATED = {"in_mediation", "mediated", "handed_over"}


@dataclass(frozen=True)
class Step:
    """`label` and `sign` are Chinese msgids; `tone` is past, now, next or out."""

    label: str
    tone: str
    sign: str


@lru_cache(maxsize=512)
def steps(state: str, track: str = "") -> tuple[Step, ...]:
    """The six steps as they stand for a topic in `state` on `track`; always six, always in this order."""
    mediated = track == "mediation" or state in MEDIATED
    skipped = SKIPPED.get("mediation" if mediated else track, set())
    ended = STATES[state].stage == "ended"
    here = STEPS.index(_last(state))
    way = tuple(_step(name, index, here, ended, skipped, mediated) for index, name in enumerate(STEPS))
    way = tuple(_later(step) if name in LATER.get(track, ()) else step for name, step in zip(STEPS, way, strict=True))
    return (*way[:-1], replace(way[-1], sign=SIGNS["unfinished"])) if state in GIVEN_UP else way


def _later(step: Step) -> Step:
    return replace(step, tone="out by", sign=SIGNS["later"]) if step.tone == "past" else step


def _last(state: str) -> str:
    stage = STATES[state].stage
    if stage == "ended":
        return ENDED_AFTER.get(state, "evaluation")
    if state == "received":
        return "received"
    return "deliberation" if stage == "mediation" else stage


def _step(name, index, here, ended, skipped, mediated) -> Step:
    label = WORDS["mediation" if mediated and name == "deliberation" else name]
    tone = "past" if index < here or ended and index == here else "now" if index == here else "next"
    if tone != "now" and (name in skipped or ended and index > here):
        tone = "out by" if index < here else "out"
    return Step(label, tone, SIGNS[tone[:3] if tone.startswith("out") else tone])
