"""The JSON API: the same forms and the same judge for programs, with errors as problem details (RFC 9457)."""

from __future__ import annotations

import functools
import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from flask import Response, abort, jsonify, request, url_for
from werkzeug.exceptions import HTTPException

from formroute.forms import Checked, Field, FieldError, Form
from formroute.forms.kinds.file import EMPTY, FAULTS, OTHER
from formroute.forms.kinds.place import LOCATION, PARTS
from formroute.messages import say
from formroute.records import Receipt, to_json
from formroute.web.api.openapi import PROBLEM, openapi
from formroute.web.api.refused import refused
from formroute.web.draft.posting import MOST_TEXT, read_posted, writable
from formroute.web.draft.uploads import keep, largest_of
from formroute.web.page.notices import notices_with_errors
from formroute.web.site.language import asked_for
from formroute.web.site.site import Site

NO_JSON = "The body is no JSON."
NO_ANSWERS = "Send a JSON object with the answers under the name answers."
ONLY_ANSWERS = "Send nothing beside the answers."
BESIDE = (
    "This would not be read: {names}. The header Accept-Language chooses the language, "
    "and Idempotency-Key makes a repeated post one submission."
)


class Api:
    """The views for programs. Nothing here looks at cookies."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._described = functools.lru_cache(maxsize=64)(self._describe)

    def description(self) -> Response:
        """All of this as OpenAPI 3.1; unchanged for as long as the catalogue is."""
        language = self._language()
        root = url_for(".front").rstrip("/")
        answer = Response(self._described(language, root), mimetype="application/json")
        answer.headers["Content-Language"] = language
        answer.headers["Cache-Control"] = "no-cache"
        answer.vary.add("Accept-Language")
        answer.set_etag(f"{self._site.catalog_version}-{language}")
        return cast(Response, answer.make_conditional(request))

    def forms(self) -> Response:
        """Every form: id, title, summary and where the rest is."""
        language = self._language()
        listed = [_outline(form, language) for form in self._site.catalog.forms.values()]
        return self._json({"forms": listed}, language)

    def form(self, form_id: str) -> Response:
        """One form with the JSON Schema of its answers."""
        form, language = self._site.form(form_id), self._language()
        return self._json(
            {**_outline(form, language), "version": form.version, "schema": form.json_schema(language)}, language
        )

    def upload(self, form_id: str) -> Response:
        """Keep a file for a submission that will name its token."""
        form = self._site.form(form_id)
        fields = form.fields.values()
        most = largest_of(fields)
        if not most:
            return self._problem(422, "no-files", "This form takes no files.")
        files = [file for file in read_posted(request, most).files.getlist("file") if file.filename]
        if len(files) != 1:
            return self._problem(422, "one-file", "Send one file, in the part named file of a multipart body.")
        upload = keep(self._site.store, files[0], fields)
        if upload.size > most:
            return self._problem(413, "file-too-large", "The file is too large.")
        if not upload.token:
            sentence = FAULTS[upload.fault] if upload.fault else OTHER if upload.size else EMPTY
            told = say(self._language(), sentence, filename=upload.filename)
            return self._problem(422, "file-refused", "The file cannot be kept.", detail=told)
        return self._json(to_json(upload), self._language(), 201)

    def submit(self, form_id: str) -> Response:
        """Hand answers in; names that stand for no answer, in rows too, are told under `ignored`.

        The same Idempotency-Key with the same answers gives the first receipt again, with others 422.
        """
        form, language = self._site.form(form_id), self._language()
        try:
            body = _read_json()
        except _NoJsonError as error:
            return self._problem(400, "not-json", NO_JSON, detail=say(language, error.detail, **error.values))
        answers = body.get("answers") if isinstance(body, Mapping) else None
        if not isinstance(answers, Mapping):
            return self._problem(400, "no-answers", NO_ANSWERS)
        if beside := ", ".join(name for name in body if name != "answers"):
            return self._problem(400, "only-answers", ONLY_ANSWERS, detail=say(language, BESIDE, names=beside))
        answers = form.named_today(answers)
        token = _token(form, answers, request.headers.get("Idempotency-Key"))
        if self._site.intake.is_reused(token):
            return self._problem(422, "key-reused", "This Idempotency-Key was used for other answers.")
        result = self._site.intake.submit(form.id, answers, channel="api", language=language, token=token)
        if isinstance(result, Checked):
            return self._refused(form, result, language)
        return self._accepted(result, list(_ignored(form.fields.values(), answers)), language)

    def failed(self, error: HTTPException) -> Response:
        """Any other refusal, as problem details."""
        told = refused(error, self._language())
        answer = self._problem(
            error.code or 500, told.type, told.title, **({"detail": told.detail} if told.detail else {})
        )
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                answer.headers[name] = value
        return answer

    def _describe(self, language: str, root: str) -> str:
        catalog = self._site.catalog
        city = catalog.city.inside(language)
        return json.dumps(openapi(catalog.forms.values(), city, self._site.catalog_version, root or "/", language))

    def _accepted(self, receipt: Receipt, ignored: Sequence[str], language: str) -> Response:
        stored = self._site.store.find(receipt.reference)
        notices = stored.decision.notices if stored else ()
        address = url_for(
            ".status", lang=language, reference=receipt.reference, status_token=receipt.status_token, _external=True
        )
        received = {"reference": receipt.reference, "received": to_json(receipt.received), "status": address}
        warnings = _told(self._site.intake.warnings(receipt), language)
        answer = self._json({**received, "ignored": ignored, "warnings": warnings, "notices": notices}, language, 201)
        answer.headers["Location"] = address
        return answer

    def _refused(self, form: Form, checked: Checked, language: str) -> Response:
        if checked.stopped is not None:
            why = form.fields[checked.stopped].definition.text.plain(language)
            sentence = "This form cannot be sent with these answers."
            return self._problem(422, "stopped", sentence, detail=why, stopped=checked.stopped)
        sentence = "Some answers are missing or cannot be accepted."
        told = {"errors": _told(checked.errors, language), "warnings": _told(checked.warnings, language)}
        notices = notices_with_errors(self._site, form, checked, "api", language)
        return self._problem(422, "invalid-answers", sentence, **told, notices=notices)

    def _language(self) -> str:
        return asked_for(request, self._site.catalog.languages)

    def _problem(self, status: int, name: str, sentence: str, **more: object) -> Response:
        language = self._language()
        kind = name if ":" in name else f"urn:formroute:{name}"
        answer = self._json(
            {
                "type": kind,
                "title": say(language, sentence),
                "status": status,
                **more,
            },
            language,
            status,
        )
        answer.mimetype = PROBLEM
        return answer

    def _json(self, value: object, language: str, status: int = 200) -> Response:
        answer = jsonify(value)
        answer.status_code = status
        answer.headers["Content-Language"] = language
        answer.vary.add("Accept-Language")
        return answer


def _pointer(error: FieldError) -> str:
    steps = (error.field,) if error.row is None else (error.field, error.row, error.part)
    return f"#/answers/{'/'.join(map(str, steps))}"


def _ignored(fields: Iterable[Field], answers: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The names that stand for no answer, those inside one as `animals/0/colour` or `where/lat`.

    They are unknown ones, and groups that are none.

    What was said in groups stands under the names of its questions by now.
    """
    known = {field.name: field for field in fields}
    for name, answer in answers.items():
        field = known.get(name)
        if field is None or (field.kind.parts and answer is not None):
            yield f"{above}{name}"
        elif field.kind is LOCATION and isinstance(answer, Mapping):
            yield from (f"{above}{name}/{part}" for part in answer if part not in PARTS)
        elif field.row and isinstance(answer, list | tuple):  # where the question does not show, it may be anything
            for number, row in enumerate(answer):
                if isinstance(row, Mapping):
                    yield from _ignored(field.row, row, f"{above}{name}/{number}/")


