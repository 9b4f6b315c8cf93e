"""Workers of several threads. Run as a program: it makes, or joins, a SQLite file of its own."""

import sys
from concurrent.futures import ThreadPoolExecutor

MANY = 60


def happen() -> None:
    from .factories import happens, somebody

    for _n in range(MANY):
        happens(somebody(), somebody())


def work(workers: int) -> list[str]:
    """So many workers, each until nothing is left to do; what they sent, in any order."""
    from django.db import connections

    from mashangyi.ground.calendar.clock import at
    from mashangyi.ground.outbox import carriers, worker

    from . import factories
    from .conftest import NOON

    watched = carriers.CARRIERS["console"] = factories.Watched()

    def one(_number: int) -> None:
        try:
            idle = 0
            with at(NOON):  # a thread does not know what time it was told to be elsewhere
                while idle < 20:
                    idle = 0 if worker.project(limit=7) + worker.deliver_due(limit=5) else idle + 1
        finally:
            connections.close_all()

    with factories.kinds(factories.Happened()), ThreadPoolExecutor(workers) as pool:
        list(pool.map(one, range(workers)))
    return [f"{name} {words}" for name, words in watched.sent]


def make_tables() -> None:
    from django.apps import apps
    from django.db import connection

    with connection.schema_editor() as editor:
        for label in ("journal", "people", "places", "outbox"):
            for model in apps.get_app_config(label).get_models():
                editor.create_model(model)


if __name__ == "__main__":
    import django

    django.setup()
    from mashangyi.ground.calendar.clock import at

    from .conftest import NOON

    with at(NOON):
        if sys.argv[1] == "happen":
            make_tables()
            happen()
        else:
            print("\n".join(work(int(sys.argv[1]))))
