"""Status links: however often somebody guesses, nothing is found and every answer is the same."""

import secrets
import string

from flask import Flask

from formroute.intake import Intake
from formroute.records import Receipt
from tests.faults.numbers import times
from tests.web.api.test_api import ANSWERS


def test_guesses_find_nothing_and_look_alike(app: Flask, intake: Intake) -> None:
    """Half of them for a submission that exists; each a token of the right form, near misses among them."""
    receipt = intake.submit("pothole", ANSWERS)
    assert isinstance(receipt, Receipt)
    client, answers = app.test_client(), set()
    signs = string.ascii_letters + string.digits + "-_"
    for number in range(times(500, 100_000)):
        reference = receipt.reference if number % 2 else "WPG-2026-XXXXXX"
        token = secrets.token_urlsafe(16)
        if number % 5 == 0:
            token = receipt.status_token[: number % 22] + "".join(
                secrets.choice(signs) for _ in range(22 - number % 22)
            )
        if token == receipt.status_token and number % 2:
            continue  # a near miss that was none
        answer = client.get(f"/en/status/{reference}/{token}")
        headers = tuple((name, value) for name, value in answer.headers if name != "Set-Cookie")
        answers.add((answer.status_code, headers, answer.data.replace(f"{reference}/{token}".encode(), b"")))
    assert len(answers) == 1
    ((status, _, body),) = answers
    assert status == 404
    assert receipt.reference.encode() not in body
