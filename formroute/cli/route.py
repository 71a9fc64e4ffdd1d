"""`formroute route`: where answers to a form go, and why they go nowhere else."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

import click

from formroute.catalog import Catalog
from formroute.cli.schemas_option import named, open_catalog
from formroute.cli.years import YEARS
from formroute.definitions import suggest
from formroute.definitions.markdown import as_text
from formroute.forms import Checked, Form
from formroute.forms.trial import posted
from formroute.messages import say
from formroute.records import Decision, Submission
from formroute.routing import Explanation, Reason
from formroute.routing.deciding.nearest_words import in_words
from formroute.routing.deciding.table import Route


@click.command()
@click.argument("schemas", type=click.Path(exists=True, file_okay=False, path_type=Path), default="schemas")
@click.option("--form", "form_id", required=True, metavar="NAME", help="The form that is filled in.")
@click.option(
    "--answers",
    type=click.File(encoding="utf-8"),
    required=True,
    help='A file with the answers in JSON, such as {"surface": "road"}; - reads standard input.',
)
@click.option("--received", metavar="MOMENT", help="When it was sent, such as '2026-03-07 23:15' (default: now).")
@click.option("--channel", metavar="NAME", default="web", show_default=True, help="The way it came in.")
@click.option(
    "--language",
    metavar="CODE",
    help="The language in which it was filled in and in which the reasons are told (default: the catalogue's first).",
)
@click.option(
    "--instead",
    metavar="ROUTE",
    help="Show which answers would have to change for this route to win; write table/route where two tables have it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the decision as JSON.")
def route(
    schemas: Path,
    form_id: str,
    answers: IO[str],
    received: str | None,
    channel: str,
    language: str | None,
    instead: str | None,
    as_json: bool,
) -> None:
    """Show where answers go by the routes in the folder SCHEMAS (`schemas` unless you name another), and why.

    For every route that lost it tells the first test that failed. Exits with 0 when the answers are
    routed, with 1 when the catalogue does not load or the form does not take them, and with 2 when it was
    called wrongly. What was proved of the folder is remembered in the folder FORMROUTE_CACHE, if set.
    """
    catalog = open_catalog(schemas)
    form = catalog.today(form_id) or _form(catalog, form_id)
    named(channel, catalog.router.settings.channels, "--channel", "channel")
    named(language or catalog.languages[0], catalog.languages, "--language", "language")
    moment = _moment(received, catalog.zone)
    raw = form.named_today(_object(answers))
    checked = form.check(posted(form, raw), now=moment, channel=channel, language=language)
    if objections := list(_objections(form, raw, checked, language or catalog.languages[0])):
        click.echo("\n".join(objections), err=True)
        sys.exit(1)
    submission = catalog.submission(form.id, checked.answers, received=moment, channel=channel, language=language)
    if instead is not None:
        click.echo("\n".join(_instead(catalog, submission, instead)))
        return
    decision = catalog.decision(submission)
    click.echo(
        _as_json(decision) if as_json else "\n".join(decision_told(catalog, submission, decision, submission.language))
    )


def _instead(catalog: Catalog, submission: Submission, name: str) -> Iterator[str]:
    """What would have to change for a route to win."""
    plan = catalog.router.plans[submission.form]
    routes = [route for asked in (plan.deciding, plan.adding) for route in asked.routes]
    _asked(catalog, submission.form, name, routes)
    meant = [route.full_name for route in routes if route.name == name]
    if len(meant) > 1:
        raise click.BadParameter(f"Several tables have '{name}': write {' or '.join(meant)}.", param_hint="--instead")
    return in_words(catalog.nearest(submission, name), plan.scope, submission.language)


def _asked(catalog: Catalog, form: str, name: str, routes: Sequence[Route]) -> None:
    """That the form is asked by a route of this name."""
    if any(name in (route.name, route.full_name) for route in routes):
        return
    for table in catalog.router.tables.values():
        for route in table.routes:
            if name in (route.name, route.full_name):
                raise click.BadParameter(f"{route.full_name} never sees the form {form}.", param_hint="--instead")
    named(name, [route.full_name if "/" in name else route.name for route in routes], "--instead", "route")


def _form(catalog: Catalog, form: str) -> Form:
    named(form, catalog.forms, "--form", "form")
    return catalog.forms[form]


def _moment(written: str | None, zone: ZoneInfo) -> datetime:
    """By the city's clocks unless an offset is written; the present moment when nothing is."""
    if written is None:
        return datetime.now(zone)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = None
    if moment is None or moment.year not in YEARS:
        raise click.BadParameter("Write it as '2026-03-07 23:15'.", param_hint="--received")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _object(answers: IO[str]) -> Mapping[str, Any]:
    try:
        found = json.load(answers)
    except (ValueError, RecursionError) as error:
        raise click.BadParameter(
            f'This is not JSON: {error}. Write it such as {{"surface": "road"}}.', param_hint="--answers"
        ) from None
    if not isinstance(found, dict):
        raise click.BadParameter(
            'Write a JSON object, names of questions with answers: {"surface": "road"}.', param_hint="--answers"
        )
    return found


