"""A form as a WTForms class: the judge decides, the answers are canonical, and hostile posts never raise."""

from __future__ import annotations

import dataclasses
import functools
import io
import textwrap
from collections.abc import Collection, Mapping
from typing import Any, BinaryIO

import pytest
import wtforms
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import HiddenField
from wtforms.csrf.session import SessionCSRF

from formroute.forms import Form
from formroute.forms.posted import posted_answer
from formroute.forms.widgets import widget_of
from formroute.records import Location, Upload
from tests.forms.made import NOW, check, field, form_of, one_field, page
from tests.forms.test_judge import POTHOLE
from tests.forms.test_kinds import ACCEPTED, REFUSED
from tests.forms.test_laws import EVERY_KIND

PHOTO = Upload("a" * 22, "hole.jpg", "image/jpeg", 1_000)


class Kept:
    """A store's uploads, in memory."""

    def __init__(self) -> None:
        self.files: dict[str, Upload] = {PHOTO.token: PHOTO}

    def keep(self, stream: BinaryIO, filename: str, limit: int, *, accept: Collection[str], as_sent: bool) -> Upload:
        content = stream.read()
        kind = "image/png" if content.startswith(b"\x89PNG") else "text/plain"
        upload = Upload(f"{len(self.files):022}", filename, kind, len(content))
        self.files[upload.token] = upload
        return upload

    def waiting(self, tokens: Collection[str]) -> Mapping[str, Upload]:
        return {token: self.files[token] for token in tokens if token in self.files}


@functools.cache
def class_of(form: Form, **options: Any) -> Any:
    return form.wtforms_class(uploads=Kept(), clock=lambda: NOW, **options)


def opened(form: Form, posted: Any = None, data: Any = None, **options: Any) -> Any:
    return class_of(form, **options)(posted if posted is None else MultiDict(posted), data=data)


def posted_of(name: str, value: object) -> list[tuple[str, Any]]:
    """What a browser sends of an answer."""
    if isinstance(value, Mapping):
        return [(f"{name}.{part}", text) for part, text in value.items()]
    if isinstance(value, list | tuple) and any(isinstance(row, Mapping) for row in value):
        rows = ((f"{name}-{number}.{part}", text) for number, row in enumerate(value) for part, text in row.items())
        return [pair for box, text in rows for pair in posted_of(box, text)]
    return [(name, item) for item in (value if isinstance(value, list) else [value])]


def is_posted(value: object) -> bool:
    items = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else [value]
    return all(isinstance(item, str) for item in items) and (not isinstance(value, Mapping) or bool(value))


@pytest.mark.parametrize(("keys", "posted", "answer"), [row for row in ACCEPTED if is_posted(row[1])])
def test_what_a_browser_posts_becomes_the_canonical_answer(keys: str, posted: object, answer: object) -> None:
    form = opened(one_field(keys), posted_of("answer", posted))
    assert form.validate()
    assert form.data == {"answer": answer}
    assert type(form.answer.data) is type(answer)
    assert form.errors == {}


@pytest.mark.parametrize(("keys", "posted", "sentence"), [row for row in REFUSED if is_posted(row[1])])
def test_a_refusal_stands_beside_its_field(keys: str, posted: object, sentence: str) -> None:
    form = opened(one_field(keys), posted_of("answer", posted))
    several = isinstance(posted, list) and not widget_of(one_field(keys).fields["answer"]).many
    assert several or not form.validate()
    assert several or form.errors == {"answer": [sentence]}
    assert several or form.data == {"answer": None}


NAMES = st.sampled_from([*EVERY_KIND.fields, "f_location.address", "f_location.latitude", "f_location.longitude"])
TYPED = st.text(max_size=12) | st.sampled_from(
    ["yes", "no", "road", "12", "2,5", "2026-03-09", "18:30", "a@b.ca", "204-555-0123", "R3C 1A5", "sNaN", "1_0", "٣",
     "\ud800", "\x00", "‮", "49.9", "-97", "x" * 3_000, PHOTO.token]
)  # fmt: skip


