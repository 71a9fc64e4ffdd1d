"""A catalogue in which much is idle, each told on its line, and nothing else."""

import shutil
from datetime import date
from pathlib import Path

from formroute.catalog import read_catalog
from formroute.catalog.notes import notes
from tests.routing.compiling.test_broken import EXPECTED

CITY = Path(__file__).parent / "idle_city"
TODAY = date(2026, 6, 1)


def test_all_that_is_idle_is_told_on_its_line(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CITY, tmp_path / "city"))
    expected: dict[tuple[str, int], tuple[str, str]] = {}
    for path in folder.iterdir():
        text = path.read_text("utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            if found := EXPECTED.search(line):
                expected[path.name, number] = found[1], found[2]
        path.write_text(EXPECTED.sub("", text), "utf-8")
    catalog, problems = read_catalog(folder)
    assert catalog is not None, problems
    found_at = [(Path(one.mark.file).name, one.mark.line, one) for one in [*problems, *notes(catalog, TODAY)]]
    told = {(file, line): (one.code, one.what) for file, line, one in found_at}
    assert len(told) == len(found_at)
    assert {place: code for place, (code, _) in told.items()} == {place: code for place, (code, _) in expected.items()}
    for place, (_, words) in expected.items():
        assert words in told[place][1]
