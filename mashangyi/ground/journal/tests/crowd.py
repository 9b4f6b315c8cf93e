"""Several threads that do deeds at once. Run as a program it makes (or joins) a SQLite file of its own."""

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext


def speak_all_at_once(threads: int, each: int) -> list[int]:
    """`threads` threads do `each` deeds, every other thread inside a transaction it began by itself; the
    numbers of all their entries."""
    from django.db import connections, transaction

    from mashangyi.ground.people.actor import SYSTEM

    from .factories import speak

    def _one(words: str, *, begun: bool) -> int:
        with transaction.atomic() if begun else nullcontext():
            return speak(words, by=SYSTEM).seq

    def one(thread: int) -> list[int]:
        try:
            return [_one(f"{thread}-{n}", begun=thread % 2) for n in range(each)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return [seq for seqs in pool.map(one, range(threads)) for seq in seqs]


def make_tables() -> None:
    from django.db import connection

    from mashangyi.ground.journal.models import Chain, Cursor, Entry

    with connection.schema_editor() as editor:
        for model in (Entry, Chain, Cursor):
            editor.create_model(model)


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "tables":
        make_tables()
    else:
        print(*sorted(speak_all_at_once(int(sys.argv[1]), int(sys.argv[2]))))
