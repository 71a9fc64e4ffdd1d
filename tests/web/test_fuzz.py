"""Hostile requests by the thousand: whatever comes, the answer is never an error of ours, and memory stays flat.

Each request is made from its number alone, so one that fails can be sent again. `./dev fuzz` sends 100,000.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import random
import re
import resource
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, quote_plus

import pytest
from flask import Flask
from flask.testing import FlaskClient

from formroute.intake import Intake
from formroute.web import NO_LIMITS, create_blueprint
from tests.small_city.samples import PNG
from tests.web.test_hostile import NAMES, NAUGHTY

REQUESTS = int(os.environ.get("FORMROUTE_FUZZ", "300"))
GROWTH = 5_000
"""Kilobytes by which the process may grow from the start to the half, and from there to the end."""
BLOCKS = 5_000
"""Python's blocks of memory by which it may, of some 740,000."""

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
PAGES = ["", "/safety", "/place", "/hole", "/contact", "/place/showing", "/hole/later"]
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
BEGINNINGS = [
    b"",
    PNG,
    b"\xff\xd8\xff\xe0\x00\x10JFIF\0",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    b"RIFF\x40\0\0\0WEBPVP8X",
    b"GIF89a\x10\0\x10\0\x91\0\0",
    b"\0\0\0\x18ftypheic\0\0\0\0",
    b"PK\x03\x04",
    b"%PDF-",
]
"""How files begin that say to be photos and documents."""
UNKNOWN = "t" * 22
"""Stands for the draft of who asks."""
_VARIABLE = re.compile("<[^>]+>")
_ACTION = r'action="/en/forms/pothole/([^/"]+)/'
_SEAL = r'name="_seal" value="([^"]+)"'


@pytest.fixture
def app(intake: Intake) -> Flask:
    """With everything that can be asked of a site switched on."""
    app = Flask("city")
    app.config.update(SECRET_KEY="a key for tests", TESTING=True)
    app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS, come_back=True, metrics_token="figures"))
    return app


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
    known = {"<lang>": "en", "<language>": "en", "<form_id>": "pothole", "<token>": UNKNOWN, "<page_id>": "place"}
    return known.get(part, chance.choice(WORDS)) if chance.random() < 0.7 else text(chance)


def body(chance: random.Random, kind: str) -> bytes:
    names = [*NAMES, "surface", "details", "danger", "file", "photos", text(chance)]
    if chance.random() < 0.01:
        return b"details=" + b"x" * chance.choice([1_000_000, 1_999_000, 3_000_000])
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
    for _ in range(chance.choice([1, 2, 5, 1_500] if chance.random() < 0.9 else [1, 5_000])):
        name, filename = (text(chance)[:40].replace('"', "%22") for _ in range(2))
        file = f'; filename="{filename}"' if chance.random() < 0.5 else ""
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name or chance.choice(names)}"{file}\r\n\r\n'
        content = chance.choice(BEGINNINGS) + chance.randbytes(chance.randrange(60))
        parts.append(head.encode("utf-8", "surrogatepass") + content + b"\r\n")
    whole = b"".join(parts) + f"--{boundary}--\r\n".encode()
    return whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole


def typed(chance: random.Random) -> dict[str, Any]:
    """What a browser in the middle of a form posts, or a program with a file."""
    kind = chance.choice(TYPES[:2])
    where = chance.choice([f"/en/forms/pothole/{UNKNOWN}{page}" for page in PAGES] + ["/api/forms/pothole/uploads"])
    return {"path": where, "method": "POST", "data": body(chance, kind), "content_type": kind, "headers": {}}


def header(chance: random.Random) -> str:
    """A header can hold no line break; a server in front of us refuses those."""
    return re.sub("[\r\n\x00]", " ", text(chance)).encode("latin-1", "replace").decode("latin-1")[:2_000]


def by_description(chance: random.Random, operations: list[Operation]) -> dict[str, Any]:
    """A request that the site's own description (OpenAPI) asks for, right in most parts and wrong in some."""
    address, method, schema = chance.choice(operations)
    content = made(chance, schema) if schema else None
    said = json.dumps(content) if schema else ""
    return {
        "path": f"{address}?{quoted(chance.choice(WORDS))}={quoted(text(chance))}",
        "method": method.upper(),
        "data": said.encode("utf-8", "surrogatepass"),
        "content_type": "application/json",
        "headers": {"Idempotency-Key": header(chance)} if chance.random() < 0.3 else {},
    }


