"""What a process logs, for a person or for a program."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

import click

FORMATS = ("text", "json")
log_option = click.option(
    "--log", "log_format", type=click.Choice(FORMATS), default="text", show_default=True, help="How to log."
)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: `at`, `level`, `logger` and `message`. No answer of a resident is ever logged."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        found = {"at": at, "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}
        if record.exc_info and record.exc_info[0]:
            found["error"] = record.exc_info[0].__name__
        return json.dumps(found, ensure_ascii=False)


def log_to_stderr(log_format: str) -> None:
    """Log to the standard error from now on."""
    handler = logging.StreamHandler()
    text = logging.Formatter("%(asctime)s %(levelname)s %(message)s")
    handler.setFormatter(JsonFormatter() if log_format == "json" else text)
    logging.basicConfig(level=logging.INFO, handlers=[handler])
