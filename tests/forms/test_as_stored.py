"""The definition that is stored with a submission compiles into the very form again."""

from pathlib import Path

import pytest

from formroute.catalog import Catalog, load_catalog

ROOT = Path(__file__).parent.parent.parent
FOLDERS = (ROOT / "schemas", ROOT / "tests" / "small_city", ROOT / "tests" / "every_kind")


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return load_catalog(request.param)


def test_every_form_comes_back_as_it_was(catalog: Catalog) -> None:
    for form in catalog.forms.values():
        again = catalog.archive.form(form.source)
        assert again is not None, form.id
        assert (again.version, again.source) == (form.version, form.source)
        assert list(again.fields) == list(form.fields)
        assert again.json_schema() == form.json_schema()


def test_the_form_of_today_is_not_compiled_again(catalog: Catalog) -> None:
    form = next(iter(catalog.forms.values()))
    assert catalog.seen(form.id, form.version, "not looked at") is form


@pytest.mark.parametrize(
    "definition",
    ["{}", '{"form": "lamp"}', '{"form": "lamp", "title": {"en": "Lamp"}, "summary": {"en": "x"}, "pages": "no"}'],
)
def test_what_cannot_be_compiled_any_more_is_the_form_of_today(catalog: Catalog, definition: str) -> None:
    form = next(iter(catalog.forms.values()))
    assert catalog.seen(form.id, "another version", definition) is form
    assert catalog.seen("gone", "another version", definition) is None


def test_the_order_of_the_questions_is_part_of_a_version(tmp_path: Path) -> None:
    versions = []
    for swapped in (False, True):
        folder = tmp_path / str(swapped)
        folder.mkdir()
        for path in FOLDERS[1].glob("*.yaml"):
            said = path.read_text("utf-8")
            if path.name == "lamp.yaml" and swapped:
                before, colour, rest = said.partition("      colour:\n")
                colour, since, rest = (colour + rest).partition("      out_since:\n")
                since, details, rest = (since + rest).partition("      details:\n")
                said = before + since + colour + details + rest
            (folder / path.name).write_text(said, "utf-8")
        versions.append(load_catalog(folder).forms["lamp"].version)
    assert versions[0] != versions[1]
