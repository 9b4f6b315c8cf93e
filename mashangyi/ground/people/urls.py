from django.urls import path

from . import desk_pages, pages, staff_pages

urlpatterns = [
    # residents
    path("sign-in/", pages.sign_in, name="sign_in"),
    path("sign-out/", pages.sign_out, name="sign_out"),
    path("sign-out/for-good/", pages.leave, name="leave"),
    path("law/", pages.law_page, name="law"),
    # staff sign in; the names with an underscore in front of a verb are allauth's
    path("staff/login/", staff_pages.login, name="account_login"),
    path("staff/logout/", pages.sign_out, name="account_logout"),
    path("staff/inactive/", staff_pages.inactive, name="account_inactive"),
    path("staff/code/", staff_pages.authenticate, name="mfa_authenticate"),
    path("staff/welcome/<str:token>/", staff_pages.welcome, name="staff_welcome"),
    path("staff/demo/<str:username>/", staff_pages.demo, name="staff_demo"),
    path("staff/post/", staff_pages.switch_post, name="switch_post"),
    # staff: one's own account
    path("staff/account/", staff_pages.my_account, name="mfa_index"),
    path("staff/password/", staff_pages.change_password, name="account_change_password"),
    path("staff/again/", staff_pages.reauthenticate, name="account_reauthenticate"),
    path("staff/again/code/", staff_pages.reauthenticate_by_code, name="mfa_reauthenticate"),
    path("staff/second-factor/", staff_pages.add_second_factor, name="mfa_activate_totp"),
    path("staff/second-factor/remove/", staff_pages.remove_second_factor, name="mfa_deactivate_totp"),
    path("staff/recovery-codes/", staff_pages.recovery_codes, name="mfa_view_recovery_codes"),
    path("staff/recovery-codes/new/", staff_pages.new_recovery_codes, name="mfa_generate_recovery_codes"),
    # the city administrator's desk
    path("desk/people/", desk_pages.people, name="desk_people"),
    path("desk/people/appoint/", desk_pages.appoint, name="desk_appoint"),
    path("desk/people/<int:pk>/", desk_pages.person, name="desk_person"),
    path("desk/people/<int:pk>/link/", desk_pages.invite, name="desk_invite"),
    path("desk/people/<int:pk>/second-factor/", desk_pages.remove_factor, name="desk_remove_factor"),
    path("desk/posts/<int:pk>/end/", desk_pages.dismiss, name="desk_dismiss"),
    path("desk/units/", desk_pages.units, name="desk_units"),
    path("desk/units/new/", desk_pages.new_unit, name="desk_new_unit"),
    path("desk/units/<int:pk>/", desk_pages.unit, name="desk_unit"),
]