def made(chance: random.Random, schema: Any, depth: int = 0) -> Any:
    """A value by a JSON Schema; one in ten is something else."""
    if not isinstance(schema, dict) or chance.random() < 0.1:
        return chance.choice(OTHERS) if chance.random() < 0.5 else text(chance)
    for several in ("anyOf", "oneOf"):
        if schema.get(several):
            return made(chance, chance.choice(schema[several]), depth)
    if "enum" in schema or "const" in schema:
        return chance.choice(schema.get("enum") or [schema["const"]])
    match schema.get("type"):
        case "object":
            known = schema.get("properties", {})
            names = [name for name in known if chance.random() < 0.8] + (
                [text(chance)] if chance.random() < 0.1 else []
            )
            return {name: made(chance, known.get(name), depth + 1) for name in names}
        case "array":
            many = chance.choice([0, 1, 2, 30]) if depth < 3 else 0
            return [made(chance, schema.get("items"), depth + 1) for _ in range(many)]
        case "integer":
            return chance.choice([schema.get("minimum", 0), schema.get("maximum", 9), -1, 10**30])
        case "number":
            return chance.choice([0, 0.5, -1e300, 10**400])
        case "boolean":
            return chance.random() < 0.5
        case _:
            return chance.choice(["2026-03-01", "12:30", "r3c 1a1", "204 555 0199", "a@b.example", text(chance)])


OTHERS = [None, True, 0, -1, 1e308, "", [], {}, [[]], {"": ""}, "2026-02-30", "sNaN", "1_000", "x" * 10_000]


class Sitting(NamedTuple):
    """A browser in the middle of a form: what it types into really comes to a draft."""

    client: FlaskClient
    token: str
    seal: str

    @classmethod
    def begin(cls, app: Flask) -> Sitting:
        client = app.test_client()
        page = client.get("/en/forms/pothole", follow_redirects=True).text
        token, seal = re.search(_ACTION, page), re.search(_SEAL, page)
        assert token
        assert seal
        return cls(client, token[1], seal[1])

    def sent(self, request: dict[str, Any]) -> dict[str, Any]:
        """The request as a page of this browser makes it, where it is one to the draft."""
        if UNKNOWN not in request["path"]:
            return request
        parts: Any = {
            "application/x-www-form-urlencoded": b"_seal=" + quote_plus(self.seal).encode() + b"&",
            "multipart/form-data; boundary=x": (
                b'--x\r\nContent-Disposition: form-data; name="_seal"\r\n\r\n' + self.seal.encode() + b"\r\n"
            ),
        }
        data = parts.get(request["content_type"], b"") + request["data"]
        return {**request, "path": request["path"].replace(UNKNOWN, self.token), "data": data}


class Operation(NamedTuple):
    """One thing that the description says can be asked; `schema` is that of its body, if it has one."""

    address: str
    method: str
    schema: Any


def described(client: FlaskClient) -> list[Operation]:
    document = client.get("/api/openapi.json").json
    return [
        Operation(path, method, _schema_of(operation))
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if isinstance(operation, dict)
    ]


def _schema_of(operation: dict[str, Any]) -> Any:
    return operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")


def anything(chance: random.Random, rules: list[str]) -> dict[str, Any]:
    kind = chance.choice(TYPES)
    headers = {chance.choice(HEADERS): header(chance) for _ in range(chance.randrange(3))}
    method = chance.choice(METHODS)
    content = body(chance, kind) if method in ("POST", "PUT", "PATCH") else b""
    where = path(chance, rules)
    return {"path": where, "method": method, "data": content, "content_type": kind, "headers": headers}


class Held(NamedTuple):
    """What the process holds once it gave back what it can: kilobytes, and blocks of Python's."""

    kilobytes: int
    blocks: int

    @classmethod
    def now(cls) -> Held:
        gc.collect()
        if hasattr(libc := ctypes.CDLL(None), "malloc_trim"):  # or what is free in between is counted too
            libc.malloc_trim(0)
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return cls(pages * resource.getpagesize() // 1024, sys.getallocatedblocks())

    def grew_over(self, before: Held) -> bool:
        return self.kilobytes - before.kilobytes > GROWTH or self.blocks - before.blocks > BLOCKS


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc to see how much memory is held")
def test_no_request_is_an_error_of_ours_and_memory_stays_flat(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    rules = sorted({rule.rule for rule in app.url_map.iter_rules()})
    sitting, held = Sitting.begin(app), dict[str, Held]()
    operations = described(sitting.client)
    marks = {REQUESTS // 10: "start", REQUESTS // 2: "half", REQUESTS - 1: "end"}
    seen: Counter[int] = Counter()
    for number in range(REQUESTS):
        if number % 50 == 0:
            sitting = Sitting.begin(app)
        chance = random.Random(number)
        match number % 4:
            case 0:
                request = by_description(chance, operations)
            case 1:
                request = typed(chance)
            case _:
                request = anything(chance, rules)
        answer = sitting.client.open(**sitting.sent(request))
        assert answer.status_code < 500, number
        assert b"Traceback" not in answer.data, number
        seen[answer.status_code] += 1
        if number in marks:
            del answer
            held[marks[number]] = Held.now()
    with capsys.disabled():
        print(f"\n{REQUESTS} requests: {dict(sorted(seen.items()))}, {held}")
    assert {200, 404, 422} <= set(seen), seen
    if REQUESTS > 1_000:  # before, caches with a bound still fill
        assert not held["half"].grew_over(held["start"]), held
        assert not held["end"].grew_over(held["half"]), held
