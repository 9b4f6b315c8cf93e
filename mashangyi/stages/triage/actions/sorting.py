"""Sorting: category and unit, the words the public reads, the scheme and the duty list."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....ground.calendar.clock import now
from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....ground.people.models import Unit
from ....ground.photos.store import publish
from ....topic.models import Category, Topic
from .. import queries, repeats, rules
from ..models import Sorting
from .words import for_the_public, unmarked

TITLE = 80


@deed
def sort(topic: Topic, *, by, category: Category | None = None, unit: Unit | None = None) -> Topic:
    """Accept or change what the matter is about and whose duty it is; what is not given stays."""
    law.demand(by, "triage.sort", topic)
    _must_be_open(topic)

    again = repeats.facts(topic, category) if category else {}
    if category:
        topic.category = category
        topic.save(update_fields=["category"])
    if unit:
        Sorting.objects.update_or_create(topic=topic, defaults={"unit": unit, "at": now(), "label": by.label})

    record("triage.sorted", by=by, topic=topic, data={
        "category": category.path if category else "", "unit": unit.name if unit else "", **again,
    })  # fmt: skip
    return topic


@deed
def describe(
    topic: Topic, title: str, summary: str, *, by, spot: str | None = None,
    category: Category | None = None, unit: Unit | None = None, urgent: bool = False,
    hazard: bool = False, photos=None, keep_marks: bool = False,
) -> Topic:  # fmt: skip
    """Write what the public reads of a topic, without anything that tells who reported it.

    `photos` are the ids of those shown to everyone, all others of this topic are hidden; None leaves them
    as they are. Raises ValidationError by field for private numbers, unless `keep_marks`.
    """
    law.demand(by, "triage.describe", topic)
    _must_be_open(topic)
    topic.title = for_the_public("title", title, _("请写一个标题。"), keep_marks=keep_marks)
    topic.summary = for_the_public("summary", summary, _("请写清楚是什么事。"), keep_marks=keep_marks)
    if len(topic.title) > TITLE:
        raise ValidationError({"title": _("标题最多 %s 个字。") % TITLE})
    if spot is not None:
        topic.spot = spot.strip()[:120] if keep_marks else unmarked("spot", spot.strip()[:120])

    topic.urgent, topic.hazard = urgent, hazard
    topic.save(update_fields=["title", "summary", "spot", "urgent", "hazard"])
    if (category and category != topic.category) or (unit and unit != queries.unit_of(topic)):
        sort(topic, category=category, unit=unit, by=by)
    if photos is not None:
        _publish(topic, {int(pk) for pk in photos})

    record("triage.described", by=by, topic=topic, data={"title": topic.title})
    return topic


def _publish(topic: Topic, chosen: set[int]) -> None:
    """These photos for everyone, the topic's others for those who handle it."""
    for subject, photos in queries.photos_by_subject(topic).items():
        ids = {photo.pk for photo in photos}
        publish(subject, ids & chosen)
        publish(subject, ids - chosen, public=False)


def _must_be_open(topic: Topic) -> None:
    if not topic.is_open:
        raise law.No(_("这件事已经有了结果，不能再改分类和公开内容。"))


@deed
def seed_categories(*, by) -> int:
    """Bring the category scheme of the file into the database; how many there are. Repeating it is harmless.

    A category that is no longer in the file stays, since topics may name it.
    """
    law.demand(by, "triage.seed", law.Within(settings.CITY))
    rows = [
        Category(path=row.path, name=row.name, order=order) for order, row in enumerate(rules.scheme(), 1)
    ]
    known = dict(Category.objects.values_list("path", "name"))
    if {row.path: row.name for row in rows}.items() <= known.items():
        return len(rows)

    Category.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["path"], update_fields=["name", "order"]
    )
    record("triage.seeded", by=by, data={"categories": len(rows)})
    return len(rows)
