"""Every page of the site: its route, who opens it, and on what. A route that is not here fails a test.

`which` names what tests/promises/furnishing.py finds in the demo town for the arguments of the route.
"""

import re
from dataclasses import dataclass

ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
# Here the number is that of a report; everywhere else that of a topic.
RECEIPTS = ("r/", "desk/filed/")


@dataclass(frozen=True)
class Page:
    """`visitor` is the demo account that opens it; anyone at all when empty. `status` is its answer."""

    route: str
    visitor: str = ""
    which: str = ""
    query: str = ""
    status: int = 200

    @property
    def name(self) -> str:
        words = (self.visitor or "anyone", f"/{self.route}{self.query}", self.which)
        return " ".join(word for word in words if word)

    def path(self, found: dict[str, dict]) -> str:
        """Its address in a furnished town."""
        values = dict(found[self.which]) if self.which else {}
        if self.route.startswith(RECEIPTS):
            values["number"] = values.get("receipt")
        return (
            "/" + ARGUMENT.sub(lambda match: str(values[match[1]]), self.route) + self.query.format(**values)
        )


def _each(route: str, visitor: str, *kinds: str) -> list[Page]:
    return [Page(route, visitor, which) for which in kinds]


PUBLIC = [
    Page(""),
    Page("s/<slug:short>/", "", "code"),
    Page("s/<slug:short>/", "", "revoked", status=410),
    Page("r/"),
    Page("r/", "", "received", "?number={receipt}"),
    Page("r/", "", "", "?number=L26-000001"),
    *_each("r/<str:number>/<slug:secret>/", "", "received", "confirming", "asked", "solved", "mediating"),
    Page("r/<str:number>/<slug:secret>/judge/", "", "confirming"),
    Page("r/<str:number>/<slug:secret>/reopen/", "", "solved"),
    *_each(
        "t/<str:number>/",
        "",
        "solved",
        "meeting",
        "delivering",
        "confirming",
        "mediating",
        "received",
        "reviewed",
        "merged",
        "answered",
        "declined",
        "transferred",
    ),
    *_each("t/<str:number>/suggest/", "", "meeting", "solved"),
    Page("topics/"),
    Page("topics/", "", "", "?family=settled"),
    Page("topics/<slug:place>/", "", "place"),
    Page("how/"),
    Page("law/"),
    Page("rooms/"),
    Page("rooms/", "", "", "?q=长西"),
    Page("rooms/<int:room_id>/", "", "room"),
    Page("codes/"),
    Page("codes/", "", "", "?code=000000"),
    Page("meetings/"),
    *_each("m/<int:meeting_id>/", "", "meeting", "held"),
    *_each("wall/<int:meeting_id>/", "", "meeting", "held"),
    Page("city/"),
    *_each("city/<slug:place>/", "", "county", "place"),
    *_each(
        "city/<slug:place>/<str:figure>/", "", "channel_list", "topics_list", "money_list", "stays_list", "late_list", "empty_list"
    ),
    Page("topics/", "", "", "?family=all"),
    Page("topics/", "", "", "?state=resolved,looked_back"),
    Page("journal/"),
    Page("journal/<int:seq>/", "", "entry"),
    Page("components/"),
    Page("sign-in/"),
    Page("staff/login/"),
    Page("staff/inactive/"),
    Page("staff/welcome/<str:token>/", "", "invited"),
]
OWN = [
    *_each("t/<str:number>/", "clerk", "solved", "confirming"),
    Page("t/<str:number>/", "member", "meeting"),
    Page("me/", "member"),
    Page("notices/", "clerk"),
    Page("notices/", "member"),
    Page("staff/account/", "clerk"),
    Page("staff/account/", "auditor"),
    Page("staff/password/", "auditor"),
    Page("staff/password/", "clerk", status=403),
    Page("staff/again/", "auditor"),
    Page("staff/second-factor/", "clerk"),
    Page("desk/places/new/", "clerk", status=403),
]
DESKS = [
    *[
        Page("desk/", role)
        for role in (
            "clerk",
            "convener",
            "grid-worker",
            "reviewer",
            "mediator",
            "unit-officer",
            "member",
            "supervisor",
            "auditor",
            "city-admin",
        )
    ],
    *_each("desk/t/<str:number>/", "clerk", "received", "delivering", "confirming", "reviewed", "mediating"),
    Page("desk/t/<str:number>/", "mediator", "mediating"),
    *_each("desk/t/<str:number>/", "convener", "meeting", "pleaded", "solved"),
    Page("desk/t/<str:number>/", "reviewer", "reviewed"),
    Page("desk/t/<str:number>/", "supervisor", "delivering"),
    Page("desk/t/<str:number>/", "auditor", "solved"),
    Page("desk/file/", "grid-worker"),
    Page("desk/file/", "clerk"),
    Page("desk/propose/", "member"),
    Page("desk/set-topic/", "reviewer"),
    Page("desk/set-topic/", "convener"),
    Page("desk/filed/<str:number>/slip/", "grid-worker", "filed"),
    Page("desk/triage/", "clerk"),
    Page("desk/triage/", "clerk", "", "?list=1&shelf=verifying"),
    Page("desk/triage/", "convener"),
    *_each("desk/triage/<str:number>/", "clerk", "received", "checked", "asked"),
    Page("desk/triage/<str:number>/contact/<int:report>/", "clerk", "reached"),
    Page("desk/triage/<str:number>/on-site/", "clerk", "checked"),
    Page("desk/triage/<str:number>/on-site/", "grid-worker", "checked"),
    Page("desk/review/", "reviewer"),
    Page("desk/review/<str:number>/", "reviewer", "reviewed"),
    Page("desk/review/<str:number>/", "clerk", "reviewed"),
    Page("desk/meetings/", "convener"),
    *_each("desk/meeting/<int:meeting_id>/", "convener", "meeting", "held"),
    Page("desk/meeting/<int:meeting_id>/", "clerk", "meeting"),
    *_each("desk/prepare/<str:number>/", "clerk", "meeting", "solved"),
    Page("desk/at-once/<str:number>/", "convener", "checked"),
    Page("desk/to-vote/<str:number>/", "convener", "checked"),
    Page("desk/invitation/<int:pk>/", "member", "invitation"),
    Page("desk/t/<str:number>/mediate/", "convener", "checked"),
    Page("desk/t/<str:number>/mediator/", "convener", "mediating"),
    Page("desk/cases/", "mediator"),
    Page("desk/cases/<int:case_id>/", "mediator", "case"),
    *[Page("desk/tasks/", "unit-officer", "", query) for query in ("", "?show=done")],
    *_each("desk/tasks/<int:task_id>/", "unit-officer", "pleaded", "signed"),
    Page("desk/t/<str:number>/handle/", "clerk", "checked"),
    Page("desk/t/<str:number>/assign/", "convener", "delivering"),
    Page("desk/task/<int:task_id>/reassign/", "convener", "signed"),
    Page("desk/task/<int:task_id>/urge/", "supervisor", "signed"),
    Page("desk/pleas/<int:plea_id>/", "convener", "pleaded"),
    Page("desk/supervision/", "supervisor"),
    *[
        Page(f"desk/t/<str:number>/{what}/", "supervisor", "delivering")
        for what in ("supervise", "resume", "explain")
    ],
    Page("desk/t/<str:number>/reopen/", "auditor", "solved"),
    Page("desk/audit/", "auditor"),
]
ADMINISTRATION = [
    Page("desk/places/", "city-admin"),
    Page("desk/places/new/", "city-admin"),
    Page("desk/places/new/", "city-admin", "", "?q=长西"),
    Page("desk/places/new/", "city-admin", "", "?division=320812007003"),
    Page("desk/places/names/", "city-admin"),
    Page("desk/places/<int:room_id>/", "city-admin", "room"),
    Page("desk/places/<int:room_id>/", "convener", "room"),
    Page("desk/places/<int:room_id>/print/", "city-admin", "room"),
    Page("desk/people/", "city-admin"),
    Page("desk/people/appoint/", "city-admin"),
    Page("desk/people/appoint/", "city-admin", "", "?role=reviewer&q=长西"),
    Page("desk/people/<int:pk>/", "city-admin", "person"),
    Page("desk/units/", "city-admin"),
    Page("desk/units/new/", "city-admin"),
    Page("desk/units/<int:pk>/", "city-admin", "unit"),
    *[Page("desk/duties/", "city-admin", "", query) for query in ("", "?q=路灯", "?place=320812&show=missing")],
    Page("desk/duties/set/", "city-admin", "", "?place=320812&category=roads/lights"),
    Page("desk/calendar/", "city-admin"),
]
PAGES = [*PUBLIC, *OWN, *DESKS, *ADMINISTRATION]

