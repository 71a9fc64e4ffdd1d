"""Slips that change the shape of what is read are told as all others are, and end nothing."""

from pathlib import Path

import pytest

from formroute.catalog import check_catalog
from tests.copies import copied, edit

SCHEMAS = Path(__file__).parent.parent.parent / "schemas"
LANE = "lane:\n            en: A back lane\n            fr: Dans une ruelle"
SLIPS = [
    ("forms/pothole.yaml", "            fr: Dans une ruelle", "            frr: Dans une ruelle", "D105"),
    ("forms/pothole.yaml", LANE, "lane: {en: A back lane, fr: Dans une ruelle}", "D110"),
    ("forms/pothole.yaml", LANE, "lane: {}", "D110"),
    ("routes/departments.yaml", "departments:", "title: Our departments\ndepartments:", "D101"),
    ("routes/streets.yaml", "forms: [pothole, snow_roads, frozen_catch_basin]", "forms: pothole, snow_road", "R411"),
    ("forms/pothole.yaml", "- page: hole", "- page: safety", "F239"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "code"), SLIPS)
def test_it_is_told_where_it_stands(tmp_path: Path, file: str, right: str, wrong: str, code: str) -> None:
    folder = copied(SCHEMAS, tmp_path / "schemas")
    edit(folder / file, right, wrong)
    catalog, problems = check_catalog(folder)
    assert catalog is None
    told = [problem for problem in problems if problem.code == code]
    assert told, [str(problem) for problem in problems]
