"""The receipt says whether a letter comes, and to whom in a way that only its reader knows again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from flask import Flask
from sqlalchemy import update

from formroute.intake import Intake
from formroute.records import RESIDENT
from formroute.store import State, Store
from formroute.store.tables import outbox
from formroute.web import NO_LIMITS, create_blueprint
from tests.web.resident import POTHOLE, Resident

NO_LETTER = "You gave no email address, so we cannot email you. Write the number down, or keep the link below."
ANONYMOUS = (*POTHOLE[:3], {"name": "", "email": ""})


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "An email with this number is on its way to a…@example.com."),
     ("fr", "Un courriel avec ce numéro est en route vers a…@example.com.")],
)  # fmt: skip
def test_it_says_that_a_letter_comes_and_hides_most_of_the_address(
    resident: Resident, language: str, said: str
) -> None:
    page = resident.fill_pothole(language).press({"en": "Send", "fr": "Envoyer"}[language])
    assert said in page.text
    assert "alex@" not in page.text


def test_it_says_that_none_comes_without_an_address(resident: Resident) -> None:
    assert NO_LETTER in resident.fill_pothole(pages=ANONYMOUS).press("Send").text


@pytest.mark.parametrize("pages", [POTHOLE, ANONYMOUS])
def test_it_says_that_none_comes_where_no_mail_server_is_set(
    intake: Intake, pages: Sequence[Mapping[str, str]]
) -> None:
    app = Flask("city")
    app.config.update(SECRET_KEY="x", TESTING=True)
    app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS))
    text = Resident(app.test_client()).fill_pothole(pages=pages).press("Send").text
    assert "We send no email about this. Write the number down, or keep the link below." in text
    assert "on its way to a…" not in text


def test_it_says_nothing_of_a_letter_that_could_not_be_delivered(resident: Resident, store: Store) -> None:
    page = resident.fill_pothole().press("Send")
    with store.database.writing() as connection:
        connection.execute(update(outbox).where(outbox.c.department == RESIDENT).values(state=State.DEAD))
    text = resident.get(page.address).text
    assert "on its way to a…" not in text
    assert NO_LETTER not in text
