"""The schemas of one version: a folder, or a folder as it was in a revision of git."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from formroute.problems import Mark

_DEFAULT = "schemas"


@dataclass(frozen=True, slots=True)
class Version:
    """One version: the folder to read, the path by which its files are known, and how it was `written`."""

    folder: Path
    known_as: str
    written: str

    def mark(self, mark: Mark) -> Mark:
        """A place in it by the path that its author knows."""
        path = Path(mark.file)
        if not path.is_relative_to(self.folder):
            return mark
        return Mark((Path(self.known_as) / path.relative_to(self.folder)).as_posix(), mark.line, mark.column)


@contextmanager
def version(written: str, beside: str) -> Iterator[Version]:
    """What `written` names: a folder, a revision (`HEAD~1`), or a revision with a path (`main:schemas`).

    A revision alone means the folder `beside` in it or, where that is a revision too, `schemas`. Raises
    click.UsageError for what is neither.
    """
    if written and Path(written).is_dir():
        yield Version(Path(written), written, written)
        return
    if Path(written).is_file():
        raise click.UsageError(f"'{written}' is a file; name the folder of the schemas.")
    revision, colon, path = written.partition(":")
    if not revision:
        raise click.UsageError(f"'{written}' names neither a folder nor a revision of git.")
    path = path if colon else _path(beside, written)
    with TemporaryDirectory(prefix="formroute-") as name:
        _extract(revision, path.strip("/") or ".", Path(name))
        yield Version(Path(name), path, written)


def as_it_is_now(old: str) -> str:
    """The folder with which a revision is compared when no other is named: what `git diff` would look at.

    Raises click.UsageError where `old` is a folder itself, or where there is none.
    """
    if Path(old).is_dir():
        raise click.UsageError(f"Name what '{old}' is to be compared with, such as: formroute diff HEAD {old}")
    _, colon, path = old.partition(":")
    folder = _top() / path if colon and path else Path(_DEFAULT)
    if not folder.is_dir():
        what = f"There is no folder '{path or _DEFAULT}' to compare with."
        raise click.UsageError(f"{what} Name it: formroute diff {old} path/to/schemas")
    return str(folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder)


def _top() -> Path:
    """The top of the repository; this folder where there is none."""
    try:
        return Path(_git("rev-parse", "--show-toplevel").decode().strip())
    except subprocess.CalledProcessError:
        return Path()


def _path(beside: str, written: str) -> str:
    """The other folder as git names it, from the top of the repository."""
    if not Path(beside).is_dir():
        return beside.partition(":")[2] or _DEFAULT
    try:
        top = Path(_git("rev-parse", "--show-toplevel").decode().strip())
    except subprocess.CalledProcessError:
        what = f"There is no folder '{written}', and no revision, since this folder is not under git."
        raise click.UsageError(what) from None
    folder = Path(beside).resolve()
    return folder.relative_to(top.resolve()).as_posix() if folder.is_relative_to(top.resolve()) else _DEFAULT


def _is_known(revision: str) -> bool:
    try:
        _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except subprocess.CalledProcessError:
        return False
    return True


def _extract(revision: str, path: str, folder: Path) -> None:
    tree = f"{revision}:" if path == "." else f"{revision}:{path}"
    try:
        found = _git("rev-parse", "--verify", "--quiet", "--end-of-options", tree).decode().strip()
        archive = _git("-C", str(_top()), "archive", "--format=tar", found)
    except subprocess.CalledProcessError:
        if not _is_known(revision):
            what = f"There is no folder '{revision}' here, and git knows no revision of that name."
            raise click.UsageError(what) from None
        what = f"There is no folder '{revision}:{path}', neither here nor in git."
        raise click.UsageError(f"{what} A folder in a revision is written 'main:path/from/the/top'.") from None
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
    except tarfile.TarError as error:
        raise click.UsageError(f"'{revision}:{path}' cannot be read: {error}") from None


def _git(*arguments: str) -> bytes:
    """What git says; raises CalledProcessError, or click.UsageError where there is no git."""
    try:
        return subprocess.run(["git", *arguments], check=True, capture_output=True).stdout  # noqa: S603, S607
    except FileNotFoundError:
        raise click.UsageError("A revision needs git, which is not installed; name two folders.") from None
