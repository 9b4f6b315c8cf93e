"""`mashangyi django …`: one line to Django's own command, for developers."""

HELP = "pass a line to Django's command, such as: mashangyi django makemigrations"


def arguments(parser) -> None:
    parser.add_argument("line", nargs="*", help="what Django's command gets")


def pass_on(line: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["mashangyi django", *line])
    return 0


def run(options) -> int:
    return pass_on(options.line)
