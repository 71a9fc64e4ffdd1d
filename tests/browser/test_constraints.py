"""A browser's own checks on the boxes of the WTForms class never refuse what the judge accepts."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.forms.made import one_field
from tests.forms.test_kinds import ACCEPTED
from tests.forms.test_wtforms import opened

FILL = """([html, value]) => {
  document.body.innerHTML = `<form>${html}</form>`;
  const boxes = document.querySelectorAll('form [name]');
  const texts = Array.isArray(value) ? value : [value];
  boxes.forEach(box => {
    if (['radio', 'checkbox'].includes(box.type)) box.checked = texts.includes(box.value);
    else if (box.type !== 'hidden') box.value = texts[0];
  });
  const typable = Array.from(boxes).every(box => box.value !== '' || texts[0] === '' || box.type === 'hidden');
  return !typable || document.forms[0].checkValidity();
}"""


def test_chromium_lets_through_what_the_judge_accepts(browser: Browser) -> None:
    page = browser.new_page()
    typed = [(keys, posted) for keys, posted, _ in ACCEPTED if isinstance(posted, str)]
    refused = [
        (keys, posted)
        for keys, posted in typed
        if not page.evaluate(FILL, [str(opened(one_field(keys)).answer()), posted])
    ]
    assert len(typed) > 15
    assert refused == []
    assert not page.evaluate(FILL, [str(opened(one_field("type: text")).answer()), ""]), "it does ask for an answer"
    page.close()