# Routes that draw no page of their own: what they are instead.
DEED, FILE, PIECE, ON_THE_WAY = "takes a form", "a file", "a piece of a page", "a step between two pages"
NO_PAGES = {
    "s/<slug:short>/similar/": PIECE,
    "t/<str:number>/me-too/": DEED,
    "r/<str:number>/<slug:secret>/withdraw/": DEED,
    "r/<str:number>/<slug:secret>/answer/": DEED,
    "desk/filed/<str:number>/": ON_THE_WAY,
    "desk/places/names/<int:alias_id>/drop/": DEED,
    "desk/places/<int:room_id>/codes/": DEED,
    "desk/places/<int:room_id>/close/": DEED,
    "desk/places/<int:room_id>/reopen/": DEED,
    "desk/places/codes/<int:code_id>/revoke/": DEED,
    "desk/places/codes/<int:code_id>/<str:item>.svg": FILE,
    "favicon.ico": FILE,
    "prefs/": DEED,
    "staff/code/": ON_THE_WAY,
    "staff/demo/<str:username>/": DEED,
    "staff/post/": DEED,
    "staff/again/code/": ON_THE_WAY,
    "staff/second-factor/remove/": ON_THE_WAY,
    "staff/recovery-codes/": ON_THE_WAY,
    "staff/recovery-codes/new/": ON_THE_WAY,
    "desk/people/<int:pk>/link/": DEED,
    "desk/people/<int:pk>/second-factor/": DEED,
    "desk/posts/<int:pk>/end/": DEED,
    "photos/<digest:digest>.jpg": FILE,
    "photos/<digest:digest>-small.jpg": FILE,
    "desk/duties/<int:pk>/drop/": DEED,
    "desk/calendar/<str:day>/drop/": DEED,
    "journal/recount.jsonl": FILE,
    "journal/recount.py": FILE,
    "journal/<int:seq>.txt": FILE,
    "notices/seen/": DEED,
    "notices/wishes/": DEED,
    "staff/logout/": DEED,
    "sign-out/": DEED,
    "sign-out/for-good/": DEED,
    "desk/triage/accept/": DEED,
    "desk/triage/<str:number>/merge/": DEED,
    "desk/triage/<str:number>/split/": DEED,
    "desk/triage/<str:number>/apart/<int:report>/": DEED,
    "desk/triage/<str:number>/go/<slug:way>/": DEED,
    "desk/triage/<str:number>/<slug:deed>/": DEED,
    "desk/review/<str:number>/<slug:verdict>/": DEED,
    "m/<int:meeting_id>/sign-in/": DEED,
    "m/<int:meeting_id>/say/": DEED,
    "m/<int:meeting_id>/vote/<int:ballot_id>/": DEED,
    "m/<int:meeting_id>/keep/": DEED,
    "desk/meeting/<int:meeting_id>/conclude/": DEED,
    "desk/meeting/<int:meeting_id>/<slug:deed>/": DEED,
    "desk/prepare/<str:number>/<slug:deed>/": DEED,
    "desk/resolution/<int:pk>/confirm/": DEED,
    "desk/cases/<int:case_id>/<slug:what>/": DEED,
    "desk/tasks/<int:task_id>/<slug:what>/": DEED,
    "desk/t/<str:number>/deliver/": DEED,
    "desk/t/<str:number>/call-back/": DEED,
}
