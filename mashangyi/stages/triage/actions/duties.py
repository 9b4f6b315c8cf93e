"""The duty list: which unit is in charge of a category, in a place and below."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ....ground.journal.deeds import deed
from ....ground.journal.record import record
from ....ground.people import law
from ....ground.people.models import Unit
from ....ground.places.models import Division
from ....ground.places.naming import bare
from ....topic.models import Category
from ..models import DutyRow


@deed
def set_duty(place: str, category: Category, unit: Unit, *, by) -> DutyRow:
    """Enter into the duty list whose duty a category is, in a place and below; the last word counts.

    Raises ValidationError for an unknown place, and for a unit that is not of this place or of one above it.
    """
    law.demand(by, "triage.set_duty", law.Within(place))
    _must_serve(unit, place)
    row, new = DutyRow.objects.get_or_create(place=place, category=category, defaults={"unit": unit})
    if not new and row.unit_id == unit.pk:
        return row

    row.unit = unit
    row.save(update_fields=["unit"])
    record("triage.duty_set", by=by, place=place, data=_said(row))
    return row


@deed
def set_duties(place: str, categories: list[Category], unit: Unit, *, by) -> list[DutyRow]:
    """Several categories of one unit: all of them, or none."""
    return [set_duty(place, category, unit, by=by) for category in categories]


@deed
def drop_duty(row: DutyRow, *, by) -> None:
    """Take a row off the duty list: what the place above says counts again. One that is off already stays so."""
    law.demand(by, "triage.set_duty", law.Within(row.place))
    gone, _rows = DutyRow.objects.filter(pk=row.pk).delete()
    if gone:
        record("triage.duty_dropped", by=by, place=row.place, data=_said(row))


def _must_serve(unit: Unit, place: str) -> None:
    if not Division.objects.filter(pk=place).exists():
        raise ValidationError({"place": _("没有这个地方。")})
    if not place.startswith(bare(unit.place)):
        raise ValidationError({"unit": _("这里不归%(unit)s管。请选本地或上级的单位。") % {"unit": unit.name}})


def _said(row: DutyRow) -> dict:
    return {"category": row.category_id, "name": row.category.name, "unit": row.unit.name}