def _told(errors: Iterable[FieldError], language: str) -> list[dict[str, str]]:
    """Errors or warnings with the place of each in what was sent (RFC 6901)."""
    return [
        {
            "field": error.field,
            "pointer": _pointer(error),
            "code": error.code,
            "message": error.say(language),
        }
        for error in errors
    ]


def _outline(form: Form, language: str) -> dict[str, object]:
    return {
        "id": form.id,
        "title": form.title.inside(language),
        "summary": form.summary.inside(language),
        "languages": list(form.languages),
        "url": url_for(".api_form", form_id=form.id),
        "submissions": url_for(".api_submit", form_id=form.id),
        "uploads": url_for(".api_upload", form_id=form.id),
    }


class _NoJsonError(ValueError):
    """The body is no JSON: what is wrong with it, as a sentence of ours with its values."""

    def __init__(self, detail: str, **values: object) -> None:
        super().__init__(detail)
        self.detail, self.values = detail, values


def _read_json() -> Any:
    """The body as a JSON value; abort with 413 or 415 where it is too large or says it is something else.

    Raises _NoJsonError.
    """
    if not request.is_json:
        abort(415)
    request.max_content_length = MOST_TEXT
    try:
        value = json.loads(request.get_data(cache=False), parse_constant=_refuse, object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        detail = "It stops being JSON at line {line}, column {column}."
        raise _NoJsonError(detail, line=error.lineno, column=error.colno) from None
    except UnicodeDecodeError:
        raise _NoJsonError("It is not in UTF-8.") from None
    except RecursionError:
        raise _NoJsonError("It is nested too deeply.") from None
    except _NoJsonError:
        raise
    except ValueError:
        raise _NoJsonError("It holds a number with too many digits.") from None
    if not writable(value):
        raise _NoJsonError("It holds half a character (a lone surrogate).")
    return value


def _refuse(constant: str) -> None:
    raise _NoJsonError("{constant} is no number of JSON.", constant=constant)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names differ (RFC 7493, 2.3): of two answers to one question none is the right one."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _NoJsonError("It names {name} twice.", name=name.encode("utf-8", "replace").decode())
        found[name] = value
    return found


def _token(form: Form, answers: Mapping[str, Any], key: str | None) -> str:
    """The form token of a request: its key, and what it stands for, so that guessing a key shows no receipt."""
    if not key:
        return f"api-{secrets.token_hex(16)}"
    said = json.dumps([form.id, answers], sort_keys=True)
    return ".".join(hashlib.sha256(part.encode()).hexdigest() for part in (f"{form.id} {key}", said))
