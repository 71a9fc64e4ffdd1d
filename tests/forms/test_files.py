"""Files wherever they stand in answers."""

from __future__ import annotations

from formroute.forms.files import told_apart
from formroute.records import Upload


def a_file(number: int, name: str) -> Upload:
    return Upload(f"{number:022}", name, "image/jpeg", 1)


def test_files_of_one_name_are_told_apart_and_nothing_else_changes() -> None:
    one, two, three, four = (a_file(number, "image.jpg") for number in range(4))
    answers = {
        "photos": (one, a_file(5, "image-2.jpg")),
        "things": ({"what": "image.jpg", "photos": (two,)}, {"photos": (three,)}),
        "paper": (a_file(6, "plan"), a_file(7, "plan"), a_file(8, ".jpg"), four),
    }
    assert told_apart(answers) == {
        "photos": (one, a_file(5, "image-2.jpg")),
        "things": (
            {"what": "image.jpg", "photos": (a_file(1, "image-3.jpg"),)},
            {"photos": (a_file(2, "image-4.jpg"),)},
        ),
        "paper": (a_file(6, "plan"), a_file(7, "plan-2"), a_file(8, ".jpg"), a_file(3, "image-5.jpg")),
    }
