"""The parts of the bench that run inside the product: filling the city, counting queries."""

import json
import sys
from itertools import count


def main(what: str, *arguments: str) -> None:
    import django

    django.setup()
    print(json.dumps({"build": build, "queries": queries, "reports": reports}[what](*arguments)))


def build(topics: str) -> dict:
    from django.core.management import call_command

    from mashangyi.civic.insight.projection import project
    from mashangyi.doors.ops.commands.prepare import make_keys

    from .town import build as build_town

    call_command("migrate", verbosity=0)
    make_keys()
    town = build_town(int(topics))
    while project():
        pass
    return town


def queries(town_json: str) -> dict:
    """How many queries each page makes, and one submission."""
    from django.test import Client

    from .pages import pages

    town, counts = json.loads(town_json), {}
    for page in pages(town):
        client = Client(HTTP_HOST="localhost")
        if page.cookie:
            client.cookies["sessionid"] = page.cookie
        counts[page.path] = _counted(lambda client=client, page=page: client.get(page.path))
    path, words = f"/s/{town['short']}/", count()
    counts["submit"] = _counted(
        lambda: Client(HTTP_HOST="localhost").post(path, {"words": f"路灯不亮 {next(words)}"})
    )
    return counts


def reports() -> int:
    """How many reports are kept."""
    from mashangyi.stages.intake.models import Report

    return Report.objects.count()


def _counted(ask) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len([q for q in captured if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))])


if __name__ == "__main__":
    main(*sys.argv[1:])
