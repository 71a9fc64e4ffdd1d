"""What the product says itself is said in a third language when the schemas folder brings the sentences."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from formroute.catalog import check_catalog, load_catalog
from formroute.cli import main
from formroute.intake import Intake
from formroute.messages import add_folder, ours, plural, say
from formroute.store import Store
from formroute.web import NO_LIMITS, create_blueprint
from tests.copies import copied, edit

CITY = Path(__file__).parent.parent / "small_city"
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ALL = sum(bool(message.id) for message in ours())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small city that speaks Danish too."""
    city = copied(CITY, tmp_path / "city")
    edit(city / "catalog.yaml", "languages: [en, fr]", "languages: [en, fr, da]")
    return city


def sentences(folder: Path, text: str, language: str = "da") -> Path:
    path = folder / "locale" / language / "LC_MESSAGES" / "formroute.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + text, "utf-8")
    return path


def found(folder: Path) -> list[tuple[str, int, str]]:
    _, problems = check_catalog(folder)
    return [(one.code, one.mark.line, one.what) for one in problems if one.code.startswith("G53")]


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["translations", *arguments, str(folder)], catch_exceptions=False)


def test_a_language_without_sentences_is_told_where_it_is_listed(folder: Path) -> None:
    line = "languages: [en, fr, da]"
    assert found(folder) == [
        (
            "G531",
            (folder / "catalog.yaml").read_text("utf-8").splitlines().index(line) + 1,
            f"{ALL} of {ALL} sentences that formroute itself says are not there in `da`, such as “{{count}} hour”.",
        )
    ]


def test_sentences_of_the_folder_are_said(folder: Path) -> None:
    sentences(folder, 'msgid "Continue"\nmsgstr "Fortsæt"\n')
    load_catalog(folder)
    assert (say("da", "Continue"), say("da", "Send")) == ("Fortsæt", "Send")
    sentences(folder, 'msgid "Continue"\nmsgstr "Videre"\n')
    load_catalog(folder)
    assert say("da", "Continue") == "Videre"


def test_sentences_are_said_of_a_catalogue_that_was_proved_before(folder: Path, tmp_path: Path) -> None:
    sentences(folder, 'msgid "Back"\nmsgstr "Tilbage"\n')
    load_catalog(folder, cache=tmp_path / "cache")
    edit(folder / "locale" / "da" / "LC_MESSAGES" / "formroute.po", "Tilbage", "Retur")
    for _ in range(2):
        load_catalog(folder, cache=tmp_path / "cache")
        assert say("da", "Back") == "Retur"


def test_each_catalogue_of_a_process_says_its_own_sentences(folder: Path, tmp_path: Path) -> None:
    neighbour = copied(folder, tmp_path / "neighbour")
    silent = copied(folder, tmp_path / "silent")
    sentences(folder, 'msgid "Continue"\nmsgstr "Fortsæt"\n')
    sentences(neighbour, 'msgid "Continue"\nmsgstr "Videre"\n\nmsgid "Send"\nmsgstr "Afsend"\n')
    first, second, third = (load_catalog(one, cache=tmp_path / "cache") for one in (folder, neighbour, silent))
    said = []
    for catalog in (first, second, third, first):
        with catalog.speaking():
            said.append((say("da", "Continue"), say("da", "Send"), plural("da", "{count} hour", "{count} hours", 1)))
    assert said == [
        ("Fortsæt", "Send", "1 hour"),
        ("Videre", "Afsend", "1 hour"),
        ("Continue", "Send", "1 hour"),
        ("Fortsæt", "Send", "1 hour"),
    ]
    assert say("da", "Continue") == "Videre"


