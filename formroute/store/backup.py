"""One archive of everything: a snapshot of the database and the files beside it, each with its digest.

The snapshot is a SQLite file, whichever engine the store is on, so that an archive can be restored into either.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import secrets
import sqlite3
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from formroute.records import to_json
from formroute.store.folder import sync_folder, write_synced
from formroute.store.store import Store
from formroute.store.transfer import write_snapshot

FORMAT = 1
DATABASE = "formroute.db"
FILES = "files"
MANIFEST = "manifest.json"
LAST = "erasures"
"""The record of erasures is packed last: it names everything that was erased while the rest was packed."""

_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.:,=-]*")
_CHUNK = 1 << 20


class BackupError(Exception):
    """An archive cannot be made, or is not whole."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What an archive holds: when it was made, and size and SHA-256 of each file."""

    made: datetime
    files: Mapping[str, tuple[int, str]]


def back_up(store: Store, archive: Path) -> Packed:
    """Write everything into a new file, readable by its owner alone, while others go on working.

    Raises BackupError, and FileExistsError when the file is there already.
    """
    if archive.exists():
        raise FileExistsError(f"{archive} is there already.")
    mark = secrets.token_hex(4)
    snapshot, draft = (archive.with_name(f".{archive.name}-{mark}.{end}") for end in ("db", "draft"))
    store.chain.seal()
    try:
        _copy_database(store, snapshot)
        packed = _pack(store, snapshot, draft)
        draft.replace(archive)
        sync_folder(archive.absolute().parent)
    finally:
        snapshot.unlink(missing_ok=True)
        draft.unlink(missing_ok=True)
    return packed


def unpack(archive: Path, folder: Path) -> Packed:
    """Write what an archive holds into an empty folder, and verify every byte of it. Raises BackupError."""
    found: dict[str, tuple[int, str]] = {}
    manifest = None
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isfile() else None
                if content is None or not _is_ours(member.name):
                    raise BackupError(f"{archive} holds {member.name!r}, which no backup of formroute holds.")
                if member.name == MANIFEST:
                    manifest = json.load(content)
                else:
                    found[member.name] = _write(folder / member.name, content)
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, RecursionError) as error:
        raise BackupError(f"{archive} cannot be read: {error}") from None
    return _verified(archive, manifest, found)


def _copy_database(store: Store, path: Path) -> None:
    """SQLite copies a database that is in use as it is at one moment; PostgreSQL shows one moment to one reader."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    if store.database.engine.dialect.name != "sqlite":
        write_snapshot(store.database, path)
        return
    raw = store.database.engine.raw_connection()
    copy = sqlite3.connect(path)
    try:
        raw.driver_connection.backup(copy)  # type: ignore[union-attr]
    finally:
        copy.close()
        raw.close()


def _pack(store: Store, snapshot: Path, draft: Path) -> Packed:
    files: dict[str, tuple[int, str]] = {}
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as tar:
            files[DATABASE] = _add(tar, DATABASE, snapshot)
            for path in _beside(store.folder.path):
                name = f"{FILES}/{path.relative_to(store.folder.path).as_posix()}"
                try:
                    files[name] = _add(tar, name, path)
                except FileNotFoundError:
                    continue  # erased or swept at this moment; an upload that is missed is told below
            _complain_of_missing(store, snapshot, files)
            packed = Packed(store.now(), files)
            _add_manifest(tar, packed)
        out.flush()
        os.fsync(out.fileno())
    return packed


def _beside(folder: Path) -> Iterator[Path]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != LAST)
    yield from (path for path in files if not path.name.startswith("key-"))
    if (folder / LAST).exists():
        yield folder / LAST


def _add(tar: tarfile.TarFile, name: str, path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        digest = hashlib.sha256()
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        tar.addfile(info, _Metered(file, digest, size))
    return size, digest.hexdigest()


class _Metered(io.RawIOBase):
    """The first `size` bytes of a file, digested as they are read: one that grows meanwhile is cut there."""

    def __init__(self, file: io.BufferedReader, digest: hashlib._Hash, size: int) -> None:
        self._file, self._digest, self._left = file, digest, size

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(min(self._left, _CHUNK if size < 0 else size))
        self._left -= len(chunk)
        self._digest.update(chunk)
        return chunk


def _complain_of_missing(store: Store, snapshot: Path, files: Mapping[str, tuple[int, str]]) -> None:
    """An upload that the snapshot knows has to be packed whole, unless it was erased meanwhile."""
    copy = sqlite3.connect(snapshot)
    rows = copy.execute("SELECT token, sha256 FROM uploads WHERE sha256 IS NOT NULL").fetchall()
    copy.close()
    packed = {token: files.get(f"{FILES}/uploads/{token}", (0, ""))[1] for token, _ in rows}
    wrong = [token for token, digest in rows if packed[token] != digest and store.uploads.is_whole(token)]
    if wrong:
        raise BackupError(f"{len(wrong)} uploads are missing or damaged, such as {wrong[0]}.")


def _add_manifest(tar: tarfile.TarFile, packed: Packed) -> None:
    files = {name: {"size": size, "sha256": digest} for name, (size, digest) in packed.files.items()}
    text = json.dumps({"format": FORMAT, "made": to_json(packed.made), "files": files}, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(text), 0o600
    tar.addfile(info, io.BytesIO(text))


def _is_ours(name: str) -> bool:
    """Whether a name is one that a backup writes; none of them leads out of its folder."""
    parts = PurePosixPath(name).parts
    inside = len(parts) > 1 and parts[0] == FILES and all(_PART.fullmatch(part) for part in parts)
    return name in (DATABASE, MANIFEST) or (inside and "/".join(parts) == name)


def _write(path: Path, content: IO[bytes]) -> tuple[int, str]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0

    def chunks() -> Iterator[bytes]:
        nonlocal size
        while chunk := content.read(_CHUNK):
            size += len(chunk)
            digest.update(chunk)
            yield chunk

    write_synced(path, chunks())
    return size, digest.hexdigest()


def _verified(archive: Path, manifest: Any, found: dict[str, tuple[int, str]]) -> Packed:
    packed = _listed(manifest)
    if packed is None:
        raise BackupError(f"{archive} has no list of its files that this formroute can read.")
    for name in sorted({DATABASE} | packed.files.keys() | found.keys()):
        if name not in found or packed.files.get(name) != found[name]:
            raise BackupError(f"{archive} is damaged: {name} is not what was packed.")
    return packed


def _listed(manifest: Any) -> Packed | None:
    """What a manifest tells; None for one that `_add_manifest` did not write."""
    try:
        listed = {name: (entry["size"], entry["sha256"]) for name, entry in manifest["files"].items()}
        made = datetime.fromisoformat(manifest["made"])
        return Packed(made, listed) if manifest["format"] == FORMAT else None
    except (LookupError, TypeError, ValueError, AttributeError):
        return None
