"""Questions that pages ask again and again: their SQL is made once, and asked with other values each time.

Django builds and compiles a queryset anew for every request: 0.3 to 1.5 ms, of which the database needs 0.03
(docs/decisions/questions-are-prepared.md). A prepared question is written as an ordinary queryset with a slot
in place of each value; Django's own compiler, models and converters do all the rest.
"""

from datetime import date, datetime
from functools import update_wrapper
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, QuerySet
from django.http import Http404

LARGEST = 2**63 - 1


class Slot(Expression):
    """Stands in a queryset for a value that is named when the question is asked."""

    def __init__(self, name: str):
        super().__init__(output_field=Field())
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]


class prepared:  # noqa: N801 — reads as a decorator
    """Mark a function that returns a queryset. Asking returns its rows as a list.

    Named arguments are values: each may stand on the right of a comparison (=, <, >, or in a list of
    `in`), nowhere else: the function gets slots for them and cannot look inside. Positional arguments are the
    shape of the question (a limit, whether to narrow): every shape is made once. The rows' models are new
    each time; nothing of an answer is kept.
    """

    def __init__(self, build):
        self.build = build
        self._made: dict[tuple, tuple] = {}
        update_wrapper(self, build)

    def __call__(self, *shape, **values) -> list:
        connection = connections[DEFAULT_DB_ALIAS]
        key = (connection.vendor, shape, *values)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = _make(self.of(*shape, **values).rows())
        return list(_asked(made, connection, values)) if made else []

    def of(self, *shape, **values) -> "Asked":
        """The question with its values, to be asked together with others (together.py)."""
        return Asked(self, shape, values)

    def first(self, *shape, **values):
        """The first row, or None. The question itself should ask for one row only."""
        return next(iter(self(*shape, **values)), None)

    def one(self, *shape, **values):
        """The first row. Raises Http404 when there is none."""
        found = self.first(*shape, **values)
        if found is None:
            raise Http404
        return found


class Asked(NamedTuple):
    """A prepared question and the values it is asked with."""

    question: prepared
    shape: tuple
    values: dict

    def rows(self) -> QuerySet:
        """The queryset, with a slot in place of each value."""
        return self.question.build(*self.shape, **{name: Slot(name) for name in self.values})


def _make(rows: QuerySet) -> tuple:
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:  # such as one of no names at all
        return ()
    keep_converters(compiler)
    return rows, compiler, sql, parameters


def keep_converters(compiler) -> None:
    """How the columns of an answer are read is found out once."""
    converters = compiler.get_converters([column for column, *_rest in compiler.select[: compiler.col_count]])
    compiler.get_converters = lambda _columns: converters


def _asked(made: tuple, connection, values: dict) -> QuerySet:
    """The queryset with a compiler that has nothing left to compile. The kept one is shared by all threads."""
    rows, compiler, sql, parameters = made
    named = tuple(filled(each, connection, values) for each in parameters)
    compiler = twin(compiler, connection=connection, as_sql=lambda *_args, **_options: (sql, named))
    return with_compiler(rows, compiler)


def with_compiler(rows: QuerySet, compiler) -> QuerySet:
    """The same rows, asked by this compiler."""
    query = twin(rows.query, get_compiler=lambda *_args, **_options: compiler)
    return twin(rows, _query=query, _result_cache=None)


def twin(thing, **own):
    """The same object with some attributes of its own. Nothing below it is copied, unlike in a queryset's own clone."""
    made = object.__new__(type(thing))
    made.__dict__ = thing.__dict__ | own
    return made


def filled(parameter, connection, values: dict):
    """A value as the database takes it."""
    if not isinstance(parameter, Slot):
        return parameter
    value = values[parameter.name]
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, int):  # what is typed into an address may be longer than any key
        return min(max(value, -LARGEST - 1), LARGEST)
    return value