def test_two_towns_in_one_app_show_their_own_words(folder: Path, tmp_path: Path) -> None:
    sentences(folder, 'msgid "Continue"\nmsgstr "Fortsæt"\n')
    neighbour = copied(folder, tmp_path / "neighbour")
    sentences(neighbour, 'msgid "Continue"\nmsgstr "Videre"\n')
    app = Flask("two_towns")
    app.secret_key = "a key for tests"
    with closing(Store(f"sqlite:///{tmp_path / 'towns.db'}")) as store:
        for name, path in (("first", folder), ("second", neighbour)):
            catalog = load_catalog(path)
            form = next(iter(catalog.forms))
            site = create_blueprint(Intake(catalog, store), name=name, limits=NO_LIMITS)
            app.register_blueprint(site, url_prefix=f"/{name}")
        client = app.test_client()
        for name, word, other in (("first", "Fortsæt", "Videre"), ("second", "Videre", "Fortsæt")) * 2:
            page = client.get(f"/{name}/da/forms/{form}", follow_redirects=True).text
            assert (word in page, other in page) == (True, False)
    assert say("da", "Continue") == "Videre"


BAD_PLURAL = HEADER.replace("\\n", "\\nPlural-Forms: nplurals=2; plural=(n;\\n") + 'msgid "a"\nmsgstr "b"\n'
BAD_CHARSET = HEADER.replace("UTF-8", "klingon") + 'msgid "a"\nmsgstr "b"\n'


@pytest.mark.parametrize("text", ["\xff", "rubbish\n", 'msgid "Back"\nmsgstr "A"\n\n' * 2, BAD_PLURAL, BAD_CHARSET])
def test_a_folder_of_a_package_that_cannot_be_read_is_refused_when_it_is_added(tmp_path: Path, text: str) -> None:
    path = tmp_path / "da" / "LC_MESSAGES" / "formroute.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ValueError, match=re.escape(f"The sentences in {path}, line ")):
        add_folder(tmp_path)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('msgid "Back"\nmsgstr "A"\n\nmsgid "Back"\nmsgstr "B"\n', 7, "“Back” stands in it twice."),
        ('msgid "{count} hour"\nmsgstr "Time"\n', 4, "“{count} hour” changes with the number: write msgid_plural"),
        ('msgctxt "menu"\nmsgid "Back"\nmsgstr "A"\n', 5, "“Back” has a msgctxt, which no sentence of formroute has."),
    ],
)
def test_a_sentence_that_would_never_be_said_is_told_once_with_its_line(
    folder: Path, text: str, line: int, told: str
) -> None:
    sentences(folder, text)
    ((code, at, what),) = found(folder)
    assert (code, at) == ("G532", line)
    assert told in what


def test_a_city_may_say_something_otherwise_in_a_language_of_ours(folder: Path) -> None:
    sentences(folder, 'msgid "Continue"\nmsgstr "Suivant"\n', "fr")
    load_catalog(folder)
    assert (say("fr", "Continue"), say("fr", "Back"), say("fr-CA", "Back")) == ("Suivant", "Retour", "Retour")
    (folder / "locale" / "fr" / "LC_MESSAGES" / "formroute.po").unlink()
    load_catalog(folder)
    assert say("fr", "Continue") == "Continuer"


def test_half_a_plural_is_none(folder: Path) -> None:
    sentences(folder, 'msgid "{count} hour"\nmsgid_plural "{count} hours"\nmsgstr[0] "{count} time"\nmsgstr[1] ""\n')
    load_catalog(folder)
    assert plural("da", "{count} hour", "{count} hours", 2) == "2 hours"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{dage} dage", "dage"),
        ("{count.real} dage", "count.real"),
        ("{count:>9} dage", "count:>9"),
        ("{count!z} dage", "count!z"),
        ("{count!r} dage", "count!r"),
        ("{count dage", "{"),
    ],
)
def test_what_an_english_sentence_does_not_fill_in_no_translation_may(folder: Path, text: str, name: str) -> None:
    sentences(folder, f'msgid "{{count}} day"\nmsgid_plural "{{count}} days"\nmsgstr[0] "dag"\nmsgstr[1] "{text}"\n')
    what = f"The translation of “{{count}} day” fills in `{name}`, which that does not have."
    assert ("G533", 4, what) in found(folder)
    assert check_catalog(folder)[0] is None


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"\xff\xfe", 1), ((HEADER + "Back = Tilbage\n").encode(), 4)],
)
def test_a_file_that_is_none_is_told_with_its_line(folder: Path, data: bytes, line: int) -> None:
    sentences(folder, "").write_bytes(data)
    assert [told[:2] for told in found(folder) if told[0] != "G531"] == [("G532", line)]


