"""A code of the authenticator app: the one shown now or just before or after, and each only once.

RFC 6238, 5.2: one step of 30 s either way forgives a slow hand and a phone's clock; a code accepted
once is never accepted again, in whichever process it was. The last step used is kept with the secret.
"""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction


def step_of(secret: str, code: str) -> int | None:
    """The step of time `code` belongs to among those accepted now; None if it is none of them."""
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


@transaction.atomic
def spend(authenticator: Authenticator, code: str) -> bool:
    """Whether `code` is newer than the last one used; if so it is the last one from now on."""
    held = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    step = step_of(decrypt(held.data["secret"]), code)
    if step is None or step <= held.data.get("step", 0):
        return False
    held.data["step"] = authenticator.data["step"] = step
    held.save(update_fields=["data"])
    return True


class OnceOnly:
    def clean_code(self) -> str:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not spend(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(OnceOnly, forms.AuthenticateForm):
    """The second step of signing in."""


class ReauthenticateForm(OnceOnly, forms.ReauthenticateForm):
    """The code asked for again before something grave."""
