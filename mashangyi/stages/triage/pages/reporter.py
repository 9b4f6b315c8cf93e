"""What the reporter does on the receipt: answer what was asked."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ....ground.asked import put_away
from ....ground.people.actor import ANYONE
from ....ground.people.guards import public
from ....ground.people.limits import allow
from ....ground.photos.store import keep
from ...intake.models import Report
from ...intake.queries import receipt_address, report_of_receipt
from .. import actions, forms, panels


@public
@require_POST
def answer_in(request, number: str, secret: str):
    """Whoever holds the receipt answers as its reporter, also where a member of staff is signed in."""
    allow(request, "report", "MASHANGYI_RATE_REPORTS")
    report, form = report_of_receipt(number, secret), forms.Reply(request.POST)
    back = receipt_address(report)
    if form.is_valid() and _answered(request, report, form):
        return redirect(back)
    asked = panels.asked(report, request.actor, form)
    if asked is None:
        return redirect(back)
    return render(request, "triage/asked.html", {"report": report, "it": asked, "back": back}, status=422)


def _answered(request, report: Report, form: forms.Reply) -> bool:
    by = ANYONE if request.actor.is_staff else request.actor
    try:
        photos = keep(request.FILES.getlist("photos"))  # drawn before the deed: nobody waits for it at the lock
        actions.answer_in(report.topic, form.cleaned_data["words"], by=by, report=report, photos=photos)
    except ValidationError as problem:
        put_away(form, problem)
    return not form.errors
