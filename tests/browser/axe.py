"""What axe finds wrong with a page (WCAG 2.0 to 2.2, A and AA, and best practice)."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHOW_ALL = "document.querySelectorAll('template[data-place]').forEach(place => place.after(place.content))"
"""A script that shows what no answer has shown yet, so that it is looked at too."""


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    return [
        f"{page.url} {problem['id']}: {node['target']}"
        for problem in found.response["violations"]
        for node in problem["nodes"]
    ]
