"""A look at the journal that does not go through Django: has anything happened, and to what.

`pulse()` changes whenever anyone, in any process, has committed something a page may show; while it
is the same, nothing needs to be looked up. It is read before the version, so an answer can only be
too old in the direction that makes it be asked again.
"""

import asyncio
import sqlite3

from django.conf import settings
from django.db import connections

from mashangyi.ground.journal.freshness import question

ENTRY = "SELECT seq, verb, topic, room FROM journal_entry WHERE city = %s AND seq > %s"
LIMIT = 500


def entries_question(scope: str, after: int) -> tuple[str, list]:
    """The SQL for entries of a scope after a sequence number, oldest first, one more than LIMIT."""
    kind, _colon, number = scope.partition(":")
    where, values = ("", ()) if kind == "city" else (f" AND {kind} = %s", (int(number),))
    return f"{ENTRY}{where} ORDER BY seq LIMIT {LIMIT + 1}", [settings.CITY, after, *values]


class Window:
    """Three questions; how they are asked differs by database."""

    async def pulse(self):
        raise NotImplementedError

    async def _rows(self, sql: str, values: list) -> list[tuple]:
        raise NotImplementedError

    async def version(self, scope: str) -> str:
        """The version that freshness.version() would give now."""
        rows = await self._rows(*question(scope))
        return str(rows[0][0] if rows else 0)

    async def entries(self, scope: str, after: int) -> list[tuple]:
        """(seq, verb, topic, room) of a scope after `after`, at most LIMIT + 1."""
        return await self._rows(*entries_question(scope, after))

    async def close(self) -> None:
        pass


class SqliteWindow(Window):
    """A connection that only reads. SQLite itself counts the commits of all others (data_version, 3 µs)."""

    def __init__(self, path: str):
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
        self._connection.execute("PRAGMA query_only = ON")

    async def pulse(self):
        return self._connection.execute("PRAGMA data_version").fetchone()

    async def _rows(self, sql, values):
        return self._connection.execute(sql.replace("%s", "?"), values).fetchall()

    async def close(self):
        self._connection.close()


class PostgresWindow(Window):
    """One asynchronous connection; visits that ask at the same time share one question."""

    def __init__(self, parameters: dict):
        self._parameters = parameters
        self._connection = None
        self._asking = asyncio.Lock()
        self._waiting: asyncio.Future | None = None

    async def pulse(self):
        """(head, tallies). Whoever comes while a question is under way waits for the next one, not for it."""
        if self._waiting is None:
            self._waiting = asyncio.ensure_future(self._ask())
        return await asyncio.shield(self._waiting)

    async def _ask(self):
        async with self._asking:
            self._waiting = None
            (head, city), (tallies, reader) = question("city"), question("tallies")
            return tuple(await self._rows(f"SELECT ({head}), ({tallies})", [*city, *reader]))

    async def _rows(self, sql, values):
        import psycopg

        if self._connection is None or self._connection.closed:
            self._connection = await psycopg.AsyncConnection.connect(**self._parameters, autocommit=True)
        cursor = await self._connection.execute(sql, values)
        return await cursor.fetchall()

    async def close(self):
        if self._connection is not None:
            await self._connection.close()


def open_window() -> Window:
    """The window that fits the configured database."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        return SqliteWindow(str(connection.settings_dict["NAME"]))
    parameters = connection.get_connection_params()
    foreign = {"cursor_factory", "context", "prepare_threshold", "server_side_binding", "isolation_level"}
    return PostgresWindow({name: value for name, value in parameters.items() if name not in foreign})
