"""Hostile requests by the thousand: whatever comes, the answer is never an error of ours, and memory stays flat.

Each request is made from its number alone, so one that fails can be sent again. `./dev fuzz` sends 100,000.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from flask import Flask
from flask.testing import FlaskClient

from formroute.store import Store
from tests.faults.numbers import MEMORY
from tests.web.test_hostile import NAMES, NAUGHTY

REQUESTS = int(os.environ.get("FORMROUTE_FUZZ", "300"))
GROWTH = 150_000
"""Kilobytes by which the process may grow after its first thousand requests."""

METHODS = ["GET", "GET", "POST", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"]
TYPES = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "multipart/form-data; boundary=" + "y" * 300,
    "application/json",
    "application/json; charset=utf-16",
    "text/plain",
    "",
]
HEADERS = ["Accept-Language", "Cookie", "Host", "X-Forwarded-For", "If-None-Match", "Range", "Accept", "Origin"]
WORDS = ["pothole", "tree", "en", "fr", "streets", "place", "hole", "fields", "status", "WPG-2026-7K3M9Q", "x" * 22]
TORTURE = [
    "[" * 100_000,
    '{"a":' * 50_000,
    '{"answers": ' + "9" * 5_000 + "}",
    '{"answers": {"depth_cm": 1e400, "x": NaN}}',
    '{"answers": {"a": 1, "a": 2}}',
    '"\\ud800"',
    '{"answers": null}',
    '{"answers": {"where": {"address": {"address": []}}}}',
    "\x00\x01",
    "null",
]
_VARIABLE = re.compile("<[^>]+>")


@pytest.fixture
def store() -> Iterator[Store]:
    """In memory where the machine has a place for that: the disk is not what is tried."""
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    store = Store(f"sqlite:///{folder / 'formroute.db'}")
    yield store
    store.close()
    shutil.rmtree(folder)


def text(chance: random.Random) -> str:
    """Something that nobody should type."""
    match chance.randrange(4):
        case 0:
            return chance.choice(WORDS)
        case 1:
            return "".join(chr(chance.randrange(1, 0xD800)) for _ in range(chance.randrange(20)))
        case _:
            return chance.choice(NAUGHTY)


def quoted(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


def path(chance: random.Random, rules: list[str]) -> str:
    """An address of ours with something else in its variable parts, and a query."""
    address = _VARIABLE.sub(lambda part: quoted(_part(chance, part[0])) or "x", chance.choice(rules))
    names = ["lang", "q", "before", "change", "errors", "page", text(chance)]
    query = "&".join(f"{quoted(chance.choice(names))}={quoted(text(chance))}" for _ in range(chance.randrange(3)))
    return f"{address}?{query}"


def _part(chance: random.Random, part: str) -> str:
    """Mostly what leads somewhere, or else the hostile text would only be compared with what is there."""
    known = {"<lang>": "en", "<language>": "en", "<form_id>": "pothole", "<token>": "t" * 22, "<page_id>": "place"}
    return known.get(part, chance.choice(WORDS)) if chance.random() < 0.7 else text(chance)


def body(chance: random.Random, kind: str) -> bytes:
    names = [*NAMES, "surface", "details", "danger", text(chance)]
    if "json" in kind:
        return chance.choice(
            [chance.choice(TORTURE), json.dumps({"answers": {chance.choice(names): text(chance)}})]
        ).encode("utf-8", "surrogatepass")
    if "boundary" in kind:
        return multipart(chance, names, kind.rpartition("=")[2])
    if "urlencoded" in kind:
        many = chance.choice([1, 3, 10, 3_000])
        pairs = (f"{quote_plus(chance.choice(names))}={quoted(text(chance)[:50])}" for _ in range(many))
        return "&".join(pairs).encode()
    return chance.randbytes(chance.randrange(200))


def multipart(chance: random.Random, names: list[str], boundary: str) -> bytes:
    """Parts with names and file names that lie, perhaps cut off in the middle."""
    parts = []
    for _ in range(chance.choice([1, 2, 5, 1_500])):
        name, filename = (text(chance)[:40].replace('"', "%22") for _ in range(2))
        file = f'; filename="{filename}"' if chance.random() < 0.5 else ""
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name or chance.choice(names)}"{file}\r\n\r\n'
        parts.append(head.encode("utf-8", "surrogatepass") + chance.randbytes(chance.randrange(60)) + b"\r\n")
    whole = b"".join(parts) + f"--{boundary}--\r\n".encode()
    return whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole


def header(chance: random.Random) -> str:
    """A header can hold no line break; a server in front of us refuses those."""
    return re.sub("[\r\n\x00]", " ", text(chance)).encode("latin-1", "replace").decode("latin-1")[:2_000]


def send(client: FlaskClient, rules: list[str], number: int) -> Any:
    chance = random.Random(number)
    kind = chance.choice(TYPES)
    headers = {chance.choice(HEADERS): header(chance) for _ in range(chance.randrange(3))}
    method = chance.choice(METHODS)
    content = body(chance, kind) if method in ("POST", "PUT", "PATCH") else b""
    return client.open(path(chance, rules), method=method, data=content, content_type=kind, headers=headers)


def test_no_request_is_an_error_of_ours_and_memory_stays_flat(app: Flask) -> None:
    rules = sorted({rule.rule for rule in app.url_map.iter_rules()})
    client, settled = app.test_client(), 0
    seen: Counter[int] = Counter()
    for number in range(REQUESTS):
        if number % 50 == 0:
            client = app.test_client()
        answer = send(client, rules, number)
        assert answer.status_code < 500, number
        assert b"Traceback" not in answer.data, number
        seen[answer.status_code] += 1
        if number == 1_000:
            settled = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - settled
    assert {200, 404} < set(seen), seen
    assert REQUESTS <= 1_000 or grown < GROWTH, grown
