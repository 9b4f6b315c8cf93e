"""What the triage screen shows of one message: its words with marks, its deeds, the suggestions beside it."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext_noop as N_

from ....topic.models import Topic
from ....topic.search.likeness import COMPARED, similar_to
from ....topic.timeline import timeline
from ...intake.models import CHANNELS
from .. import queries, rules, shelves
from ..identity import KINDS, bare, identity_marks, masked, phones_in
from .drawers import CALL, DESCRIBE, DRAWERS, WAYS, bound, is_possible

HEADINGS = {
    "received": N_("待受理"),
    "verifying": N_("核实中"),
    "needs_information": N_("等补充"),
    "transferred": N_("已转办"),
}
JOINED = "intake.joined"
REOPENED = "topic.reopen"


def wanted_by(request) -> shelves.Wanted:
    """What the address asks of the pile; what it does not know is left out."""
    asked = request.GET
    shelf = asked.get("shelf", "received")
    return shelves.Wanted(
        shelf=shelf if shelf in shelves.SHELVES else "received",
        channel=asked.get("channel", "") if asked.get("channel") in CHANNELS else "",
        category=asked.get("category", ""),
        overdue=asked.get("overdue") == "1",
        words=asked.get("words", "").strip()[:60],
        after=asked.get("after", ""),
    )


def screen(request, topic: Topic, tried: dict) -> dict:
    """The context of the middle and right columns; a fixed number of queries however much was said."""
    reports, facts = queries.reports_of(topic), queries.facts_of(topic)
    photos = queries.photos_for(reports, facts)
    categories = queries.categories_with_duty(topic.place)
    text = "\n".join(report.words for report in reports[:5])
    told = timeline(topic, request.actor)
    return {
        "title": topic.title or rules.heading(reports[0].words if reports else "") or topic.number,
        "tone": rules.tone(topic.due_at),
        "first": reports[0] if reports else None,
        "others": reports[1:],
        "to_call": [each for each in reports if not each.withdrawn_at and (each.has_phone or phones_in(each.words))],
        "shown": {report.pk: _shown(report.words) for report in reports},
        "photos": photos,
        "facts": facts,
        "story": _story(told),
        "reopened": topic.is_open and any(entry.verb == REOPENED for entry in told),
        "similar": _similar(topic, text),
        "risks": rules.risks(text),
        "hidden": _hidden(reports),
        "categories": queries.grouped(categories),
        "names": {each.path: each.name for each in categories},
        **_sorting(topic, text, categories),
        **_deeds(request, topic, reports, photos, tried),
    }


def kinds(place: str) -> dict:
    """The categories to narrow a pile by, where no message lies beside it."""
    return {"categories": queries.grouped(queries.categories_with_duty(place))}


def _story(entries) -> list[tuple]:
    """The timeline of a topic, newest first, each entry with how often it came in a row:
    eleven neighbours who met the same are one line."""
    runs = (list(run) for _key, run in groupby(entries, key=lambda entry: entry.verb == JOINED or entry.seq))
    return [(run[0], len(run)) for run in runs]


def _shown(words: str) -> list[tuple[str, str]]:
    """Someone's words cut into pieces: details that tell who it is are dimmed, danger is marked."""
    marks = identity_marks(words)
    dim = {(mark.start, mark.end): mark.shown for mark in marks}
    risky = rules.spots_of(words, [risk.word for risk in rules.risks(words)])
    marked = [(mark.start, mark.end, "id") for mark in marks] + risky
    here, shown = 0, []
    for piece, kind in rules.pieces(words, marked):
        span = (here, here + len(piece))
        shown.append((dim.get(span, piece), kind))
        here += len(piece)
    return shown


def _hidden(reports) -> list[tuple[str, int]]:
    """How many details of each kind should not become public: [("电话", 1), …]."""
    kinds = [mark.kind for report in reports for mark in identity_marks(report.words)]
    return [(label, kinds.count(kind)) for kind, label in KINDS.items() if kind in kinds]


@dataclass(frozen=True)
class Like:
    """A topic that may be the same matter, how alike, and why in the neighbours' own words."""

    topic: Topic
    title: str
    score: float
    same_spot: bool
    phrases: list[str]


