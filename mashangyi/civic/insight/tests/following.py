"""Following every number of a city page to its list, and counting there."""

import re
from html import unescape
from urllib.parse import urljoin

LINK = re.compile(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', re.S)
ITEM = re.compile(r'<li><a class="row-link".*?</a></li>', re.S)
OLDER = re.compile(r'rel="next" href="([^"]+)"')
CHIP = re.compile(r'<span class="chip num">(−?)([\d,]+)</span>')
MONEY = re.compile(r'<b class="num">(−?)([\d,.]+ 万?元)')
NUMBER = re.compile(r"(?:本月 )?([\d,.]+(?: 万?元)?)(?: 看清单)?")
ROOM = re.compile(r'<li><a class="row-link" href="/rooms/\d+/">')
LONGEST = 200


def numbers_of(page: str) -> list[tuple[str, int]]:
    """(address, number) of every link of the page's body whose words are a number, or begin with one."""
    body = page.split("<main", 1)[1].split("</main>", 1)[0]
    found = []
    for address, words in LINK.findall(body):
        plain = re.sub(r"<[^>]+>", "", words).strip()
        number = NUMBER.fullmatch(plain)
        if number:
            found.append((unescape(address), amount(number[1])))
    return found


def counted(client, address: str) -> int:
    """What the list at this address comes to, read to its last page."""
    if "/stay:" in address:
        return _bars(client, address)
    total, base, pages = 0, address.split("?")[0], 0
    while address:
        text, pages = _read(client, address), pages + 1
        assert pages < LONGEST, address
        total += _on_page(text, base)
        older = OLDER.search(text)
        address = urljoin(base, unescape(older[1])) if older else ""
    return total


def amount(words: str) -> int:
    """1,500 · 1,500 元 · 6.5 万元"""
    number = float(words.split(" ")[0].replace(",", ""))
    return round(number * 10_000) if "万" in words else int(number)


def _read(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _on_page(text: str, base: str) -> int:
    if base == "/rooms/":
        return len(ROOM.findall(text))
    return sum(_adds(item, money=base.endswith(("/planned/", "/spent/"))) for item in ITEM.findall(text))


def _adds(item: str, *, money: bool) -> int:
    given = (MONEY if money else CHIP).search(item)
    if given is None:
        return 1
    return (-1 if given[1] else 1) * amount(given[2])


def _bars(client, address: str) -> int:
    text = _read(client, address)
    return sum(int(n.replace(",", "")) for n in re.findall(r"</td><td>([\d,]+)</td></tr>", text))
