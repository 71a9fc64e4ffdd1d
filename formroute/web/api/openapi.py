"""The JSON API as OpenAPI 3.1, generated from the forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from formroute.forms import Form
from formroute.forms.files import file_questions
from formroute.messages import say

VERSION = "3.1.1"
PROBLEM = "application/problem+json"
_JSON = "application/json"
_TEXT = {"type": "string"}
_ADDRESS = {"type": "string", "format": "uri-reference"}
_HEADERS: Mapping[str, Any] = {"Content-Language": {"required": True, "schema": _TEXT}}
"""Of every answer."""


def openapi(forms: Iterable[Form], city: str, version: str, root: str, language: str) -> dict[str, Any]:
    """The description of every request at the address `root`, its texts in `language`; `version` is the catalogue's."""
    forms = tuple(forms)
    listed = {"/api/forms": {"get": _list(language)}}
    return {
        "openapi": VERSION,
        "info": {"title": city, "version": version},
        "servers": [{"url": root}],
        "paths": listed | {path: item for form in forms for path, item in _paths(form, language).items()},
        "components": {
            "schemas": {
                **SHAPES,
                "Receipt": _receipt(language),
                **{_name(form): form.json_schema(language) for form in forms},
            },
            "responses": _problems(language),
        },
    }


def _list(language: str) -> dict[str, Any]:
    forms = {"type": "object", "properties": {"forms": {"type": "array", "items": _ref("Form")}}, "required": ["forms"]}
    return {
        "operationId": "list_forms",
        "summary": say(language, "Every form"),
        "responses": {"200": _answer(say(language, "Every form"), forms)},
    }


def _paths(form: Form, language: str) -> dict[str, Any]:
    base = f"/api/forms/{form.id}"
    files = any(file_questions(form.fields.values()))
    uploads = {f"{base}/uploads": {"post": _upload(form, language)}} if files else {}
    return {
        base: {"get": _show(form, language)},
        f"{base}/submissions": {"post": _submit(form, language)},
        **uploads,
    }


def _show(form: Form, language: str) -> dict[str, Any]:
    return {
        "operationId": f"show_{form.id}",
        "tags": [form.id],
        "summary": form.title.inside(language),
        "description": form.summary.inside(language),
        "responses": {"200": _answer(form.title.inside(language), _ref("FormWithSchema"))},
    }


def _submit(form: Form, language: str) -> dict[str, Any]:
    again = say(language, "With the same key and the same answers the first receipt comes again.")
    lenient = say(
        language, "Texts as people type them are taken too; null, an empty text and an empty list are no answer."
    )
    body = _object({"answers": _ref(_name(form))}) | {"additionalProperties": False}
    key = {"name": "Idempotency-Key", "in": "header", "schema": _TEXT, "description": again}
    taken = _answer(say(language, "It is stored, and on its way."), _ref("Receipt"))
    return {
        "operationId": f"submit_{form.id}",
        "tags": [form.id],
        "summary": form.title.inside(language),
        "parameters": [key],
        "requestBody": {"required": True, "description": lenient, "content": {_JSON: {"schema": body}}},
        "responses": {
            "201": {**taken, "headers": {**taken["headers"], "Location": {"required": True, "schema": _ADDRESS}}},
            **_refusals(400, 413, 415, 422, 429),
        },
    }


def _upload(form: Form, language: str) -> dict[str, Any]:
    kept = say(language, "The file is kept for two days, or as long as its submission.")
    part = {"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}}}
    return {
        "operationId": f"upload_{form.id}",
        "tags": [form.id],
        "summary": say(language, "Keep a file, and name its token in the answers"),
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": part}}},
        "responses": {
            "201": _answer(kept, _ref("Upload")),
            **_refusals(413, 422, 429),
        },
    }


def _refusals(*statuses: int) -> dict[str, Any]:
    return {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in statuses}


def _problems(language: str) -> dict[str, Any]:
    sentences = {
        400: say(language, "Send a JSON object with the answers under the name answers."),
        413: say(language, "The body is too large."),
        415: say(language, "Send JSON, and say so in the header Content-Type: application/json."),
        422: say(language, "Some answers are missing or cannot be accepted."),
        429: say(language, "Too much came from this address; Retry-After says when to go on."),
    }
    wait = say(language, "Seconds to wait before asking again.")
    more = {429: {"Retry-After": {"required": True, "schema": {"type": "integer"}, "description": wait}}}
    return {
        f"Problem{status}": {
            "description": sentence,
            "headers": {**_HEADERS, **more.get(status, {})},
            "content": {PROBLEM: {"schema": _ref("Refusal" if status == 422 else "Problem")}},
        }
        for status, sentence in sentences.items()
    }


def _receipt(language: str) -> dict[str, Any]:
    """What is answered to a submission, with a word on what is not plain from its name."""
    said = {
        "status": say(language, "The page that shows how far it is. Whoever has this address can see it."),
        "ignored": say(
            language,
            "Names in what was sent that stand for no answer, in rows as animals/0/colour: look for typing mistakes.",
        ),
        "warnings": say(language, "What whoever answers should look at again. It was taken all the same."),
        "notices": say(language, "What routes tell of these answers, in Markdown."),
    }
    properties = {
        name: {**_RECEIPT[name], **({"description": said[name]} if name in said else {})} for name in _RECEIPT
    }
    return _object(properties)


def _object(needed: Mapping[str, Any], more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "object", "properties": {**needed, **(more or {})}, "required": list(needed)}


_OUTLINE: Mapping[str, Any] = {
    "id": _TEXT,
    "title": _TEXT,
    "summary": _TEXT,
    "languages": {"type": "array", "items": _TEXT},
    "url": _ADDRESS,
    "submissions": _ADDRESS,
    "uploads": _ADDRESS,
}
_PROBLEM: Mapping[str, Any] = {"type": _ADDRESS, "title": _TEXT, "status": {"type": "integer"}}
_TEXTS: Mapping[str, Any] = {"type": "array", "items": _TEXT}
_FOUND: Mapping[str, Any] = {"type": "array", "items": {"$ref": "#/components/schemas/FieldError"}}
_RECEIPT: Mapping[str, Any] = {
    "reference": _TEXT,
    "received": {"type": "string", "format": "date-time"},
    "status": {"type": "string", "format": "uri"},
    "ignored": _TEXTS,
    "warnings": _FOUND,
    "notices": _TEXTS,
}
SHAPES: Mapping[str, Any] = {
    "Form": _object(_OUTLINE),
    "FormWithSchema": _object({**_OUTLINE, "version": _TEXT, "schema": {"type": "object"}}),
    "Upload": _object({"token": _TEXT, "filename": _TEXT, "media_type": _TEXT, "size": {"type": "integer"}}),
    "Problem": _object(_PROBLEM, {"detail": _TEXT}),
    "FieldError": _object({"field": _TEXT, "pointer": _TEXT, "code": _TEXT, "message": _TEXT}),
    "Refusal": _object(
        _PROBLEM, {"detail": _TEXT, "errors": _FOUND, "warnings": _FOUND, "notices": _TEXTS, "stopped": _TEXT}
    ),
}
"""What the API answers, beside the answers of the forms; problems are those of RFC 9457."""


def _name(form: Form) -> str:
    return f"{form.id}.answers"


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _answer(description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": description, "headers": _HEADERS, "content": {_JSON: {"schema": schema}}}
