"""One WTForms field per widget: each hands on what was typed and draws it again; none of them judges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup
from wtforms import Field
from wtforms.fields.choices import Choice, SelectFieldBase  # type: ignore[attr-defined]
from wtforms.utils import unset_value
from wtforms.widgets import (
    CheckboxInput,
    DateInput,
    DateTimeLocalInput,
    ListWidget,
    RadioInput,
    Select,
    TelInput,
    TextArea,
    TextInput,
    TimeInput,
    html_params,
)

from formroute.forms import field as forms
from formroute.forms.posted import posted_answer
from formroute.forms.widgets import PERSONAL, Option, hint_of, options_of, widget_of
from formroute.forms.wtforms.files import Uploads, keep_posted
from formroute.messages import Phrase, plain, say
from formroute.records import Upload, to_json


class Required:
    """Lets a browser ask for an answer; whether one is missing is for the judge to say."""

    field_flags: Mapping[str, Any] = {"required": True}

    def __call__(self, _form: object, _field: object) -> None:
        """Nothing: a browser's own check is a courtesy."""


class AnswerField(Field):
    """`given` is what was typed, for the judge; `data` is the answer that the judge made of it, or None."""

    many = False
    given: Any = ""

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take what was posted, or else the data that the form was made with."""
        super().process(formdata, data, extra_filters)
        if formdata is not None:
            self.given = self.read(formdata)

    def process_data(self, value: Any) -> None:
        """An answer from before, as canonical value or JSON."""
        self.data = value
        self.given = "" if value is None else to_json(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Nothing here: `read` takes the whole post, because an answer can have parts."""

    def read(self, formdata: Any) -> Any:
        """The raw answer in a post."""
        return posted_answer(formdata, self.name, many=self.many)

    @property
    def for_judge(self) -> Any:
        """What goes to the judge."""
        return self.given

    def settle(self, answer: Any) -> None:
        """Take the judge's answer; None where there is none."""
        self.data = answer

    def _value(self) -> str:
        return str(self.given) if isinstance(self.given, str | int | float) else ""


