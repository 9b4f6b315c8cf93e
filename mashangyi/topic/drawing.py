"""The lifecycle drawn from its own table: an SVG, and the words beside it."""

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from ..ground.calendar.clocks import CLOCKS
from ..ground.people.actor import ROLES
from .lifecycle import MOVES, REPORTERS, STAGES, STATES, Move

COLUMN, ROW, WIDTH, HEIGHT, TOP = 168, 58, 128, 34, 34


def length_of(clock: str) -> str:
    """The usual length of a promise in words: "2 个工作小时", "3 个工作日"."""
    promise = CLOCKS[clock]
    if promise.workdays:
        return _("%s 个工作日") % promise.workdays
    if promise.workhours:
        return _("%g 个工作小时") % promise.workhours
    return _("%g 小时") % promise.hours


def who_of(move: Move) -> str:
    if move.roles == REPORTERS:
        return _("反映人")
    return _("、").join(_(ROLES[role]) for role in move.roles)


def draw() -> str:
    """Stages as columns, states as boxes, moves as arrows; moves back to an earlier stage
    and reopening are in the list below."""
    places = _places()
    arrows = "".join(_arrow(places[s], places[m.target]) for m in _forward() for s in m.sources if s != m.target)
    boxes = "".join(_box(STATES[name], *place) for name, place in places.items())
    width, height = COLUMN * len(STAGES), TOP + ROW * max(row for _x, row in _grid().values()) + ROW
    heads = "".join(
        f'<text class="head" x="{COLUMN * n + WIDTH / 2 + 8}" y="20">{escape(_(label))}</text>'
        for n, label in enumerate(STAGES.values())
    )
    title = escape(_("从收到到解决：状态和走法"))
    return mark_safe(  # noqa: S308 — every word in it is escaped
        f'<svg class="lifecycle-map" role="group" aria-label="{title}" viewBox="0 0 {width} {height}" width="{width}">'
        f'<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0L8 4L0 8z"/></marker></defs>{heads}{arrows}{boxes}</svg>'
    )


def _forward() -> list[Move]:
    order = list(STAGES)
    return [m for m in MOVES.values() if (not m.back or STATES[m.target].stage == "ended") and all(
        order.index(STATES[s].stage) <= order.index(STATES[m.target].stage) for s in m.sources)]  # fmt: skip


def _grid() -> dict[str, tuple[int, int]]:
    stages, rows, grid = list(STAGES), {}, {}
    for state in STATES.values():
        row = rows[state.stage] = rows.get(state.stage, -1) + 1
        grid[state.name] = (stages.index(state.stage), row)
    return grid


def _places() -> dict[str, tuple[int, int]]:
    return {name: (COLUMN * x + 8, TOP + ROW * y) for name, (x, y) in _grid().items()}


def _box(state, x: int, y: int) -> str:
    return (
        f'<a href="#state-{state.name}"><rect class="{state.tone}" x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="8"/>'
        f'<text x="{x + WIDTH / 2}" y="{y + 22}">{escape(_(state.label))}</text></a>'
    )


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> str:
    (x1, y1), (x2, y2) = start, end
    if x1 == x2:
        down = y2 > y1
        a, b = (y1 + HEIGHT, y2) if down else (y1, y2 + HEIGHT)
        if abs(y2 - y1) == ROW:
            return f'<path d="M{x1 + WIDTH / 2} {a}V{b}" marker-end="url(#tip)"/>'
        side = x1 + WIDTH
        return f'<path d="M{side} {y1 + 17}C{side + 26} {y1 + 17} {side + 26} {y2 + 17} {side} {y2 + 17}" marker-end="url(#tip)"/>'
    left, right, middle = x1 + WIDTH, x2, (x1 + WIDTH + x2) / 2
    return f'<path d="M{left} {y1 + 17}C{middle} {y1 + 17} {middle} {y2 + 17} {right} {y2 + 17}" marker-end="url(#tip)"/>'
