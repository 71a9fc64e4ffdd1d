"""No pauses: an address that failed may be tried again at once, so that stories of faults are short."""

from datetime import timedelta

from formroute.delivery.circuit import Pauses

NO_PAUSES = Pauses(timedelta(0), timedelta(0))
