"""The package that docs/own_kind.md shows, a city's own kind: built and installed as pip does it."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

from tests.pages import blocks_of

_PAGE = Path(__file__).parent.parent / "docs" / "own_kind.md"


def write_page(folder: Path) -> None:
    """All files of the page, the form and the table that use the kind among them."""
    for block in blocks_of(_PAGE):
        if block.file:
            block.write(folder)


def install(folder: Path) -> Path:
    """The folder below `folder` that has the package in it, to be put on Python's path."""
    site = folder / "site"
    write_page(folder)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    subprocess.run(build, cwd=folder / "city", check=True, capture_output=True)
    (wheel,) = (folder / "city" / "dist").glob("*.whl")
    ZipFile(wheel).extractall(site)
    return site
