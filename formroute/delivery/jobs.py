"""Deliveries as jobs of procrastinate on PostgreSQL (`formroute[procrastinate]`).

The outbox stays what is true; a job only wakes a worker when something is due. A trigger writes the job in the
transaction that writes or reschedules the delivery, so neither is ever there without the other. A job that is lost with
its worker loses nothing: once a minute everything due is looked for without any job.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal

from procrastinate import App, PsycopgConnector
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, inspect, make_url, text

from formroute.delivery.worker import Worker
from formroute.store import Store
from formroute.store.dialect import SCHEMA_LOCK, alone

QUEUE = "formroute"
DELIVER = "formroute.deliver"
TEND = "formroute.tend"

_TRIGGER = f"""
CREATE OR REPLACE FUNCTION formroute_defer_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM procrastinate_defer_jobs_v1(ARRAY[ROW(
        '{QUEUE}', '{DELIVER}', 0, NULL, NULL, '{{}}'::jsonb, to_timestamp(NEW.next_at / 1000000.0)
    )]::procrastinate_job_to_defer_v1[]);
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER formroute_defer_delivery AFTER INSERT OR UPDATE ON outbox
    FOR EACH ROW WHEN (NEW.state = 'pending' AND NEW.holder IS NULL) EXECUTE FUNCTION formroute_defer_delivery();
CREATE OR REPLACE TRIGGER formroute_defer_letter AFTER INSERT OR UPDATE ON draft_links
    FOR EACH ROW WHEN (NEW.state = 'pending' AND NEW.holder IS NULL) EXECUTE FUNCTION formroute_defer_delivery();
"""


def install(store: Store) -> None:
    """Make procrastinate's tables unless they are there, and the trigger; what waits already is delivered too.

    Raises ValueError for a store that is not on PostgreSQL.
    """
    if store.database.engine.dialect.name != "postgresql":
        raise ValueError("Jobs need a store on PostgreSQL.")
    with store.database.writing() as connection:
        alone(connection, SCHEMA_LOCK)
        if not inspect(connection).has_table("procrastinate_jobs"):
            _run(connection, SchemaManager.get_schema())
        _run(connection, _TRIGGER)


def uninstall(store: Store) -> None:
    """Defer no more jobs; procrastinate's tables stay."""
    with store.database.writing() as connection:
        connection.execute(text("DROP TRIGGER IF EXISTS formroute_defer_delivery ON outbox"))
        connection.execute(text("DROP TRIGGER IF EXISTS formroute_defer_letter ON draft_links"))


def job_app(store: Store, worker: Worker) -> App:
    """The procrastinate app whose worker delivers, one delivery at a time."""
    address = make_url(store.database.engine.url).set(drivername="postgresql")
    app = App(connector=PsycopgConnector(conninfo=address.render_as_string(hide_password=False)))

    @app.task(name=DELIVER, queue=QUEUE)
    def deliver() -> None:
        worker.deliver_one()

    @app.periodic(cron="* * * * *")
    @app.task(name=TEND, queue=QUEUE, queueing_lock=TEND)
    def tend(timestamp: int) -> None:  # noqa: ARG001  procrastinate's
        worker.deliver_due()
        worker.tend()

    return app


def run_jobs(store: Store, worker: Worker, *, wait: bool = True) -> None:
    """Work until SIGINT or SIGTERM, finishing the delivery at hand; with `wait=False`, until no job is due.

    procrastinate's own signal handlers would finish the job at hand, which may be everything that is due.
    """
    asyncio.run(_work(job_app(store, worker), worker, wait))


async def _work(app: App, worker: Worker, wait: bool) -> None:
    async with app.open_async():
        working = asyncio.create_task(
            app.run_worker_async(
                queues=[QUEUE], concurrency=1, wait=wait, delete_jobs="always", install_signal_handlers=False
            )
        )

        def stop() -> None:
            worker.stop()
            working.cancel()  # it fetches no other job, and is not over before the one at hand is

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop)
        with contextlib.suppress(asyncio.CancelledError):
            await working


def _run(connection: Connection, statements: str) -> None:
    """Several statements at once, which a prepared one could not be."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(statements)
    finally:
        cursor.close()
