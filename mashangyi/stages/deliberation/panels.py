"""What deliberation shows on the pages of a topic: to everyone, to those who host, and to the party organisation."""

from ...ground.people.actor import KEEPERS
from ...topic.panels import Panel
from . import queries
from .shown import WORDS

QUIET_TRACKS = {"direct", "transfer", "answer", "decline"}
EARLY_STAGES = {"triage", "review"}


def public(topic, actor) -> dict | None:
    """What everyone reads on the topic's page: two queries at most."""
    if topic.track in QUIET_TRACKS:
        return None
    found = queries.public_of(topic)
    meetings = found["meetings"]
    if topic.stage in EARLY_STAGES and not meetings:
        return None
    if not (meetings or found["suggestions"] or found["options"] or found["votes"] or topic.stage == "deliberation"):
        return None
    return {
        "words": WORDS,
        **found,
        "next": next((each for each in meetings if each.state in {"planned", "open"}), None),
        "may_suggest": topic.stage not in EARLY_STAGES | {"mediation"} and topic.family != "closed",
    }


def host(topic, actor) -> dict | None:
    """What clerk and convener may do next: prepare, go to the console, or meet at once; later on, what still
    waits for a word of theirs."""
    if topic.stage not in {"triage", "deliberation"}:
        return _afterwards(topic)
    meeting = queries.planned_or_open(topic) if topic.stage == "deliberation" else None
    at_once = topic.state in {"received", "verifying"}
    return {"meeting": meeting, "at_once": at_once} if topic.stage == "deliberation" or at_once else None


def _afterwards(topic) -> dict | None:
    """Suggestions that nobody has answered and pledges of which nobody knows; None where there never were any."""
    suggestions, pledges = queries.afterwards_of(topic)
    if not (suggestions or pledges):
        return None
    return {
        "meeting": None, "at_once": False,
        "unanswered": sum(each.adopted is None for each in suggestions),
        "untold": sum(each.kept is None for each in pledges),
    }  # fmt: skip


def confirming(topic, actor) -> dict | None:
    """A resolution that waits for the party organisation's confirmation."""
    waiting = [each for each in queries.resolutions_of(topic) if each.adopted and not each.confirmed_at]
    return {"resolution": waiting[0], "words": WORDS} if waiting else None


PANELS = (
    Panel("deliberation", 30, "deliberation/panel.html", public),
    Panel("deliberation_host", 30, "deliberation/host_panel.html", host, KEEPERS),
    Panel("deliberation_confirm", 31, "deliberation/confirm_panel.html", confirming, ("reviewer",)),
)
