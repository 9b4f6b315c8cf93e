"""What an address or a form asks for, read strictly: anyone may write anything there."""


def whole(text: str) -> int | None:
    """The number of a row that is written here; None for any other text, such as "²" or what no row can have."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
