"""How allauth behaves in this house: staff alone, no sign-up, no e-mail, our words, journalled."""

import time
from io import BytesIO

import segno
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mashangyi.config.environment import read

from ..journal.deeds import deed
from ..journal.record import record
from . import limits, vault
from .actor import own_account

# What allauth would announce by e-mail: the journal's verb, and what the page says.
SECURITY_EVENTS = {
    "account/email/password_changed": "people.password_set",
    "account/email/password_set": "people.password_set",
    "mfa/email/totp_activated": "people.second_factor_added",
    "mfa/email/totp_deactivated": "people.second_factor_removed",
    "mfa/email/recovery_codes_generated": "people.recovery_codes_made",
}
WORDS = {
    "account/messages/password_changed.txt": _("密码改好了。其他地方的登录都已退出。"),
    "mfa/messages/totp_activated.txt": _("第二重验证登记好了。其他地方的登录都已退出。"),
    "mfa/messages/totp_deactivated.txt": _("第二重验证解除了，其他地方的登录都已退出。请马上重新登记，否则打不开工作台。"),
    "mfa/messages/recovery_codes_generated.txt": _("备用码生成好了，只显示这一次，请抄下来或打印。"),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("这个账号已停用，请联系市级管理员。"),
        "username_password_mismatch": _("账号或密码不对，请再输一次。忘记密码请找市级管理员要新链接。"),
        "too_many_login_attempts": _("输错的次数太多了，请过几分钟再试。"),
        "incorrect_password": _("密码不对，请再输一次。"),
        "enter_current_password": _("现在的密码不对，请再输一次。"),
    }

    def is_open_for_signup(self, request) -> bool:
        """Posts are appointed; nobody signs up for one."""
        return False

    def get_client_ip(self, request) -> str:
        return limits.address_of(request)

    # --- guessing ---

    def pre_authenticate(self, request, **credentials):
        """Beside allauth's limit for an account: too many wrong tries from one address, for any."""
        if limits.spent("tries", limits.address_of(request), read("MASHANGYI_RATE_TRIES")):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request, **credentials):
        limits.hit("tries", limits.address_of(request), read("MASHANGYI_RATE_TRIES"))

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Signing in a moment ago counts: nobody is asked for the password twice in a row."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
        return not any(r["at"] > fresh for r in records) and super().is_reauthentication_required(
            app=app, **kwargs
        )

    # --- telling ---

    def add_message(
        self, request, level, message_template=None, message_context=None, extra_tags="", message=None
    ):
        words = message or WORDS.get(message_template)
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def send_mail(self, template_prefix, email, context):
        """There is no e-mail; what would be sent stands in the journal."""

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        verb = SECURITY_EVENTS.get(template_prefix)
        if verb:
            note_security(verb, by=own_account(user))


@deed
def note_security(verb: str, *, by) -> None:
    """A person changed how they sign in: it stands in the journal, where a mail would have been sent."""
    record(verb, by=by)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("验证码不对。请看手机上现在显示的六位数字再输一次。"),
        "cannot_delete_authenticator": _("现在不能解除第二重验证。"),
        "cannot_generate_recovery_codes": _("先登记第二重验证，才有备用码。"),
    }

    def get_totp_issuer(self) -> str:
        return gettext("码上议")

    def build_totp_svg(self, url: str) -> str:
        picture = BytesIO()
        segno.make(url, error="m").save(picture, kind="svg", scale=6, border=4, light="#fff", xmldecl=False)
        return picture.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """The seed of the codes is sealed with the vault's key, which is not in the database."""
        return vault.lock(text, "second-factor")

    def decrypt(self, encrypted_text: str) -> str:
        return vault.unlock(encrypted_text, "second-factor")
