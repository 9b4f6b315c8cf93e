"""One function for each question asked about photos."""

from collections import defaultdict

from ..prepared import prepared
from .models import Photo


def photos_of(subject: str, *, public_only: bool = False) -> list[Photo]:
    """The photos of one subject, in the order they came."""
    return photos_of_all([subject], public_only=public_only).get(subject, [])


def photos_of_all(subjects, *, public_only: bool = False) -> dict[str, list[Photo]]:
    """The photos of several subjects in one query."""
    found = defaultdict(list)
    for photo in _of(public_only, **{f"subject_{n}": each for n, each in enumerate(subjects)}):
        found[photo.subject].append(photo)
    return dict(found)


@prepared
def _of(public_only, **subjects):
    only = {"public": True} if public_only else {}
    return Photo.objects.filter(subject__in=list(subjects.values()), **only).order_by("id")


def used_elsewhere(subject: str) -> list[Photo]:
    """Photos of other subjects that are the very same picture as one of this: perhaps faked evidence."""
    digests = Photo.objects.filter(subject=subject).values("digest")
    return list(Photo.objects.filter(digest__in=digests).exclude(subject=subject).order_by("id")[:100])


def with_digest(digest: str) -> list[Photo]:
    """Every use of one file."""
    return list(Photo.objects.filter(digest=digest).order_by("-public", "id")[:50])
