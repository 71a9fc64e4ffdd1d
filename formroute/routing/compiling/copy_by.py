"""Copies by an answer: a CSV file as a department for each choice, or every problem with it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from formroute.conditions import OneOf, Scope
from formroute.definitions import Folder, Place, Rows, hint, read_rows, suggest
from formroute.problems import listed
from formroute.routing.deciding.table import CopyBy
from formroute.routing.workbench import Workbench
from formroute.routing.written.table import CopyDefinition


def copy_by_of(definition: CopyDefinition, place: Place, scope: Scope, bench: Workbench) -> CopyBy | None:
    """What the file says for each choice of the question; None when it is not known."""
    ((column, name),) = definition.match.items()
    if not bench.is_known(name, scope, place["match"][column], "C301"):
        return None
    domain = scope[name].domain
    if not isinstance(domain, OneOf):
        bench.wrong(place["match"][column], "R428", question=name)
        return None
    rows = _rows(definition.source, place["from"], bench)
    if rows is None:
        return None
    header = [cell.text.strip() for cell in rows.header]
    named = {column: place["match"].key(column), definition.take: place["take"]}
    missing = {one: key for one, key in named.items() if one not in header}
    for one, key in missing.items():
        bench.wrong(key, "D123", instead=suggest(one, header), file=rows.file, column=one, hint=hint(one, header))
    if missing:
        return None
    here, taken = header.index(column), header.index(definition.take)
    read = [
        (row.texts[here].strip(), row.texts[taken].strip()) for row in rows.rows if len(row.texts) > max(here, taken)
    ]
    found = dict(read)
    twice = [choice for choice, times in Counter(choice for choice, _ in read).items() if times > 1]
    if twice:
        bench.wrong(place["match"], "R430", file=rows.file, choices=listed(twice))
    for department in dict.fromkeys(filter(None, found.values())):
        bench.is_known(department, bench.departments, place["take"], "R412")
    absent = [choice for choice in domain.written if choice not in found]
    if absent:
        bench.wrong(place["match"], "R429", file=rows.file, question=name, choices=listed(absent))
    return CopyBy(name, {value: found[choice] for choice, value in domain.written.items() if found.get(choice)})


def _rows(name: str, place: Place, bench: Workbench) -> Rows | None:
    """The rows of a file inside the schemas folder."""
    folder = bench.settings.around.folder or Folder(Path())
    path = folder.inside(name)
    if path is None:
        bench.wrong(place, "D109", path=name)
        return None
    if not folder.is_file(path):
        known = [file.relative_to(folder.path).as_posix() for file in folder.named("*.csv")]
        bench.wrong(place, "D108", instead=suggest(name, known), path=name, hint=hint(name, known))
        return None
    return read_rows(path, bench.problems, folder.read)
