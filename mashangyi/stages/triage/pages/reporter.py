"""What the reporter does on the receipt: answer what was asked."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ....ground.people.actor import ANYONE
from ....ground.people.guards import public
from ....ground.people.limits import allow
from ....ground.photos.store import keep
from ...intake.queries import receipt_address, report_of_receipt
from .. import actions


@public
@require_POST
def answer_in(request, number: str, secret: str):
    """Whoever holds the receipt answers as its reporter, also where a member of staff is signed in."""
    allow(request, "report", "MASHANGYI_RATE_REPORTS")
    report = report_of_receipt(number, secret)
    by = ANYONE if request.actor.is_staff else request.actor
    try:
        photos = keep(request.FILES.getlist("photos"))  # drawn before the deed: nobody waits for it at the lock
        actions.answer_in(
            report.topic, request.POST.get("words", "")[:2000], by=by, report=report, photos=photos
        )
    except ValidationError as problem:
        return render(request, "answer.html", {"kind": "problem", "reason": problem.messages[0]}, status=422)
    return redirect(receipt_address(report))