def header_of(folder: Path, *lines: str) -> Path:
    path = sentences(folder, "")
    header = "".join(f'"{line}\\n"\n' for line in lines)
    path.write_text(f'msgid ""\nmsgstr ""\n{header}\n# A comment\n{DAYS}', "utf-8")
    return path


DAYS = 'msgid "{count} day"\nmsgid_plural "{count} days"\nmsgstr[0] "{count} dag"\nmsgstr[1] "{count} dage"\n'
LIKE = "its Plural-Forms are not written like “nplurals=2; plural=(n != 1);”"


@pytest.mark.parametrize(
    ("forms", "reason"),
    [
        ("nplurals=2; plural=(n>1;", "“(n>1” in its Plural-Forms is no formula of n"),
        ("nplurals=2; plural=abc;", "“abc” in its Plural-Forms is no formula of n"),
        ("nplurals=2; plural=n**n;", "“n**n” in its Plural-Forms is no formula of n"),
        ("nplurals=2; plural=n<<n;", "“n<<n” in its Plural-Forms is no formula of n"),
        ("nplurals=2; plural=;", "“” in its Plural-Forms is no formula of n"),
        ("nplurals=2; plural=n/0;", "“n/0” in its Plural-Forms divides by something else than a number above 0"),
        (
            "nplurals=2; plural=n%(n-5);",
            "“n%(n-5)” in its Plural-Forms divides by something else than a number above 0",
        ),
        (f"nplurals=2; plural=n{'+n' * 500};", "the formula of its Plural-Forms is longer than 500 characters"),
        ("nplurals=9; plural=0;", "its Plural-Forms have 9 forms; there may be 1 to 8"),
        ("nplurals=0; plural=0;", "its Plural-Forms have 0 forms; there may be 1 to 8"),
        ("nplurals=999999999; plural=0;", "its Plural-Forms have 999999999 forms; there may be 1 to 8"),
        ("nplurals=9999999999; plural=0;", LIKE),
        ("nplurals=INTEGER; plural=EXPRESSION;", LIKE),
        ("nplurals=-1; plural=0;", LIKE),
        ("nplurals=2; plural=n;", "its Plural-Forms choose, for 2, none of its 2 forms"),
        ("nplurals=2; plural=n-1;", "its Plural-Forms choose, for 0, none of its 2 forms"),
    ],
)
def test_plural_forms_that_cannot_be_reckoned_with_are_told(folder: Path, forms: str, reason: str) -> None:
    header_of(folder, "Content-Type: text/plain; charset=UTF-8", f"Plural-Forms: {forms}")
    [(code, line, what)] = [told for told in found(folder) if told[0] != "G531"]
    assert (code, line) == ("G532", 4)
    assert what.startswith(f"This file of translations cannot be read: {reason}")
    assert check_catalog(folder)[0] is None


@pytest.mark.parametrize(
    "forms",
    ["nplurals=2; plural=n != 1;", "nplurals=2; plural=(n != 1)", "nplurals=2;plural=n%10==1 && n%100!=11 ? 0 : 1;"],
)
def test_plural_forms_as_translators_write_them_are_read(folder: Path, forms: str) -> None:
    header_of(folder, f"Plural-Forms: {forms}")
    load_catalog(folder)
    assert [plural("da", "{count} day", "{count} days", count) for count in (1, 2)] == ["1 dag", "2 dage"]


