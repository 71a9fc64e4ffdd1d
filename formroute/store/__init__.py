"""The store: what was accepted, what must still be delivered, and what is not sent yet."""

from formroute.store.backup import BackupError, Packed, back_up, unpack
from formroute.store.case import Case
from formroute.store.chain import Audit, Seal
from formroute.store.deliveries import Dead, Delivered, Delivery, Outcome, RetryAt, State
from formroute.store.drafts import KEEP, Draft
from formroute.store.erasures import Due, UndeliveredError
from formroute.store.events import Event
from formroute.store.links import DraftLetter, Lead
from formroute.store.opening import NoStoreError, StoreError, StoreTooNewError
from formroute.store.outbox import LEASE
from formroute.store.references import ReferenceTakenError, UnknownReferenceError
from formroute.store.scanner import Clamd, Scanner
from formroute.store.search import Search, Summary
from formroute.store.standing import Counts, Standing
from formroute.store.statuses import Late, Overdue
from formroute.store.store import Store
from formroute.store.submissions import Accepted, Stored
from formroute.store.uploads import UploadGoneError, UploadTooLargeError

__all__ = [
    "KEEP",
    "LEASE",
    "Accepted",
    "Audit",
    "BackupError",
    "Case",
    "Clamd",
    "Counts",
    "Dead",
    "Delivered",
    "Delivery",
    "Draft",
    "DraftLetter",
    "Due",
    "Event",
    "Late",
    "Lead",
    "NoStoreError",
    "Outcome",
    "Overdue",
    "Packed",
    "ReferenceTakenError",
    "RetryAt",
    "Scanner",
    "Seal",
    "Search",
    "Standing",
    "State",
    "Store",
    "StoreError",
    "StoreTooNewError",
    "Stored",
    "Summary",
    "UndeliveredError",
    "UnknownReferenceError",
    "UploadGoneError",
    "UploadTooLargeError",
    "back_up",
    "unpack",
]
