"""What the reporter does on the receipt: answer what was asked."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ....ground.asked import attempt
from ....ground.people.actor import ANYONE
from ....ground.people.guards import public
from ....ground.people.limits import allow
from ....ground.photos.store import keep
from ...intake.queries import receipt_address, report_of_receipt
from .. import actions, forms, panels


@public
@require_POST
def answer_in(request, number: str, secret: str):
    """Whoever holds the receipt answers as its reporter, also where a member of staff is signed in."""
    allow(request, "report", "MASHANGYI_RATE_REPORTS")
    report, form = report_of_receipt(number, secret), forms.Reply(request.POST)
    back, by = receipt_address(report), ANYONE if request.actor.is_staff else request.actor

    def answer(data):
        photos = keep(request.FILES.getlist("photos"))  # drawn before the deed: nobody waits for it at the lock
        actions.answer_in(report.topic, data["words"], by=by, report=report, photos=photos)

    if attempt(form, answer):
        return redirect(back)
    asked = panels.asked(report, request.actor, form)
    if asked is None:
        return redirect(back)
    return render(request, "triage/asked.html", {"report": report, "it": asked, "back": back}, status=422)
