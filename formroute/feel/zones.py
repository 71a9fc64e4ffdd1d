"""Time zones: `Z`, `+05:30`, `@Europe/Paris`."""

import datetime
import re
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)
_REGION = re.compile(r"@[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z][A-Za-z0-9_+-]*)*", re.ASCII)
_MOST = datetime.timedelta(hours=18)


def read_zone(text: str) -> datetime.tzinfo:
    """Read a zone as it stands after a time; one that does not exist is a ValueError."""
    if text == "Z":
        return datetime.UTC
    if text.startswith("@"):
        return _region(text)
    match = _OFFSET.fullmatch(text)
    if match is None:
        raise ValueError
    sign, hours, minutes, seconds = match.groups("0")
    return offset_zone(int(f"{sign}1") * (int(hours) * 3600 + _sixty(minutes) * 60 + _sixty(seconds)))


def write_zone(zone: datetime.tzinfo | None) -> str:
    """Write a zone as it stands after a time."""
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo) and zone.key:
        return f"@{zone.key}"
    seconds = offset_seconds(zone, datetime.datetime(2000, 1, 1))
    if not seconds:
        return "Z"
    minutes, second = divmod(abs(seconds), 60)
    written = f"{'-' if seconds < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{written}:{second:02}" if second else written


def offset_zone(seconds: int) -> datetime.tzinfo:
    """Give the zone so far ahead of UTC, at most 18 hours; farther is a ValueError."""
    offset = datetime.timedelta(seconds=seconds)
    if abs(offset) > _MOST:
        raise ValueError
    return datetime.timezone(offset) if offset else datetime.UTC


def offset_seconds(zone: datetime.tzinfo, local: datetime.datetime) -> int:
    """Give the seconds a zone is ahead of UTC when its clocks show a moment."""
    offset = zone.utcoffset(local.replace(tzinfo=zone))
    return round(offset.total_seconds()) if offset is not None else 0


def region_name(zone: datetime.tzinfo | None) -> str | None:
    """Give the name of a zone that is a region."""
    return zone.key if isinstance(zone, ZoneInfo) else None


@lru_cache(maxsize=1000)
def _region(text: str) -> ZoneInfo:
    if not _REGION.fullmatch(text) or len(text) > 64:
        raise ValueError
    try:
        return ZoneInfo(text[1:])
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError from None


def _sixty(digits: str) -> int:
    if int(digits) >= 60:
        raise ValueError
    return int(digits)
