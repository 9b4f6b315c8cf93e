"""Pictures of the designed pages, taken from a told town: `mashangyi shots`."""

from .command import arguments, run

__all__ = ["arguments", "run"]
