"""The parts of a topic's pages. Each stage declares its own; the topic knows none of them.

A public panel stands on the topic page for everyone; a desk panel stands on the topic's desk page for
the roles that work in that stage; a receipt panel stands on the reporter's receipt. `load` returns what
the template reads as `it` (`it.visits`), or None when there is nothing to show.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from ..ground.calendar.clock import today
from ..ground.people.actor import ANYONE, Actor
from .models import Topic


@dataclass(frozen=True)
class Panel:
    """`order` places it on the page: intake 10, triage 20, deliberation 30, mediation 40, delivery 50, evaluation 60.

    `verbs` are the beginnings of the journal's verbs on which a public panel depends ("delivery."); moves
    of the topic always count. A panel without any depends on everything that happens to the topic.
    """

    name: str
    order: int
    template: str
    load: Callable[[Topic, Actor], dict | None]
    roles: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()


PUBLIC: list[Panel] = []
DESK: list[Panel] = []
RECEIPT: list[Panel] = []

# What public panels loaded, by panel, topic and version; the longest unused goes first.
MOST_KEPT = 600
_keep: OrderedDict[tuple, dict | None] = OrderedDict()
_lock = threading.Lock()


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


def kept_panels(topic: Topic, entries, version: str) -> list[tuple[Panel, dict]]:
    """The public panels, the same for all who look. A panel is a function of the journal: what it loaded is kept
    until an entry comes on which it depends. `entries` are the topic's; `version` is that of all of it.
    """
    loaded = ((panel, _kept(panel, topic, _version(panel, entries, version))) for panel in PUBLIC)
    return [(panel, context) for panel, context in loaded if context is not None]


def _version(panel: Panel, entries, version: str) -> str:
    if not panel.verbs:
        return version
    depends = ("topic.", "intake.", *panel.verbs)
    return str(max((entry.seq for entry in entries if entry.verb.startswith(depends)), default=0))


def _kept(panel: Panel, topic: Topic, version: str) -> dict | None:
    key = (panel.name, topic.pk, version, today())
    with _lock:
        if key in _keep:
            _keep.move_to_end(key)
            return _keep[key]
    context = panel.load(topic, ANYONE)
    with _lock:
        _keep[key] = context
        if len(_keep) > MOST_KEPT:
            _keep.popitem(last=False)
    return context


def desk_panels(topic: Topic, actor: Actor) -> list[tuple[Panel, dict]]:
    return _loaded([panel for panel in DESK if actor.role in panel.roles], topic, actor)


def _loaded(panels, topic, actor) -> list[tuple[Panel, dict]]:
    loaded = ((panel, panel.load(topic, actor)) for panel in panels)
    return [(panel, context) for panel, context in loaded if context is not None]


def forget() -> None:
    """Keep nothing any more, as a test does whose database begins anew."""
    with _lock:
        _keep.clear()
