# ruff: noqa: E501 — drawings are long lines
"""The icons: strokes on a 24 × 24 grid, drawn in the colour of the words beside them."""

from functools import cache

from markupsafe import Markup, escape

STROKES = {
    "alert": '<path d="M12 3.5 22 20.5H2z"/><path d="M12 10v4.5M12 17.4v.1"/>',
    "back": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4"/>',
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 2.8V6M16 2.8V6"/>',
    "camera": '<path d="M4 8h3l1.6-2.5h6.8L17 8h3v11H4z"/><circle cx="12" cy="13" r="3.4"/>',
    "chart": '<path d="M4 20.5h16.5M7 17v-5M12 17V5M17 17V9"/>',
    "check": '<path d="m4.5 12.5 5 5 10-11"/>',
    "copy": '<rect x="8.5" y="8.5" width="12" height="12" rx="2"/><path d="M15.5 8.5v-5h-12v12h5"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "doc": '<path d="M6 3h8.5L19 7.5V21H6zM14 3v5h5M9 13h7M9 17h7"/>',
    "download": '<path d="M12 3.5v11.5M7 10.5l5 5 5-5M4 20.5h16"/>',
    "echo": '<rect x="3.5" y="3.5" width="17" height="17" rx="3.5"/><rect x="9" y="9" width="6" height="6" rx="1"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>',
    "forward": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "globe": '<circle cx="12" cy="12" r="8.7"/><path d="M3.3 12h17.4M12 3.3c5 5 5 12.4 0 17.4-5-5-5-12.4 0-17.4z"/>',
    "home": '<path d="m3.5 11 8.5-7.5 8.5 7.5M6 9v11.5h12V9M10 20.5v-6h4v6"/>',
    "list": '<path d="M8.5 6H20M8.5 12H20M8.5 18H20M4 6h.1M4 12h.1M4 18h.1"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
    "moon": '<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"/>',
    "more": '<path d="M5 12h.1M12 12h.1M19 12h.1"/>',
    "pencil": '<path d="M4 20h4L20 8l-4-4L4 16zM13.5 6.5l4 4"/>',
    "people": '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c0-3.6 2.6-5.5 6.5-5.5s6.5 1.9 6.5 5.5M16 5.3a3.4 3.4 0 0 1 0 6.4'
    'M18.3 15c2.1.8 3.2 2.5 3.2 5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c0-4 3-6 7.5-6s7.5 2 7.5 6"/>',
    "phone": '<path d="M5 3.5h4l1.8 5-2.6 1.8a13 13 0 0 0 5.5 5.5l1.8-2.6 5 1.8v4c0 1-.8 1.5-1.7 1.5C11 20.5 3.5 13 3.5 5.2'
    'c0-1 .6-1.7 1.5-1.7z"/>',
    "pin": '<path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z"/><circle cx="12" cy="10" r="2.3"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z"/>',
    "qr": '<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v6h-6v-1.5"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "speak": '<path d="M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18.3 6.2a8.2 8.2 0 0 1 0 11.6"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3 7 7M17 17l1.7 1.7'
    'M18.7 5.3 17 7M7 17l-1.7 1.7"/>',
    "talk": '<path d="M3.5 4.5h17v12H12l-5 4v-4H3.5z"/>',
    "undo": '<path d="M8.5 5 4 9.5 8.5 14M4 9.5h10a6 6 0 0 1 0 12h-3"/>',
    "vote": '<path d="M4 12.5v8h16v-8M2.5 12.5h19M8 12.5 7 5.5l9-2 1.5 9M10 8.5l1.7 1.6 2.8-3.6"/>',
}


@cache
def icon(name: str, label: str = "") -> Markup:
    """The drawing called `name`. Without a label it is hidden from readers: the words beside it speak."""
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Markup(f'<svg class="icon" viewBox="0 0 24 24" {spoken}>{STROKES[name]}</svg>')  # noqa: S704 — our own strokes
