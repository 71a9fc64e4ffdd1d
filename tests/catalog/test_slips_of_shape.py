"""Slips that change the shape of what is read are told as all others are, and end nothing."""

from pathlib import Path

import pytest

from formroute.catalog import check_catalog, shape
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


def test_what_is_tried_is_bounded_for_all_files_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    once = shape.parse_once
    monkeypatch.setattr(shape, "parse_once", lambda text, *more: (read.append(text.count("\n")), once(text, *more))[1])
    folder = copied(SCHEMAS, tmp_path / "schemas")
    right = (folder / "forms/pothole.yaml").read_text("utf-8")
    wrong = right.replace("          fr: Où se", "        fr: Où se").replace("          road:", "        road:")
    for number in range(40):
        text = wrong.replace("form: pothole", f"form: copy_{number}")
        (folder / f"forms/copy_{number}.yaml").write_text(text, "utf-8")
    _, problems = check_catalog(folder)
    assert len({one.mark.file for one in problems}) >= 40
    assert 0 < sum(read) <= 30_000
