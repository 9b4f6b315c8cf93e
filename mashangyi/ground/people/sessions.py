"""Where sessions are kept and whose they are: Django's store and allauth's backend, their questions prepared.

Every page of someone who signed in begins with these two (docs/decisions/questions-are-prepared.md).
"""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from ..prepared import prepared
from .models import Person


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found = _session.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found


@prepared
def _session(key, now):
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class Backend(AuthenticationBackend):
    def get_user(self, user_id: int) -> Person | None:
        found = _person.first(pk=user_id)
        return found if found and self.user_can_authenticate(found) else None


@prepared
def _person(pk):
    return Person.objects.filter(pk=pk)
