"""Mashangyi (码上议): from one resident's message to a verified result."""

__version__ = "0.1.0"
