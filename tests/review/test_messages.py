"""What is told of messages that no test sees is just what going through all answers to a small form shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.catalog import Catalog, Trial, read_catalog, run_tests
from formroute.catalog.trial import NOON
from formroute.forms import Checked, Form, FormTest
from formroute.forms.asking import author_calls
from formroute.forms.kinds.base import ERRORS
from formroute.forms.trial import posted
from formroute.review import measure, suggest_cases
from formroute.review.aims import Aim, CheckAim, MessageAim
from tests.copies import copied
from tests.review.cities import CATALOG, DEPARTMENTS, EVERY_KIND
from tests.routing.brute_force import Raw, conditions_on, meets

Given = Mapping[str, Any]
KEYS: Mapping[str, Given] = {
    "kind": {"type": "choice", "choices": ["oak", "elm"]},
    "sick": {"type": "yes_no"},
    "size": {"type": "integer", "min": 0, "max": 3},
    "over": {"type": "choices", "choices": ["road", "wire"]},
}
ANSWERS: Mapping[str, tuple[Any, ...]] = {
    "kind": ("", "oak", "elm", "?"),
    "sick": ("", "yes", "no", "?"),
    "size": ("", "0", "1", "2", "3", "9", "?"),
    "over": ("", ["road"], ["wire"], ["road", "wire"], "?"),
}
"""For each question all that makes a difference: nothing, what is taken, and what is refused in each way."""
EVERY: list[Given] = [dict(zip(ANSWERS, given, strict=True)) for given in product(*ANSWERS.values())]


@dataclass(frozen=True)
class Asking:
    """A form: when its questions show, which are required, what stops it, which errors are worded, and its checks."""

    shows: Mapping[str, Raw | None]
    required: frozenset[str]
    stop: Raw | None
    worded: frozenset[tuple[str, str]]
    checks: tuple[tuple[str, Raw, str], ...]

    def written(self, tests: Iterable[Given] = ()) -> dict[str, Any]:
        stop = {"stop": {"type": "notice", "stops": "yes", "show_when": self.stop, "text": "Call us."}}
        fields = {name: self._field(name) for name in KEYS}
        early = {name: fields.pop(name) for name in ("kind", "sick")}
        pages = [{"page": "only", "title": "Tree", "fields": {**early, **(stop if self.stop else {}), **fields}}]
        checks = [{word: raw, "at": at, "message": f"check {n}"} for n, (word, raw, at) in enumerate(self.checks)]
        form = {"form": "tree", "title": "Tree", "summary": "A tree.", "pages": pages, "checks": checks}
        return {**form, "tests": list(tests)}

    def _field(self, name: str) -> dict[str, Any]:
        errors = {sort: f"{name} {sort}" for sort in ERRORS if (name, sort) in self.worded}
        """One that always shows is required only where no condition asks whether it is blank."""
        shows = self.shows.get(name)
        needed = name == "kind" or (shows is not None and name in self.required)
        return {
            **KEYS[name],
            "label": name,
            "required": "yes" if needed else "no",
            **({} if shows is None else {"show_when": shows}),
            **({"errors": errors} if errors else {}),
        }

    def seen(self, checked: Checked, expected: Iterable[str]) -> Iterator[str]:
        """The author's messages at these fields, and the checks that are made and hold."""
        for one in (*checked.errors, *checked.warnings):
            text = one.say("en")
            if one.field in expected and (text.startswith("check ") or (one.field, text.split(" ")[-1]) in self.worded):
                yield text
        for number, (word, raw, at) in enumerate(self.checks):
            later = {f"check {n}" for n in range(number, len(self.checks))}
            refused = {error.field for error in checked.errors if error.say("en") not in later}
            looks_at = {name for name in KEYS if f'"{name}"' in json.dumps(raw)} | {at}
            made = checked.stopped is None and at in checked.showing and looks_at.isdisjoint(refused)
            if made and meets(raw, checked.answers) == (word == "require"):
                yield f"check {number} passes"

    def to_be_seen(self, checked: Checked) -> Iterator[str]:
        """What a test should see: not what shows, is made or is left out only because another answer is wrong too."""
        wrong = [error.field for error in checked.errors if error.code != "check"]
        seen = self.seen(checked, KEYS) if len(wrong) < 2 else ()
        return (text for text in seen if not wrong or text.startswith(f"{wrong[0]} "))


askings = st.builds(
    Asking,
    shows=st.fixed_dictionaries({
        "sick": st.none() | conditions_on("kind"),
        "size": st.none() | conditions_on("kind", "sick"),
        "over": st.none() | conditions_on("kind", "sick", "size"),
    }),
    required=st.frozensets(st.sampled_from(sorted(KEYS))),
    stop=st.none() | conditions_on("kind", "sick"),
    worded=st.frozensets(st.sampled_from([*product(KEYS, ERRORS)])),
    checks=st.lists(
        st.tuples(st.sampled_from(["require", "require", "warn"]), conditions_on(*KEYS), st.sampled_from(sorted(KEYS))),
        max_size=3,
    ).map(tuple),
)  # fmt: skip


