"""Pictures of the designed pages, taken from a told town: `mashangyi shots`."""

from .shots import arguments, run

__all__ = ["arguments", "run"]
