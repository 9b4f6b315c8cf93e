"""The parts of a topic's pages. Each stage declares its own; the topic knows none of them.

A public panel stands on the topic page for everyone; a desk panel stands on the topic's desk page for
the roles that work in that stage; a receipt panel stands on the reporter's receipt. `load` returns what
the template reads as `it` (`it.visits`), or None when there is nothing to show.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ..ground.people.actor import Actor
from .models import Topic


@dataclass(frozen=True)
class Panel:
    """`order` places it on the page: intake 10, triage 20, deliberation 30, mediation 40, delivery 50, evaluation 60."""

    name: str
    order: int
    template: str
    load: Callable[[Topic, Actor], dict | None]
    roles: tuple[str, ...] = ()


PUBLIC: list[Panel] = []
DESK: list[Panel] = []
RECEIPT: list[Panel] = []


def declare(*panels: Panel) -> None:
    """Add panels: those with roles to the desk page, the others to the public page."""
    for panel in panels:
        _shelve(DESK if panel.roles else PUBLIC, panel)


def declare_receipt(*panels: Panel) -> None:
    """Add panels to the receipt; their `load(report, actor)` gets the report instead of the topic."""
    for panel in panels:
        _shelve(RECEIPT, panel)


def _shelve(shelf: list[Panel], panel: Panel) -> None:
    shelf.append(panel)
    shelf.sort(key=lambda each: each.order)


def receipt_panels(report, actor: Actor) -> list[tuple[Panel, dict]]:
    return _loaded(RECEIPT, report, actor)



def public_panels(topic: Topic, actor: Actor) -> list[tuple[Panel, dict]]:
    return _loaded(PUBLIC, topic, actor)


def desk_panels(topic: Topic, actor: Actor) -> list[tuple[Panel, dict]]:
    return _loaded([panel for panel in DESK if actor.role in panel.roles], topic, actor)


def _loaded(panels, topic, actor) -> list[tuple[Panel, dict]]:
    loaded = ((panel, panel.load(topic, actor)) for panel in panels)
    return [(panel, context) for panel, context in loaded if context is not None]
