"""Files that conditions name: word lists and areas, inside the schemas folder only."""

from __future__ import annotations

from formroute.conditions.written import Written
from formroute.definitions import hint, suggest

_MOST_BYTES = 20_000_000


def read_file(written: Written) -> str:
    """The text of the file that a test names, read as UTF-8; raises `WrittenError` when there is none."""
    folder, name = written.around.folder, written.raw
    if folder is None or not isinstance(name, str) or not name or "\0" in name:
        raise written.wrong("D108", path=written.raw, hint="Name a file inside the schemas folder.")
    folder = folder.resolve()
    path = (folder / name).resolve()
    if not path.is_relative_to(folder):
        raise written.wrong("D109", path=name)
    if not path.is_file():
        known = sorted(
            file.relative_to(folder.resolve()).as_posix() for file in path.parent.glob("*") if file.is_file()
        )
        raise written.wrong("D108", instead=suggest(name, known), path=name, hint=hint(name, known))
    if path.stat().st_size > _MOST_BYTES:
        raise written.wrong("C317", path=name, reason=f"it is larger than {_MOST_BYTES:,} bytes")
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise written.wrong("C317", path=name, reason="it is not UTF-8") from None
    except OSError as error:
        raise written.wrong("C317", path=name, reason=error.strerror or "it cannot be opened") from None