class ChosenField(AnswerField, SelectFieldBase):
    """One of several answers."""

    def __init__(self, *args: Any, options: Sequence[Option] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options = options

    def iter_choices(self) -> Iterator[Any]:
        """The answers to choose, with the one that was chosen."""
        for value, label, _ in self.options:
            yield Choice(value, label, value in self.chosen, {})

    def has_groups(self) -> bool:
        """Answers stand in one list."""
        return False

    @property
    def chosen(self) -> Sequence[Any]:
        """What was chosen, as it is posted."""
        if isinstance(self.given, bool):
            return ["yes" if self.given else "no"]
        return self.given if isinstance(self.given, list) else [self.given]


class RadiosField(ChosenField):
    """One of a few answers."""

    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()


class ListField(ChosenField):
    """One of many answers."""

    widget = Select()

    def iter_choices(self) -> Iterator[Any]:
        """The same; an option holds no element, so the language of its label is its own."""
        for value, label, selected, _ in super().iter_choices():
            own = label.language if isinstance(label, Phrase) else ""
            yield Choice(value, plain(label), selected, {"lang": own} if own else {})


class CheckboxesField(ChosenField):
    """Any of several answers."""

    many = True
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class TickField(ChosenField):
    """One box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Part(NamedTuple):
    """One box of an answer with parts; `unseen` ones are filled in by a script."""

    name: str
    label: str = ""
    unseen: bool = False


class PartsField(AnswerField):
    """An answer with parts, each posted under the question's name and its own; `typed` takes a raw answer apart."""

    def __init__(self, *args: Any, parts: Sequence[Part], typed: Callable[[Any], Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts, self.typed = parts, typed

    def widget(self, field: PartsField, **kwargs: Any) -> Markup:
        """A text box for each part that a person types, a hidden one for each that a script fills in."""
        typed = field.typed(field.given)
        drawn = (html_params(value=typed[part.name], **field.box(part, kwargs)) for part in field.parts)
        return Markup("\n").join(Markup(f"<input {box}>") for box in drawn)  # noqa: S704 html_params escapes

    def box(self, part: Part, more: Mapping[str, Any]) -> Mapping[str, Any]:
        """The attributes of a part's box; the first has the id that the question's label names."""
        name = f"{self.name}.{part.name}"
        if part.unseen:
            return {"type": "hidden", "name": name}
        label = {"aria-label": f"{self.label.text} – {part.label}"} if part.label else {}
        return {"type": "text", "id": self.id if part == self.parts[0] else name, "name": name, **label, **more}


class FilesField(AnswerField):
    """Files: each is kept in `uploads` when it is posted, and stands on the page with a tick to keep it."""

    given: list[Any]

    def __init__(self, *args: Any, definition: Any, uploads: Uploads | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition, self.uploads = definition, uploads

    def process_data(self, value: Any) -> None:
        """Uploads of the store from before."""
        self.data = value
        self.given = list(value) if isinstance(value, list | tuple) else []

    def read(self, formdata: Any) -> list[Any]:
        """The files kept before and the new ones, which are kept now."""
        values = formdata.getlist(self.name)
        return values if self.uploads is None else keep_posted(self.uploads, values, self.definition)

    def widget(self, field: FilesField, **kwargs: Any) -> Markup:
        """What is kept, each with a tick that can be taken away, and a box to choose more."""
        kept = [upload for upload in self.given if isinstance(upload, Upload) and upload.token]
        ticks = (
            Markup('<label><input type="checkbox" name="{}" value="{}" checked> {}</label> ').format(
                field.name, upload.token, upload.filename
            )
            for upload in kept
        )
        box = html_params(
            type="file",
            id=field.id,
            name=field.name,
            accept=",".join(self.definition.media_types),
            multiple=self.definition.max_files > 1,
            **kwargs,
        )
        return Markup("").join(ticks) + Markup(f"<input {box}>")  # noqa: S704 html_params escapes


def texts_of(asked: forms.Field, language: str) -> dict[str, Any]:
    """The name of a question, its label and its hint."""
    return {
        "name": asked.name,
        "label": asked.label.inside(language) if asked.label else asked.name,
        "description": hint_of(asked, language),
    }


def field_of(asked: forms.Field, language: str, uploads: Uploads | None, *, always: bool) -> Any:
    """The unbound WTForms field of a question; with `always` it is asked whatever the other answers are."""
    texts = texts_of(asked, language)
    texts["validators"] = [Required()] if always and asked.required else []
    options = options_of(asked, language)
    match widget_of(asked).template:
        case "radios" | "rating":
            return RadiosField(**texts, options=options)
        case "list":
            return ListField(**texts, options=(Option("", say(language, "Choose from the list")), *options))
        case "tick":
            return TickField(**texts, options=options)
        case "checkboxes":  # a browser would want every box ticked that is `required`
            return CheckboxesField(**{**texts, "validators": []}, options=options)
        case "file":
            return FilesField(**{**texts, "validators": []}, definition=asked.definition, uploads=uploads)
        case "location" | "date_boxes" as template:
            parts = _PARTS[template](asked, language)
            return PartsField(**{**texts, "validators": []}, parts=parts, typed=widget_of(asked).typed)
    return AnswerField(**texts, **_box(asked))


def _parts_of_a_day(asked: forms.Field, language: str) -> Sequence[Part]:
    labels = {"year": say(language, "Year"), "month": say(language, "Month"), "day": say(language, "Day")}
    return [Part(part, labels[part]) for part in asked.definition.order(language)]


_PARTS: Mapping[str, Callable[[forms.Field, str], Sequence[Part]]] = {
    "location": lambda _asked, _language: (
        Part("address"),
        Part("latitude", unseen=True),
        Part("longitude", unseen=True),
    ),
    "date_boxes": _parts_of_a_day,
}
_BOXES = {"date": DateInput, "datetime-local": DateTimeLocalInput, "time": TimeInput, "tel": TelInput}
"""Types of a box with which no browser refuses an answer that the judge takes; `email` is not among them."""


def _box(asked: forms.Field) -> dict[str, Any]:
    """The box that a text is typed in, with what helps to type it."""
    widget = widget_of(asked)
    if widget.template == "long_text":
        return {"widget": TextArea(), "render_kw": {"rows": asked.definition.rows}}
    mode = "numeric" if asked.kind.name == "integer" else widget.input_mode
    step = "any" if widget.input_type in ("time", "datetime-local") else ""  # a browser refuses seconds without it
    helps = {"step": step, "inputmode": mode, "autocomplete": widget.autocomplete or PERSONAL.get(asked.name, "")}
    return {
        "widget": _BOXES.get(widget.input_type, TextInput)(),
        "render_kw": {name: text for name, text in helps.items() if text},
    }
