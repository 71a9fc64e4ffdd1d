"""For machines that watch the site: whether it lives, whether it can take submissions, and its figures."""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Iterator

from flask import Response, abort, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from formroute.store import Store
from formroute.web.site.site import Site


class Health:
    """The views for monitors. They tell figures and no names of people, places or answers."""

    def __init__(self, site: Site, metrics_token: str | None) -> None:
        self._site = site
        self._token = metrics_token
        self._registry = CollectorRegistry()
        self._registry.register(Figures(site.store))

    def lives(self) -> Response:
        """200 as long as the process answers; asks nothing of the store."""
        return jsonify(status="ok")

    def ready(self) -> tuple[Response, int]:
        """200 when the store can be read, else 503."""
        try:
            self._site.store.now()
        except (SQLAlchemyError, OSError):
            return jsonify(status="the store cannot be read"), 503
        return jsonify(status="ready"), 200

    def metrics(self) -> Response:
        """The figures in Prometheus's text format, for who brings the token; 404 where none is set."""
        if self._token is None:
            abort(404)
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._token.encode()):
            abort(401)
        return Response(generate_latest(self._registry), content_type=CONTENT_TYPE_LATEST)


class Figures(Collector):
    """What the store counts, asked anew for each reader, so that every process tells the same."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing in advance: telling would ask the store."""
        yield from ()

    def _by_department(self) -> Iterator[tuple[str, str, int]]:
        """Residents and those who are only notified are counted together: an address is nobody's business here."""
        counted: Counter[tuple[str, str]] = Counter()
        for department, state, count in self._store.outbox.by_department():
            counted["residents" if not department else "notified" if "@" in department else department, state] += count
        yield from ((department, state, count) for (department, state), count in counted.items())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The three figures that add up to what was accepted, what waits by department, and for how long."""
        standing = self._store.outbox.standing()
        for name, counts in (("submissions", standing.submissions), ("deliveries", standing.deliveries)):
            figure = GaugeMetricFamily(
                f"formroute_{name}", f"The {name} that were accepted, by state.", labels=["state"]
            )
            for state in ("delivered", "pending", "dead"):
                figure.add_metric([state], getattr(counts, state))
            yield figure
            yield GaugeMetricFamily(f"formroute_{name}_accepted", f"All {name}.", value=counts.accepted)
        yield GaugeMetricFamily(
            "formroute_dismissed", "Dead deliveries that a person let rest.", value=standing.dismissed
        )
        waits = (self._store.now() - standing.oldest_pending).total_seconds() if standing.oldest_pending else 0.0
        yield GaugeMetricFamily(
            "formroute_oldest_pending_seconds", "For how long the oldest pending waits.", value=waits
        )
        figure = GaugeMetricFamily(
            "formroute_waiting", "Deliveries that are pending or dead, by department.", labels=["department", "state"]
        )
        for department, state, count in self._by_department():
            figure.add_metric([department, state], count)
        yield figure
