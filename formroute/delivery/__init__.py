"""Delivery: every accepted submission reaches its departments, or somebody is told why not."""

from collections.abc import Mapping

from formroute.delivery.desk import Desk
from formroute.delivery.digest import Digest
from formroute.delivery.email import SET_A_SERVER, Email, Notice, Post, ToResident
from formroute.delivery.handler import Handler
from formroute.delivery.installed import installed_handlers
from formroute.delivery.message import Line, Message, compose
from formroute.delivery.result import Failed, NotConfiguredError, Result, Sent
from formroute.delivery.retention import Retention
from formroute.delivery.retry import PLAN, Plan, next_step
from formroute.delivery.webhook import Webhook
from formroute.delivery.worker import Worker
from formroute.store import Store

__all__ = [
    "PLAN",
    "SET_A_SERVER",
    "Desk",
    "Digest",
    "Email",
    "Failed",
    "Handler",
    "Line",
    "Message",
    "NotConfiguredError",
    "Notice",
    "Plan",
    "Post",
    "Result",
    "Retention",
    "Sent",
    "ToResident",
    "Webhook",
    "Worker",
    "compose",
    "next_step",
    "standard_handlers",
]


def standard_handlers(store: Store, environment: Mapping[str, str]) -> dict[str, Handler]:
    """The handlers that formroute brings and those that are installed, by the names that destinations know them by."""
    post = Post.beside(store, environment)
    to_resident = ToResident(post, lambda: store.key)
    return {
        **installed_handlers(environment),
        "desk": Desk(),
        "email": Email(post, store.uploads.open),
        "webhook": Webhook(environment),
        "notice": Notice(post),
        "acknowledgement": to_resident,
        "news": to_resident,
    }
