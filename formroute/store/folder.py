"""The folder beside the database: the bytes of uploads and the key of the site, for the owner's eyes only."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

KEY_BYTES = 32


class Folder:
    """Files that are on the disk when `write` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.uploads = path / "uploads"
        for folder in (path, self.uploads):
            folder.mkdir(mode=0o700, exist_ok=True)

    def site_key(self) -> bytes:
        """The key that status links are made with: made once, and read ever after."""
        path = self.path / "key"
        if not path.exists():
            draft = self.path / f"key-{secrets.token_hex(8)}"
            write_synced(draft, [secrets.token_bytes(KEY_BYTES)])
            _link_unless_there(draft, path)
        return path.read_bytes()


def write_synced(path: Path, chunks: Iterable[bytes]) -> None:
    """Make a file of `chunks`, its bytes and its name synced to the disk; nothing is left of one that fails."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Let names that were added to a folder survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _link_unless_there(draft: Path, path: Path) -> None:
    """Of several processes that made a key at once, the first wins."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
        sync_folder(path.parent)
