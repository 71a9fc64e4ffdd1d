"""The search finds the right form for everyday sentences, in either language."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from formroute.catalog import Catalog
from formroute.web.views.catalogue import index, shelves
from formroute.web.views.search import Search, fold, trigrams, words
from tests.web.resident import Resident

SENTENCES = yaml.safe_load((Path(__file__).parent / "search_sentences.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def search(catalog: Catalog) -> Search:
    return index(catalog)


def test_the_right_form_is_among_the_first_three_for_nearly_every_sentence(search: Search) -> None:
    missed = [one["sentence"] for one in SENTENCES if one["form"] not in search.find(one["sentence"])[:3]]
    assert len(SENTENCES) == 20
    assert len(missed) <= 2, missed


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("pothole", "pothole"),
        ("POTHOLLE", "pothole"),
        ("grafiti", "graffiti"),
        ("déneigement", "snow_roads"),
        ("deneigement", "snow_roads"),
        ("poubelle", "missed_garbage"),
        ("dead elm", "tree"),
    ],
)
def test_accents_case_and_slips_do_not_matter(search: Search, question: str, first: str) -> None:
    assert search.find(question)[0] == first


@pytest.mark.parametrize(
    "question",
    ["", " ", "the", "a b c", '"', "' OR 1=1 --", "NEAR(x)", "*", "\x00", "é" * 10_000, "😀😀😀", "( ) AND", "zzzqqq"],
)
def test_no_question_is_an_error(search: Search, question: str) -> None:
    assert isinstance(search.find(question), tuple)


def test_words_and_trigrams() -> None:
    assert fold("Déneigée ŒUVRE") == "deneigee œuvre"
    assert words("Is the pipe, the PIPE frozen?") == ("pipe", "frozen")
    assert trigrams("pipe") == ("pip", "ipe")


def test_the_catalogue_shows_every_form_and_what_a_question_finds(resident: Resident, catalog: Catalog) -> None:
    everything = resident.get("/en/")
    assert len(everything.root.classed("f-card")) == len(catalog.forms)
    found = resident.get("/en/?q=my+pipe+is+frozen")
    assert found.root.classed("f-card")[0].text.startswith("No water or a frozen pipe")


def test_the_catalogue_brings_forms_together_under_headings_with_links_to_each(
    resident: Resident, catalog: Catalog
) -> None:
    page = resident.get("/fr/")
    headings = [heading for heading in page.root.all("h2") if heading.attributes.get("id")]
    links = page.root.classed("f-shelves")[0].all("a")
    assert [heading.text for heading in headings] == [link.text for link in links] == [
        "Rues et trottoirs", "Eau et égouts", "Ordures et recyclage", "Arbres, animaux et voisinage",
    ]  # fmt: skip
    assert [f"#{heading.attributes['id']}" for heading in headings] == [link.attributes["href"] for link in links]
    cards = [[card.all("a")[0].text for card in shelf.classed("f-card")] for shelf in page.root.classed("f-cards")]
    assert [len(titles) for titles in cards] == [3, 3, 2, 4]
    assert cards[1] == sorted(cards[1], key=str.casefold)


def test_forms_of_no_group_come_last_and_without_groups_there_is_one_list(catalog: Catalog) -> None:
    some = replace(catalog, groups=catalog.groups[2:3])
    assert [(shelf.id, len(shelf.cards)) for shelf in shelves(some, "en")] == [("group-waste", 2), ("services", 10)]
    assert [shelf.title for shelf in shelves(some, "en")] == ["Garbage and recycling", "Other services"]
    assert [shelf.title for shelf in shelves(replace(catalog, groups=()), "en")] == ["All services"]


def test_nothing_found_shows_everything(resident: Resident, catalog: Catalog) -> None:
    page = resident.get("/fr/?q=zzzqqq")
    assert "Rien ne correspond à ces mots" in page.text
    assert len(page.root.classed("f-card")) == len(catalog.forms)
