"""One slip gives one message: what is wrong, where, and the line to write; nothing false follows from it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from formroute.catalog import check_catalog
from formroute.definitions import Folder
from formroute.problems import Problem
from tests.catalog.one_slip import RIGHT, SLIPS, WINNIPEG, Slip, part_of_winnipeg

SCHEMAS = WINNIPEG.resolve()


@cache
def kept() -> dict[str, str]:
    """The files without a slip, by their names."""
    return part_of_winnipeg()


def text_of(slip: Slip) -> str:
    """The file without the slip."""
    return kept()[slip.file]


def slipped(slip: Slip) -> str:
    """The file with it."""
    return text_of(slip).replace(slip.right, slip.wrong, 1)


def checked(slip: Slip) -> list[Problem]:
    """All that `check` tells of the schemas with this slip in them."""
    assert slip.right in text_of(slip)
    return told({**kept(), slip.file: slipped(slip)})


def told(files: dict[str, str]) -> list[Problem]:
    """All that `check` tells of these files."""
    return check_catalog(Folder(SCHEMAS, {SCHEMAS / name: text.encode() for name, text in files.items()}))[1]


def line_of(slip: Slip) -> int:
    """The first line that is another one then."""
    both = zip(text_of(slip).splitlines(), slipped(slip).splitlines(), strict=False)
    return next(number for number, (one, other) in enumerate(both, 1) if one != other)


def as_told(found: Problem, slip: Slip) -> str:
    """A finding as the table writes it."""
    file, line = Path(found.mark.file).relative_to(SCHEMAS).as_posix(), found.mark.line - line_of(slip)
    if file != slip.file or line < 0:
        return f"{found.code}@{file}:{found.mark.line}"
    return f"{found.code}+{line}" if line else found.code


def test_nothing_is_told_of_what_is_right() -> None:
    assert told(kept()) == []


@pytest.mark.parametrize("slip", SLIPS, ids=[f"{slip.file} {slip.wrong!r}" for slip in SLIPS])
def test_all_that_is_told(slip: Slip) -> None:
    found = checked(slip)
    assert " ".join(as_told(one, slip) for one in found) == slip.told, [str(one) for one in found]
    first = found[0]
    assert first.fix
    if slip.corrected == RIGHT:
        assert first.corrected == text_of(slip).splitlines()[first.mark.line - 1]
    elif slip.corrected:
        assert slip.corrected in (first.corrected or "")
    else:
        assert first.corrected == slip.corrected


def test_a_name_that_is_misspelt_at_one_of_two_places_is_told_with_both() -> None:
    routes = kept()["routes/streets.yaml"].replace("  - route: deep-snow", "  - route: deap-snow")
    found = told({**kept(), "routes/streets.yaml": routes})[0]
    at = routes.splitlines().index("  - route: deap-snow") + 1
    said = "Write `deap-snow` here, or, if that is the misspelt one, `deep-snow` where it is given: "
    assert (found.code, found.fix) == ("R444", f"{said}streets.yaml, line {at}.")


def test_lines_inside_messages_are_those_of_the_file_where_a_line_is_missing_above() -> None:
    routes = kept()["routes/streets.yaml"].replace("  - route: deep-snow", "  - route: snow")
    without = routes.replace("  - test: a deep hole in a lane is a hazard\n", "")
    missing, twice = [one for one in told({**kept(), "routes/streets.yaml": without}) if one.code in ("Y121", "R415")]
    both = [number for number, line in enumerate(without.splitlines(), 1) if line == "  - route: snow"]
    assert f"on line {both[0]}." in twice.what or f"on line {both[0]}." in missing.what
