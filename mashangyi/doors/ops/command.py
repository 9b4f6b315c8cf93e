"""The `mashangyi` command: finds the subcommand, runs it, gives back the exit code."""

import argparse
import importlib
import os
import sys
import tempfile

from mashangyi.config.environment import data_folder, mistakes, read, switched_on

# In the order of --help: what everyone needs first.
COMMANDS = ("run", "web", "worker", "prepare", "doctor", "recount", "vault", "notices", "import", "bench", "shots", "django")
FILES = {"import": "imports"}  # a subcommand whose name Python keeps for itself


def main(arguments: list[str] | None = None) -> int:
    """Run one line as typed after `mashangyi`; the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mashangyi.config.settings")
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["django"]:  # everything after it is Django's, also --help
        return module("django").pass_on(arguments[1:])
    options = parser().parse_args(arguments)
    never_fail_to_print()
    try:
        code = options.run(options) or 0
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever reads along, such as `head`, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        words = words_of(error)
        if words is None or switched_on("MASHANGYI_DEBUG"):
            raise
        print(f"mashangyi: {words}", file=sys.stderr)
        return 1


class Trouble(Exception):  # noqa: N818 — told to the operator in plain words, without a traceback
    """Something the operator can put right."""


def words_of(error: Exception) -> str | None:
    """One clear line where the trouble is the operator's; None where it is the program's own."""
    if isinstance(error, Trouble):
        return f"{error}"
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    database = sys.modules.get("django.db")
    if database and type(error) in (database.OperationalError, database.DatabaseError):
        return f"the database: {' '.join(str(error).split())}"
    return None


def never_fail_to_print() -> None:
    """A letter that the terminal does not have becomes a question mark instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


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
    """Django, ready for use in a command; Trouble when a setting or the data folder is not fit for it."""
    check_settings()
    import django

    django.setup()


def check_settings() -> None:
    """Without Django: whether the environment says what it may, and the data folder can be written."""
    for mistake in mistakes():
        raise Trouble(mistake)
    try:
        with tempfile.TemporaryFile(dir=data_folder()):
            pass
    except OSError as error:
        folder = read("MASHANGYI_DATA")
        raise Trouble(f"the data folder {folder} cannot be written: {error.strerror}. "
                      "Another one is chosen by MASHANGYI_DATA.") from None  # fmt: skip
