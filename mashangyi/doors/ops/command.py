"""The `mashangyi` command: finds the subcommand, runs it, gives back the exit code."""

import argparse
import importlib
import os
import sys

# In the order of --help: what everyone needs first.
COMMANDS = ("run", "web", "worker", "prepare", "doctor", "import", "bench", "shots", "django")
FILES = {"import": "imports"}  # a subcommand whose name Python keeps for itself


def main(arguments: list[str] | None = None) -> int:
    """Run one line as typed after `mashangyi`; the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mashangyi.config.settings")
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["django"]:  # everything after it is Django's, also --help
        return module("django").pass_on(arguments[1:])
    options = parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except KeyboardInterrupt:
        return 130
    except Trouble as trouble:
        print(f"mashangyi: {trouble}", file=sys.stderr)
        return 1


class Trouble(Exception):  # noqa: N818 — told to the operator in plain words, without a traceback
    """Something the operator can put right."""


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="mashangyi",
        description="码上议 Mashangyi: deliberation by scanning. Settings: docs/settings.md.",
    )
    subcommands = top.add_subparsers(metavar="COMMAND", required=True)
    for name in COMMANDS:
        command = module(name)
        one = subcommands.add_parser(name, help=command.HELP, description=command.HELP)
        command.arguments(one)
        one.set_defaults(run=command.run)
    return top


def module(name: str):
    return importlib.import_module(f".commands.{FILES.get(name, name)}", __package__)


def set_up() -> None:
    """Django, ready for use in a command."""
    import django

    django.setup()
