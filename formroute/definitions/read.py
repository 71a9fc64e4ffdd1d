"""From a place in a file to a frozen model, or to every problem with it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from formroute.definitions.annotations import annotation_at, element, inner, is_model, is_text, keys, model_at
from formroute.definitions.curly import uncurled
from formroute.definitions.mended import Edit, Path, at, edit_of, edited
from formroute.definitions.place import Place
from formroute.definitions.prose import Prose, misused
from formroute.definitions.suggest import hint, suggest
from formroute.definitions.text import COLOURED, MINDED, Text, cued, curled, texts, untranslated
from formroute.problems import Problem


class Definition(BaseModel):
    """The base of every model of what an author writes: frozen, and strict about its keys.

    What stands below a key in quotes is what editors and the reference say of it. `USUAL` is the key that is meant
    where a word stands alone.
    """

    USUAL: ClassVar[str | None] = None

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )


D = TypeVar("D", bound=Definition)
_KEYS = ("missing", "extra_forbidden")
_MOST_ROUNDS = 8  # each takes something out one step further up


@dataclass(frozen=True, slots=True)
class Document(Generic[D]):
    """A model together with the place it was read from.

    It is `whole` where there was no mistake; `lost` are the ways to what could not be read. What was mended, and stands
    as it should in `place`, is not lost.
    """

    model: D
    place: Place
    whole: bool = True
    lost: frozenset[Path] = frozenset()

    def lacks(self, *keys: str) -> bool:
        """Whether something under one of these keys could not be read."""
        return any(path[0] in keys for path in self.lost)


def read(model: type[D], place: Place, problems: list[Problem], languages: tuple[str, ...] = ()) -> D | None:
    """`place` as a `model`; None when it cannot be one, with every reason added to `problems`.

    Texts are checked against the catalogue's `languages`; a missing translation is a warning.
    """
    document = read_known(model, place, problems, languages)
    return document.model if document is not None and document.whole else None


def read_known(
    model: type[D], place: Place, problems: list[Problem], languages: tuple[str, ...] = ()
) -> Document[D] | None:
    """The same as far as it can be known: mistakes are told, and mended or left out; None when too little is left."""
    data = place.plain()
    if not isinstance(data, Mapping):
        problems.append(_no_mapping(place, model))
        return None
    lost: set[Path] = set()
    for _ in range(_MOST_ROUNDS):
        minded: list[Text] = []
        context = {"languages": languages, MINDED: minded, COLOURED: place.may_name_a_colour}
        try:
            definition = model.model_validate(place.plain(), context=context)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            if place.plain() is data:
                problems.extend(_problems(model, place, errors))
            edits = list(_edits(model, errors, place.plain(), languages))
            lost |= {edit.path for edit in edits if edit is not None and edit.drops}
            if None in edits:
                return None
            place = place.mended(edited(place.plain(), filter(None, edits)))
        else:
            problems.extend(_found(definition, place, languages, lost) if minded else ())
            whole = place.plain() is data and not place.source.is_doubtful
            return Document(definition, place, whole, frozenset(lost))
    return None


def _found(
    definition: Definition, place: Place, languages: tuple[str, ...], lost: Collection[Path]
) -> Iterator[Problem]:
    """What is to be said of the texts of a definition; of what could not be read it is said already."""
    own = len(place.way)
    for path, text in texts(definition):
        if len(text.translations) < len(languages) and not place.source.is_doubtful:
            way = place.at(*path).way[own:]
            found = untranslated(text, place.at(*path), languages)
            yield from (one for language, one in found if (*way, language) not in lost)
        if text.is_curled:
            yield from curled(text, place.at(*path))
        if text.has_cues:
            yield from cued(text, place.at(*path))
        if isinstance(text, Prose):
            yield from misused(place.at(*path), text)


def _edits(
    model: type[Definition], errors: list[ErrorDetails], data: Any, languages: tuple[str, ...]
) -> Iterator[Edit | None]:
    """What is left when these mistakes are mended or taken out; None where nothing of the whole is."""
    meant = _meant(model, errors)
    for error in errors:
        path = error["loc"]
        if error["type"] == "extra_forbidden":
            free = path in meant and meant[path] not in at(data, path[:-1])
            yield Edit(path, name=meant[path]) if free else Edit(path, drops=True)
        elif error["type"] != "missing":
            yield edit_of(error, data)
        elif (path[:-1], path[-1]) not in {(written[:-1], name) for written, name in meant.items()}:
            if is_text(annotation_at(model, path)):
                yield Edit(path, value=dict.fromkeys(languages, "…") or "…")
            else:
                yield Edit(path[:-1], drops=True) if len(path) > 1 else None


def _meant(model: type[Definition], errors: Iterable[ErrorDetails]) -> dict[Path, str]:
    """The key that each unknown one stands for, first of all one that is missing beside it."""
    missing: dict[Path, list[str]] = defaultdict(list)
    unknown: dict[Path, list[str]] = defaultdict(list)
    for error in errors:
        *above, last = error["loc"] or ("",)
        if error["type"] in _KEYS:
            {"missing": missing, "extra_forbidden": unknown}[error["type"]][tuple(above)].append(str(last))
    found: dict[Path, str] = {}
    for holder, names in unknown.items():
        known = keys(model_at(model, holder))
        for name in names:
            near = suggest(name, missing[holder]) or suggest(name, known)
            if near is None and len(names) == len(missing[holder]) == 1:
                near = missing[holder][0]
            if near is not None:
                found[*holder, name] = near
    return found


def _problems(model: type[Definition], place: Place, errors: list[ErrorDetails]) -> Iterator[Problem]:
    meant = _meant(model, errors)
    told = {(written[:-1], name) for written, name in meant.items()}
    for error in errors:
        *above, last = error["loc"] or ("",)
        holder = place.at(*above)
        match error["type"]:
            case "extra_forbidden":
                near, known = meant.get(error["loc"]), keys(model_at(model, tuple(above)))
                advice = f"Did you mean `{near}`?" if near else hint(str(last), known)
                yield holder.key(str(last)).problem("D101", instead=near, key=last, hint=advice)
            case "missing":
                if (tuple(above), last) not in told:
                    yield holder.problem("D102", key=last)
            case "wrong" if last == "[key]":
                yield _said(place.at(*above[:-1]).key(str(above[-1])), error["ctx"])
            case "wrong":
                yield _said(holder[last], error["ctx"])
            case "greater_than_equal" | "less_than_equal" as bound:
                sort, most = ("at least", "ge") if bound.startswith("greater") else ("at most", "le")
                yield holder[last].problem("D127", bound=f"{sort} {error['ctx'][most]}")
            case "model_type" | "dict_type" | "model_attributes_type":
                yield _no_mapping(holder[last], annotation_at(model, (*above, last)))
            case "list_type" | "tuple_type":
                advice = "Begin each item on a line of its own with `- `"
                yield holder[last].problem("D103", what="A list is expected here", fix=advice)
            case _:
                yield holder[last].problem("D103", what=error["msg"], fix="See the reference for what stands here")


def _no_mapping(place: Place, annotation: Any) -> Problem:
    """That `key: value` is expected, with the keys; a single word is most likely the one that has to be there."""
    model = inner(annotation)
    names = "" if is_model(model) else "Write a name of your choice and below it "
    model = model if is_model(model) or not get_args(model) else inner(element(model))
    if not is_model(model):
        return place.problem("D113", hint="Write each key on a line of its own.")
    known = keys(model)
    if not known:
        return place.problem("D113", hint="Write `{}` behind the colon.")
    needed = [field.alias or key for key, field in model.model_fields.items() if field.is_required()]
    listed = ", ".join(f"`{key}`" for key in known[:8])
    value = place.plain()
    usual = model.USUAL or (needed[0] if len(needed) == 1 else None)
    word, _, rest = value.partition(" ") if isinstance(value, str) else ("", "", "")
    instead = f"{{{usual}: {value}}}" if usual and isinstance(value, str) and value else None
    instead = f"{word}: {rest.strip()}" if word in known and rest.strip() else instead
    return place.problem("D113", instead=instead, hint=f"{names or 'Keys here: '}{listed}.")


def _in_lines(found: Problem, place: Place) -> Problem:
    """A text in braces with each language on a line of its own, where all of it stands on one line."""
    key, value = place.own_key, place.plain()
    line = place.source.line(key.spot.line)
    before, brackets = line[: key.spot.column], place.in_brackets()
    if before.strip(" -") or brackets is None or not all(isinstance(text, str) and text for text in value.values()):
        return found
    indent = " " * (len(before) + 2)
    texts = (f"{indent}{language}: {json.dumps(text, ensure_ascii=False)}" for language, text in value.items())
    return replace(found, corrected="\n".join((f"{before}{key.plain()}:", *texts)))


def _said(place: Place, context: Mapping[str, Any]) -> Problem:
    instead = context["instead"]
    if instead is None and isinstance(value := place.plain(), str):
        instead = uncurled(value)
    if context["at"]:
        return place[context["at"]].problem(context["code"], instead=instead, **context["values"])
    if context["code"] == "D112" and (said := place.whole_line().strip()).startswith("#"):
        return place.to_line_end().problem("Y111", instead=f" {json.dumps(said, ensure_ascii=False)}")
    if context["code"] == "D110":
        return _in_lines(place.problem("D110"), place)
    if context["quote"]:
        instead, place = json.dumps(place.whole_line(), ensure_ascii=False), place.to_line_end()
    if isinstance(place.plain(), dict) and instead is not None:
        place = place.in_brackets() or place.to_line_end()
    if isinstance(place.plain(), list) and instead is not None:
        brackets = place.in_brackets()
        place, instead = brackets or place, instead if brackets else None
    return place.problem(context["code"], instead=instead, **context["values"])
