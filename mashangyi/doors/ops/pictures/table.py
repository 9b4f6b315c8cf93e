"""Which pictures there are: what is looked at, by whom, on what screen, in what light."""

from dataclasses import dataclass

# Width, height, and pixels to each of them.
PHONE, WIDE = (390, 844, 2), (1440, 900, 1)


@dataclass(frozen=True)
class Shot:
    """`scene` is a method of walk.Visitors; `visitor` a demo account, or anyone at all when empty."""

    scene: str
    screen: str
    way: str = "light"
    visitor: str = ""

    @property
    def file(self) -> str:
        if self.scene == "door_plate":
            return "door-plate.png"
        return f"{self.scene.replace('_', '-')}-{self.screen}-{self.way}.png"


def _shots(scene: str, visitor: str, *looks: str) -> list[Shot]:
    return [Shot(scene, *look.split("-"), visitor) for look in looks]


SHOTS = [
    *_shots("scan", "", "phone-light", "phone-dark", "phone-elder"),
    *_shots("receipt", "", "phone-light"),
    *_shots("topic", "", "phone-light", "phone-dark", "phone-elder", "wide-light"),
    *_shots("home", "", "phone-light"),
    *_shots("room", "", "phone-light"),
    *_shots("city", "", "wide-light", "wide-dark", "phone-dark"),
    *_shots("triage", "clerk", "wide-light", "wide-dark", "phone-light"),
    *_shots("review", "reviewer", "wide-light"),
    *_shots("meeting_console", "convener", "wide-light", "wide-dark"),
    *_shots("wall", "convener", "wide-light"),
    *_shots("meeting", "", "phone-light"),
    *_shots("unit_desk", "unit-officer", "wide-light", "phone-light"),
    *_shots("task", "unit-officer", "wide-light"),
    *_shots("door_plate", "convener", "wide-light"),
]
