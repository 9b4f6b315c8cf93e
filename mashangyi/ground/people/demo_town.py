"""Is this instance a demo town? Then, and only then, demo persons may enter with one tap.

Two things must agree: the file `demo` in the data folder, which a person with the machine's rights must
have let be written, and the journal's own word that the town was told. A real town has neither.
"""

from django.conf import settings
from django.db.models import Min

from ..journal.models import Entry
from .models import Post

FLAG = "demo"
VERB = "demo.told"
_told_before: set[str] = set()


def told() -> bool:
    """Whether the demo was told here. Costs a look at the disk; the journal is asked until it says yes."""
    if not (settings.DATA / FLAG).exists():
        return False
    name = str(settings.DATABASES["default"]["NAME"])
    if name not in _told_before and Entry.objects.filter(city=settings.CITY, verb=VERB).exists():
        _told_before.add(name)
    return name in _told_before


def accounts() -> list[Post]:
    """One demo account for each role, in the order of the roles; none in a real town."""
    if not told():
        return []
    firsts = Post.objects.filter(person__is_demo=True, person__kind="staff", person__is_active=True)
    ids = firsts.values("role").annotate(first=Min("id")).values_list("first", flat=True)
    return list(Post.objects.filter(pk__in=list(ids)).select_related("person").order_by("id"))
