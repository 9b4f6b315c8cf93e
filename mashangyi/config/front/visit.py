"""What the front reads of a request before Django does."""

from django.conf import settings
from django.http.cookie import parse_cookie

from mashangyi.doors.web.middleware import _from_header as language_of_header

# Cookies that only change how a page looks. Any other cookie may mean anything: such a visit goes to Django.
LOOKS = {"lang", "elder", "theme"}
# Headers by which the same address may get another answer.
ASKS_FOR_A_PART = {b"authorization", b"hx-request", b"range", b"if-match", b"if-unmodified-since"}


def headers_of(scope) -> dict[bytes, bytes]:
    """The request's headers by lower-case name; of a repeated one the last, but cookies are joined."""
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        found[name] = found[name] + b"; " + value if name == b"cookie" and name in found else value
    return found


def page_key(scope, headers: dict[bytes, bytes]) -> tuple | None:
    """What a public page depends on besides the journal; None when the visit is not a plain public one."""
    if scope["method"] not in {"GET", "HEAD"} or not ASKS_FOR_A_PART.isdisjoint(headers):
        return None
    cookies = _looks(headers.get(b"cookie", b""))
    if cookies is None:
        return None
    return (
        scope.get("raw_path") or scope["path"],
        scope["query_string"],
        headers.get(b"host", b""),
        _language(cookies.get("lang", ""), headers.get(b"accept-language", b"")),
        cookies.get("elder", ""),
        cookies.get("theme", ""),
    )


def _looks(header: bytes) -> dict[str, str] | None:
    """The cookies of looks; None when there is any other."""
    cookies = parse_cookie(header.decode("latin1")) if header else {}
    return cookies if cookies.keys() <= LOOKS else None


def _language(chosen: str, accepted: bytes) -> str:
    known = {code for code, _name in settings.LANGUAGES}
    return chosen if chosen in known else language_of_header(accepted.decode("latin1"))


def client_address(scope, headers: dict[bytes, bytes], proxies: int) -> str:
    """Where the visit comes from: the connection, or what the outermost of our `proxies` saw.

    Each trusted proxy appends the address it saw to X-Forwarded-For; what a visitor wrote there
    stands further left and is not believed.
    """
    connected = (scope.get("client") or ("", 0))[0]
    if not proxies:
        return connected
    seen = [
        part.strip()
        for part in headers.get(b"x-forwarded-for", b"").decode("latin1").split(",")
        if part.strip()
    ]
    return (seen[-proxies] if len(seen) >= proxies else seen[0]) if seen else connected


def accepts_gzip(headers: dict[bytes, bytes]) -> bool:
    return b"gzip" in headers.get(b"accept-encoding", b"")
