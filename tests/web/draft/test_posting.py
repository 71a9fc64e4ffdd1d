"""Reading a body: names become answers, limits hold, and no file loses the rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.test import EnvironBuilder

from formroute.forms.posted import file_name
from formroute.web.draft.posting import MOST_PARTS, Posted, read_posted, writable
from tests.web.resident import a_file, multipart

URLENCODED = "application/x-www-form-urlencoded"


@contextmanager
def posted(largest: int = 0, **body: Any) -> Iterator[Posted]:
    request = Request(EnvironBuilder(method="POST", **body).get_environ())
    yield read_posted(request, largest)
    request.close()


@pytest.mark.parametrize(
    ("body", "name", "many", "answer"),
    [
        ("a=1", "a", False, "1"),
        ("a=1&a=2", "a", False, "1"),
        ("a=1&a=2", "a", True, ["1", "2"]),
        ("b=1", "a", False, ""),
        ("b=1", "a", True, []),
        ("where.address=Main&where.latitude=4", "where", False, {"address": "Main", "latitude": "4"}),
        ("a.b.c=1", "a", False, {"b.c": "1"}),
        ("items-²=1", "items", False, ""),
    ],
)
def test_names_become_answers(body: str, name: str, many: bool, answer: Any) -> None:
    with posted(data=body, content_type=URLENCODED) as found:
        assert found.answer(name, many=many) == answer


def test_of_a_file_over_the_limit_only_the_start_is_kept() -> None:
    body = {"text": "here", "file": a_file("big.bin", b"x" * 5_000_000)}
    with posted(1000, **multipart(body)) as found:
        assert found.texts["text"] == "here"
        (file,) = found.files_of("file")
        assert len(file.read()) == 1001


def test_a_file_that_was_not_chosen_is_none() -> None:
    with posted(**multipart({"file": a_file("", b"")})) as found:
        assert found.files_of("file") == []


@pytest.mark.parametrize(
    "body",
    [
        multipart({f"a{number}": "x" for number in range(MOST_PARTS + 1)}),
        multipart({"photo": a_file("a.png"), "a": "x" * 2_100_000}),
        multipart({f"where.{number}": "x" * 500_000 for number in range(5)}),
        {"data": "&".join(f"a{number}=x" for number in range(MOST_PARTS + 1)), "content_type": URLENCODED},
        {"data": "a=" + "x" * 2_100_000, "content_type": URLENCODED},
    ],
    ids=["parts", "long part", "long together", "pairs", "long body"],
)
def test_too_many_parts_and_too_long_texts_are_refused(body: dict[str, Any]) -> None:
    with pytest.raises(RequestEntityTooLarge), posted(**body):
        pass


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("hole.png", "hole.png"),
        ("C:\\Users\\me\\hole.png", "hole.png"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\r\n.png", "ab.png"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("", "file"),
        (None, "file"),
        ("/", "file"),
        ("x" * 500 + ".png", "x" * 146 + ".png"),
    ],
)
def test_a_file_name_can_be_shown(given: str | None, kept: str) -> None:
    assert file_name(given) == kept


@pytest.mark.parametrize(
    ("value", "can"),
    [
        ({"a": ["é", {"b": "😀"}]}, True),
        ("\ud800", False),
        ({"\udfff": 1}, False),
        ([[["a\ud83d"]]], False),
        (None, True),
    ],
)
def test_halves_of_characters_cannot_be_written(value: object, can: bool) -> None:
    assert writable(value) is can
