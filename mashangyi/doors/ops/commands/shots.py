"""`mashangyi shots`: pictures of the designed pages for the documents."""

from mashangyi.doors.ops.pictures.shots import arguments, run

HELP = "screenshots of the designed pages into docs/ (needs a browser)"

__all__ = ["HELP", "arguments", "run"]
