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
from formroute.forms.asked import Asked, AskedPage, AskedReader
from formroute.forms.field import Field, Page
from formroute.forms.judge import refusal_of
from formroute.forms.kinds import CalculatedDefinition, calculated_domain, read_calculation, read_lookup, read_points


class FieldCompiler:
    """Compiles fields with their conditions; each sees those before it, which are in `scope`.

    Nothing more is said of what looks at `circular` fields. `stops` are the conditions under which a notice ends the
    form.
    """

    def __init__(self, questions: AskedReader, circular: Collection[str]) -> None:
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
    def asked(self) -> dict[str, Question]:
        """The form's own questions in the scope."""
        return {name: question for name, question in self.scope.items() if name not in self.facts}

    def page(self, read: AskedPage) -> Page:
        """A page with its fields."""
        page, place, asked = read
        visible = self.condition(page.show_when, place, "show_when")
        fields = tuple(self._field(item, visible) for item in asked)
        title = page.title or self.title
        return Page(page.page or "", title, fields, visible, place=place)

    def _field(self, asked: Asked, page_visible: Condition) -> Field:
        """The field with its condition, added to the scope of those after it."""
        visible = self._shown(asked, page_visible)
        shown = together(page_visible, visible)
        follows = self._followed(asked) if isinstance(asked.definition, CalculatedDefinition) else None
        offered = dict(self._offered(asked, shown))
        field = Field.of(asked, visible, follows, offered)
        if asked.group is not None:
            field = field.inside(asked.group.definition.label)
        self._first_answer(asked)
        if field.stops:
            self.stops.append(shown)
        domain = self._domain(asked, follows)
        if asked.kind.repeats:
            row, domain = self._row(asked)
            field = replace(field, row=row, private=field.private or any(part.private for part in row))
        if domain is not None:
            self.scope[field.name] = _question(field, domain, shown)
        return field

    def _domain(self, asked: Asked, follows: Follows | None) -> Domain | None:
        """The answers that a field can have; None for one that asks nothing."""
        if follows is not None:
            return calculated_domain(asked.definition, follows)
        if isinstance(asked.definition, CalculatedDefinition):
            self.failed.add(asked.name)
            return Unclear()
        return asked.kind.domain(asked.definition)

    def _row(self, repeat: Asked) -> tuple[tuple[Field, ...], Rows]:
        """The fields of a row, compiled in a scope of its own before those around it, and the rows' answers."""
        around, own = self.scope, [asked.name for asked in repeat.row]
        known, self._compiled = self._compiled, {}
        groups, self._groups = self._groups, {}
        self.scope = {name: question for name, question in around.items() if name not in own}
        fields = tuple(self._field(asked, ALWAYS) for asked in repeat.row)
        scope = {name: self.scope[name] for name in own if name in self.scope}
        self.scope, self._compiled, self._groups = around, known, groups
        return fields, rows_of(scope, repeat.definition.min_items, repeat.definition.max_items)

    def _shown(self, asked: Asked, page_visible: Condition) -> Condition:
        """When a field shows on its page; one in a group only when the group does."""
        group = ALWAYS if asked.group is None else self._groups[asked.group.name]
        raw, given = asked.definition.show_when, together(page_visible, group)
        own = self.condition(raw, asked.place, "show_when", given=given) if asked.is_written else ALWAYS
        if asked.kind.parts:
            self._groups[asked.name] = own
        return together(group, own)

    def _offered(self, asked: Asked, shown: Condition) -> Iterator[tuple[str, Condition]]:
        """The choices that are offered only sometimes, with their conditions."""
        for value, offer in asked.offers.items():
            if offer.show_when is not None:
                steps = "choices", value, "show_when"
                yield value, self.condition(offer.show_when, asked.place, *steps, given=shown)

    def _first_answer(self, asked: Asked) -> None:
        """Whether the kind takes a first answer, and takes this one."""
        keys = vars(asked.definition)
        default = keys.get("default")
        if not asked.kind.begins:
            for key in ("default", "prefill"):
                if keys.get(key) is not None:
                    self.problems.append(asked.place.key(key).problem("F220", key=key, kind=asked.kind.name))
                    return
        now = Moment(datetime.now(self.setting.zone))
        refusal = None if default is None else refusal_of(asked.name, asked.kind, asked.definition, default, now)
        if refusal is not None:
            reason = refusal.say(self.setting.languages[0])
            self.problems.append(asked.place["default"].problem("F221", reason=reason))

    def _followed(self, asked: Asked) -> Follows | None:
        """What a calculated field comes from; None when that cannot be read."""
        definition, library = asked.definition, self.setting.library
        if definition.lookup is not None:
            if self.failed & set(definition.lookup.match.values()):
                return None
            return read_lookup(definition.lookup, asked.place, self.scope, library, self.problems)
        if definition.points is not None:
            return read_points(definition.points, asked.place, self.condition, self.problems)
        if names_in(definition.value, self.failed) or self.lacks_pages:
            return None
        later = self.names.keys() - self.scope.keys()
        return read_calculation(definition, asked.place, self.scope, later, self.problems)

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

    def _sought(self, given: Condition, condition: Condition) -> Found:
        """A submission that no notice has stopped so far, and that comes to both."""
        return find(All((given, condition, *map(Not, self.stops))), self.scope)


def _question(field: Field, domain: Domain, shown: Condition) -> Question:
    visible = None if shown == ALWAYS else shown
    return Question(field.name, domain, field.label, field.required, visible, field.follows)


def together(first: Condition, second: Condition) -> Condition:
    """What holds when both do; the one alone where the other always does."""
    if first == ALWAYS:
        return second
    return first if second == ALWAYS else All((first, second))
