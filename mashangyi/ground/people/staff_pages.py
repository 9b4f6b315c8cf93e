"""How staff sign in: password and second factor by allauth, drawn with our templates; posts, demo."""

from allauth.account import views as account
from allauth.account.internal import flows
from allauth.account.models import Login
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from ..asked import put_away, sent
from . import actions, demo_town, invitations
from .actor import ROLES, own_account
from .forms import NewPassword
from .guards import public, staff_account
from .law import No
from .models import Person
from .pages import next_page
from .signin import end_other_sessions, enter, posts_now


class Login_(account.LoginView):  # noqa: N801 — allauth has a Login of its own
    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "demo": demo_town.accounts(), "ROLES": ROLES}


class _ChangesFactor:
    """Once the second factor is another, whoever signed in elsewhere has to do it again."""

    def form_valid(self, form):
        answer = super().form_valid(form)
        end_other_sessions(self.request, self.request.user)
        return answer


class AddFactor(_ChangesFactor, totp.ActivateTOTPView):
    pass


class RemoveFactor(_ChangesFactor, totp.DeactivateTOTPView):
    pass


login = public(Login_.as_view())
inactive = public(account.account_inactive)
authenticate = public(mfa.authenticate)
reauthenticate = staff_account(account.reauthenticate)
reauthenticate_by_code = staff_account(mfa.reauthenticate)
my_account = staff_account(mfa.index)
add_second_factor = staff_account(AddFactor.as_view())
remove_second_factor = staff_account(RemoveFactor.as_view())
recovery_codes = staff_account(recovery.view_recovery_codes)
new_recovery_codes = staff_account(recovery.generate_recovery_codes)


@staff_account
def change_password(request: HttpRequest) -> HttpResponse:
    """A demo account has no password: allauth would look for a page that there is not."""
    if not request.user.has_usable_password():
        raise No(_("这个账号没有密码，不用改。"))
    return account.password_change(request)


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """The one-time link of an invitation: set a password, then on to the second factor."""
    try:
        person = invitations.invited(token)
    except ValidationError as problem:
        raise No(problem.messages[0]) from problem
    form = NewPassword(sent(request))
    if form.is_valid():
        try:
            return _welcomed(request, person, form.cleaned_data["password1"])
        except ValidationError as problem:
            put_away(form, problem)
    status = 422 if form.is_bound else 200
    return render(request, "people/welcome.html", {"form": form, "person": person}, status=status)


def _welcomed(request, person: Person, password: str) -> HttpResponse:
    actions.set_password(person, password, by=own_account(person))
    logout(request)
    return flows.login.perform_password_login(
        request, {"username": person.username}, Login(user=person, redirect_url="/desk/")
    )


@staff_account
@require_POST
def switch_post(request: HttpRequest) -> HttpResponse:
    """Act in another of one's own posts from now on, in this session."""
    chosen = next((post for post in request.posts if f"{post.pk}" == request.POST.get("post")), None)
    if chosen is None:
        raise No(_("这不是您现在的岗位。"))
    request.session["post"] = chosen.pk
    return redirect(next_page(request, "/desk/"))


@public
@require_POST
def demo(request: HttpRequest, username: str) -> HttpResponse:
    """One tap into a demo account. In a town that is not a told demo there is no such page."""
    if not demo_town.told():
        raise Http404
    person = get_object_or_404(Person, username=username, is_demo=True, kind="staff", is_active=True)
    if not posts_now(person):
        raise Http404
    logout(request)
    enter(request, person)
    return redirect(next_page(request, "/desk/"))
