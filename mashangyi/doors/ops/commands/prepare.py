"""`mashangyi prepare`: bring the data folder up to this release; on first use, tell a town into it."""

import json
import sys

from mashangyi.config.environment import read, secret
from mashangyi.doors.ops.command import Trouble, set_up

HERE = "http://127.0.0.1:8000"  # where a server of this machine answers unless told otherwise
HELP = "make or update the data folder: tables, and a town where there is none"


def arguments(parser) -> None:
    town = parser.add_mutually_exclusive_group()
    town.add_argument("--demo", action="store_true", help="tell the demo town when nothing is there yet")
    town.add_argument(
        "--empty", action="store_true", help="start a real town: divisions and the first administrator"
    )
    town.add_argument(
        "--new-link", metavar="ACCOUNT", default="",
        help="a new link for a city administrator whom no other can help: password and second factor are void",
    )  # fmt: skip
    town.add_argument(
        "--check", action="store_true", help="change nothing; code 1 when there is something to do"
    )
    parser.add_argument(
        "--new-keys", action="store_true",
        help="go on although keys are lost for good: what they sealed stays closed, new ones are made",
    )  # fmt: skip
    parser.add_argument(
        "--address", default="", help="address for the greeting, such as http://192.168.1.5:8000"
    )
    parser.add_argument("--json", action="store_true", help="the administrator's link as JSON")


def run(options) -> int:
    set_up()
    if options.check:
        demand_prepared()
        return 0
    from django.utils import translation

    from mashangyi.config.environment import terminal_language

    with translation.override(terminal_language()):
        migrate()
        demand_keys(new=options.new_keys)
        make_keys()
        account, link = begin_real_town() if options.empty else let_in_again(options.new_link)
        if options.demo and is_untouched():
            tell_demo_town()
        show_way_in(options, account, link)
    return 0


def show_way_in(options, account: str, link: str) -> None:
    """The greeting where an address is given; an administrator's link always, or nobody could come in."""
    address = (options.address or read("MASHANGYI_ADDRESS") or HERE).rstrip("/")
    where = link if not link or link.startswith("http") else address + link
    if options.json:
        print(json.dumps({"administrator": where or None}))
    elif options.address or where:
        print(greeting(address, account, where))


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def migrate() -> None:
    """Bring the tables up to this release."""
    from django.core.management import call_command
    from django.utils.translation import gettext as _

    if unapplied():
        say(_("正在建立数据表……"))
        call_command("migrate", interactive=False, verbosity=0)


def unapplied() -> list[str]:
    """Migrations of this release that the database has not seen."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def demand_keys(*, new: bool) -> None:
    """Trouble when a key is gone with which something was sealed: a new one, made silently, would hide that."""
    from mashangyi.doors.ops.health import lost_keys

    lost = lost_keys()
    if lost and not new:
        raise Trouble("; ".join(lost) + ". Only if it is lost for good: `mashangyi prepare --new-keys`")


def make_keys() -> None:
    """Every key that is not there yet, before anything is made with it: what is missing later is lost."""
    from mashangyi.doors.ops.health import KEYS

    for name, key in KEYS.items():
        secret(name, key.length)


def demand_prepared() -> None:
    """Trouble when the tables are not those of this release, or a key is gone: pages and jobs would fail one by one."""
    missing = len(unapplied())
    if missing:
        raise Trouble(
            f"the database is not prepared for this release ({missing} steps): run `mashangyi prepare`"
        )
    demand_keys(new=False)


def is_untouched() -> bool:
    from mashangyi.ground.journal.read import head
    from mashangyi.ground.people.models import Person

    return not head() and not Person.objects.exists()


def tell_demo_town() -> None:
    """All of it or nothing of it: a town that was told half is never left behind."""
    from django.db import transaction
    from django.utils.translation import gettext as _

    from mashangyi.config.environment import data_folder
    from mashangyi.doors.demo.town import tell
    from mashangyi.ground.people import demo_town

    say(_("正在讲述演示城市的故事……"))
    (data_folder() / demo_town.FLAG).touch()
    with transaction.atomic():
        tell()


def begin_real_town() -> tuple[str, str]:
    """What every town has, and the first administrator, where they are missing: the account, and the one-time link
    to set a password."""
    from mashangyi.ground.people import demo_town, law
    from mashangyi.ground.people.actions import first_administrator
    from mashangyi.ground.people.actor import SYSTEM

    if demo_town.told():
        raise Trouble(
            "this is the demo town; a real one needs a data folder of its own: MASHANGYI_DATA=./town"
        )
    furnish(by=SYSTEM)
    try:
        person, link = first_administrator(by=SYSTEM)
    except law.No:  # there is one, with a password
        return "", ""
    return person.username, link


def let_in_again(account: str) -> tuple[str, str]:
    """The same for an administrator who lost phone and spare codes, and whom no other administrator can help."""
    from mashangyi.ground.people.actions import readmit_administrator
    from mashangyi.ground.people.actor import SYSTEM
    from mashangyi.ground.people.law import No

    try:
        return account, readmit_administrator(account, by=SYSTEM) if account else ""
    except No as problem:
        raise Trouble(f"{problem}") from None


def furnish(*, by) -> None:
    """Divisions and categories. Repeating it is harmless; a new release may bring new ones."""
    from django.conf import settings
    from django.utils.translation import gettext as _

    from mashangyi.ground.places.importing import import_divisions
    from mashangyi.ground.places.models import Division
    from mashangyi.stages.triage.actions import seed_categories

    if not Division.objects.exists():
        say(_("正在导入行政区划……"))
        import_divisions(by=by)
    if not Division.objects.filter(pk=settings.CITY).exists():
        raise Trouble(f"no list of divisions comes along for MASHANGYI_CITY={settings.CITY}")
    seed_categories(by=by)


def greeting(address: str, account: str, where: str) -> str:
    from mashangyi.doors.ops import greeting as words

    return words.real_town(address, account, where) if where else words.town(address)
