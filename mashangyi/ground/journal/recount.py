"""Recount the public journal of a town, from anywhere, with nothing but Python:

    python recount.py https://the-address-of-the-town

Every entry names the hash of the one before it; whoever changes, drops or slips in an entry breaks the
chain. Of entries that are not public only the hash is shown, so that the chain can still be followed.
Note the last line down: if a later run does not contain that entry with that hash, the past was changed.
"""

import hashlib
import json
import sys
from urllib.request import urlopen


def lines(address: str, after: int):
    with urlopen(f"{address}/journal/recount.jsonl?after={after}") as answer:  # noqa: S310
        return [json.loads(line) for line in answer.read().decode().splitlines()]


def recount(read) -> tuple[int, str, list[str]]:
    """Follow the chain that `read(after)` gives page by page: last number, last hash, what is wrong."""
    number, last, wrong = 0, "", []
    while page := read(number):
        for entry in page:
            if entry["seq"] != number + 1 or entry["prev"] != last:
                wrong.append(f"entry {entry['seq']} does not follow entry {number}")
            text = entry.get("text")
            if text is not None and hashlib.sha256(text.encode()).hexdigest() != entry["hash"]:
                wrong.append(f"entry {entry['seq']} is not what its hash says")
            number, last = entry["seq"], entry["hash"]
    return number, last, wrong


if __name__ == "__main__":
    number, last, wrong = recount(lambda after: lines(sys.argv[1].rstrip("/"), after))
    print(*wrong, sep="\n")
    print(f"{number} entries, the last hash is {last}" if not wrong else f"{len(wrong)} faults")
    sys.exit(bool(wrong))