@given(st.lists(st.tuples(NAMES | st.text(max_size=9) | st.just("f_choices-²"), TYPED), max_size=20))
def test_the_class_says_what_the_judge_says(pairs: list[tuple[str, str]]) -> None:
    form = opened(EVERY_KIND, pairs)
    posted = MultiDict(pairs)
    raw = {name: posted_answer(posted, name, many=widget_of(asked).many) for name, asked in EVERY_KIND.fields.items()}
    checked = check(EVERY_KIND, **{**raw, "f_file": form.f_file.given})
    assert form.validate() is checked.ok
    assert form.errors == {error.field: [error.say("en")] for error in checked.errors}
    assert form.data == {name: checked.answers.get(name) for name in EVERY_KIND.fields}
    assert "".join(str(drawn) for drawn in form)


@given(st.dictionaries(st.sampled_from(list(EVERY_KIND.fields)), TYPED))
def test_its_data_is_read_back_to_itself(raw: dict[str, str]) -> None:
    answers = opened(EVERY_KIND, [(name, text) for name, text in raw.items() if name != "f_file"]).data
    again = opened(EVERY_KIND, data=answers)
    assert again.validate()
    assert again.data == answers


JUNK: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(st.dictionaries(NAMES, st.lists(JUNK, min_size=1, max_size=3)))
def test_values_that_are_no_text_never_raise(posted: dict[str, Any]) -> None:
    """Flask-WTF hands on the values of a JSON body as they are."""
    form = opened(EVERY_KIND, posted)
    form.validate()
    assert [str(drawn) for drawn in form]


def test_what_was_typed_is_drawn_again_whatever_it_is() -> None:
    form = opened(
        EVERY_KIND, {"f_integer": "<deep>", "f_yes_no": "yes", "f_choices": "lane", "f_location.address": '"'}
    )
    assert 'value="&lt;deep&gt;"' in form.f_integer()
    assert [option.checked for option in form.f_yes_no] == [True, False]
    assert [option.checked for option in form.f_choices] == [False, True]
    assert 'value="&#34;"' in form.f_location()


def test_labels_hints_and_choices_are_the_authors() -> None:
    form = opened(
        one_field("type: choice\nhint:\n  en: Look.\n  fr: Regardez.\nchoices:\n  a:\n    en: Road\n    fr: Rue"),
        language="fr",
    )
    assert (form.answer.label.text, form.answer.description) == ("Réponse", "Regardez.")
    assert [(option.choice.value, option.label.text) for option in form.answer] == [("a", "Rue")]
    assert "Choisissez" in opened(one_field("type: choice\nas: select\nchoices: [a]"), language="fr").answer()


HIDDEN = {"danger": "no", "surface": "sidewalk", "phone": "204-555-0123", "depth": "9", "lights": "yes"}


def test_a_text_in_another_language_says_in_which_it_is() -> None:
    choices = "type: choice\nas: {shown_as}\nlabel: Which?\nchoices: [Here]"
    for shown_as, marked in (
        ("radio", '<span lang="en" dir="auto">Here</span></label>'),
        ("select", '<option lang="en" value="Here">Here</option>'),
    ):
        drawn = class_of(
            form_of(page("answer: {" + choices.format(shown_as=shown_as).replace("\n", ", ") + "}")), language="fr"
        )()
        assert marked in drawn.answer()
        assert '<span lang="en" dir="auto">Which?</span>' in drawn.answer.label()


def test_a_hidden_question_has_no_answer_and_shows_what_was_typed_when_it_comes_back() -> None:
    form = opened(POTHOLE, HIDDEN)
    assert form.validate(), form.errors
    assert form.depth.data is None
    assert form.depth not in form.shown
    again = opened(POTHOLE, {**HIDDEN, "surface": "road"})
    assert again.depth.data == 9
    assert 'value="9"' in again.depth()


def test_a_form_that_is_stopped_says_why() -> None:
    form = opened(POTHOLE, {"danger": "yes"})
    assert not form.validate()
    assert form.form_errors == form.notices == ["Stop."]


def test_one_page_is_judged_with_the_answers_of_the_others() -> None:
    road = form_of(
        page(field("surface", "type: choice\nchoices: [road, lane]"), "where"),
        page(field("depth", "type: integer\nshow_when: {surface: road}"), "hole"),
    )
    hole = opened(road, {"depth": "x"}, {"surface": "lane"}, page="hole")
    assert hole.validate()
    assert hole.data == {"depth": None}
    assert not opened(road, {"depth": "x"}, {"surface": "road"}, page="hole").validate()
    where = opened(road, {"surface": "road"}, page="where")
    assert where.validate(), "the other page is judged when it is sent"
    with pytest.raises(ValueError, match="has no page kerb"):
        road.wtforms_class(page="kerb")


