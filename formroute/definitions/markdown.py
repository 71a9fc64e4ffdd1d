"""The little of Markdown (CommonMark 0.31) that residents' texts need: paragraphs, emphasis, lists, line breaks, links.

Whoever reads a text in a page gets `as_html`, in a letter or a terminal `as_text`. A heading would break the page's
outline, a picture would need its own words, and HTML is no author's business: `mistakes` finds these, with places.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup

from formroute.messages import lang_of, plain

_SCHEMES = ("http", "https", "mailto", "tel")
_TAGS = {"p", "em", "strong", "ul", "ol", "li", "a", "br"}
_ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
_ADDRESS = re.compile(r"https?://[A-Za-z0-9][!-~]*|mailto:[!-~]+@[!-~]+|tel:\+?[0-9][0-9().;=a-z-]*", re.ASCII)
_HOST = re.compile(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:[:/?#][!-~]*)?", re.ASCII)
_MAIL = re.compile(r"[A-Za-z0-9.+_-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}", re.ASCII)
_PHONE = re.compile(r"\+?[0-9][0-9().-]{1,20}", re.ASCII)
_LINK = re.compile(r"(!?)\[((?:\\.|[^\[\]\\])*)\]\(\s*<?([^\s<>)]*)>?[^)]*\)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--(?:(?!<!--).)*?-->", re.DOTALL)
_ANCHOR = re.compile(r"""<a\s[^<>]*?href\s*=\s*["']?([^\s"'<>]+)[^<>]*>(.*?)</a>""", re.IGNORECASE)
_BOLD, _SLANTED = (re.compile(rf"</?(?:{names})(?:\s[^<>]*)?>", re.IGNORECASE) for names in ("b|strong", "i|em"))
_BLOCKS = {
    "heading_open": "heading",
    "fence": "block of code",
    "code_block": "block of code",
    "blockquote_open": "quotation",
    "hr": "line across the page",
}


class Mistake(NamedTuple):
    """What a text may not hold: the signs `start` to `end` of it, and what to write instead, where that is known."""

    code: str
    start: int
    end: int
    instead: str | None
    values: Mapping[str, str]


class Link(NamedTuple):
    """A link as its author wrote it, at the signs `start` to `end`."""

    words: str
    address: str
    start: int
    end: int


def _reading() -> MarkdownIt:
    return MarkdownIt("zero").enable(["list", "newline", "escape", "entity", "emphasis", "link", "autolink"])


def _noting(name: str, rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """The rule, which also notes in `env` where in the text it found something."""

    def noted(state: StateInline, silent: bool) -> bool:
        start = state.pos
        found = rule(state, silent)
        if found and not silent:
            state.env.setdefault("found", []).append((name, state.src, start, state.pos))
        return found

    return noted


def _judging() -> MarkdownIt:
    """All of CommonMark, with any address in a link, to find what is refused."""
    parser = MarkdownIt("commonmark").disable(["reference", "inline"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    for rule in parser.inline.ruler.__rules__:
        if rule.name in ("link", "image", "autolink", "html_inline", "backticks"):
            parser.inline.ruler.at(rule.name, _noting(rule.name, rule.fn))
    return parser


_READER, _JUDGE = _reading(), _judging()


def as_html(source: str) -> Markup:
    """The text as HTML, sanitised; whatever is not allowed stands there as it was typed."""
    html = _html(plain(source))
    return Markup("<div{}>{}</div>").format(lang, html) if (lang := lang_of(source)) else html


@functools.lru_cache(maxsize=4096)
def _html(source: str) -> Markup:
    html = _READER.render(source).encode("utf-8", "replace").decode()  # a half of a character is no text
    return Markup(  # noqa: S704  # sanitised
        nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(_SCHEMES), link_rel="noreferrer").strip()
    )


@functools.lru_cache(maxsize=4096)
def as_text(source: str) -> str:
    """The text to be read without any markup: points with `-`, addresses behind their words."""
    return "\n\n".join(_block(_READER.parse(source))).strip()


def _block(tokens: Sequence[Token]) -> Iterator[str]:
    """A text for each paragraph and for each list."""
    marks: list[str] = []
    points: list[str] = []
    number = 0
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                marks.append("-")
            case "ordered_list_open":
                marks.append("1.")
                number = int(token.attrs.get("start", 1)) - 1
            case "list_item_open":
                number += 1
                mark = token.info + "." if marks[-1] == "1." and token.info else marks[-1]
                points.append("  " * (len(marks) - 1) + mark)
            case "bullet_list_close" | "ordered_list_close":
                marks.pop()
                if not marks:
                    yield "\n".join(points)
                    points = []
            case "inline" if marks:
                points[-1] += f" {_words(token.children or (), ' ')}"
            case "inline":
                yield _words(token.children or (), "\n")


def _words(tokens: Sequence[Token], line_break: str) -> str:
    """The words of one paragraph."""
    said: list[str] = []
    begun: list[tuple[int, str]] = []
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                said.append(token.content)
            case "softbreak":
                said.append(" ")
            case "hardbreak":
                said.append(line_break)
            case "link_open":
                begun.append((len(said), str(token.attrs["href"])))
            case "link_close":
                start, address = begun.pop()
                shown = address.removeprefix("mailto:").removeprefix("tel:")
                said += [f" ({shown})"] if shown not in "".join(said[start:]) else []
    return "".join(said)


def links(source: str) -> Iterator[Link]:
    """The links that an author wrote with words of their own, in order."""
    for name, text, start in _spans(source):
        found = _LINK.fullmatch(text) if name == "link" else None
        if found:
            yield Link(found[2], found[3], start, start + len(text))


def mistakes(source: str) -> Iterator[Mistake]:
    """Everything in the text that residents' texts may not hold."""
    if not set(source) & set("<[`#>-=~\t!_*+") and "    " not in source:
        return
    starts = _starts(source)
    for token in _JUDGE.parse(source):
        if token.map is not None and token.type in _BLOCKS:
            yield _of_block(token, source, starts)
        elif token.map is not None and token.type == "html_block":
            yield from _of_html(source, starts[token.map[0]], starts[token.map[1]])
    told: set[int] = set()
    for name, text, start in _spans(source):
        line = bisect_right(starts, start, hi=len(starts) - 1) - 1
        if name == "html_inline" and line not in told:
            told.add(line)
            yield from _of_html(source, start, starts[line + 1])
        elif name != "html_inline":
            yield from _of_span(name, text, start)


def _starts(source: str) -> Sequence[int]:
    """Where each line begins, and at last where the text ends."""
    return [0, *(found.end() for found in re.finditer("\n", source)), len(source)]


def _spans(source: str) -> Iterator[tuple[str, str, int]]:
    """What stands inside paragraphs and is more than words: what it is, as typed, and where."""
    starts, lines = _starts(source), source.split("\n")
    for block in _JUDGE.parse(source):
        if block.type != "inline" or block.map is None:
            continue
        env: dict[str, Any] = {}
        _JUDGE.inline.parse(block.content, _JUDGE, env, [])
        first, _ = block.map
        rows, whole = _starts(block.content), block.content
        # Where the rows of the block stand in the text, whose lines may be indented.
        places = [
            starts[number] + max(lines[number].find(row), 0) for number, row in enumerate(whole.split("\n"), first)
        ]
        for name, said, start, end in env.get("found", ()):
            if said == whole:  # else it is inside the words of a picture, of which the whole is told
                row = bisect_right(rows, start, hi=len(rows) - 1) - 1
                yield name, whole[start:end], places[row] + start - rows[row]


def _of_block(token: Token, source: str, starts: Sequence[int]) -> Mistake:
    first, _ = token.map or (0, 0)
    start, end = starts[first], starts[first + 1]
    line = source[start:end].rstrip("\n")
    words = line.strip().strip("#").strip()
    instead = f"**{words}**" if token.type == "heading_open" and token.markup.startswith("#") and words else None
    margin = len(line) - len(line.lstrip())
    return Mistake("D143", start + margin, start + len(line), instead, {"what": _BLOCKS[token.type]})


def _of_html(source: str, start: int, end: int) -> Iterator[Mistake]:
    """One finding for all tags on a line."""
    line = source[start:end].split("\n")[0]
    tags = list(_TAG.finditer(line))
    first, last = (tags[0].start(), tags[-1].end()) if tags else (0, len(line))
    written = line[first:last]
    yield Mistake("D141", start + first, start + last, _without_tags(written), {"tag": written.split()[0]})


def _without_tags(written: str) -> str:
    """HTML as Markdown: what has no counterpart is left out."""
    linked = _ANCHOR.sub(lambda found: f"[{found[2]}]({found[1]})", written)
    return _TAG.sub("", _SLANTED.sub("*", _BOLD.sub("**", linked)))


def _of_span(name: str, text: str, start: int) -> Iterator[Mistake]:
    end = start + len(text)
    if name == "backticks":
        yield Mistake("D143", start, end, text.strip("`").strip(), {"what": "piece of code"})
        return
    found = _LINK.fullmatch(text)
    words, address = (found[2], found[3]) if found else ("", text.strip("<>"))
    if name == "image":
        linked = f"[{words}]({address})" if words and _ADDRESS.fullmatch(address) else words
        yield Mistake("D144", start, end, linked or None, {})
    elif name == "link" and not _ADDRESS.fullmatch(address):
        meant = _meant(address)
        yield Mistake("D142", start, end, f"[{words}]({meant})" if meant else words or None, {"address": address})
    elif name == "link" and found and not words.strip(" *_"):
        yield Mistake("D145", start, end, None, {"address": address})
    elif name == "autolink" and not (_ADDRESS.fullmatch(address) or _MAIL.fullmatch(address)):
        yield Mistake("D142", start, end, address, {"address": address})


def _meant(address: str) -> str | None:
    """The whole address of one that lacks its beginning."""
    for pattern, beginning in ((_MAIL, "mailto:"), (_PHONE, "tel:"), (_HOST, "https://")):
        if pattern.fullmatch(address):
            return f"{beginning}{address}"
    return None
