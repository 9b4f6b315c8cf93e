"""The link by which the console opens the wall with the meeting's digits: signed, for this meeting, for one day of it.

The wall itself is public. Whoever knows only its address sees no digits, and signs in to nothing with it.
"""

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from ....ground.calendar.clock import now
from ..models import Meeting

SALT = "mashangyi.deliberation.wall"
OPEN_FOR = timedelta(hours=12)


def address(meeting: Meeting) -> str:
    """The wall's address with a key that ends twelve hours from now. For the console alone."""
    key = signing.dumps([meeting.pk, int((now() + OPEN_FOR).timestamp())], salt=SALT)
    return reverse("deliberation:wall", kwargs={"meeting_id": meeting.pk}) + f"?key={key}"


def is_in_the_room(request, meeting: Meeting) -> bool:
    """Whether this screen was opened from the console: its key is ours, of this meeting, and not over."""
    try:
        held, until = signing.loads(request.GET.get("key", ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    return held == meeting.pk and now().timestamp() < until
