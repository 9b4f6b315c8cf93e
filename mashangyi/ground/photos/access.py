"""Who sees a photo that is not public: each stage declares it for the subjects it owns."""

from collections.abc import Callable

from ..people.actor import Actor
from .models import Photo

# (id of the subject, who asks, secret of their receipt or "") -> may they see its photos
MaySee = Callable[[int, Actor, str], bool]

RULES: dict[str, MaySee] = {}


def declare(kind: str, may_see: MaySee) -> None:
    """Say who sees the photos of subjects "kind:…"; each kind is declared once."""
    if RULES.setdefault(kind, may_see) is not may_see:
        raise ValueError(f"who sees the photos of {kind} is declared twice")


def may_see(photo: Photo, actor: Actor, key: str = "") -> bool:
    """Whether `actor`, or whoever holds the receipt with the secret `key`, sees this photo."""
    if photo.public:
        return True
    kind, _colon, number = photo.subject.partition(":")
    rule = RULES.get(kind)
    return bool(rule and number.isdigit() and rule(int(number), actor, key))
