"""Every route has a guard, or is named here with the reason why it needs none."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from mashangyi.ground.people.models import Person

from .pages import ARGUMENT

# Routes of libraries, each guarded by the library itself; our middleware closes them further.
LIBRARY = "allauth."


def routes(resolver=None, above=""):
    """(path, view) of every route of the site."""
    for each in (resolver or get_resolver()).url_patterns:
        path = above + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, path)
        elif isinstance(each, URLPattern):
            yield path, each.callback


def guard_of(view) -> str:
    return getattr(view, "guard", "") or ("library" if view.__module__.startswith(LIBRARY) else "")


ALL = list(routes())


@pytest.mark.parametrize(("path", "view"), ALL, ids=[path for path, _view in ALL])
def test_a_route_has_a_guard(path, view):
    assert guard_of(view), f"{path} is open to everyone and nobody said so"


def test_a_desk_is_never_public():
    assert [path for path, view in ALL if path.startswith("desk/") and not guard_of(view).startswith("staff")] == []


DESKS = [path for path, _view in ALL if path.startswith("desk/")]


@pytest.mark.django_db
@pytest.mark.parametrize("path", DESKS)
def test_a_stranger_at_a_desk_is_sent_to_sign_in_whatever_is_asked_there(client, path):
    """Before anything is looked up: whoever may not come in does not learn what there is."""
    for ask in (client.get, client.post):
        answer = ask("/" + ARGUMENT.sub("1", path))
        assert answer.status_code == 302 and answer["Location"].startswith("/staff/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("path", DESKS)
def test_a_resident_who_signed_in_opens_no_desk(client, path):
    client.force_login(Person.objects.create(kind="resident"))
    assert client.get("/" + ARGUMENT.sub("1", path)).status_code == 403
