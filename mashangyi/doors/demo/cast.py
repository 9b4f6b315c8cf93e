"""Who and what the stories need: rooms with their posts, units with their officers, members."""

from mashangyi.ground.calendar import clock
from mashangyi.ground.people.actions import appoint, make_unit
from mashangyi.ground.people.actor import SYSTEM, Actor, in_post, resident
from mashangyi.ground.people.models import Person, Post, Unit
from mashangyi.ground.places.actions import make_codes, open_room
from mashangyi.ground.places.importing import import_divisions
from mashangyi.ground.places.models import Code, Division, Room
from mashangyi.ground.places.queries import find_divisions

from .telling import on

OPENED = on(1, 5, year=2024)


class Cast:
    """The people and places of the town; each is made when a story first names it."""

    def __init__(self):
        self.rooms: dict[str, Room] = {}
        self.units: dict[str, Unit] = {}
        self.posts: dict[tuple, Post] = {}
        with clock.at(OPENED):
            import_divisions(by=SYSTEM)
            self.admin = in_post(self._post("city_admin", "3208", "淮安市", by=SYSTEM))

    # --- places ----------------------------------------------------------------------------------

    def division(self, *names: str) -> Division:
        """The one division that lies in all of these and bears the last name: ("清江浦区", "长西街道", "长西社区")."""
        found = [f for f in find_divisions(names[-1]) if names[0] in f.path]
        closer = [f for f in found if all(name in f.path for name in names)] or found
        if len({f.code for f in closer}) != 1:
            raise LookupError(f"{names}: {[f.path for f in closer]}")
        return Division.objects.get(code=closer[0].code)

    def room(self, *names: str, kind: str = "community", title: str = "", address: str = "", spots=("议事室门口",)) -> Room:
        """The deliberation room of a division, with a convener, a clerk and posters."""
        name = title or f"{names[-1]}协商议事室"
        if name not in self.rooms:
            with clock.at(OPENED):
                room = open_room(
                    name=name, division=self.division(*names).code, kind=kind, by=self.admin,
                    address=address or f"{names[-1]}党群服务中心", hours="周一至周六 8:30–18:00",
                )  # fmt: skip
                make_codes(room, "report", "poster", list(spots), by=self.admin)
                make_codes(room, "report", "door_plate", ["门牌"], by=self.admin)
            self.rooms[name] = room
        return self.rooms[name]

    def code(self, room: Room, spot: str = "", item: str = "poster") -> Code:
        """A code of the room that hangs at `spot`; made when there is none."""
        known = Code.objects.filter(room=room, spot=spot, item=item).first()
        if known:
            return known
        with clock.at(OPENED):
            return make_codes(room, "report", item, [spot], by=self.admin)[0]

    # --- people ----------------------------------------------------------------------------------

    def clerk(self, room: Room) -> Actor:
        return self._acting("clerk", room)

    def convener(self, room: Room) -> Actor:
        return self._acting("convener", room)

    def worker(self, room: Room, title: str = "") -> Actor:
        return self._acting("grid_worker", room.division, title or f"{room.division.name}一号网格")

    def reviewer(self, room: Room) -> Actor:
        """The party organisation of the town in which the room lies."""
        town = self._town_of(room)
        return self._acting("reviewer", town, f"{town.name}党（工）委")

    def mediator(self, room: Room) -> Actor:
        return self._acting("mediator", self._town_of(room), "人民调解委员会")

    def _town_of(self, room: Room) -> Division:
        """The town above a village's room; for a room of a town or county, that itself."""
        return Division.objects.get(code=room.division.code[:9])

    def member(self, title: str, place: str = "3208") -> Actor:
        return self._acting("member", Division.objects.get(code=place), title)

    def supervisor(self) -> Actor:
        return self._acting("supervisor", Division.objects.get(code="3208"), "市协商办")

    def auditor(self) -> Actor:
        return self._acting("auditor", Division.objects.get(code="3208"), "市审计组")

    def unit(self, name: str, place: str = "3208", kind: str = "department") -> Unit:
        if name not in self.units:
            with clock.at(OPENED):
                self.units[name] = make_unit(name, place=place, kind=kind, by=self.admin)
        return self.units[name]

    def officer(self, unit: Unit) -> Actor:
        return self._acting("unit_officer", unit)

    def neighbour(self) -> Actor:
        """A resident who signed in."""
        return resident(Person.objects.create(kind="resident", is_demo=True))

    def _acting(self, role: str, where, title: str = "") -> Actor:
        return in_post(self._post(role, where, title, by=self.admin))

    def _post(self, role: str, where, title: str, *, by):
        key = (role, str(where), title)
        if key not in self.posts:
            with clock.at(OPENED):
                person = Person.objects.create(
                    username=self._username(role), kind="staff", is_demo=True, password="!"  # noqa: S106 — cannot sign in by it
                )
                self.posts[key] = appoint(person, role, where, title=title, by=by)
        return self.posts[key]

    def _username(self, role: str) -> str:
        name = role.replace("_", "-")
        n = Person.objects.filter(username__startswith=name).count()
        return name if n == 0 else f"{name}-{n + 1}"
