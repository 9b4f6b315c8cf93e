"""What triage shows on the pages of a topic: to everyone, on the desk, and on the reporter's receipt."""

from django.urls import reverse

from ...ground.people.actor import KEEPERS
from ...topic.panels import Panel
from ..intake.rules import receipt_secret
from . import queries
from .forms import Reply
from .rules import DECLINE_CODES, numbers_to_call, workdays_taken

STAFF = (*KEEPERS, "reviewer", "grid_worker")


def _public(topic, actor) -> dict | None:
    """Who checked and what was found, without a word of what a reporter said; what the party organisation decided;
    and how it ended in triage: answer, transfer with its result, or decline with the way to go."""
    told = queries.told_of(topic)
    checked = bool(told.visits or told.reached or told.missed or any(told.photos.values()))
    if not (checked or told.reviews or told.decisions):
        return None
    days = {each.pk: workdays_taken(each) for each in told.reviews}
    return {"told": told, "checked": checked, "days": days, "codes": DECLINE_CODES}


def _desk(topic, actor) -> dict | None:
    """The way to the screens of this stage, for those who have work there."""
    links = []
    if actor.role in KEEPERS and (topic.stage == "triage" or topic.state == "transferred"):
        links.append("message")
    if actor.role == "reviewer" and (topic.stage == "review" or queries.late_review_due(topic)):
        links.append("review")
    if actor.role in {"grid_worker", *KEEPERS} and topic.is_open:
        links.append("visit")
    urls = {name: reverse(f"triage:{name}", kwargs={"number": topic.number}) for name in links}
    return {"urls": urls, "facts": queries.facts_of(topic)} if urls else None


def danger(report, actor) -> dict | None:
    """On the receipt, until somebody has taken it up: whom to call at once when the words speak of danger to life."""
    waits = report.topic.state == "received" and not report.withdrawn_at
    calls = numbers_to_call(report.words) if waits else []
    return {"calls": calls} if calls else None


def asked(report, actor, form: Reply | None = None) -> dict | None:
    """On the receipt: what is asked, with the field to answer it; `form` is one that was sent with mistakes."""
    topic = report.topic
    question = queries.open_question(topic) if topic.state == "needs_information" else None
    if question is None or report.withdrawn_at:
        return None
    address = reverse(
        "triage:answer_in", kwargs={"number": report.number, "secret": receipt_secret(report.pk)}
    )
    return {"question": question, "due_at": topic.due_at, "address": address, "form": form or Reply()}


def answered(report, actor) -> dict | None:
    """On the receipt: what its holder answered, beneath what was asked."""
    answers = queries.answers_of(report)
    return {"answers": answers} if answers else None


def decided(report, actor) -> dict | None:
    """On the receipt: the answer itself, where it was handed, or why it was declined and where to go."""
    topic = report.topic.merged_into or report.topic
    if report.withdrawn_at or topic.state not in DECIDED:
        return None
    return {"decisions": queries.decisions_of(topic), "codes": DECLINE_CODES}


# States that a decision of triage leads to.
DECIDED = {"answered", "transferred", "transferred_done", "declined"}
# The journal's verbs that change what the public panels show, besides the moves of the topic.
OWN = ("triage.",)
PANELS = (
    Panel("triage", 20, "triage/panel_public.html", _public, verbs=OWN),
    Panel("triage_desk", 20, "triage/panel_desk.html", _desk, roles=STAFF),
)
# On the receipt, what was decided stands above the way to open it again.
RECEIPT = (
    Panel("triage_danger", 1, "triage/panel_danger.html", danger),
    Panel("triage_asked", 20, "triage/panel_asked.html", asked),
    Panel("triage_answered", 21, "triage/panel_answered.html", answered),
    Panel("triage_decided", 4, "triage/panel_decided.html", decided),
)
