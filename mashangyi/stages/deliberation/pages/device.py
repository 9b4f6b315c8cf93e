"""The token by which a device without an account shows that it signed in to one meeting: a signed cookie.

It opens nothing but this device's place in this meeting, and only below the meeting's own address.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from ..models import Attendance, Meeting

SALT = "mashangyi.deliberation.attendance"
HOURS_12 = 12 * 60 * 60


def name_of(meeting: Meeting) -> str:
    return f"m{meeting.pk}"


def remember(response, attendance: Attendance):
    """Give the device its token."""
    token = signing.dumps([attendance.meeting_id, attendance.pk], salt=SALT)
    path = reverse("deliberation:meeting", kwargs={"meeting_id": attendance.meeting_id})
    response.set_cookie(
        name_of(attendance.meeting), token, max_age=HOURS_12, path=path,
        httponly=True, samesite="Lax", secure=settings.HTTPS,
    )  # fmt: skip
    return response


def shown_by(request, meeting: Meeting) -> int | None:
    """The attendance that this device's token names; None for none, a forged, an old or another meeting's one."""
    token = request.COOKIES.get(name_of(meeting))
    if not token:
        return None
    try:
        held, attendance = signing.loads(token, salt=SALT, max_age=HOURS_12)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return attendance if held == meeting.pk else None
