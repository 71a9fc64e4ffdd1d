"""A schemas folder: the files that definitions are written in, and those that they name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from errno import EPERM
from pathlib import Path
from typing import Self

Read = Callable[[Path, int], bytes]
_MOST_KEPT = 100_000_000


def read_bytes(path: Path, most: int) -> bytes:
    """The bytes of an ordinary file, one more than `most` of them when there are more. Raises OSError."""
    if not path.is_file():
        path.stat()
        raise OSError
    with path.open("rb") as file:
        return file.read(most + 1)


@dataclass(frozen=True, slots=True)
class Folder:
    """The files below `path`; where they are `kept`, as they were then, whatever became of them on the disk since.

    Those that are `instead` of one are read in its place.
    """

    path: Path
    kept: Mapping[Path, bytes] | None = None
    instead: Mapping[Path, bytes] = field(default_factory=dict)

    @classmethod
    def keep(cls, path: Path, without: Callable[[Path], bool] = lambda _path: False) -> Self | None:
        """The folder with all its files as they are now; None where they are too large, or one cannot be read.

        A resolved path that is `without` belongs to somebody else and is left out.
        """
        kept: dict[Path, bytes] = {}
        left = _MOST_KEPT
        try:
            for file in sorted(file for file in path.rglob("*") if file.is_file()):
                if without(file.resolve()):
                    continue
                left -= file.stat().st_size
                if left < 0:
                    return None
                kept[file.resolve()] = file.read_bytes()
        except (OSError, RuntimeError):  # RuntimeError: links in a circle
            return None
        return cls(path, kept)

    def inside(self, name: str) -> Path | None:
        """The path of what a definition calls `name`; None when it leads outside."""
        home = self.path.resolve()
        path = (home / name).resolve()
        return path if path.is_relative_to(home) else None

    def holds(self, path: Path) -> bool:
        """Whether a path lies inside, wherever links on the way lead."""
        return path.resolve().is_relative_to(self.path.resolve())

    def is_file(self, path: Path) -> bool:
        """Whether an ordinary file is there."""
        return path.is_file() if self.kept is None else path.resolve() in self.kept

    def read(self, path: Path, most: int) -> bytes:
        """As `read_bytes` does, of what is kept and of nothing that lies outside. Raises OSError."""
        if not self.holds(path):
            raise PermissionError(EPERM, "it is a link that leads out of the schemas folder")
        if self.kept is None and path.resolve() not in self.instead:
            return read_bytes(path, most)
        kept = self.instead.get(path.resolve()) or (self.kept or {}).get(path.resolve())
        if kept is None:
            raise FileNotFoundError
        return kept[: most + 1]

    def named(self, *patterns: str) -> list[Path]:
        """The files whose names fit one of the patterns, in order."""
        if self.kept is None:
            return sorted(path for pattern in patterns for path in self.path.rglob(pattern))
        home = self.path.resolve()
        fitting = (path for path in self.kept if any(path.match(pattern) for pattern in patterns))
        return sorted(self.path / path.relative_to(home) for path in fitting if path.is_relative_to(home))
