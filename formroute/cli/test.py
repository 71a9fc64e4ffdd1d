"""`formroute test`: the tests that authors wrote, what they leave untried, and the tests that are missing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from formroute.catalog import Catalog, Trial, read_catalog, run_tests
from formroute.cli.findings import annotated, annotation, count, format_option, in_json, lines_of, place_in_json
from formroute.problems import Mark, Problem, Severity
from formroute.review import Case, Coverage, measure, suggest_cases


@click.command()
@click.argument("schemas", type=click.Path(exists=True, file_okay=False, path_type=Path), default="schemas")
@click.option("--coverage", "with_coverage", is_flag=True, help="Tell what no test tries, with its place.")
@click.option("--suggest", is_flag=True, help="Write the tests that are missing, ready to be pasted.")
@format_option
def test(schemas: Path, with_coverage: bool, suggest: bool, form: str) -> None:
    """Run the tests of all forms and tables in the folder SCHEMAS (`schemas` unless you name another).

    Exits with 0 when all pass, with 1 when one fails or the catalogue does not load, and with 2 when it
    was called wrongly.
    """
    catalog, problems = read_catalog(schemas)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    trials = [] if catalog is None else list(run_tests(catalog))
    report = _Report(catalog, errors, trials)
    if catalog is not None and (with_coverage or suggest):
        report.coverage = measure(catalog, trials)
    if report.coverage is not None and catalog is not None and suggest:
        report.cases = list(suggest_cases(catalog, report.coverage))
    _PRINTERS[form](report, with_coverage)
    sys.exit(1 if report.problems else 0)


@dataclass(slots=True)
class _Report:
    catalog: Catalog | None
    errors: Sequence[Problem]
    trials: Sequence[Trial]
    coverage: Coverage | None = None
    cases: Sequence[Case] | None = None

    @property
    def problems(self) -> list[Problem]:
        return [*self.errors, *(problem for trial in self.trials for problem in trial.problems)]

    @property
    def failed(self) -> int:
        return sum(not trial.passed for trial in self.trials)


def _human(report: _Report, with_coverage: bool) -> None:
    for problem in report.problems:
        click.echo("\n".join(lines_of(problem)))
    if report.coverage is not None and with_coverage:
        _echo(_untried(report.coverage))
    _echo(_to_paste(report))
    remark = "# " if report.cases else ""  # so that all of it can be pasted
    if report.coverage is not None:
        click.echo(f"{remark}{_tried(report.coverage)}")
    click.echo(f"{remark}{_summary(report)}")


def _echo(lines: Iterable[str]) -> None:
    """A block of lines with an empty one behind, or nothing."""
    if text := "\n".join(lines):
        click.echo(f"{text}\n")


def _untried(coverage: Coverage) -> Iterator[str]:
    for aims in coverage.untried:
        yield f"{aims[0].place.mark}: in no test {aims[0].what}."


def _to_paste(report: _Report) -> Iterator[str]:
    """The tests of each file together, as they stand below its `tests:`, with that where the file has none yet."""
    cases, tested = report.cases or (), {trial.test.place.mark.file for trial in report.trials}
    for file in dict.fromkeys(case.file for case in cases):
        yield f"# {file}, below `tests:`" if file in tested else f"# {file}, at its end\ntests:"
        for case in cases:
            if case.file == file:
                yield from (f"  {line}" for line in case.text.splitlines())


def _tried(coverage: Coverage) -> str:
    tried = [f"{coverage.tried[sort]} of {count(coverage.total[sort], sort)}" for sort in coverage.total]
    return f"Tried: {', '.join(tried)}."


def _summary(report: _Report) -> str:
    if report.catalog is None:
        return f"{count(len(report.errors), 'error')}. The catalogue does not load, so no test was run."
    failed = f"{report.failed} failed" if report.failed else "all passed"
    return f"{count(len(report.trials), 'test')}: {failed}."


def _json(report: _Report, with_coverage: bool) -> None:
    found: dict[str, object] = {
        "loads": report.catalog is not None,
        "tests": len(report.trials),
        "failed": report.failed,
        "problems": [in_json(problem) for problem in report.problems],
    }
    coverage = report.coverage
    if coverage is not None:
        found["coverage"] = {
            sort: {"tried": coverage.tried[sort], "of": coverage.total[sort]} for sort in coverage.total
        }
    if coverage is not None and with_coverage:
        found["untried"] = [
            {"sort": aims[0].sort, **place_in_json(aims[0].place.mark), "what": aims[0].what}
            for aims in coverage.untried
        ]
    if report.cases is not None:
        found["suggested"] = [{"file": case.file, "yaml": case.text} for case in report.cases]
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _github(report: _Report, with_coverage: bool) -> None:
    for problem in report.problems:
        click.echo(annotation(problem))
    for aims in report.coverage.untried if report.coverage is not None and with_coverage else ():
        click.echo(annotated("notice", aims[0].place.mark, "untried", f"In no test {aims[0].what}."))
    for case in report.cases or ():
        click.echo(annotated("notice", Mark(case.file, 1, 1), "missing test", case.text))


_PRINTERS = {"human": _human, "json": _json, "github": _github}