def test_a_file_is_kept_when_it_is_posted_and_stays_when_something_else_is_wrong() -> None:
    photos = form_of(
        page(field("photos", "type: file\nmax_files: 2\nmax_size: 1 kB") + field("depth", "type: integer"))
    )
    png = FileStorage(io.BytesIO(b"\x89PNG..."), "../hole.png")
    text = FileStorage(io.BytesIO(b"text"), "notes.txt")
    heavy = FileStorage(io.BytesIO(b"\x89PNG" + b"x" * 1_000), "heavy.png")
    form = opened(photos, [("photos", png), ("photos", text), ("photos", heavy), ("depth", "x")])
    assert not form.validate()
    assert form.errors["photos"] == ["Send at most 2 files: remove those that you need least."]
    assert [kept.filename for kept in form.photos.given] == ["hole.png"]
    assert 'type="checkbox" name="photos" value="0000000000000000000001" checked> hole.png' in form.photos()
    with pytest.raises(ValueError, match="photos takes files"):
        photos.wtforms_class()


def test_a_browser_asks_only_for_what_is_always_needed() -> None:
    form = opened(POTHOLE)
    assert "required" in str(next(iter(form.danger)))
    assert "required" not in form.surface(), "a notice can stop the form before"
    mail = opened(one_field("type: email"))
    assert 'required type="text"' in mail.answer(), "Chromium refuses some good addresses"
    assert 'inputmode="email"' in mail.answer()


def test_names_that_a_base_class_uses_get_a_sign_after_them() -> None:
    names = ["data", "errors", "meta", "validate", "checked", "send", "kind", "validate_kind"]
    clash = form_of(page("".join(field(name, "type: text") for name in names)))

    class Base(wtforms.Form):
        send = HiddenField()

    form = opened(clash, [(name, name) for name in names], base=Base)
    assert form.validate()
    assert form.data_.data == "data"
    assert form.send_.name == "send"
    assert form.checked.answers == {name: name for name in names}
    assert {**form.data, "send": "send"} == {name: name for name in names}
    assert opened(clash, data={"data": "before"}, base=Base).data_.data == "before"


def test_csrf_of_the_base_class_counts() -> None:
    class Sealed(wtforms.Form):
        class Meta:
            csrf = True
            csrf_class = SessionCSRF
            csrf_secret = b"secret"
            csrf_context: dict[str, Any] = {}

    made = one_field("type: text").wtforms_class(base=Sealed)
    token = made().csrf_token.current_token
    assert not made(MultiDict({"answer": "x"})).validate()
    assert made(MultiDict({"answer": "x", "csrf_token": token})).validate()


def test_data_of_before_fills_the_boxes() -> None:
    form = opened(EVERY_KIND, data={"f_yes_no": False, "f_location": Location("510 Main"), "f_file": (PHOTO,)})
    assert [option.checked for option in form.f_yes_no] == [False, True]
    assert 'value="510 Main"' in form.f_location()
    assert form.f_file.data == (PHOTO,)
    plain = dataclasses.make_dataclass("Record", ["f_integer"])(12)
    assert 'value="12"' in EVERY_KIND.wtforms_class(uploads=Kept())(obj=plain).f_integer()


def test_questions_of_a_group_are_read_under_their_whole_names() -> None:
    owner = field("n", "type: integer") + field("mail", "type: email")
    asked = "owner:\n  type: group\n  label:\n    en: Owner\n    fr: Propriétaire\n  fields:\n"
    form = form_of(page(asked + textwrap.indent(owner, "    ") + field("owner_n", "type: text")))
    filled = opened(form, {"owner.n": "12", "owner.mail": "a@b.ca", "owner_n": "x"})
    assert filled.validate(), filled.errors
    assert filled.data == {"owner.n": 12, "owner.mail": "a@b.ca", "owner_n": "x"}
    assert (filled.owner_n.data, filled.owner_n_.data) == (12, "x")
    assert form.check(filled.data, now=NOW).answers == filled.data
