"""Files that lie, burst or break off: each is refused with a sentence, and nothing else on the page is lost."""

from __future__ import annotations

import io
import socket
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from formroute.catalog import load_catalog
from formroute.intake import Intake
from formroute.store import Store
from formroute.web import NO_LIMITS, create_blueprint
from tests.pictures.photos import CANARY, opened, photo
from tests.pictures.test_pictures import png_of
from tests.small_city.samples import PNG
from tests.web.conftest import NOW
from tests.web.resident import Resident, a_file

FORM = """\
form: hole
title: A hole
summary: A hole.
pages:
  - page: hole
    title: The hole
    fields:
      details: {type: text, label: "What is it?"}
      photos:
        type: file
        accept: [photo, document]
        max_files: 3
        label: Photos
        required: no
        KEEP
  - page: you
    title: You
    fields:
      name: {type: text, label: Name, required: no}
"""
MORE = {
    "catalog.yaml": "city: Town\nlanguages: [en]\ntime_zone: America/Winnipeg\nreference: TOW-YYYY-NNNNNN\n",
    "departments.yaml": "departments:\n  parks:\n    name: Parks\n    deliver:\n      - desk: {}\n",
    "routes.yaml": "table: all\nforms: all\nroutes:\n  - route: parks\n    send_to: parks\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., tuple[Resident, Store]]:
    def made(keep: str = "", page: str = "hole", **options: object) -> tuple[Resident, Store]:
        schemas = tmp_path / "schemas"
        schemas.mkdir()
        form = FORM.replace("KEEP", keep).replace("page: hole", f"page: {page}")
        for name, text in {**MORE, "hole.yaml": form}.items():
            (schemas / name).write_text(text, "utf-8")
        store = Store(f"sqlite:///{tmp_path / 'hole.db'}", **options)
        app = Flask("city")
        app.config.update(SECRET_KEY="a key for tests", TESTING=True)
        intake = Intake(load_catalog(schemas), store, clock=lambda: NOW)
        app.register_blueprint(create_blueprint(intake, limits=NO_LIMITS))
        return Resident(app.test_client()), store

    return made


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(document: bytes, more: int = 0) -> bytes:
    """A document as word processors write it."""
    parts = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<Relationships/>", "word/document.xml": document}
    return zipped({**parts, **{f"word/media/{number}": b"" for number in range(more)}})


def bomb() -> bytes:
    """A small document with a part that says to be of 600 MB unpacked."""
    file = io.BytesIO(docx(b"<w/>"))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/1.bmp", bytes(1_000_000))
        archive.infolist()[-1].file_size = 600_000_000
    return file.getvalue()


DAMAGED = "is damaged or was not sent whole. Send it again or choose another."
HUGE = "is too large once it is opened. Choose another."
KIND = "is neither a photo nor a document such as a PDF. Choose one of these."
BAD = {
    "a cut-off photo": ("cut.jpg", photo("JPEG")[:-40], f"The file cut.jpg {DAMAGED}"),
    "a photo that is a page": ("page.jpg", b"\xff\xd8\xff<script>alert(1)</script>", f"The file page.jpg {DAMAGED}"),
    "a GIF that is a script": ("run.gif", b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", f"The file run.gif {DAMAGED}"),
    "an image bomb": ("black.png", png_of(90_000, 90_000), f"The file black.png {HUGE}"),
    "a zip bomb": ("bomb.docx", bomb(), f"The file bomb.docx {HUGE}"),
    "a zip of very many": ("many.docx", docx(b"<w/>", more=10_001), f"The file many.docx {HUGE}"),
    "a cut-off document": ("half.docx", docx(b"<w/>" * 9)[:-30], f"The file half.docx {DAMAGED}"),
    "a plain zip": ("all.zip", zipped({"a": b"b"}), f"The file all.zip {KIND}"),
    "a page": ("page.html", b"<!doctype html><script>alert(1)</script>\0", f"The file page.html {KIND}"),
    "a picture of scripts": ("run.svg", b"<svg onload='alert(1)'/>\0", f"The file run.svg {KIND}"),
    "a program": ("run.jpg", b"MZ\x90\0" + bytes(60), f"The file run.exe {KIND}"),
    "nothing": ("none.jpg", b"", "The file none.jpg is empty."),
}


@pytest.mark.parametrize(("name", "content", "message"), BAD.values(), ids=BAD)
def test_a_file_that_lies_or_bursts_is_refused_and_nothing_else_is_lost(
    site: Callable[..., tuple[Resident, Store]], name: str, content: bytes, message: str
) -> None:
    resident, store = site()
    page = resident.begin("hole").fill(details="at the corner")
    page = page.attach("photos", (name, content), ("good.png", PNG)).press("Continue")
    assert page.status == 422
    assert page.errors == [message]
    assert page.kept_files == ["good.png (1 kB)"]
    assert page.typed["details"] == "at the corner"
    assert page.press("Continue").heading == "You"
    files = [path.read_bytes() for path in store.folder.uploads.iterdir()]
    assert PNG in files
    assert len([one for one in files if one]) == 1
    store.close()


def sent_photo(resident: Resident, content: bytes, name: str = "hole.jpg") -> None:
    page = resident.begin("hole").fill(details="at the corner").attach("photos", (name, content)).press("Continue")
    assert page.heading == "You"
    assert page.press("Continue").press("Send").heading == "We have your request"


def only_file(store: Store) -> bytes:
    (path,) = store.folder.uploads.iterdir()
    return path.read_bytes()


@pytest.mark.parametrize("page", ["photos", "later", "showing", "forms"])
def test_a_page_may_be_called_like_a_part_of_an_address(site: Callable[..., tuple[Resident, Store]], page: str) -> None:
    """Photos of an unfinished form are served below an address of their own, beside that of its pages."""
    resident, store = site(page=page)
    look = resident.begin("hole").fill(details="at the corner").attach("photos", ("hole.png", PNG))
    look = look.press("Continue").press("Continue")
    (picture,) = [one.attributes["src"] for one in look.root.all("img") if "/photos/" in one.attributes["src"]]
    with resident.client.get(picture) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "image/png")
        assert answer.data == only_file(store)
    again = look.follow("Change")
    assert again.address.endswith(f"/{page}")
    assert (again.heading, again.typed["details"]) == ("The hole", "at the corner")
    assert look.press("Send").heading == "We have your request"
    store.close()


def test_a_photo_arrives_without_the_place_where_it_was_taken(site: Callable[..., tuple[Resident, Store]]) -> None:
    resident, store = site()
    sent_photo(resident, photo("JPEG"))
    assert CANARY.encode() not in only_file(store)
    assert opened(only_file(store)).convert("RGB").tobytes() == opened(photo("JPEG")).convert("RGB").tobytes()
    store.close()


def test_a_form_may_keep_what_the_camera_wrote(site: Callable[..., tuple[Resident, Store]]) -> None:
    resident, store = site("keep_location: yes")
    sent_photo(resident, photo("JPEG"))
    assert only_file(store) == photo("JPEG")
    store.close()


@pytest.mark.parametrize("keep", ["", "keep_location: yes"])
def test_a_program_sends_photos_by_the_same_rule(site: Callable[..., tuple[Resident, Store]], keep: str) -> None:
    resident, store = site(keep)
    answer = resident.client.post("/api/forms/hole/uploads", data={"file": a_file("hole.jpg", photo("JPEG"))})
    assert answer.status_code == 201
    assert (CANARY.encode() in only_file(store)) == bool(keep)
    cut = a_file("cut.jpg", photo("JPEG")[:-9])
    refused = resident.client.post("/api/forms/hole/uploads", data={"file": cut})
    assert (refused.status_code, refused.json["type"]) == (422, "urn:formroute:file-refused")
    assert refused.json["detail"].startswith("The file cut.jpg is damaged")
    store.close()


@pytest.mark.parametrize(
    ("scanner", "message"),
    [
        (lambda path: "a worm", "The file hole.png was refused because it may do harm. Choose another."),
        (
            lambda path: {}["clamd"],
            "The file hole.png could not be checked for safety. Try again later, or go on without it.",
        ),
    ],
    ids=["refuses", "cannot say"],
)
def test_what_the_scanner_refuses_is_told_and_the_rest_goes_on(
    site: Callable[..., tuple[Resident, Store]], scanner: Callable[[Path], str], message: str
) -> None:
    resident, store = site(scanner=scanner)
    page = resident.begin("hole").fill(details="at the corner").attach("photos", ("hole.png", PNG)).press("Continue")
    assert (page.status, page.errors, page.typed["details"]) == (422, [message], "at the corner")
    page = page.press("Continue")
    assert page.press("Continue").press("Send").heading == "We have your request"
    assert list(store.folder.uploads.iterdir()) == []
    store.close()


def test_a_connection_that_breaks_off_in_a_photo_costs_nothing(
    site: Callable[..., tuple[Resident, Store]], capfd: pytest.CaptureFixture[str]
) -> None:
    resident, store = site()
    page = resident.begin("hole").fill(details="at the corner").press("Continue")
    server = make_server("127.0.0.1", 0, resident.client.application, threaded=True)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    body = b'--x\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n' + photo("JPEG")
    for address in ("/api/forms/hole/uploads", page.address.replace("/you", "/hole")):
        head = f"POST {address} HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n"
        with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as connection:
            connection.sendall(head.encode() + b"Content-Type: multipart/form-data; boundary=x\r\n\r\n" + body)
            connection.shutdown(socket.SHUT_WR)
            said = connection.recv(100)
            assert said == b"" or int(said.split()[1]) < 500
    server.shutdown()
    thread.join()
    server.server_close()
    assert "Traceback" not in capfd.readouterr().err
    assert list(store.folder.uploads.iterdir()) == []
    assert "at the corner" in page.press("Continue").text
    store.close()
