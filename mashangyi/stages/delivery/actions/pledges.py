"""Pledges: what a party promised to bring, and whether it did."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ...deliberation.models import Pledge


@deed
def keep_pledge(pledge: Pledge, kept: bool, words: str = "", *, by) -> Pledge:
    """Note whether a pledge was kept; when not, with words that say what came instead."""
    law.demand(by, "delivery.keep_pledge", pledge)
    words = words.strip()
    if not kept and not words:
        raise ValidationError({"words": _("没有兑现要写明情况。")})
    if len(words) > 200:
        raise ValidationError({"words": _("最多 200 个字。")})
    pledge.kept, pledge.kept_words = kept, words
    pledge.save(update_fields=["kept", "kept_words"])
    record("delivery.pledge_kept" if kept else "delivery.pledge_broken", by=by, topic=pledge.topic, data={
        "pledge": pledge.pk, "who": pledge.who, "quantity": pledge.quantity, "reason": words,
    })  # fmt: skip
    return pledge
