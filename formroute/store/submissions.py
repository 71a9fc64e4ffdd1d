"""Writing and reading submissions, each within the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select

from formroute.records import Decision, Status, Submission, to_json
from formroute.store.answers import decision_from_json, decision_to_json, joined, part, restore, types_of
from formroute.store.case import Case
from formroute.store.chain import content_digest
from formroute.store.deliveries import Delivery
from formroute.store.delivery_rows import deliveries_of, enqueue
from formroute.store.dialect import insert_unless_there
from formroute.store.events import Event, events_of, record
from formroute.store.statuses import status_of
from formroute.store.tables import definitions, private_answers, submissions
from formroute.store.uploads import bind, tokens_of


@dataclass(frozen=True, slots=True)
class Accepted:
    """A submission that is in the store for good."""

    reference: str
    form: str
    received: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """All that is known of one submission; answers are canonical again, `definition` is the form it saw."""

    reference: str
    submission: Submission
    decision: Decision
    deliveries: tuple[Delivery, ...]
    events: tuple[Event, ...]
    definition: str

    @property
    def status(self) -> Status:
        """How far it is, as its department says."""
        return status_of(self.events)


def write(connection: Connection, case: Case, reference: str, now: ColumnElement[datetime]) -> int | None:
    """Write a case with all that belongs to it; None, and no row of it, when its token was used before."""
    submission = case.submission
    seen = {"form": submission.form, "version": submission.version, "definition": case.definition}
    insert_unless_there(connection, definitions, seen)
    public, personal = part(submission.answers, case.private)
    row = {**_facts(submission), **public, **_routed(case.decision), "destinations": len(case.destinations)}
    if not insert_unless_there(connection, submissions, {**row, "reference": reference, "form_token": case.token}):
        return None
    number: int = connection.scalars(select(submissions.c.id).where(submissions.c.reference == reference)).one()
    if personal["answers"]:
        connection.execute(insert(private_answers).values(submission=number, **personal))
    bind(connection, tokens_of(submission.answers), number)
    enqueue(connection, number, reference, case.destinations, now)
    _record(connection, number, submission, case.decision)
    return number


def _record(connection: Connection, number: int, submission: Submission, decision: Decision) -> None:
    content = content_digest(to_json(submission.answers), types_of(submission.answers), decision_to_json(decision))
    moment = submission.received
    record(connection, number, moment, "received", {"channel": submission.channel, "content": content})
    record(connection, number, moment, "routed", {"route": decision.route, "send_to": decision.send_to})


def is_reused(connection: Connection, key: str, token: str) -> bool:
    """Whether a form token `key.…` other than `token` is known; tokens are hexadecimal, so `/` follows the dot."""
    token_ = submissions.c.form_token
    others = (token_ >= f"{key}.") & (token_ < f"{key}/") & (token_ != token)
    return connection.execute(select(submissions.c.id).where(others).limit(1)).first() is not None


def by_token(connection: Connection, token: str) -> Accepted | None:
    """What was accepted with a form token."""
    columns = (submissions.c.reference, submissions.c.form, submissions.c.received)
    row = connection.execute(select(*columns).where(submissions.c.form_token == token)).first()
    return row and Accepted(*row)


def find(connection: Connection, reference: str) -> Stored | None:
    """A submission with its deliveries and events."""
    columns = (
        submissions,
        private_answers.c.answers.label("personal"),
        private_answers.c.types.label("personal_types"),
    )
    chosen = (submissions.c.reference == reference) & submissions.c.erased.is_(None)
    row = connection.execute(select(*columns).outerjoin_from(submissions, private_answers).where(chosen)).first()
    if row is None:
        return None
    return Stored(
        reference,
        _submission(row),
        decision_from_json(row.decision),
        deliveries_of(connection, row.id),
        events_of(connection, row.id),
        definition(connection, row.form, row.version) or "",
    )


def forms(connection: Connection) -> tuple[str, ...]:
    """The names of all forms that were ever sent."""
    return tuple(connection.scalars(select(definitions.c.form).distinct().order_by(definitions.c.form)))


def versions(connection: Connection, form: str) -> tuple[str, ...]:
    """The stored texts of all versions of a form."""
    return tuple(connection.scalars(select(definitions.c.definition).where(definitions.c.form == form)))


def definition(connection: Connection, form: str, version: str) -> str | None:
    """The stored text of one version of a form."""
    known = (definitions.c.form == form) & (definitions.c.version == version)
    return connection.scalars(select(definitions.c.definition).where(known)).first()


def _facts(submission: Submission) -> dict[str, object]:
    return {
        "form": submission.form,
        "version": submission.version,
        "channel": submission.channel,
        "language": submission.language,
        "received": submission.received,
        "status": Status.RECEIVED,
    }


def _routed(decision: Decision) -> dict[str, object]:
    return {"decision": decision_to_json(decision), "department": decision.send_to, "due": decision.due}


def _submission(row: Row[Any]) -> Submission:
    answers = restore(*joined(row.answers, row.types, row.personal, row.personal_types))
    return Submission(row.form, row.version, answers, row.channel, row.language, row.received)
