"""Keeping photos: files are written first, under the fingerprint of what is in them; rows follow in the deed.

A deed that is rolled back leaves at most a file that no row names, and nobody can ask for that one.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..calendar.clock import now
from .models import Photo
from .pictures import LARGEST_FILE, Picture, Unfit, redraw

MOST = 12
FIELD = "photos"


@dataclass(frozen=True)
class Kept:
    """A photo whose files are written and whose row is not made yet."""

    digest: str
    width: int
    height: int


def keep(files) -> list[Kept]:
    """Check, redraw and write what was sent (uploaded files, open files or bytes).

    Takes some tenths of a second for each photo, so a page calls it before its deed. Raises
    ValidationError({"photos": …}) that names each photo that cannot be taken, and then keeps none.
    """
    files = [file for file in files if file]
    if len(files) > MOST:
        facts = {"most": MOST, "n": len(files)}
        raise ValidationError({FIELD: _("一次最多 %(most)s 张照片，您选了 %(n)s 张。") % facts})
    pictures, problems = [], []
    for place, file in enumerate(files, 1):
        try:
            pictures.append(file if isinstance(file, Kept) else redraw(_content(file)))
        except Unfit as problem:
            facts = {"n": place, "name": _name(file), "why": problem}
            problems.append(_("第 %(n)s 张照片%(name)s：%(why)s。") % facts)
    if problems:
        raise ValidationError({FIELD: problems})
    return [each if isinstance(each, Kept) else _written(each) for each in pictures]


def store(
    files, subject: str, kind: str = "evidence", *, by, public: bool = False, caption: str = ""
) -> list[Photo]:
    """Add photos to `subject`, inside the deed that brings them. `files` may be kept already (faster deeds).

    `by` is the Actor, of whom the role alone is kept; `kind` is evidence, before, during or after.
    """
    rows = [
        Photo(
            subject=subject, kind=kind, digest=each.digest, width=each.width, height=each.height,
            caption=caption, role=by.role, public=public, taken_at=now(),
        )
        for each in keep(files)
    ]  # fmt: skip
    return Photo.objects.bulk_create(rows)


def publish(subject: str, ids, *, public: bool = True) -> int:
    """Let everyone see these photos of `subject`, or no longer; inside a deed. How many there were."""
    return Photo.objects.filter(subject=subject, pk__in=ids).update(public=public)


def path_of(digest: str, *, small: bool = False) -> Path:
    """Where the file is. `digest` is 64 hexadecimal digits; anything else is no name of a photo."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("not the digest of a photo")
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest[2:4] / f"{digest}{'-small' if small else ''}.jpg"


def _content(file) -> bytes:
    if isinstance(file, bytes):
        return file
    if getattr(file, "size", 0) > LARGEST_FILE:
        raise Unfit(_("文件太大，最大 15 MB"))
    file.seek(0)
    return file.read(LARGEST_FILE + 1)


def _name(file) -> str:
    name = Path(str(getattr(file, "name", "") or "")).name
    return f"“{name[:40]}”" if name else ""


def _written(picture: Picture) -> Kept:
    digest = hashlib.sha256(picture.large).hexdigest()
    _write(path_of(digest, small=True), picture.small)
    _write(path_of(digest), picture.large)
    return Kept(digest, picture.width, picture.height)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and on the disk before any row names it."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)
