"""What the check tells of a whole catalogue is just what looking at every submission on every day shows.

Catalogues are drawn, each finding is judged by its definition, and both ways: none is missed and none is false.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formroute.conditions import Moment, Proof
from tests.catalog.drawn import (
    CHOICES,
    COPIES,
    DAYS,
    FALLBACK,
    TODAY,
    ZONE,
    Drawn,
    Judged,
    assignments,
    drawn,
    everything,
)
from tests.catalog.sent import every_question, sent
from tests.routing.brute_force import Answers, Raw, as_shown, meets

FEW = settings(max_examples=25)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn")


@FEW
@given(drawn())
def test_a_gap_is_told_with_all_days_on_which_there_is_one(folder: Path, city: Drawn) -> None:
    """And each submission that agrees with an example that is told has no route on the days that are told with it."""
    judged = Judged.of(city, folder)
    missed = [case for case in judged.cases if judged.winner(*case) is None]
    covered: set[tuple[str, date]] = set()
    for problem in judged.told("R432"):
        told, _, example = problem.what.partition(f"`{FALLBACK}`: ")
        form = re.findall(r"submission of `(\w+)`", told)[0]
        days = _days(example)
        shown = [pair for pair in re.findall(r"`(\w+): ([^`]*)`", example) if pair[0] != "received"]
        like_it = [
            (answers, day)
            for answers, day in judged.cases
            if answers["form"] == form and day in days and all(as_shown(name, answers) == text for name, text in shown)
        ]
        assert {day for _, day in like_it} == days
        assert all(case in missed for case in like_it)
        covered |= {(form, day) for day in days}
    assert covered == {(answers["form"], day) for answers, day in missed}


def _days(example: str) -> set[date]:
    """The days that an example tells of: `in the periods until 2026-03-01 and from 2026-06-01 on`, or else all."""
    _, told, periods = example.partition("(in the period")
    found: set[date] = set()
    for period in periods.split(" and ") if told else ["on"]:
        first, last = re.search(r"from (\S+)", period), re.search(r"until ([\d-]+)", period)
        found |= {
            day for day in DAYS if (first is None or first[1] <= f"{day}") and (last is None or f"{day}" <= last[1])
        }
    return found


@FEW
@given(drawn())
def test_a_route_is_called_dead_just_when_no_submission_goes_by_it_on_any_day(folder: Path, city: Drawn) -> None:
    judged = Judged.of(city, folder)
    winners = {judged.winner(*case) for case in judged.cases}
    possible = {number for case in judged.cases for number in judged.met(*case)}
    dead = {number for number in range(len(city.routes)) if number not in winners}
    behind = {number for name in judged.named("R440") for number in range(int(name[1:]), len(city.routes))}
    assert behind <= dead & possible
    assert {name for name in judged.named("R433") if name[0] == "r"} == {f"r{one}" for one in dead & possible - behind}
    added = {n for n, row in enumerate(city.adding) if not any(row.is_met(*case) for case in judged.cases)}
    assert judged.named("R434") == {f"r{one}" for one in dead - possible} | {f"a{one}" for one in added}


@FEW
@given(drawn(policy="unique"))
def test_an_overlap_is_told_with_the_days_on_which_two_routes_take_one_submission(folder: Path, city: Drawn) -> None:
    judged = Judged.of(city, folder)
    told = {tuple(re.findall(r"`(r\d|tree|bush)`", found.what)): found for found in judged.told("R435")}
    impossible = judged.named("R434")
    # With an overlap nothing loads: the same form with the first route that is met tells what it lets through.
    judged = Judged.of(Drawn(**{**vars(city), "policy": "first"}), folder)
    both: dict[tuple[str, ...], set[date]] = {}
    for answers, day in judged.cases:
        for earlier, later in combinations(judged.met(answers, day), 2):
            both.setdefault((f"r{later}", f"r{earlier}", answers["form"]), set()).add(day)
    assert told.keys() == both.keys()
    assert all(_days(found.what) <= both[pair] for pair, found in told.items())
    met = {f"r{number}" for case in judged.cases for number in judged.met(*case)}
    assert {name for name in impossible if name[0] == "r"} == {f"r{one}" for one in range(len(city.routes))} - met


@FEW
@given(drawn())
def test_departments_and_routes_without_submissions_are_noted_as_it_is_from_today_on(folder: Path, city: Drawn) -> None:
    judged = Judged.of(city, folder)
    cases = [case for case in judged.cases if case[1] >= TODAY]
    ways = [judged.way(name, day) for answers, day in cases for name in judged.named_by(answers, day)]
    getting = {way[-1] for way in ways}
    gap = any(judged.winner(*case) is None for case in judged.cases)
    assert judged.named("N602") == (set() if gap else {FALLBACK})
    assert judged.named("N601") == city.offices.keys() - getting - judged.named("N602")
    handing = {name for way in ways for name in way[:-1]}
    limited = {name for name, one in city.offices.items() if any(day not in one.days for day in DAYS)}
    assert judged.named("N606") == (limited & getting) - handing
    idle = {name for name, one in city.offices.items() if one.fallback} - limited
    assert {re.findall(r"`(\w+)`", found.what)[0] for found in judged.told("R427")} == idle
    before = {number for case in judged.cases for number in [judged.winner(*case)]}
    now = {number for case in cases for number in [judged.winner(*case)]}
    adding = {
        f"a{number}"
        for number, row in enumerate(city.adding)
        if any(row.is_met(*case) for case in judged.cases) and not any(row.is_met(*case) for case in cases)
    }
    assert judged.named("N607") == {f"r{number}" for number in before - now - {None}} | adding


@settings(max_examples=15)
@given(drawn(), st.frozensets(st.sampled_from(["a", "b", "c", FALLBACK])))
def test_a_private_answer_is_noted_just_where_no_department_that_a_submission_comes_to_gets_it(
    folder: Path, city: Drawn, trusted: frozenset[str]
) -> None:
    forms = {name: replace(form, private=frozenset({"sick"})) for name, form in city.forms.items()}
    offices = {name: replace(office, trusted=name in trusted) for name, office in city.offices.items()}
    judged = Judged.of(replace(city, forms=forms, offices=offices), folder)
    cases = [case for case in judged.cases if case[1] >= TODAY]
    takers = {
        (answers["form"], judged.way(name, day)[-1]) for answers, day in cases for name in judged.named_by(answers, day)
    }
    told = {(re.findall(r"`(\w+)`", found.what)[0], found.what.split("`")[-2]) for found in judged.told("N605")}
    assert told == {(form, "sick") for form in forms if not any((form, name) in takers for name in trusted)}


@FEW
@given(drawn())
def test_questions_are_noted_that_nothing_names_and_choices_that_nothing_tells_apart(folder: Path, city: Drawn) -> None:
    judged = Judged.of(city, folder)
    for form, asking in city.forms.items():
        rows = [row for row in (*city.routes, *city.adding) if row.form in (None, form)]
        conditions = [*filter(None, (*asking.shows.values(), asking.stop)), *(row.when for row in rows if row.when)]
        copied = any(row.copies_by_kind for row in rows)
        named = {name for when in conditions for name in _names(when)} | ({"kind"} if copied else set())
        here = [found for found in judged.told("N603", "N604") if Path(found.mark.file).stem == form]
        unused = {re.findall(r"`(\w+)`", found.what)[0] for found in here if found.code == "N603"}
        assert unused == {"kind", "sick", "size", "over"} - named
        told = {
            (found.what.rpartition("`")[0].rpartition("`")[2], pair)
            for found in here
            if found.code == "N604"
            for pair in combinations(re.findall(r"`(\w+)`", found.what.partition(" of ")[0]), 2)
        }
        every = list(assignments(asking))
        assert told == {
            (name, pair)
            for name, choices in CHOICES.items()
            for pair in combinations(choices, 2)
            if name in named
            and not (name == "kind" and copied and COPIES[pair[0]] != COPIES[pair[1]])
            and all(
                meets(when, one) == meets(when, _exchanged(one, name, pair)) for when in conditions for one in every
            )
        }


def _names(raw: Raw) -> set[str]:
    inner = [_names(part) for key in ("all", "any", "none") for part in raw.get(key, ())]
    return (raw.keys() - {"all", "any", "none"}).union(*inner)


def _exchanged(answers: Answers, name: str, pair: tuple[str, str]) -> Answers:
    """The same with each of two choices in place of the other."""
    one, other = (choice == "yes" if name == "sick" else choice for choice in pair)
    exchange = {one: other, other: one}
    answer = answers.get(name)
    if isinstance(answer, tuple):
        ticked = {exchange.get(choice, choice) for choice in answer}
        return {**answers, name: tuple(choice for choice in CHOICES[name] if choice in ticked)}
    return answers if answer is None else {**answers, name: exchange.get(answer, answer)}


@FEW
@given(drawn())
def test_a_blank_is_told_to_slip_through_none_just_when_a_submission_meets_a_route_only_by_that(
    folder: Path, city: Drawn
) -> None:
    judged = Judged.of(city, folder)
    starts = [number for number, line in enumerate(_lines(folder), 1) if '"route":' in line]
    told = Counter(
        (sum(start <= found.mark.line for start in starts) - 1, re.findall(r"`(\w+)` has", found.what)[0])
        for found in judged.told("C319")
        if Path(found.mark.file).name == "plants.yaml"
    )
    for found in judged.told("C319"):
        if Path(found.mark.file).name == "plants.yaml":
            row = city.routes[sum(start <= found.mark.line for start in starts) - 1]
            like_it = _like(found.what, judged.submissions)
            assert like_it
            assert all(meets(row.asks, answers) for answers in like_it)
    expected = Counter(
        (number, name) for number, row in enumerate(city.routes) for name in _slipping(row.asks, judged.submissions)
    )
    assert told == expected


@FEW
@given(drawn(), st.lists(everything, min_size=1, max_size=3).map(tuple))
def test_so_it_is_told_of_what_a_form_shows_and_requires(folder: Path, city: Drawn, checks: tuple[Raw, ...]) -> None:
    """A question shows before a notice may stop the form; a check is made where none did."""
    forms = {name: replace(form, checks=checks) for name, form in city.forms.items()}
    judged = Judged.of(replace(city, forms=forms), folder)
    for form, asking in forms.items():
        lines = (folder / f"{form}.yaml").read_text("utf-8").splitlines()
        starts = [number for number, line in enumerate(lines, 1) if '"show_when":' in line or '"require":' in line]
        so_far = list(assignments(asking))
        sendable = [one for one in so_far if asking.stop is None or not meets(asking.stop, one)]
        shown = [*asking.shows.values(), asking.stop]
        written = [(raw, so_far) for raw in shown if raw is not None] + [(raw, sendable) for raw in checks]
        told: Counter[tuple[int, str]] = Counter()
        for found in judged.told("C319"):
            if Path(found.mark.file).stem == form:
                number = sum(start <= found.mark.line for start in starts) - 1
                told[number, re.findall(r"`(\w+)` has", found.what)[0]] += 1
                raw, possible = written[number]
                like_it = _like(found.what, possible)
                assert like_it
                assert all(meets(raw, answers) for answers in like_it)
        assert told == Counter(
            (number, name) for number, (raw, possible) in enumerate(written) for name in _slipping(raw, possible)
        )


def _like(told: str, possible: list[Answers]) -> list[Answers]:
    """Those that agree with the example of a finding."""
    shown = re.findall(r"`(\w+): ([^`]*)`", told)
    return [answers for answers in possible if all(as_shown(name, answers) == text for name, text in shown)]


def _slipping(raw: Raw, possible: list[Answers]) -> Iterator[str]:
    """The questions whose blank answer slips through a `none`, once for each of these lists."""
    for none, beside in _negations(raw):
        minded = {name for name in beside if beside[name] == "blank"} | _minded(none)
        for name in {found for part in none for found in _names(part)} - minded:
            blank = [answers for answers in possible if name not in answers and meets(raw, answers)]
            if not all(meets(_taken(raw, none, name), answers) for answers in blank):
                yield name


def _lines(folder: Path) -> list[str]:
    return (folder / "plants.yaml").read_text("utf-8").splitlines()


def _negations(raw: Raw) -> Iterator[tuple[list[Raw], Raw]]:
    """Every list under `none`, with what stands beside it."""
    for key in ("all", "any", "none"):
        for part in raw.get(key, ()):
            yield from _negations(part)
    if "none" in raw:
        yield raw["none"], raw


def _minded(parts: list[Raw]) -> set[str]:
    """The questions of which is asked somewhere in these conditions whether they have an answer."""
    return {name for part in parts for name, test in part.items() if test in ("blank", "answered")}.union(
        *(_minded(part[key]) for part in parts for key in ("all", "any", "none") if key in part)
    )


def _taken(raw: Raw, none: list[Raw], name: str, inside: bool = False) -> Raw:
    """The condition as if in this `none` a blank answer to the question met every test on it."""
    taken: dict[str, Any] = {}
    extra: list[Raw] = []
    for key, test in raw.items():
        if key in ("all", "any", "none"):
            taken[key] = [_taken(part, none, name, inside or test is none) for part in test]
        elif inside and key == name:
            extra.append({"any": [{key: test}, {key: "blank"}]})
        else:
            taken[key] = test
    return {"all": [taken, *extra]} if extra and taken else extra[0] if extra else taken


@FEW
@given(drawn())
def test_each_witness_is_a_submission_that_does_what_the_proof_says(folder: Path, city: Drawn) -> None:
    """It is sent through the form and the router: for a gap, for each route, and for what two routes share."""
    catalog = Judged.of(city, folder).loaded
    for form, plan in catalog.router.plans.items():
        names = [route.name for route in plan.deciding.routes]
        conditions = [route.condition for route in plan.deciding.routes]
        proof = Proof(conditions, plan.scope, [*plan.always, *every_question(catalog.forms[form])], near=NEAR)
        for number, name in enumerate(names):
            found = proof.reached(number)
            assert found is None or sent(catalog, form, found).decision.route == name
            for overlap in proof.overlaps(number):
                assert sent(catalog, form, overlap.found).met >= {name, *(names[other] for other in overlap.others)}
        missed = proof.missed()
        assert missed is None or sent(catalog, form, missed).decision.route is None


NEAR = Moment(datetime.combine(TODAY, time(12), ZONE))
