"""Copies by an answer: a CSV file as a department for each choice, or every problem with it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from formroute.conditions import OneOf, Scope
from formroute.definitions import Folder, Place, Rows, named_csv, read_rows, unknown
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
        bench.problems.append(unknown(key, "D123", one, header, file=rows.file, column=one))
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
    path = named_csv(name, place, folder, bench.problems)
    return None if path is None else read_rows(path, bench.problems, folder.read)
