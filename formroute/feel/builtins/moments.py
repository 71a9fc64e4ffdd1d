"""10.3.4.6: dates and times."""

from datetime import date, datetime
from decimal import Decimal

from formroute.feel.builtins.tables import Table
from formroute.feel.comparing import same
from formroute.feel.iso import write_temporal
from formroute.feel.moments import DateTime, cycle_date, split
from formroute.feel.run import Run
from formroute.feel.values import Value, adopt, kind_of

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WRITTEN = frozenset({"date", "time", "date and time"})


def is_same(run: Run, value1: Value, value2: Value) -> bool:
    """Tell whether two values are the same element of the same domain, zones included."""
    kind = kind_of(value1)
    if kind != kind_of(value2):
        return False
    if kind in _WRITTEN and write_temporal(value1) != write_temporal(value2):
        return False
    return same(value1, value2, run)


def now(run: Run) -> datetime:
    """Give the moment of the evaluation; without a clock of its own it reads the system's once."""
    if run.now is None:
        run.now = datetime.now().astimezone()
    moment: datetime = adopt(run.now)
    return moment


def day_of_year(moment: DateTime) -> Decimal:
    """Count the days since the year began."""
    return Decimal(_same_date(moment).timetuple().tm_yday)


def day_of_week(moment: DateTime) -> str:
    """Name the weekday in English, as the standard does."""
    return _WEEKDAYS[_same_date(moment).weekday()]


def month_of_year(moment: DateTime) -> str:
    """Name the month in English, as the standard does."""
    return _MONTHS[_same_date(moment).month - 1]


def week_of_year(moment: DateTime) -> Decimal:
    """Give the week as ISO 8601 numbers it."""
    return Decimal(_same_date(moment).isocalendar().week)


def _same_date(moment: DateTime) -> date:
    return cycle_date(split(moment)[0])


FUNCTIONS: Table = {
    "day of year": day_of_year,
    "day of week": day_of_week,
    "month of year": month_of_year,
    "week of year": week_of_year,
}
RUN_FUNCTIONS: Table = {"is": is_same, "now": now, "today": lambda run: now(run).date()}
