"""The screen in a real browser: what only a window shows."""

import pytest
from django.conf import settings

from mashangyi.doors.web.tests.browsing import visit
from mashangyi.ground.people.signin import BACKEND
from tests import factories

from . import factories as made

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_on_a_wide_screen_the_columns_move_and_the_frame_stays(browser, live_server, client):
    """A window that is taller than it looks is moved away by a jump inside it, and nothing moves it back."""
    room = factories.room()
    topics = [made.received(room) for _n in range(20)]
    client.force_login(factories.post("clerk", room=room).person, backend=BACKEND)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page = visit(browser, live_server.url, f"/desk/triage/{topics[0].number}/?draft=1#describe", width=1440, sessionid=session)
    assert page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    page.locator(".picks input").last.focus()
    assert page.evaluate("document.querySelector('.desk-top').getBoundingClientRect().top") == 0
    page.context.close()
