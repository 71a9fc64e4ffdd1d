"""Copies of schemas folders, for tests that edit them."""

from pathlib import Path
from shutil import copytree, ignore_patterns


def copied(source: Path, folder: Path) -> Path:
    """The definitions of `source` in `folder`, without the Python beside them."""
    return Path(copytree(source, folder, ignore=ignore_patterns("*.py", "__pycache__"), dirs_exist_ok=True))


def edit(path: Path, old: str, new: str) -> None:
    """Write `new` in the place of the first `old`, which must be there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