@pytest.mark.parametrize("charset", ["CHARSET", "hex", "rot13", "idna", "bogus", "iso-8859-1"])
def test_another_charset_than_utf_8_is_told(folder: Path, charset: str) -> None:
    header_of(folder, f"Content-Type: text/plain; charset={charset}")
    what = f"its header names the charset “{charset}”, and only UTF-8 is read"
    assert ("G532", 3, f"This file of translations cannot be read: {what}.") in found(folder)


def test_a_file_may_begin_with_a_byte_order_mark(folder: Path) -> None:
    path = header_of(folder, "Content-Type: text/plain; charset=utf8")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    load_catalog(folder)
    assert plural("da", "{count} day", "{count} days", 2) == "2 dage"


@pytest.mark.parametrize(
    "line", ['msgstr "Næste side', 'msgstr "', 'msgstr "Næste side\\"', "msgstr Næste side", 'msgstr[x] "Næste side"']
)
def test_words_that_are_not_between_quotation_marks_are_told_with_their_line(folder: Path, line: str) -> None:
    sentences(folder, f'msgid "Continue"\n{line}\n')
    what = "This file of translations cannot be read: a line does not have its words between two quotation marks."
    assert [told for told in found(folder) if told[0] != "G531"] == [("G532", 5, what)]


def test_a_file_that_gettext_could_not_read_is_told(folder: Path) -> None:
    text = 'msgid "Back"\nmsgid_plural "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n'
    sentences(folder, text)
    what = "This file of translations cannot be read: something in it is not as gettext has it."
    assert ("G532", 1, what) in found(folder)


def test_a_plural_of_what_has_none_fills_in_nothing(folder: Path) -> None:
    sentences(folder, 'msgid "Continue"\nmsgid_plural "{x}"\nmsgstr[0] "{x}"\nmsgstr[1] "{x}"\n')
    assert ("G533", 4) in [told[:2] for told in found(folder)]


def test_a_header_may_tell_a_date_and_a_language_in_any_words(folder: Path) -> None:
    header_of(folder, "PO-Revision-Date: yesterday", "POT-Creation-Date: 0001-01-01", "Language: our own, of course")
    load_catalog(folder)
    assert plural("da", "{count} day", "{count} days", 2) == "2 dage"


def test_the_command_writes_the_file_and_keeps_what_is_translated(folder: Path) -> None:
    path = sentences(folder, '# from the town hall\nmsgid "Continue"\nmsgstr "Fortsæt"\n')
    result = run(folder, "--sentences", "da")
    assert result.output.startswith(f"{path}: {ALL - 1} sentences")
    written = path.read_text("utf-8")
    assert '# from the town hall\nmsgid "Continue"\nmsgstr "Fortsæt"\n' in written
    assert 'msgid "{count} hour"\nmsgid_plural "{count} hours"\nmsgstr[0] ""\nmsgstr[1] ""\n' in written
    assert run(folder, "--sentences", "da").output == result.output
    assert path.read_text("utf-8") == written


def test_a_new_file_has_as_many_forms_of_a_plural_as_the_language(folder: Path) -> None:
    edit(folder / "catalog.yaml", "da]", "pl]")
    run(folder, "--sentences", "pl")
    written = (folder / "locale" / "pl" / "LC_MESSAGES" / "formroute.po").read_text("utf-8")
    assert 'msgid_plural "{count} hours"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n' in written


def test_priorities_of_the_catalogue_are_sentences_of_its_other_languages(folder: Path) -> None:
    edit(folder / "catalog.yaml", "priorities: [", "priorities: [at_once, ")
    run(folder, "--sentences", "da")
    assert 'msgid "at_once"' in (folder / "locale" / "da" / "LC_MESSAGES" / "formroute.po").read_text("utf-8")


def test_only_a_language_of_the_catalogue_gets_a_file(folder: Path) -> None:
    result = run(folder, "--sentences", "de")
    assert result.exit_code == 2
    assert "The catalogue has en, fr, da." in result.output
