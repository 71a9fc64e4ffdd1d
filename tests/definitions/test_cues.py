"""Words by which not every resident can go: a colour, and a link that says nothing by itself."""

from __future__ import annotations

import pytest

from formroute.definitions.cues import colour_cues, empty_links
from tests.forms.made import compiled, page

# Language | a text | what in it hangs on a colour
COLOURS = [
    ("en", "Press the green button.", ["green button"]),
    ("en", "Fields marked in red must be filled in, and so must questions in Blue.", ["Fields marked in red",
     "questions in Blue"]),
    ("en", "Is the light red or green?", []),
    ("en", "Was the blue box emptied? Is it a green bin, a yellow line or a red car?", []),
    ("en", "Appuyez sur le bouton vert.", []),
    ("fr", "Appuyez sur le bouton vert.", ["bouton vert"]),
    ("fr", "Les champs affichés en rouge et les cases vertes", ["champs affichés en rouge"]),
    ("fr", "Le bac bleu, une auto rouge, la ligne jaune", []),
    ("fr-CA", "les liens bleus", ["liens bleus"]),
    ("", "the red link", ["red link"]),
    ("oj", "the red link", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "found"), COLOURS)
def test_a_colour_that_residents_are_to_go_by(language: str, text: str, found: list[str]) -> None:
    cues = list(colour_cues(text, language))
    assert [cue.words for cue in cues] == found == [text[cue.start : cue.end] for cue in cues]


# Language | a text | the links in it that say nothing
LINKS = [
    ("en", "To pay, [click here](https://a.org). See [Here…](https://a.org) and [**more**](tel:311).",
     ["[click here](https://a.org)", "[Here…](https://a.org)", "[**more**](tel:311)"]),
    ("en", "See [hours of the pool](https://a.org), or click here.", []),
    ("en", "Write <me@a.org>.", []),
    ("fr", "[Cliquez ici](https://a.org) ou [plus d’information](https://a.org)",
     ["[Cliquez ici](https://a.org)", "[plus d’information](https://a.org)"]),
    ("fr", "[Heures de la piscine](https://a.org)", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "found"), LINKS)
def test_a_link_that_does_not_say_where_it_leads(language: str, text: str, found: list[str]) -> None:
    assert [text[cue.start : cue.end] for cue in empty_links(text, language)] == found


FIELDS = """
told:
  type: notice
  text:
    en: "See [here](https://a.org)."
    fr: |
      Voir le plan.

      Ou cliquez [ici](https://a.org).
street:
  type: text
  label: {en: Street, fr: Rue}
  hint:
    en: Then press the green button.
    fr: Puis appuyez.
"""


def test_both_are_warnings_with_a_caret_in_either_language() -> None:
    form, problems = compiled(page(FIELDS.replace("{en: Street, fr: Rue}", "Street")))
    assert form is not None
    found = [(one.code, one.line[one.mark.column - 1 :][: one.width]) for one in problems if one.code != "D107"]
    assert found == [
        ("D146", "[here](https://a.org)"), ("D146", "[ici](https://a.org)"), ("D147", "green button"),
    ]  # fmt: skip
    assert {str(one.severity) for one in problems} == {"warning"}
