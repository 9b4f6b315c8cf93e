"""Who sees the photos of a report before a clerk has published them."""

from ...ground.people import law
from .models import Report
from .rules import opens


def report(subject_id: int, actor, key: str) -> bool:
    """Who handles it, who filed it, and who holds the receipt (`key` is its secret)."""
    found = Report.objects.select_related("topic").filter(pk=subject_id).first()
    if found is None:
        return False
    if key and opens(key, found.pk):
        return True
    if actor.post_id and actor.post_id == found.filed_by_id:
        return True
    return law.may(actor, "photos.of_reports", found)
