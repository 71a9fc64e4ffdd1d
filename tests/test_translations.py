"""Every sentence of ours that a resident can read is there in French, with the same values in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parent.parent / "formroute"
FRENCH = PACKAGE / "locale" / "fr" / "LC_MESSAGES" / "formroute.po"
SPEAKERS = {"say", "plural", "refused", "FieldError"}
SPOKEN_KEYWORDS = {"message", "missing"}
SPOKEN_IN_TEMPLATE = re.compile(r'\b(?:say|plural)\(\s*"((?:[^"\\]|\\.)+)"(?:\s*,\s*"((?:[^"\\]|\\.)+)")?')


def spoken_in_code(source: str) -> Iterator[str]:
    """Texts handed to whoever speaks, also through a constant of the module."""
    tree = ast.parse(source)
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        handed = [keyword.value for keyword in call.keywords if keyword.arg in SPOKEN_KEYWORDS]
        if _name(call.func) in SPEAKERS:
            handed += call.args
        for argument in handed:
            value = constants.get(argument.id, argument) if isinstance(argument, ast.Name) else argument
            yield from (text for text in _texts(value) if _is_sentence(text))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _texts(value: ast.expr) -> Iterator[str]:
    match value:
        case ast.Constant(str(text)):
            yield text
        case ast.IfExp(_, yes, no):
            yield from (*_texts(yes), *_texts(no))


def _is_sentence(text: str) -> bool:
    """A word in capitals or a phrase; `range` is a code."""
    return " " in text or text[:1].isupper()


def spoken_in_template(source: str) -> Iterator[str]:
    for texts in SPOKEN_IN_TEMPLATE.findall(source):
        yield from (text.replace('\\"', '"') for text in texts if text)


def spoken() -> set[str]:
    in_code = (text for path in PACKAGE.rglob("*.py") for text in spoken_in_code(path.read_text("utf-8")))
    templates = (path for path in PACKAGE.rglob("*") if path.suffix in {".html", ".txt"})
    in_templates = (text for path in templates for text in spoken_in_template(path.read_text("utf-8")))
    return {*in_code, *in_templates}


def french() -> Catalog:
    with FRENCH.open("rb") as file:
        return read_po(file, locale="fr")


def _written(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_every_sentence_has_its_french() -> None:
    translated = {
        text
        for message in french()
        if all(_written(message))
        for text in ([message.id] if isinstance(message.id, str) else message.id)
    }
    assert spoken() - translated == set()


@pytest.mark.parametrize(
    "message", [message for message in french() if message.id], ids=lambda message: str(message.id)
)
def test_the_french_has_the_same_values_in_it(message: Message) -> None:
    english = message.id if isinstance(message.id, str) else message.id[-1]
    for text in _written(message):
        assert _values(text) == _values(english)


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_search_for_sentences_finds_what_is_said() -> None:
    source = (
        'CHOOSE = "Choose one."\n'
        'say(language, "Back")\n'
        'refused("range", CHOOSE)\n'
        'Kind("date", missing="Write a date.")\n'
        'plural(language, "one file", "{count} files", 2)\n'
    )
    assert set(spoken_in_code(source)) == {"Choose one.", "Back", "Write a date.", "one file", "{count} files"}
    assert set(spoken_in_template('{{ say("Step {step}", step=1) }}')) == {"Step {step}"}


# As in Canada (Le guide du rédacteur, Bureau de la traduction): a no-break space before a colon and within
# quotation marks, none before other signs, and round apostrophes.
MISSET = re.compile(r"\w'\w|(?<![\d ]) :(?= |$)|\s[;!?]|« |(?<!\u00a0)»|«(?!\u00a0)|\d h\b|\} h\b")
UNIT_APART = re.compile(r"[\d}] (?:k?m|[cm]m|[kM]o|%|\$)(?!\w)")
"""A number and its unit stand together too; English words beside them in a file may be set otherwise."""


@pytest.mark.parametrize(
    "path", [FRENCH, *sorted((PACKAGE.parent / "schemas").rglob("*.yaml"))], ids=lambda path: path.stem
)
def test_french_is_set_as_in_canada(path: Path) -> None:
    if path == FRENCH:
        texts = [text for message in french() if message.id for text in _written(message)]
    else:
        texts = path.read_text("utf-8").splitlines()
    assert [text for text in texts if MISSET.search(text)] == []
    french_only = texts if path == FRENCH else [text for text in texts if text.lstrip().startswith("fr:")]
    assert [text for text in french_only if UNIT_APART.search(text)] == []
