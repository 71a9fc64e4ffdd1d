"""Files that conditions name: word lists and areas, inside the schemas folder only."""

from __future__ import annotations

from formroute.conditions.reading.written import Written
from formroute.definitions import hint, suggest

_MOST_BYTES = 20_000_000


def read_file(written: Written) -> str:
    """The text of the file that a test names, read as UTF-8; raises `WrittenError` when there is none."""
    folder, name = written.around.folder, written.raw
    if folder is None or not isinstance(name, str) or not name or "\0" in name:
        raise written.wrong("D108", path=written.raw, hint="Name a file inside the schemas folder.")
    path = folder.inside(name)
    if path is None:
        raise written.wrong("D109", path=name)
    if not folder.is_file(path):
        home = folder.path.resolve()
        known = sorted(file.relative_to(home).as_posix() for file in path.parent.glob("*") if file.is_file())
        raise written.wrong("D108", instead=suggest(name, known), path=name, hint=hint(name, known))
    try:
        data = folder.read(path, _MOST_BYTES)
    except OSError as error:
        raise written.wrong(
            "C317", path=name, reason=error.strerror or "it cannot be opened", fix="Check its name and permissions."
        ) from None
    if len(data) > _MOST_BYTES:
        raise written.wrong(
            "C317", path=name, reason=f"it is larger than {_MOST_BYTES:,} bytes", fix="Name a smaller one."
        )
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise written.wrong("C317", path=name, reason="it is not UTF-8", fix="Save it as UTF-8.") from None
