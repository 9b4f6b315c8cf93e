from django import forms
from django.utils.translation import gettext_lazy as _

# When a person is told, in the order of the page.
WHEN = (
    ("at_once", _("有进展马上告诉我")),
    ("daily", _("每天早上 8 点汇总成一条")),
    ("never", _("不用通知我")),
)


class WishForm(forms.Form):
    """How somebody wants to be told."""

    when = forms.ChoiceField(
        label=_("什么时候通知"),
        choices=WHEN,
        error_messages={"required": _("请选一种通知方式。"), "invalid_choice": _("请选一种通知方式。")},
    )
    phone = forms.BooleanField(
        label=_("除了网页，也发短信"),
        required=False,
        help_text=_("晚上 9 点到早上 8 点不发短信，紧急的事除外。"),
    )


def initial(wish) -> dict:
    when = "never" if wish.silent else "daily" if wish.digest else "at_once"
    return {"when": when, "phone": wish.carriers != ["page"]}
