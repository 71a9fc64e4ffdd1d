"""Durations: years and months, which Python lacks, and days and time, Python's `timedelta`."""

import re
from dataclasses import dataclass
from datetime import timedelta

_YEARS_MONTHS = re.compile(r"(-)?P(?:(\d{1,12})Y)?(?:(\d{1,12})M)?", re.ASCII)
_DAYS_TIME = re.compile(
    r"(-)?P(?:(\d{1,12})D)?(?:T(?:(\d{1,12})H)?(?:(\d{1,12})M)?(?:(\d{1,12})(?:\.(\d*))?S)?)?", re.ASCII
)
_MOST_MONTHS = 12 * 1_000_000_000


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A duration of years and months; `total` counts months and may be negative."""

    total: int

    @property
    def years(self) -> int:
        """Whole years, negative in a negative duration."""
        return abs(self.total) // 12 * (1 if self.total > 0 else -1)

    @property
    def months(self) -> int:
        """Months beyond the whole years, -11 to 11."""
        return self.total - 12 * self.years

    def __str__(self) -> str:
        return write_duration(self)


Duration = YearsMonths | timedelta


def read_duration(text: str) -> Duration:
    """Read `P1Y2M` or `P1DT2H`; anything else is a ValueError."""
    if len(text) < 3 or text.endswith("T"):
        raise ValueError
    if match := _YEARS_MONTHS.fullmatch(text):
        sign, years, months = match.groups("0")
        return years_months((int(years) * 12 + int(months)) * (-1 if sign == "-" else 1))
    if match := _DAYS_TIME.fullmatch(text):
        return _days_time(*match.groups("0"))
    raise ValueError


def years_months(total: int) -> YearsMonths:
    """Make a duration of so many months; one beyond a thousand million years is a ValueError."""
    if abs(total) > _MOST_MONTHS:
        raise ValueError
    return YearsMonths(total)


def write_duration(duration: Duration) -> str:
    """Write a duration as the standard does: `P1Y2M`, `-P3DT4H5M6.7S`, `PT0S`, `P0M`."""
    if isinstance(duration, YearsMonths):
        return _write_months(duration.total)
    sign = "-" if duration < timedelta(0) else ""
    rest = abs(duration)
    minutes, seconds = divmod(rest.seconds, 60)
    fraction = f".{rest.microseconds:06}".rstrip("0") if rest.microseconds else ""
    day = f"{rest.days}D" if rest.days else ""
    time = _parts((minutes // 60, "H"), (minutes % 60, "M"))
    if seconds or fraction:
        time += f"{seconds}{fraction}S"
    return f"{sign}P{day}T{time}" if time else f"{sign}P{day or 'T0S'}"


def _write_months(total: int) -> str:
    sign = "-" if total < 0 else ""
    return f"{sign}P{_parts((abs(total) // 12, 'Y'), (abs(total) % 12, 'M')) or '0M'}"


def _parts(*counts: tuple[int, str]) -> str:
    return "".join(f"{count}{unit}" for count, unit in counts if count)


def _days_time(sign: str, days: str, hours: str, minutes: str, seconds: str, fraction: str) -> timedelta:
    micro = int(fraction[:6].ljust(6, "0"))
    try:
        duration = timedelta(int(days), int(seconds), micro, minutes=int(minutes), hours=int(hours))
    except OverflowError:
        raise ValueError from None
    return -duration if sign == "-" else duration
