import io

import pytest
from PIL import Image

from mashangyi.doors.web.tests.browsing import chromium
from mashangyi.ground.people.signin import BACKEND
from tests import factories


@pytest.fixture(scope="session")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Each test begins with numbers that an earlier one had: what was kept in memory for those is forgotten."""
    from mashangyi.topic import panels

    from ..pages import screen

    panels._keep.clear()
    screen._kept.clear()


@pytest.fixture
def picture() -> bytes:
    """A small photo as a phone sends it."""
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "#886644").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def transactional_sandbox(db):
    """For hypothesis: each example in a savepoint of its own that is rolled back."""
    from contextlib import contextmanager

    from django.db import transaction

    @contextmanager
    def sandbox():
        with transaction.atomic():
            mark = transaction.savepoint()
            yield
            transaction.savepoint_rollback(mark)

    return sandbox


@pytest.fixture
def room():
    return factories.room()


@pytest.fixture
def desk(client, room):
    """A browser in which the clerk of the room is signed in."""
    client.force_login(factories.post("clerk", room=room).person, backend=BACKEND)
    return client