def read(folder: Path, form: Given) -> Catalog:
    """A catalogue of one form."""
    routes = {"table": "trees", "forms": ["tree"], "routes": [{"route": "all", "send_to": "parks"}]}
    files = {
        "catalog.yaml": CATALOG.replace("[en, fr]", "[en]"),
        "departments.yaml": re.sub(r" +fr: .*\n", "", DEPARTMENTS),
        "tree.yaml": json.dumps(form),
        "trees.yaml": json.dumps(routes),
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    catalog, problems = read_catalog(folder)
    assert catalog is not None, problems
    return catalog


def judged(form: Form, answers: Given) -> Checked:
    return form.check(posted(form, answers), now=NOON.replace(tzinfo=form.zone))


def case(form: Form, given: Given, *, is_right: bool) -> Given:
    """An author's test that gives what shows of these answers, and expects what comes of them or something else."""
    answers = {name: answer for name, answer in given.items() if name in judged(form, given).showing}
    checked = judged(form, answers)
    expect = {
        "errors": sorted({error.field for error in checked.errors}),
        "warns": sorted({warning.field for warning in checked.warnings}),
        **({"stops": checked.stopped} if checked.stopped else {}),
        **({} if is_right else {"hides": ["kind"]}),
    }
    return {"test": "one", "answers": answers, "expect": expect}


def aimed(aim: Aim) -> str:
    """The message, as the form above words it, or the check that passes."""
    match aim:
        case CheckAim(check=check, passes=passes):
            return check.message.inside("en") + (" passes" if passes else "")
        case MessageAim(field=field, sort_of_error=sort):
            return f"{field.name} {sort}"
    raise ValueError(aim.what)


def told(catalog: Catalog, trials: Iterable[Trial]) -> set[str]:
    """What is told of messages that these tests do not try."""
    return {aimed(aims[0]) for aims in measure(catalog, trials).untried if aims[0].sort == "message"}


def expected_at(trial: Trial) -> set[str]:
    """The fields at which a test that came out as it says expects a message."""
    expect = trial.test.expect if isinstance(trial.test, FormTest) and trial.passed else None
    return {*(expect.errors or ()), *(expect.warns or ())} if expect else set()


@settings(max_examples=25)
@given(askings, st.lists(st.tuples(st.sampled_from(EVERY), st.booleans()), max_size=3))
def test_a_message_is_told_just_when_it_can_be_seen_and_no_test_does(
    tmp_path_factory: pytest.TempPathFactory, asking: Asking, own: list[tuple[Given, bool]]
) -> None:
    """And the tests that are suggested see all that are told."""
    folder = tmp_path_factory.mktemp("tree")
    form = read(folder, asking.written()).forms["tree"]
    tests = [case(form, given, is_right=is_right) for given, is_right in own]
    catalog = read(folder, asking.written(tests))
    trials = [*run_tests(catalog)]
    form = catalog.forms["tree"]
    possible = {text for given in EVERY for text in asking.to_be_seen(judged(form, given))}
    tried = {
        text
        for trial in trials
        if trial.passed
        for text in asking.seen(judged(form, trial.test.answers), expected_at(trial))
    }
    assert told(catalog, trials) == possible - tried
    suggested = [one.trial for one in suggest_cases(catalog, measure(catalog, trials))]
    assert all(trial.passed for trial in suggested)
    assert measure(catalog, [*trials, *suggested]).untried == ()
    seen = {text for trial in suggested for text in asking.seen(judged(form, trial.test.answers), expected_at(trial))}
    assert seen >= possible - tried


def test_each_message_of_every_kind_of_question_is_seen_in_a_test_that_is_suggested(tmp_path: Path) -> None:
    """An answer can be wrong as the samples of its kind say; of no other message anything is told."""
    folder = copied(EVERY_KIND, tmp_path / "schemas")
    for path in folder.glob("*.yaml"):
        document = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        for page in document.get("pages", ()):
            word("", page["fields"])
        path.write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
    catalog, problems = read_catalog(folder)
    assert catalog is not None, problems
    coverage = measure(catalog, [])
    told = {(aims[0].form.id, aimed(aims[0])) for aims in coverage.untried if isinstance(aims[0], MessageAim)}
    assert told == {(form.id, text) for form in catalog.forms.values() for text in mistakes(form)}
    trials = [case.trial for case in suggest_cases(catalog, coverage)]
    said = {(trial.form.id, error.say("en")) for trial in trials if trial.passed for error in trial.checked.errors}
    assert said >= told


def word(group: str, fields: dict[str, Any]) -> None:
    """Give each question a text of its own for each way to be wrong."""
    for name, field in fields.items():
        if field["type"] == "group":
            word(f"{group}{name}.", field["fields"])
        elif field["type"] not in ("matrix", "notice", "calculated"):
            texts = {sort: f"{group}{name} {sort}" for sort in ERRORS}
            field["errors"] = {sort: {"en": text, "fr": text} for sort, text in texts.items()}


def mistakes(form: Form) -> Iterator[str]:
    for name, field in form.fields.items():
        if field.errors and field.kind.repeats:
            yield f"{name} invalid"
        elif field.errors and field.kind.samples:
            codes = field.kind.samples.faults(st, field.definition, NOON.replace(tzinfo=form.zone))
            yield from {f"{name} {author_calls(code)}" for code in codes}
            if field.kind.name in ("integer", "number"):  # what is too much for every number is no sample
                yield f"{name} range"
        if field.errors and field.required:
            yield f"{name} required"
