"""Residents who all press Send: their drafts are filled in beforehand, so that a post is all that is left to do."""

from __future__ import annotations

import http.client
import queue
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from flask import Flask, session
from sqlalchemy import insert

from formroute.store import Store
from formroute.store.tables import drafts
from formroute.web.draft.drafts import _digest
from formroute.web.site.csrf import seal, session_id
from tests.small_city.samples import ANSWERS


@dataclass(frozen=True, slots=True)
class Post:
    """One press of Send."""

    path: str
    body: str
    cookie: str


def prepared(app: Flask, store: Store, count: int) -> list[Post]:
    """So many residents of one browser, each before the button Send."""
    posts, rows = [], []
    now = datetime.now(UTC)
    with app.test_request_context():
        owner = _digest(session_id())
        cookie = app.session_interface.get_signing_serializer(app).dumps(dict(session))
        for _ in range(count):
            token = secrets.token_urlsafe(16)
            row = {"id": token, "form": "lamp", "session": owner, "raw": ANSWERS}
            rows.append({**row, "updated": now, "expires": now + timedelta(days=1)})
            body = urlencode({"_seal": seal(token)})
            posts.append(Post(f"/en/forms/lamp/{token}", body, f"session={cookie}"))
    with store.database.writing() as connection:
        connection.execute(insert(drafts), rows)
    return posts


def press_send(port: int, posts: list[Post], residents: int) -> list[float]:
    """Post everything, as so many at once; returns the seconds that each waited for the reference."""
    waiting: queue.SimpleQueue[Post] = queue.SimpleQueue()
    for post in posts:
        waiting.put(post)
    waited: list[float] = []
    refused: list[str] = []
    crowd = [threading.Thread(target=_press, args=(port, waiting, waited, refused)) for _ in range(residents)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    if refused or len(waited) != len(posts):
        raise AssertionError(f"{len(posts) - len(waited)} were not accepted: {refused[:3]}")
    return waited


def _press(port: int, waiting: queue.SimpleQueue[Post], waited: list[float], refused: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    while True:
        try:
            post = waiting.get_nowait()
        except queue.Empty:
            break
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": post.cookie}
        start = time.perf_counter()
        connection.request("POST", post.path, post.body, headers)
        answer = connection.getresponse()
        answer.read()
        took = time.perf_counter() - start
        if answer.status == 303 and "/sent/" in answer.headers["Location"]:
            waited.append(took)
        else:
            refused.append(f"{answer.status} {answer.headers.get('Location')}")
    connection.close()
