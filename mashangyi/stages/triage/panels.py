"""What triage shows on the pages of a topic: to everyone, on the desk, and on the reporter's receipt."""

from django.urls import reverse

from ...ground.photos.queries import photos_of_all
from ...topic.panels import Panel
from ..intake.rules import receipt_secret
from . import queries
from .forms import Reply
from .rules import DECLINE_CODES, workdays_taken

STAFF = ("clerk", "convener", "reviewer", "grid_worker")


def _public(topic, actor) -> dict | None:
    """Who checked and what was found, without a word of what a reporter said."""
    visits = queries.visits_of(topic)
    reached, missed = queries.calls_made(topic)
    photos = _public_photos(topic, visits)
    if not (visits or reached or missed or any(photos.values())):
        return None
    own = [photo for subject, rows in photos.items() if subject.startswith("report:") for photo in rows]
    return {"visits": visits, "reached": reached, "missed": missed, "photos": photos, "said": own}


def _public_photos(topic, visits) -> dict:
    reports = topic.reports.order_by("id").values_list("pk", flat=True)[: queries.MOST_REPORTS]
    subjects = [*(f"report:{pk}" for pk in reports), *(visit.subject for visit in visits)]
    return photos_of_all(subjects, public_only=True)


def _decided(topic, actor) -> dict | None:
    """How it ended in triage: answer, transfer with its result, or decline with the way to go."""
    decisions = queries.decisions_of(topic)
    return {"decisions": decisions, "codes": DECLINE_CODES} if decisions else None


def _reviewed(topic, actor) -> dict | None:
    reviews = queries.reviews_of(topic)
    return (
        {"reviews": reviews, "days": {each.pk: workdays_taken(each) for each in reviews}} if reviews else None
    )


def _desk(topic, actor) -> dict | None:
    """The way to the screens of this stage, for those who have work there."""
    links = []
    if actor.role in {"clerk", "convener"} and (topic.stage == "triage" or topic.state == "transferred"):
        links.append("message")
    if actor.role == "reviewer" and (topic.stage == "review" or queries.late_review_due(topic)):
        links.append("review")
    if actor.role in {"grid_worker", "clerk", "convener"} and topic.is_open:
        links.append("visit")
    urls = {name: reverse(f"triage:{name}", kwargs={"number": topic.number}) for name in links}
    return {"urls": urls, "facts": queries.facts_of(topic)} if urls else None


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


# The journal's verbs that change what the public panels show, besides the moves of the topic.
OWN = ("triage.",)
PANELS = (
    Panel("triage_facts", 20, "triage/panel_facts.html", _public, verbs=OWN),
    Panel("triage_reviews", 22, "triage/panel_reviews.html", _reviewed, verbs=OWN),
    Panel("triage_decisions", 24, "triage/panel_decisions.html", _decided, verbs=OWN),
    Panel("triage_desk", 20, "triage/panel_desk.html", _desk, roles=STAFF),
)
RECEIPT = (Panel("triage_asked", 20, "triage/panel_asked.html", asked),)
