"""A text that residents read, in the catalogue's languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo, ValidatorFunctionWrapHandler
from pydantic_core import CoreSchema, core_schema

from formroute.definitions.cues import colour_cues, may_name_a_colour
from formroute.definitions.curly import uncurled
from formroute.definitions.place import Place
from formroute.definitions.shape import shared
from formroute.definitions.suggest import hint, suggest
from formroute.definitions.values import Braced, Commented
from formroute.definitions.wrong import wrong
from formroute.messages import in_language
from formroute.problems import Problem

MINDED = "minded"
"""Where the context of a validation has a list, it is given every text of which more may have to be said."""
COLOURED = "coloured"
"""Whether the context says that texts may name colours; otherwise they are not searched for any."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one or more languages, the catalogue's first language first."""

    translations: Mapping[str, str]

    def inside(self, language: str) -> str:
        """The text in `language`, else in the first language that it has, which it then knows."""
        found = self.translations.get(language)
        if found is not None or not self.translations:
            return found or ""
        own, words = next(iter(self.translations.items()))
        return in_language(words, own)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the text is written in."""
        return tuple(self.translations)

    @property
    def is_curled(self) -> bool:
        """Whether it stands wholly in curly quotes in some language."""
        return any(uncurled(words) is not None for words in self.translations.values())

    @property
    def has_cues(self) -> bool:
        """Whether it names a colour to go by."""
        # Nearly all texts name none, and the patterns take ten times as long to say so.
        return may_name_a_colour("\n".join(self.translations.values())) and any(
            next(colour_cues(words, language), None) for language, words in self.translations.items()
        )

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        translations = core_schema.dict_schema(
            core_schema.with_info_plain_validator_function(_language),
            core_schema.no_info_plain_validator_function(free_text),
        )
        read = core_schema.with_info_before_validator_function(_translations, translations)
        return core_schema.with_info_wrap_validator_function(
            cls._read,
            core_schema.with_info_after_validator_function(cls._complete, read),
            serialization=core_schema.plain_serializer_function_ser_schema(lambda text: dict(text.translations)),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(shared("text"))

    @classmethod
    def _read(cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Text:
        """A text as nearly all are needs one look; what is wrong with another is found part by part."""
        languages = _languages(info)
        ordinary = _ordinary(value, languages)
        text: Text = handler(value) if ordinary is None else cls(ordinary)
        context = info.context or {}
        if (
            cls is not Text
            or text.is_curled
            or len(text.translations) < len(languages)
            or (context.get(COLOURED) and text.has_cues)
        ):
            context.get(MINDED, []).append(text)
        return text

    @classmethod
    def _complete(cls, translations: dict[str, str], info: ValidationInfo) -> Text:
        languages = _languages(info)
        if languages and languages[0] not in translations:
            raise wrong("D106", language=languages[0])
        return cls({name: translations[name] for name in languages or translations if name in translations})


def free_text(value: Any) -> str:
    """A sentence as typed; refuses one that is empty, not a text, or cut short by ` #`."""
    if isinstance(value, Commented):
        raise wrong("Y111", quote=True)
    if not isinstance(value, str):
        raise wrong("D111")
    if not value.strip():
        raise wrong("D112")
    return value.strip()


def _languages(info: ValidationInfo) -> tuple[str, ...]:
    return (info.context or {}).get("languages") or ()


def _ordinary(value: Any, languages: tuple[str, ...]) -> dict[str, str] | None:
    """A text in every language, none of it doubtful; None of any other."""
    if value.__class__ is not dict or len(value) != len(languages):
        return None
    found = {language: text.strip() for language in languages if (text := value.get(language)).__class__ is str}
    return found if len(found) == len(languages) and all(found.values()) else None


def _translations(value: Any, info: ValidationInfo) -> Any:
    """The languages that were written; a text alone is in the catalogue's first language."""
    if isinstance(value, Text):
        return dict(value.translations)
    if isinstance(value, Braced):
        raise wrong("D110")
    if isinstance(value, str):
        return {(_languages(info) or ("",))[0]: value}
    if not isinstance(value, dict) or not value:
        raise wrong("D111")
    return value


def _language(value: Any, info: ValidationInfo) -> str:
    languages = _languages(info)
    if languages and value not in languages:
        raise wrong("D105", instead=suggest(value, languages), language=value, hint=hint(value, languages))
    return str(value)


def untranslated(text: Text, place: Place, languages: tuple[str, ...]) -> Iterator[tuple[str, Problem]]:
    """Each of the catalogue's languages that `text` lacks, with a warning."""
    for language in languages[1:]:
        if language not in text.translations:
            alone = isinstance(place.plain(), str)
            advice = "Give each language a line of its own" if alone else f"Add a line `{language}: …`"
            found = place.problem("D107", language=language, first=languages[0], hint=advice)
            yield language, replace(found, corrected=_in_lines(place, languages)) if alone else found


def _in_lines(place: Place, languages: tuple[str, ...]) -> str | None:
    """A text that stands alone behind its key, as a line for each language; None where more stands on its line."""
    key, spot = place.own_key, place.spot
    line = place.source.line(spot.line)
    before = line[: key.spot.column]
    if key is place or before.strip(" -") or key.spot.line != spot.line or spot.end_line != spot.line:
        return None
    indent, words, rest = " " * (len(before) + 2), line[spot.column : spot.end_column], line[spot.end_column :]
    if rest.strip():
        return None
    others = (f"{indent}{language}: …" for language in languages[1:])
    return "\n".join((line[: spot.column].rstrip(), f"{indent}{languages[0]}: {words}", *others))


def curled(text: Text, place: Place) -> Iterator[Problem]:
    """A warning for each language in which the text stands in curly quotes."""
    for language, words in text.translations.items():
        if (inner := uncurled(words)) is not None:
            yield place[language].problem("D149", instead=json.dumps(inner, ensure_ascii=False))


def cued(text: Text, place: Place) -> Iterator[Problem]:
    """A warning for each colour in `text` that residents are to go by."""
    for language, words in text.translations.items():
        for start, end, found in colour_cues(words, language):
            at = place[language]
            source = at.plain()
            offset = source.find(words) if isinstance(source, str) else 0
            yield at.stretch(offset + start, offset + end).problem("D147", words=found)


def texts(model: BaseModel) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    """Every text of `model`, with the way to it."""
    return _texts(model, ())


def _texts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    match value:
        case Text():
            yield path, value
        case BaseModel():
            for name in type(value).model_fields:
                yield from _texts(getattr(value, name), (*path, name))
        case Mapping():
            for name, part in value.items():
                yield from _texts(part, (*path, name))
        case list() | tuple():
            for number, part in enumerate(value):
                yield from _texts(part, (*path, number))