def _similar(topic: Topic, text: str) -> list[Like]:
    """Topics of the room that may be the same matter. Comparing costs as much as the rest of the page, so it
    is kept in memory until something happens in the room."""
    if topic.state not in {"received", "verifying"} or not text:
        return []
    key = (topic.pk, topic.room_seq)
    if key not in _kept:
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[key] = _compared(topic, bare(text[:COMPARED]))
    return _kept[key]


KEPT = 500
_kept: dict[tuple[int, int], list[Like]] = {}


def _compared(topic: Topic, text: str) -> list[Like]:
    found = similar_to(topic.room, text, without=topic.pk, only_public=False)
    return [
        Like(
            topic=like.topic,
            title=like.topic.title or _spoken_title(like.topic),
            score=min(like.score, 0.99),
            same_spot=bool(topic.spot) and like.topic.spot == topic.spot,
            phrases=rules.common_phrases(text, bare(_told(like.topic))) or list(like.shared),
        )
        for like in found
    ]


def _spoken_title(topic: Topic) -> str:
    first = next(iter(topic.reports.all()), None)
    return rules.heading(first.words) if first else topic.number


def _told(topic: Topic) -> str:
    """What was written and said of a topic, as far as it is loaded."""
    return "\n".join([topic.title, topic.summary, *(report.words for report in topic.reports.all()[:2])])[
        :COMPARED
    ]


def _sorting(topic: Topic, text: str, categories) -> dict:
    """Category and unit: what was decided, or what the words point to. A guess is never filled in."""
    guess = rules.guess_category(text)
    known = {each.path for each in categories}
    guess = guess if guess and guess.path in known else None
    path = topic.category_id or (guess.path if guess else "")
    return {
        "guess": guess,
        "guess_name": queries.full_name(categories, guess.path) if guess else "",
        "category_name": queries.full_name(categories, topic.category_id) if topic.category_id else "",
        "unit": queries.unit_of(topic),
        "duty": queries.duty_of(categories, path) if path else None,
    }


def _deeds(request, topic: Topic, reports, photos, tried: dict) -> dict:
    """The buttons and drawers that the state and the post allow. `tried` are forms as they were sent; of the
    fresh ones only two depend on the topic."""
    actor = request.actor
    open_ = [drawer for drawer in DRAWERS.values() if drawer.is_open(topic, actor)]
    forms = {
        drawer.name: tried.get(drawer.name) or _fresh(drawer, request, topic, reports, photos)
        for drawer in (DESCRIBE, CALL)
        if drawer in open_
    }
    return {
        "forms": forms,
        "tried": tried,
        "drawers": [drawer for drawer in open_ if drawer not in (DESCRIBE, CALL)],
        "describe": DESCRIBE if DESCRIBE in open_ else None,
        "call": CALL if CALL in open_ else None,
        "ways": [way for way in WAYS.values() if is_possible(topic, way.move, actor.role)],
        "may_verify": is_possible(topic, "verify", actor.role),
        "may_merge": is_possible(topic, "merge", actor.role),
        "may_propose": is_possible(topic, "propose", actor.role),
        "draft": request.GET.get("draft") == "1",
    }


def _fresh(drawer, request, topic: Topic, reports, photos):
    if drawer is CALL:
        return bound(drawer, topic, report=next((each.pk for each in reports if each.has_phone), None))
    return _description(request, topic, reports, photos)


def _description(request, topic: Topic, reports, photos):
    """What is public now; where a draft is asked for, the message's own words with the details left out."""
    said = reports[0].words if reports and request.GET.get("draft") == "1" else ""
    shown = [photo for rows in photos.values() for photo in rows]
    return bound(
        DESCRIBE, topic, shown=shown,
        title=topic.title or rules.heading(masked(said)), summary=topic.summary or masked(said),
        spot=topic.spot,
        category=topic.category_id, unit=getattr(queries.unit_of(topic), "pk", None), urgent=topic.urgent,
        hazard=topic.hazard, photos=[photo.pk for photo in shown if photo.public],
    )  # fmt: skip
