"""The tables of the store, as the newest release makes them.

Answers are JSON as the API shows them, so that a report in SQL can read them; `types` beside them says
which of them are dates, decimals, places and files. Personal answers have a table of their own, so that whoever
makes reports need not be let near them. An erased submission leaves its row behind, without content.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
)

from formroute.store.dialect import Characters, Instant

metadata = MetaData()
Number = BigInteger().with_variant(Integer, "sqlite")

schema = Table(
    "schema_version",
    metadata,
    Column("version", Integer, nullable=False),
)

definitions = Table(
    "definitions",
    metadata,
    Column("form", Characters, nullable=False),
    Column("version", Characters, nullable=False),
    Column("definition", Characters, nullable=False),
    PrimaryKeyConstraint("form", "version"),
)

submissions = Table(
    "submissions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("reference", Characters, nullable=False, unique=True),
    Column("form_token", Characters, nullable=False, unique=True),
    Column("form", Characters, nullable=False),
    Column("version", Characters, nullable=False),
    Column("channel", Characters, nullable=False),
    Column("language", Characters, nullable=False),
    Column("received", Instant, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("types", JSON, nullable=False),
    Column("decision", JSON, nullable=False),
    Column("department", Characters, nullable=False),
    Column("destinations", Integer, nullable=False),
    Column("erased", Instant),
    Column("status", Characters, nullable=False),
    Column("due", Instant),
    ForeignKeyConstraint(["form", "version"], ["definitions.form", "definitions.version"]),
    Index("submissions_by_form", "form", "erased", "id"),
    Index("submissions_by_moment", "received"),
    Index("submissions_by_destinations", "destinations"),
    Index("submissions_by_status", "status", "id"),
    Index("submissions_by_due", "status", "due"),
    Index("submissions_by_reference", "reference", postgresql_ops={"reference": "text_pattern_ops"}).ddl_if(
        "postgresql"
    ),
)

private_answers = Table(
    "private_answers",
    metadata,
    Column("submission", ForeignKey("submissions.id"), primary_key=True, autoincrement=False),
    Column("answers", JSON, nullable=False),
    Column("types", JSON, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Number, primary_key=True),
    Column("submission", ForeignKey("submissions.id"), nullable=False),
    Column("key", Characters, nullable=False, unique=True),
    Column("department", Characters, nullable=False),
    Column("handler", Characters, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("address", Characters, nullable=False),
    Column("state", Characters, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("holder", Characters),
    Column("payload", LargeBinary),
    Column("cause", Characters, nullable=False),
    Column("fix", Characters, nullable=False),
    Column("settled", Instant),
    Column("dismissed", Instant),
    Index("outbox_due", "state", "next_at", "id"),
    Index("outbox_by_address", "state", "address", "next_at", "id"),
    Index("outbox_by_state", "state", "submission"),
    Index("outbox_of_submission", "submission", "state"),
    Index("outbox_by_department", "department", "submission", "handler"),
)

events = Table(
    "events",
    metadata,
    Column("id", Number, primary_key=True),
    Column("submission", ForeignKey("submissions.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", Characters, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("position", BigInteger),
    Column("salt", Characters),
    Column("commitment", Characters),
    Column("digest", Characters),
    Index("events_of_submission", "submission"),
    Index("events_by_position", "position", unique=True),
)

uploads = Table(
    "uploads",
    metadata,
    Column("token", Characters, primary_key=True),
    Column("filename", Characters, nullable=False),
    Column("media_type", Characters),
    Column("size", BigInteger),
    Column("sha256", Characters),
    Column("submission", ForeignKey("submissions.id")),
    Column("expires", Instant, nullable=False),
    Index("uploads_of_submission", "submission", "expires"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", Characters, primary_key=True),
    Column("password", Characters, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Instant),
)

circuits = Table(
    "circuits",
    metadata,
    Column("address", Characters, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("open_until", Instant, nullable=False),
    Column("probed_until", Instant, nullable=False),
    Column("free_at", Instant, nullable=False),
)

errands = Table(
    "errands",
    metadata,
    Column("name", Characters, primary_key=True),
    Column("taken", Instant, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Characters, primary_key=True),
    Column("form", Characters, nullable=False),
    Column("session", Characters, nullable=False),
    Column("raw", JSON, nullable=False),
    Column("updated", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Index("drafts_by_expiry", "expires"),
)

draft_links = Table(
    "draft_links",
    metadata,
    Column("id", Number, primary_key=True),
    Column("digest", Characters, nullable=False, unique=True),
    Column("nonce", Characters, nullable=False),
    Column("draft", Characters, nullable=False),
    Column("form", Characters, nullable=False),
    Column("page", Characters, nullable=False),
    Column("language", Characters, nullable=False),
    Column("address", Characters, nullable=False),
    Column("made", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Column("state", Characters, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
    Column("holder", Characters),
    Column("cause", Characters, nullable=False),
    Column("fix", Characters, nullable=False),
    Index("draft_links_due", "state", "next_at", "id"),
    Index("draft_links_of_draft", "draft"),
    Index("draft_links_by_expiry", "expires"),
)

draft_letters = Table(
    "draft_letters",
    metadata,
    Column("recipient", Characters, nullable=False),
    Column("made", Instant, nullable=False),
    Index("draft_letters_by_recipient", "recipient", "made"),
)

draft_sessions = Table(
    "draft_sessions",
    metadata,
    Column("draft", Characters, nullable=False),
    Column("session", Characters, nullable=False),
    PrimaryKeyConstraint("draft", "session"),
)