def _objections(form: Form, raw: Mapping[str, Any], checked: Checked, language: str) -> Iterator[str]:
    """Why these answers are never sent."""
    asked = [name for name, field in form.fields.items() if field.kind.asks]
    for name in raw.keys() - set(asked):
        near = suggest(name, asked)
        meant = " " + say(language, "Did you mean `{name}`?", name=near) if near else ""
        yield f"{name}: {say(language, '{form} has no such question.', form=form.id)}{meant}"
    for error in checked.errors:
        yield f"{error.field}: {error.say(language)}"
    if checked.stopped is not None:
        yield f"{checked.stopped}: {say(language, 'this notice stops the form, so nothing is sent.')}"


def _as_json(decision: Decision) -> str:
    found = {
        "route": decision.route,
        "send_to": decision.send_to,
        "copy_to": decision.copy_to,
        "priority": decision.priority,
        "due": decision.due and decision.due.isoformat(),
        "tags": decision.tags,
        "set": decision.values,
        "notify": decision.notify,
        "trace": [
            {"table": step.table, "route": step.route, "test": step.test, "met": step.met} for step in decision.trace
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def decision_told(catalog: Catalog, submission: Submission, decision: Decision, language: str) -> Iterator[str]:
    """The decision and its reasons in a language, a line for each."""
    explanation = catalog.explain(submission, decision, language)
    for title, value in _outcome(catalog, decision, explanation, language):
        yield say(language, "{title}: {text}", title=say(language, title), text=value)
    yield from _reasons(language, "Why", [explanation.winner] if explanation.winner else [])
    yield from _reasons(language, "Added by", explanation.added)
    yield from _reasons(language, "Why not", explanation.lost)


def _outcome(
    catalog: Catalog, decision: Decision, explanation: Explanation, language: str
) -> Iterator[tuple[str, str]]:
    yield "Sent to", _department(catalog, decision.send_to, language)
    if decision.copy_to:
        yield "Copies to", ", ".join(_department(catalog, one, language) for one in decision.copy_to)
    if decision.priority:
        yield "Priority", say(language, decision.priority)
    if explanation.due:
        yield "Due", explanation.due
    if decision.tags:
        yield "Tags", ", ".join(decision.tags)
    if decision.values:
        yield "Set", ", ".join(f"{name}: {value}" for name, value in decision.values.items())
    if decision.notify:
        yield "Notified", ", ".join(decision.notify)
    for notice in decision.notices:
        yield "Notice", as_text(notice)


def _department(catalog: Catalog, department: str, language: str) -> str:
    return f"{catalog.departments[department].name.inside(language)} ({department})"


def _reasons(language: str, title: str, reasons: Sequence[Reason]) -> Iterator[str]:
    """A block of aligned lines, or none."""
    width = max((len(_name(reason)) for reason in reasons), default=0)
    if reasons:
        yield "\n" + say(language, "{title}:", title=say(language, title))
    for reason in reasons:
        yield f"  {_name(reason):{width}}  {reason.words}"


def _name(reason: Reason) -> str:
    return f"{reason.table}/{reason.route}"
