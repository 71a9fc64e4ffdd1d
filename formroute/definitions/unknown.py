"""A name that stands for nothing: the problem, with what is most likely meant."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from formroute.definitions.folder import Folder
from formroute.definitions.place import Place
from formroute.definitions.suggest import hint, suggest
from formroute.problems import Problem


def unknown(place: Place, code: str, word: str, known: Iterable[str], /, **values: object) -> Problem:
    """The problem `code` at `place`, where a `word` stands that is not among the `known` ones.

    Its sentences have `hint`, which tells the nearest of these or, where they are few, all; `values` are what else
    they have.
    """
    names = list(known)
    return place.problem(code, instead=suggest(word, names), hint=hint(word, names), **values)


def named_csv(name: str, place: Place, folder: Folder, problems: list[Problem]) -> Path | None:
    """The CSV file `name` of the folder, for which `place` asks; None when there is none or it leads outside."""
    path = folder.inside(name)
    if path is None:
        problems.append(place.problem("D109", path=name))
    elif not folder.is_file(path):
        problems.append(no_csv(name, place, folder))
    else:
        return folder.path / name
    return None


def no_csv(name: str, place: Place, folder: Folder) -> Problem:
    """That the folder has no CSV file of this name."""
    known = [file.relative_to(folder.path).as_posix() for file in folder.named("*.csv")]
    return unknown(place, "D108", name, known, path=name)
