"""The command line: for authors, operators and developers."""

from formroute.cli.main import main

__all__ = ["main"]
