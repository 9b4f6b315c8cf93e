"""What the front reads of a request before Django does."""

from django.http.cookie import parse_cookie

from mashangyi.ground.looks import is_elder, language_of, theme_of

# Cookies that only change how a page looks. Any other cookie may mean anything: such a visit goes to Django.
LOOKS = {"lang", "elder", "theme"}
# An address this long is no page of ours that many ask for; its key would take more room than its page.
LONGEST_KEY = 1000
# Headers by which the same address may get another answer.
ASKS_FOR_A_PART = {b"authorization", b"hx-request", b"range", b"if-match", b"if-unmodified-since"}


def headers_of(scope) -> dict[bytes, bytes]:
    """The request's headers by lower-case name; repeated ones are joined as Django will read them: else a
    page that Django drew for one of them would be kept for the other."""
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        joint = b"; " if name == b"cookie" else b","
        found[name] = found[name] + joint + value if name in found else value
    return found


def page_key(scope, headers: dict[bytes, bytes]) -> tuple | None:
    """What a public page depends on besides the journal; None when the visit is not a plain public one."""
    if scope["method"] not in {"GET", "HEAD"} or not ASKS_FOR_A_PART.isdisjoint(headers):
        return None
    cookies = _looks(headers.get(b"cookie", b""))
    address = (scope.get("raw_path") or scope["path"], scope["query_string"], headers.get(b"host", b""))
    if cookies is None or sum(map(len, address)) > LONGEST_KEY:
        return None
    return (
        *address,
        language_of(cookies.get("lang", ""), headers.get(b"accept-language", b"").decode("latin1")),
        is_elder(cookies.get("elder")),
        theme_of(cookies.get("theme")),
    )


def _looks(header: bytes) -> dict[str, str] | None:
    """The cookies of looks; None when there is any other."""
    cookies = parse_cookie(header.decode(errors="replace")) if header else {}  # as Django decodes it
    return cookies if cookies.keys() <= LOOKS else None


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
