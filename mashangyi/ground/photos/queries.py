"""One function for each question asked about photos."""

from collections import defaultdict

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from ..prepared import prepared
from .models import Photo


def photos_of(subject: str, *, public_only: bool = False) -> list[Photo]:
    """The photos of one subject, in the order they came."""
    return photos_of_all([subject], public_only=public_only).get(subject, [])


def photos_of_all(subjects, *, public_only: bool = False) -> dict[str, list[Photo]]:
    """The photos of several subjects in one query."""
    return by_subject(_of(public_only, **{f"subject_{n}": each for n, each in enumerate(subjects)}))


@prepared
def _of(public_only, **subjects):
    only = {"public": True} if public_only else {}
    return Photo.objects.filter(subject__in=list(subjects.values()), **only).order_by("id")


def photos_under(kind: str, rows: QuerySet) -> QuerySet[Photo]:
    """The photos whose subject is one of these rows ("milestone:7"), for questions that are asked together."""
    subjects = Concat(Value(f"{kind}:"), Cast("pk", CharField()), output_field=CharField())
    return Photo.objects.filter(subject__in=rows.order_by().annotate(named=subjects).values("named")).order_by("id")


def by_subject(photos) -> dict[str, list[Photo]]:
    found = defaultdict(list)
    for photo in photos:
        found[photo.subject].append(photo)
    return dict(found)


def with_digest(digest: str) -> list[Photo]:
    """Every use of one file."""
    return list(Photo.objects.filter(digest=digest).order_by("-public", "id")[:50])
