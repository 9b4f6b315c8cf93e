"""Several prepared questions in one statement: what a page is put together of is fetched in one way there and back.

    found = together(tasks=_tasks.of(topic=7), steps=_steps.of(topic=7))
    found["tasks"], found["steps"]      # lists of rows, as each question alone would have answered

Each question is a part of one UNION ALL and fills columns of its own; in all the others it has nothing. Django's
compilers and models read each part as if it had come alone (docs/decisions/questions-are-prepared.md).
"""

from collections import defaultdict
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from .prepared import LARGEST, Asked, filled, keep_converters, twin, with_compiler


class Part(NamedTuple):
    """A question of a statement: its rows to be, its SQL, and which columns of the answer are its own."""

    rows: QuerySet
    compiler: object
    sql: str
    parameters: tuple
    names: list[str]
    types: list[str]

    def read(self, answers: list[tuple], start: int, connection) -> list:
        """Its rows, out of the answer of the whole statement."""
        own = [answer[start : start + len(self.names)] for answer in answers]
        compiler = twin(self.compiler, connection=connection, execute_sql=lambda *_args, **_options: [own])
        return list(with_compiler(self.rows, compiler))


_made: dict[tuple, list[Part]] = {}


def together(**questions: Asked) -> dict[str, list]:
    """The rows of each question under its name, all of one moment: one statement, however many are asked."""
    connection = connections[DEFAULT_DB_ALIAS]
    parts = {name: _part(asked, connection) for name, asked in questions.items()}
    known = {name: part for name, part in parts.items() if part}
    found = dict.fromkeys(questions, [])
    if known:
        found |= _read(known, _answers(known, questions, connection), connection)
    return found


def hang(rows: list, name: str, below: list, *, by: str) -> None:
    """Give each row those `below` it that name its key in their column `by`, as `row.name.all()` reads them:
    what prefetch_related does, for rows that came together."""
    of_row = defaultdict(list)
    for each in below:
        of_row[getattr(each, by)].append(each)
    for row in rows:
        part = getattr(row, name).all()
        part._result_cache, part._prefetch_done = of_row[row.pk], True
        row._prefetched_objects_cache = {**getattr(row, "_prefetched_objects_cache", {}), name: part}


def _part(asked: Asked, connection) -> Part | None:
    key = (connection.vendor, asked.question, asked.shape, *asked.values)
    if key not in _made:
        _made[key] = _compiled(asked.rows(), connection)
    return _made[key]


def _compiled(rows: QuerySet, connection) -> Part | None:
    """None for a question that nothing can answer. One that has an order gets a limit, for only then is it kept."""
    if rows.query.combinator:
        raise ValueError("A union cannot be asked together with others.")
    if rows.ordered and not rows.query.is_sliced:
        rows = rows[:LARGEST]
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql(with_col_aliases=True)
    except EmptyResultSet:
        return None
    keep_converters(compiler)
    columns = compiler.select
    names = [connection.ops.quote_name(alias) for _column, _sql, alias in columns]
    types = [column.output_field.cast_db_type(connection) for column, _sql, _alias in columns]
    return Part(rows, compiler, sql, parameters, names, types)


def _answers(parts: dict[str, Part], questions: dict[str, Asked], connection) -> list[tuple]:
    parameters = [
        filled(each, connection, questions[name].values)
        for name, part in parts.items()
        for each in part.parameters
    ]
    with connection.cursor() as cursor:
        cursor.execute(_statement(list(parts.values())), parameters)
        return cursor.fetchall()


def _statement(parts: list[Part]) -> str:
    return " UNION ALL ".join(
        f"SELECT {number}, {', '.join(_columns(parts, own))} FROM ({own.sql}) AS t{number}"  # noqa: S608 — made by Django
        for number, own in enumerate(parts)
    )


def _columns(parts: list[Part], own: Part) -> list[str]:
    return [
        name if part is own else f"CAST(NULL AS {kind})"
        for part in parts
        for name, kind in zip(part.names, part.types, strict=True)
    ]


def _read(parts: dict[str, Part], answers: list[tuple], connection) -> dict[str, list]:
    found, start = {}, 1
    for number, (name, part) in enumerate(parts.items()):
        found[name] = part.read([answer for answer in answers if answer[0] == number], start, connection)
        start += len(part.names)
    return found
