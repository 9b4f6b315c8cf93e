"""The square to scan, as shapes: its three corners are the mark, 回."""

from dataclasses import dataclass

import segno

CORNER = 7
QUIET = 4


@dataclass(frozen=True)
class Square:
    """`size` modules on each side, without the quiet zone; `path` draws all but the corners."""

    size: int
    path: str
    corners: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, words: str) -> "Square":
        """A quarter of it may be scratched off (error level Q), as happens to what hangs on a wall."""
        rows = [list(row) for row in segno.make_qr(words, error="q", boost_error=False).matrix]
        last = len(rows) - CORNER
        return cls(len(rows), _path(rows), ((0, 0), (last, 0), (0, last)))

    @property
    def whole(self) -> int:
        """Modules on each side with the quiet zone that scanners need around it."""
        return self.size + 2 * QUIET


def _path(rows: list[list[int]]) -> str:
    """One run of dark modules after the other, row by row, the corners left out."""
    parts = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end] and not _in_corner(end, y, len(rows)):
                end += 1
            if end > x:
                parts.append(f"M{x} {y}h{end - x}v1h-{end - x}z")
            x = max(end, x + 1)
    return "".join(parts)


def _in_corner(x: int, y: int, size: int) -> bool:
    low, high = CORNER, size - CORNER
    return (x < low and y < low) or (x >= high and y < low) or (x < low and y >= high)
