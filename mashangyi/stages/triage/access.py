"""Who sees the photos of a site visit that are not public."""

from ...ground.people import law
from .models import SiteVisit


def visit(subject_id: int, actor, key: str) -> bool:
    """Those who check the matter, and who reviews it."""
    found = SiteVisit.objects.select_related("topic").filter(pk=subject_id).first()
    return found is not None and law.may(actor, "photos.of_visits", found)
