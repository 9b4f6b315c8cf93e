"""Showing a photo."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from ..people.guards import public
from . import queries
from .access import may_see
from .store import path_of

# Not for good: a photo that was published by mistake is gone everywhere a day after it is hidden.
FOR_ALL = "public, max-age=86400"
FOR_ONE = "private, max-age=3600"


@public
@require_safe
def photo(request: HttpRequest, digest: str, small: bool = False) -> HttpResponse:
    """A photo, or its small version. Whoever may not see it learns not even that it exists."""
    key = request.GET.get("key", "")
    seen = next((each for each in queries.with_digest(digest) if may_see(each, request.actor, key)), None)
    path = path_of(digest, small=small)
    if seen is None or not path.is_file():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type="image/jpeg")
    response["Cache-Control"] = FOR_ALL if seen.public else FOR_ONE
    response["ETag"] = quote_etag(path.stem)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
