"""A form so small that every submission of it can be looked at, and conditions judged the simplest way."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from hypothesis import strategies as st

from formroute.conditions import ManyOf, Numbers, OneOf
from formroute.routing import FormScope
from tests.routing.town import form, question, text

Answers = dict[str, Any]
Raw = Mapping[str, Any]


def small() -> FormScope:
    """`kind` is always answered; `size` shows for a kind and must be answered then; the others are optional."""
    kind = question("kind", OneOf(("oak", "elm")))
    return form(
        "small",
        text("Small"),
        kind,
        question("sick", OneOf((True, False)), required=False),
        question("size", Numbers(0, 3, 0), {"kind": kind}, shows="kind: oak"),
        question("over", ManyOf(("road", "wire")), required=False),
    )


def submissions() -> Iterator[Answers]:
    """All 60 of them; a missing name is a blank answer."""
    sizes = [("oak", size) for size in range(4)] + [("elm", None)]
    picks = [None, ("road",), ("wire",), ("road", "wire")]
    for (kind, size), sick, over in product(sizes, (None, True, False), picks):
        answers = {"kind": kind, "size": size, "sick": sick, "over": over}
        yield {name: answer for name, answer in answers.items() if answer is not None}


EVERY = list(submissions())


def meets(raw: Raw, answers: Answers) -> bool:
    """A condition as written, judged key by key."""
    return all(_entry(key, test, answers) for key, test in raw.items())


def _entry(key: str, test: Any, answers: Answers) -> bool:
    match key:
        case "all":
            return all(meets(part, answers) for part in test)
        case "any":
            return any(meets(part, answers) for part in test)
        case "none":
            return not any(meets(part, answers) for part in test)
    answer = answers.get(key)
    if answer is None or test == "blank":
        return answer is None and test == "blank"
    return test == "answered" or _test(test, answer)


def _test(test: Any, answer: Any) -> bool:
    if not isinstance(test, dict):
        return _written(answer) in (test if isinstance(test, list) else [test])
    (word, value), *_ = test.items()
    match word:
        case "not":
            return _written(answer) not in value
        case "at_least":
            return bool(answer >= int(value))
        case "at_most":
            return bool(answer <= int(value))
        case "includes":
            return value in answer
        case "includes_none":
            return not set(value) & set(answer)
        case "count":
            return len(answer) >= int(value["at_least"])
    raise ValueError(word)


def _written(answer: Any) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    return f"[{', '.join(answer)}]" if isinstance(answer, tuple) else str(answer)


def as_shown(name: str, answers: Answers) -> str:
    """An answer as the example of a problem shows it."""
    return _written(answers[name]) if name in answers else "blank"


def first_met(conditions: Sequence[Raw | None], answers: Answers) -> int | None:
    """The number of the first condition that is met; no condition is always met."""
    return next((number for number, raw in enumerate(conditions) if raw is None or meets(raw, answers)), None)


_TESTS = {
    "kind": st.sampled_from(["oak", "elm", {"not": ["oak"]}]),
    "sick": st.sampled_from(["yes", "no", "blank", "answered", {"not": ["yes"]}]),
    "size": st.sampled_from(["blank", "answered", ["0", "3"], {"at_least": "2"}, {"at_most": "1"}, {"not": ["2"]}]),
    "over": st.sampled_from(
        ["blank", "answered", {"includes": "road"}, {"includes_none": ["wire"]}, {"count": {"at_least": "2"}}]
    ),
}
_FOLLOWING = {
    "tone": st.sampled_from(["light", "dark", "blank", {"not": ["dark"]}]),
    "risk": st.sampled_from(["2", {"at_most": "0"}]),
}


def conditions_on(*names: str) -> st.SearchStrategy[Raw]:
    """Conditions on these questions of the small form, as written, or on what follows from them."""
    tests = {**_TESTS, **_FOLLOWING}
    return st.recursive(
        st.fixed_dictionaries({}, optional={name: tests[name] for name in names}).filter(bool),
        lambda inner: st.dictionaries(
            st.sampled_from(["all", "any", "none"]), st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=2
        ),
        max_leaves=6,
    )


conditions = conditions_on(*_TESTS)
