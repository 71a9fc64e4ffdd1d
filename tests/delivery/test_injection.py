"""Ways to add a header to a letter by what somebody types, a thousand in the long run: not one adds any."""

import email
import email.policy
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from formroute.conditions import Moment
from formroute.delivery import Post
from formroute.delivery.letter import Answer, Letter, one_line
from formroute.forms.kinds.contact import read_email
from formroute.records import Upload
from tests.faults.numbers import times

BREAKS = [
    "\r\n",
    "\n",
    "\r",
    "\n\n",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\0",
    "%0d%0a",
    "=0D=0A",
    "\t",
]
HEADERS = ["Bcc: x@evil.example", "To: x@evil.example", "Subject: x", "Content-Type: text/html", "X: y", "\r\n<script>"]
PLACES = ["zoe@example.org", "lamp.png", "Report a lamp", "=?utf-8?B?", '"zoe" <zoe@example.org>', "a,b", "é"]
EXPECTED = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
]
AT = datetime(2026, 3, 7, tzinfo=UTC)


def mutations(count: int) -> Iterator[str]:
    chance = random.Random(311)
    for _ in range(count):
        place = chance.choice(PLACES)
        cut = chance.randrange(len(place) + 1)
        middle = "".join(chance.choice(BREAKS) + chance.choice(HEADERS) for _ in range(chance.randrange(1, 4)))
        yield place[:cut] + middle + chance.choice(["", place[cut:]])


def test_no_mutation_adds_a_header_or_a_part(tmp_path: Path) -> None:
    """As subject, title, question, answer and file name; as an address none is taken."""
    post = Post({}, tmp_path)
    for text in mutations(times(150, 1_000)):
        letter = Letter("en", one_line(text), text, "WPG-1", (Answer(text, text),), text)
        upload = Upload("", text, "image/png", 3)
        assert not isinstance(read_email(text, Moment(AT)), str), "as an address a form refuses it"
        written = post.written(letter, "zoe@example.org", "key", AT, [(upload, b"png")])
        parsed = email.message_from_bytes(written, policy=email.policy.default)
        assert sorted(parsed.keys()) == sorted(EXPECTED), repr(text)
        assert [part.get_content_type() for part in parsed.walk()] == [
            *("multipart/mixed", "multipart/alternative", "text/plain", "text/html", "image/png")
        ]
        assert len(parsed["To"].addresses) == 1
        assert not parsed.defects
