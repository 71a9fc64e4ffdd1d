"""The questions of a form, compiled in the order of asking."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from formroute.conditions import (
    ALWAYS,
    All,
    Condition,
    Domain,
    Follows,
    Found,
    Moment,
    Not,
    Question,
    Rows,
    Scope,
    Unclear,
    compile_condition,
    facts,
    find,
    named_in,
    names_in,
    rows_of,
    supposing,
)
from formroute.definitions import Place
from formroute.forms.field import Field, Page
from formroute.forms.judge import refusal_of
from formroute.forms.kinds import CalculatedDefinition, calculated_domain, read_calculation, read_lookup, read_points
from formroute.forms.written_fields import FormReader, WrittenField, WrittenPage


class FieldCompiler:
    """Compiles fields with their conditions; each sees those before it, which are in `scope`.

    Nothing more is said of what looks at `circular` fields. `stops` are the conditions under which a notice ends the
    form.
    """

    def __init__(self, questions: FormReader, circular: Collection[str]) -> None:
        self.setting, self.problems = questions.setting, questions.problems
        self.names, self.failed, self.lacks_pages = questions.names, questions.failed, questions.lacks_pages
        self.title, self.circular = questions.definition.title, circular
        titles = {questions.definition.form: questions.definition.title}
        self.scope: dict[str, Question] = facts(titles, self.setting.channels, self.setting.languages, received=False)
        self.facts = frozenset(self.scope)
        self.stops: list[Condition] = []
        self._compiled: dict[tuple[str, bool, Condition], Condition] = {}
        self._groups: dict[str, Condition] = {}

    @property
    def questions(self) -> dict[str, Question]:
        """The form's own questions in the scope."""
        return {name: question for name, question in self.scope.items() if name not in self.facts}

    def page(self, read: WrittenPage) -> Page:
        """A page with its fields."""
        page, place, written = read
        visible = self.condition(page.show_when, place, "show_when")
        fields = tuple(self._field(item, visible) for item in written)
        title = page.title or self.title
        return Page(page.page or "", title, fields, visible, place=place)

    def _field(self, written: WrittenField, page_visible: Condition) -> Field:
        """The field with its condition, added to the scope of those after it."""
        visible = self._shown(written, page_visible)
        shown = together(page_visible, visible)
        follows = self._followed(written) if isinstance(written.definition, CalculatedDefinition) else None
        offered = dict(self._offered(written, shown))
        field = Field.of(written, visible, follows, offered)
        if written.group is not None:
            field = field.inside(written.group.definition.label)
        self._first_answer(written)
        if field.stops:
            self.stops.append(shown)
        domain = self._domain(written, follows)
        if written.kind.repeats:
            row, domain = self._row(written)
            field = replace(field, row=row, private=field.private or any(part.private for part in row))
        if domain is not None:
            self.scope[field.name] = _question(field, domain, shown)
        return field

    def _domain(self, written: WrittenField, follows: Follows | None) -> Domain | None:
        """The answers that a field can have; None for one that asks nothing."""
        if follows is not None:
            return calculated_domain(written.definition, follows)
        if isinstance(written.definition, CalculatedDefinition):
            self.failed.add(written.name)
            return Unclear()
        return written.kind.domain(written.definition)

    def _row(self, repeat: WrittenField) -> tuple[tuple[Field, ...], Rows]:
        """The fields of a row, compiled in a scope of its own before those around it, and the rows' answers."""
        around, own = self.scope, [written.name for written in repeat.row]
        known, self._compiled = self._compiled, {}
        groups, self._groups = self._groups, {}
        self.scope = {name: question for name, question in around.items() if name not in own}
        fields = tuple(self._field(written, ALWAYS) for written in repeat.row)
        scope = {name: self.scope[name] for name in own if name in self.scope}
        self.scope, self._compiled, self._groups = around, known, groups
        return fields, rows_of(scope, repeat.definition.min_items, repeat.definition.max_items)

    def _shown(self, written: WrittenField, page_visible: Condition) -> Condition:
        """When a field shows on its page; one in a group only when the group does."""
        group = ALWAYS if written.group is None else self._groups[written.group.name]
        raw, given = written.definition.show_when, together(page_visible, group)
        own = self.condition(raw, written.place, "show_when", given=given) if written.stands_alone else ALWAYS
        if written.kind.parts:
            self._groups[written.name] = own
        return together(group, own)

    def _offered(self, written: WrittenField, shown: Condition) -> Iterator[tuple[str, Condition]]:
        """The choices that are offered only sometimes, with their conditions."""
        for value, offer in written.offers.items():
            if offer.show_when is not None:
                steps = "choices", value, "show_when"
                yield value, self.condition(offer.show_when, written.place, *steps, given=shown)

    def _first_answer(self, written: WrittenField) -> None:
        """Whether the kind takes a first answer, and takes this one."""
        keys = vars(written.definition)
        default = keys.get("default")
        if not written.kind.begins:
            for key in ("default", "prefill"):
                if keys.get(key) is not None:
                    self.problems.append(written.place.key(key).problem("F220", key=key, kind=written.kind.name))
                    return
        now = Moment(datetime.now(self.setting.zone))
        refusal = None if default is None else refusal_of(written.name, written.kind, written.definition, default, now)
        if refusal is not None:
            reason = refusal.say(self.setting.languages[0])
            self.problems.append(written.place["default"].problem("F221", reason=reason))

    def _followed(self, written: WrittenField) -> Follows | None:
        """What a calculated field comes from; None when that cannot be read."""
        definition, library = written.definition, self.setting.library
        if definition.lookup is not None:
            if self.failed & set(definition.lookup.match.values()):
                return None
            return read_lookup(definition.lookup, written.place, self.scope, library, self.problems)
        if definition.points is not None:
            return read_points(definition.points, written.place, self.condition, self.problems)
        if names_in(definition.value, self.failed) or self.lacks_pages:
            return None
        later = self.names.keys() - self.scope.keys()
        return read_calculation(definition, written.place, self.scope, later, self.problems)

    def condition(
        self, raw: Any, place: Place, *steps: str | int, blank: bool = False, given: Condition = ALWAYS
    ) -> Condition:
        """The condition that stands `steps` below `place`, on the questions so far; each text is compiled once.

        It is looked at only where what is `given` holds. One that cannot be compiled has added its problems.
        """
        if raw is None or (self.circular and named_in(raw, self.circular)):
            return ALWAYS
        text = repr(raw), blank, given
        if text in self._compiled:
            return self._compiled[text]
        before = len(self.problems)
        later, around = self.names.keys() - self.scope.keys(), self.setting.around
        at = place.at(*steps)
        found = compile_condition(
            raw,
            at,
            supposing(raw, self.scope) if self.lacks_pages else self.scope,
            self.problems,
            later=later,
            around=around,
            blank=blank,
            sought=partial(self._sought, given),
        )
        if found is not None and len(self.problems) == before:
            self._compiled[text] = found
        return ALWAYS if found is None else found

    def _sought(self, given: Condition, condition: Condition) -> tuple[Found, Scope]:
        """A submission that no notice has stopped so far, and that comes to both."""
        return find(All((given, condition, *map(Not, self.stops))), self.scope), self.scope


def _question(field: Field, domain: Domain, shown: Condition) -> Question:
    visible = None if shown == ALWAYS else shown
    return Question(field.name, domain, field.label, field.required, visible, field.follows)


def together(first: Condition, second: Condition) -> Condition:
    """What holds when both do; the one alone where the other always does."""
    if first == ALWAYS:
        return second
    return first if second == ALWAYS else All((first, second))
