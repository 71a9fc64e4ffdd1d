"""A form as a WTForms class whose `validate` asks the judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import wtforms

from formroute.conditions import ALWAYS
from formroute.forms.checked import Checked, FieldError
from formroute.forms.field import Field, Page
from formroute.forms.files import file_questions
from formroute.forms.wtforms.attributes import attribute
from formroute.forms.wtforms.fields import AnswerField, FilesField, field_of
from formroute.forms.wtforms.files import Uploads
from formroute.forms.wtforms.rows import RowsField, rows_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What a class asks: its pages, who judges, in which language, and where files are kept.

    `others` names the questions of the form's other pages, whose answers conditions may look at.
    """

    name: str
    pages: tuple[Page, ...]
    others: frozenset[str]
    judge: Callable[[Mapping[str, Any]], Checked]
    language: str
    uploads: Uploads | None = None

    @property
    def fields(self) -> Mapping[str, Field]:
        """Its fields by name, notices included."""
        return {field.name: field for page in self.pages for field in page.fields}


class _NothingPosted(dict[str, Any]):
    """A post in which nothing can be read."""

    def getlist(self, _name: str) -> list[Any]:
        return []


class JudgedForm(wtforms.Form):
    """A WTForms form of a formroute form. `data` holds canonical answers, None where there is none.

    `checked` is the judgement of what was typed; its errors stand beside their fields after `validate`.
    """

    asked: ClassVar[Asked]
    attributes: ClassVar[Mapping[str, str]]
    checked: Checked

    class Meta:
        """What a post is."""

        def wrap_formdata(self, form: wtforms.Form, formdata: Any) -> Any:
            """Flask-WTF takes the request's body itself, and fails on JSON that is no object."""
            try:
                return super().wrap_formdata(form, formdata)  # type: ignore[misc]
            except (TypeError, ValueError):
                if type(formdata) is not object:  # its sign for the request's own body; else the caller is wrong
                    raise
                return _NothingPosted()

    def process(
        self,
        formdata: Any = None,
        obj: object = None,
        data: Mapping[str, Any] | None = None,
        extra_filters: Any = None,
        **kwargs: Any,
    ) -> None:
        """Take what was posted, or else the data given; answers of other pages come in `data`, `obj` or `kwargs`."""
        before = {**(data or {}), **kwargs, **_attributes(obj, self.asked.others)}
        own = {self.attributes.get(name, name): value for name, value in {**(data or {}), **kwargs}.items()}
        super().process(formdata, obj, own, extra_filters)
        elsewhere = {name: before[name] for name in self.asked.others & before.keys()}
        self.checked = self._judged(elsewhere)
        for name, field in self._answered():
            field.settle(self.checked.answers.get(name))
            if isinstance(field, RowsField):
                field.show(self.checked.showing)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Whether the answers can be sent, by the judge and by whatever else the class asks, such as CSRF."""
        passed = super().validate(extra_validators)
        for error in self.checked.errors:
            field = self._box(error)
            field.errors = [*field.errors, error.say(self.asked.language)]
        for _, rows in self._answered():
            if isinstance(rows, RowsField):
                rows.gather()
        if self.checked.stopped is not None:
            self.form_errors = [*self.form_errors, *self._stop(self.checked.stopped)]
        return passed and self.checked.ok

    @property
    def data(self) -> dict[str, Any]:
        """What every field holds, by the names of the questions: what `Intake.submit` takes."""
        named = {attribute: name for name, attribute in self.attributes.items()}
        return {named.get(attribute, attribute): value for attribute, value in super().data.items()}

    @property
    def shown(self) -> Sequence[wtforms.Field]:
        """The questions that show with these answers, in the order asked."""
        return [field for name, field in self._answered() if name in self.checked.showing]

    @property
    def notices(self) -> Sequence[str]:
        """The form's own notices that show with these answers; those of routes are the catalogue's to tell."""
        told = (field.definition for name, field in self.asked.fields.items() if name in self.checked.showing)
        return [notice.text.plain(self.asked.language) for notice in told if hasattr(notice, "text")]

    def _judged(self, elsewhere: Mapping[str, Any]) -> Checked:
        """The judgement; a file that is refused on its own is dropped, so that the rest can go on."""
        checked = self._asked_judge(elsewhere)
        for error in checked.errors:
            field = self._box(error)
            if isinstance(field, FilesField):
                field.given = [file for file in field.given if not self._refuses(elsewhere, error, file)]
        return checked

    def _asked_judge(self, elsewhere: Mapping[str, Any]) -> Checked:
        return self.asked.judge({**elsewhere, **{name: field.for_judge for name, field in self._answered()}})

    def _refuses(self, elsewhere: Mapping[str, Any], error: FieldError, file: Any) -> bool:
        """Whether a file is refused alone in the box of an error."""
        field = self._box(error)
        given, field.given = field.given, [file]
        alone = self._asked_judge(elsewhere)
        field.given = given
        return any(other.at == error.at for other in alone.errors)

    def _box(self, error: FieldError) -> Any:
        """The field that an error stands beside."""
        field: Any = self[self.attributes[error.field]]
        return field if error.row is None else field.box(error.row, error.part)

    def _answered(self) -> Iterator[tuple[str, AnswerField]]:
        fields = ((name, self[attribute]) for name, attribute in self.attributes.items())
        return ((name, field) for name, field in fields if isinstance(field, AnswerField))

    def _stop(self, notice: str) -> Sequence[str]:
        found = self.asked.fields.get(notice)
        return [found.definition.text.plain(self.asked.language)] if found else []


def wtforms_class(asked: Asked, base: type[wtforms.Form] = wtforms.Form) -> type[JudgedForm]:
    """The class of `asked` on `base`. A name that `base` uses itself gets a `_` after it, as Python's own words do."""
    questions = [field for page in asked.pages for field in page.fields if field.kind.asks]
    if asked.uploads is None and (files := [field.name for field in file_questions(questions)]):
        raise ValueError(f"{', '.join(files)} takes files: say where they are kept, with uploads=store.uploads")
    made = type(asked.name, (JudgedForm, base), {"__doc__": JudgedForm.__doc__})
    attributes: dict[str, str] = {}
    for field in questions:
        attributes[field.name] = attribute(made, attributes.values(), field.name)
    certain = _certain(asked.pages)
    for field in questions:
        always = field.name in certain
        unbound = (
            rows_of(field, asked.language, asked.uploads)
            if field.row
            else field_of(field, asked.language, asked.uploads, always=always)
        )
        setattr(made, attributes[field.name], unbound)
    made.asked, made.attributes = asked, attributes  # type: ignore[attr-defined]
    return made


def _certain(pages: Sequence[Page]) -> frozenset[str]:
    """The questions asked whatever is answered: no condition hides them, and no notice stops the form before."""
    certain: set[str] = set()
    for page in pages:
        for field in page.fields:
            if field.stops:
                return frozenset(certain)
            if page.visible is ALWAYS and field.visible is ALWAYS:
                certain.add(field.name)
    return frozenset(certain)


def _attributes(obj: object, names: frozenset[str]) -> Mapping[str, Any]:
    return {name: getattr(obj, name) for name in names if hasattr(obj, name)}
