"""A table in words as Markdown and as HTML, for a report; nothing in it can become markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from formroute.review.table_words import TableInWords

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&^$@]|:(?=//)|(?<=www)\.)")  # what begins markup, a link or a mention
_STYLE = (
    "body{font:1rem/1.5 sans-serif;margin:2rem;color:#111;background:#fff}"
    "table{border-collapse:collapse}caption{font-weight:bold;text-align:left}"
    "tr{break-inside:avoid}th,td{border:1px solid #555;padding:.4rem .6rem;text-align:left;vertical-align:top}"
)


def as_markdown(table: TableInWords) -> Iterator[str]:
    """A Markdown section with a table (GitHub Flavored Markdown, tables extension)."""
    yield f"## {_escaped(table.title)}"
    yield from ("", _escaped(table.forms), "", _escaped(table.policy), "")
    yield _line(map(_escaped, table.headings))
    yield _line("---" for _ in table.headings)
    for row in table.rows:
        yield _line(map(_escaped, row))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def as_html(table: TableInWords, language: str) -> Iterator[str]:
    """A page with one table: its caption, a header for each column, and each route's name as its row's header."""
    title = html.escape(table.title)
    yield f'<!doctype html>\n<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{title}</h1>\n<p>{html.escape(table.forms)}</p>"
    yield f"<table>\n<caption>{html.escape(table.policy)}</caption>"
    yield f"<thead><tr>{_cells(table.headings, 'th', 'col')}</tr></thead>\n<tbody>"
    for name, *texts in table.rows:
        yield f"<tr>{_cells([name], 'th', 'row')}{_cells(texts, 'td')}</tr>"
    yield "</tbody>\n</table>\n</main>\n</body>\n</html>"


def _cells(texts: Iterable[str], tag: str, scope: str = "") -> str:
    opening = f'<{tag} scope="{scope}">' if scope else f"<{tag}>"
    return "".join(f"{opening}{html.escape(text)}</{tag}>" for text in texts)
