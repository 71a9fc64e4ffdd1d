"""Uploads: kept whole or not at all, under random names, and swept when nobody claims them."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from formroute.records import Upload
from formroute.store import Store, UploadTooLargeError
from formroute.store.sniff import media_type_of
from formroute.store.tables import uploads
from formroute.store.uploads import WAIT, tokens_in
from tests.pictures.photos import photo
from tests.small_city.samples import PNG
from tests.store.samples import Clock


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "image/jpeg"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"GIF89a" + bytes(10), "image/gif"),
        ("Un trou près de l'école\r\n".encode(), "text/plain"),
        ("é".encode()[:1], "application/octet-stream"),
        (b"plain, then a cut " + "é".encode()[:1], "text/plain"),
        (b"<script>alert(1)</script>", "text/plain"),
        (b"with a NUL \x00", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_the_content_tells_what_a_file_is(head: bytes, media_type: str) -> None:
    assert media_type_of(head) == media_type


def test_a_file_is_kept_as_it_came(store: Store) -> None:
    content = b"%PDF-1.7\n" + bytes(200_000)
    upload = store.uploads.keep(BytesIO(content), "trou.pdf", limit=len(content))
    assert (upload.filename, upload.media_type, upload.size) == ("trou.pdf", "application/pdf", len(content))
    with store.uploads.open(upload) as file:
        assert file.read() == content
    with store.database.reading() as connection:
        assert connection.scalars(select(uploads.c.sha256)).one() == hashlib.sha256(content).hexdigest()


def test_the_name_on_the_disk_owes_nothing_to_the_resident(store: Store) -> None:
    upload = store.uploads.keep(BytesIO(PNG), "../../etc/passwd", limit=1000)
    path = store.uploads.path(upload)
    assert path.parent == store.folder.uploads
    assert path.name == upload.token
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("token", ["../../formroute.db", "", "a" * 21, "a" * 23, "a" * 22 + "\n", "." * 22])
def test_a_token_is_never_a_path(store: Store, token: str) -> None:
    with pytest.raises(FileNotFoundError):
        store.uploads.path(Upload(token, "a", "b", 1))


def test_too_large_a_file_leaves_nothing(timed: Store, clock: Clock) -> None:
    with pytest.raises(UploadTooLargeError):
        timed.uploads.keep(BytesIO(bytes(101)), "big", limit=100)
    assert list(timed.folder.uploads.iterdir()) == []
    clock.forward(WAIT)
    timed.uploads.sweep()
    with timed.database.reading() as connection:
        assert connection.execute(select(uploads)).all() == []


def test_what_nobody_claims_is_swept(timed: Store, clock: Clock) -> None:
    old = timed.uploads.keep(BytesIO(PNG), "old.png", limit=1000)
    clock.forward(timedelta(hours=1))
    new = timed.uploads.keep(BytesIO(PNG), "new.png", limit=1000)
    clock.forward(WAIT - timedelta(hours=1))
    assert timed.uploads.sweep() == 1
    assert set(timed.uploads.waiting([old.token, new.token])) == {new.token}
    with pytest.raises(FileNotFoundError):
        timed.uploads.open(old)


def test_a_draft_holds_its_uploads(timed: Store, clock: Clock) -> None:
    photo = timed.uploads.keep(BytesIO(PNG), "hole.png", limit=1000)
    timed.drafts.save("draft", "pothole", "session", {"photos": [photo.token]}, keep=3 * WAIT)
    clock.forward(2 * WAIT)
    assert timed.uploads.sweep() == 0
    clock.forward(WAIT)
    assert timed.uploads.sweep() == 1


def test_a_file_that_is_not_whole_cannot_be_claimed(store: Store) -> None:
    """A sweep that was cut off, or an upload that still runs."""
    upload = store.uploads.keep(BytesIO(PNG), "hole.png", limit=1000)
    with store.database.writing() as connection:
        connection.execute(uploads.update().values(sha256=None))
    assert store.uploads.waiting([upload.token]) == {}


def test_tokens_are_found_wherever_they_stand() -> None:
    one, two = "0" * 22, "a-_Z" * 5 + "zz"
    answers = {"photos": (Upload(one, "a", "b", 1),), "rows": [{"scan": two}], "text": f"not {one}", "number": 3}
    assert tokens_in(answers) == {one, two}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("evil.html", "evil.jpg"),
        ("photo.JPEG", "photo.JPEG"),
        ("photo.jpg", "photo.jpg"),
        ("photo", "photo.jpg"),
        (".html", ".html.jpg"),
        ("a.png.html", "a.png.jpg"),
    ],
)
def test_a_name_ends_in_what_the_file_is(store: Store, given: str, kept: str) -> None:
    upload = store.uploads.keep(BytesIO(photo("JPEG")), given, 10_000)
    assert upload.filename == store.uploads.waiting([upload.token])[upload.token].filename == kept
