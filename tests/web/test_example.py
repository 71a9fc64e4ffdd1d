"""The example site as a person starts it: a report sent to it reaches the department's mailbox."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.web.api.test_api import ANSWERS

APP = Path(__file__).parent.parent.parent / "examples" / "flask_site" / "app.py"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site") / "var"


@pytest.fixture(scope="module")
def printed(data: Path) -> Iterator[list[str]]:
    """What the site prints while it starts; it is stopped after the last test."""
    environment = {**os.environ, "FORMROUTE_PORT": "0", "FORMROUTE_DATA": str(data)}
    command = [sys.executable, str(APP)]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as site:
        assert site.stdout is not None
        yield [site.stdout.readline() for _ in range(3)]
        site.terminate()


def test_its_pages_have_an_icon_so_that_no_browser_asks_for_one_in_vain(printed: list[str]) -> None:
    address = printed[0].split()[1]
    with urlopen(f"{address}en/") as page:
        icon = re.search(r'<link rel="icon" href="/([^"]+)"', page.read().decode())
    assert icon is not None
    with urlopen(address + icon[1]) as answer:
        assert (answer.status, answer.headers["Content-Type"].split(";")[0]) == (200, "image/svg+xml")


def test_a_report_reaches_the_department(printed: list[str], data: Path) -> None:
    address = printed[0].split()[1]
    assert "password" in printed[1]
    files = data / "formroute.db.files"
    assert str(files / "mail") in printed[2]
    body = json.dumps({"answers": ANSWERS}).encode()
    request = Request(f"{address}api/forms/pothole/submissions", body, {"Content-Type": "application/json"})
    with urlopen(request) as answer:
        reference = json.load(answer)["reference"]
    inbox = files / "mail" / "new"
    until = time.monotonic() + 30
    while not any(inbox.glob("*")) and time.monotonic() < until:
        time.sleep(0.1)
    (letter,) = inbox.glob("*")
    assert reference in letter.read_text("utf-8")
