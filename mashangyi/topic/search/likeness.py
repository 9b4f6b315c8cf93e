"""Which open topics of a room sound like these words: shown while typing and in triage.

Weighted overlap: a word weighs the more, the fewer of the candidates have it (inverse document
frequency). The candidates are the newest open topics of the same room, at most CANDIDATES.
"""

import math
from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from ...ground.places.models import Room
from ..models import Topic
from .words import features_of, kept_features_of

CANDIDATES = 200
# Characters of a text that are compared: what follows seldom tells one matter from another.
COMPARED = 400
THRESHOLD = 0.3
# What a word weighs that no candidate has: little, people say the same in many words.
UNSEEN = 0.4


@dataclass(frozen=True)
class Likeness:
    """A topic, how alike it is (0 to 1), and the words both have, the most telling first."""

    topic: Topic
    score: float
    shared: tuple[str, ...]


def similar_to(room: Room, text: str, *, without: int | None = None, only_public: bool = True,
               limit: int = 3) -> list[Likeness]:  # fmt: skip
    """The most alike open topics of the room, best first. One query; nothing grows with the city."""
    asked = features_of(text[:COMPARED])
    if not asked:
        return []
    topics = (topic for topic in _candidates(room, only_public) if topic.pk != without)
    candidates = [(topic, kept_features_of(_text(topic))) for topic in topics]
    weights = _weights([words for _topic, words in candidates])
    ranked = [_compare(topic, asked, words, weights) for topic, words in candidates]
    ranked = [one for one in ranked if one.score >= THRESHOLD]
    return sorted(ranked, key=lambda one: (-one.score, one.topic.pk))[:limit]


def _candidates(room: Room, only_public: bool) -> list[Topic]:
    rows = Topic.objects.filter(room=room, family="open")
    if only_public:
        rows = rows.exclude(title="")
    else:
        rows = rows.prefetch_related(Prefetch("reports", _told()))
    return list(rows.order_by("-id")[:CANDIDATES])


def _told() -> QuerySet:
    """What was said of topics, in order; a hundred neighbours' "me too" say nothing more."""
    reports = Topic._meta.get_field("reports").related_model.objects
    return reports.filter(joined=False).only("topic", "words").order_by("id")


def _text(topic: Topic) -> str:
    """What the public may read of it; with its reports loaded, what was said as well."""
    loaded = getattr(topic, "_prefetched_objects_cache", {}).get("reports", ())
    told = (topic.summary, *(report.words for report in loaded[:3]))
    return " ".join((topic.title, topic.spot, *(words[:COMPARED] for words in told)))


def _weights(texts: list[frozenset[str]]) -> dict[str, float]:
    seen = Counter(word for words in texts for word in words)
    return {word: math.log(1 + (len(texts) + 1) / (count + 0.5)) for word, count in seen.items()}


def _compare(topic: Topic, asked: frozenset[str], words: frozenset[str], weights) -> Likeness:
    shared = sorted(asked & words, key=lambda word: -weights[word])
    weight = sum(weights[word] for word in shared)
    smaller = min(_mass(asked, weights), _mass(words, weights))
    return Likeness(topic, weight / smaller if len(shared) > 1 else 0.0, _telling(shared))


def _telling(shared: list[str]) -> tuple[str, ...]:
    """At most four shared words to show as the reason, none of them a part of another."""
    whole = [word for word in shared if not any(word != other and word in other for other in shared)]
    return tuple(whole[:4])


def _mass(words, weights) -> float:
    return sum(weights.get(word, UNSEEN) for word in words)
