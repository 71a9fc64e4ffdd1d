"""For every kind: a browser's own checks never refuse what the judge takes, on our pages and on WTForms' boxes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from hypothesis import Phase, given, settings
from playwright.sync_api import Browser, Page

from formroute.catalog import load_catalog
from formroute.forms import Form
from formroute.intake import Intake
from formroute.records import Upload
from formroute.store import Store
from formroute.testing import posted_answers
from formroute.web import NO_LIMITS, create_blueprint
from tests.browser.conftest import Open, serving
from tests.every_kind.samples import FOLDER
from tests.forms.kinds_asked import ASKED
from tests.forms.made import field, one_field, page, written
from tests.forms.test_wtforms import opened

TYPED = {
    f"q{number}": keys
    for number, keys in enumerate(ASKED)
    if not keys.startswith("type: file") and not (keys.startswith("type: repeat") and keys.endswith("required: no"))
}
"""Questions by their names; no script may choose a file, and rows that may be left out do not stand there at first."""
FORM = written(page("".join(field(name, keys) for name, keys in TYPED.items())))

# Types each value as a person would, and asks the boxes. A text that a box cannot hold, such as a date in words in a
# calendar, is not typed; what is left tells of every answer how many boxes took it and which refused.
TRY = """cases => cases.map(([name, value]) => {
  const touched = [];
  const named = name => Array.from(document.getElementsByName(name)).filter(box => box.type !== 'hidden');
  const type = (name, value) => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      return Object.entries(value).forEach(([part, text]) => type(`${name}.${part}`, text));
    if (Array.isArray(value) && value.some(row => typeof row === 'object'))
      return value.forEach((row, number) => Object.entries(row).forEach(
        ([part, text]) => type(`${name}-${number}.${part}`, text)));
    const boxes = named(name).length ? named(name) : named(`${name}.address`);
    boxes.forEach(box => {
      const texts = Array.isArray(value) ? value : [value];
      if (['radio', 'checkbox'].includes(box.type)) box.checked = texts.includes(box.value);
      else box.value = texts[0];
      if (box.checked || (box.type !== 'radio' && box.value !== '')) touched.push(box);
    });
  };
  type(name, value);
  const refusing = touched.filter(box => !box.checkValidity());
  return [touched.length, refusing.map(box => `${box.name}: ${box.validationMessage}`)];
})"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A city with one form that asks every kind, each way."""
    folder = tmp_path_factory.mktemp("asked")
    for name in ("catalog.yaml", "departments.yaml"):
        shutil.copy(FOLDER / name, folder)
    (folder / "form.yaml").write_text(FORM, "utf-8")
    (folder / "routes.yaml").write_text("table: all\nforms: [example]\nroutes:\n  - route: every\n    send_to: hall\n")
    store = Store(f"sqlite:///{folder / 'formroute.db'}")
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests")
    app.register_blueprint(create_blueprint(Intake(load_catalog(folder), store), limits=NO_LIMITS))
    with serving(app) as address:
        yield address
    store.close()


@pytest.fixture(scope="module")
def cases() -> list[tuple[str, Any]]:
    return [(name, answer) for name, keys in TYPED.items() for answer in taken(one_field(keys))]


def taken(form: Form) -> list[Any]:
    """Answers that the judge takes, as a browser posts them."""
    drawn: list[Any] = []

    @settings(max_examples=12, derandomize=True, phases=[Phase.generate])
    @given(posted_answers(form))
    def collect(answers: dict[str, Any]) -> None:
        drawn.extend(without_files(answer) for answer in answers.values())

    collect()
    return drawn


def without_files(answer: Any) -> Any:
    """An answer without the files in its rows, which no script may choose."""
    if isinstance(answer, list | tuple):
        return [without_files(item) for item in answer if not isinstance(item, Upload)]
    if isinstance(answer, Mapping):
        return {part: without_files(item) for part, item in answer.items()}
    return answer


def refused(page: Page, cases: list[tuple[str, Any]]) -> list[tuple[str, Any, Any]]:
    """The questions of which a browser refuses an answer; each must have been typed at least once."""
    tried = list(zip(cases, page.evaluate(TRY, cases), strict=True))
    assert {name for (name, _), (boxes, _) in tried if boxes} == {name for name, _ in cases}
    return [(TYPED[name], value, wrong) for (name, value), (_, wrong) in tried if wrong]


def test_the_boxes_of_our_pages_refuse_nothing_that_the_judge_takes(open_page: Open, cases: list[Any]) -> None:
    assert refused(open_page("/en/forms/example"), cases) == []


def test_the_boxes_of_wtforms_refuse_nothing_that_the_judge_takes(browser: Browser, cases: list[Any]) -> None:
    page = browser.new_page()
    named = (str(opened(one_field(keys)).answer()).replace('"answer', f'"{name}') for name, keys in TYPED.items())
    page.set_content("<form>" + "".join(named) + "</form>")
    assert refused(page, cases) == []
    page.evaluate("document.forms[0].reset()")
    assert not page.evaluate("document.forms[0].q0.checkValidity()"), "it does ask for an answer"
    page.close()
