"""Days and instants made to order: the search for a date by its place in the calendar, its age and its weekday."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import TypeVar

from formroute.conditions.answers.wanted import NoAnswer, Wanted, fits, line
from formroute.conditions.axes.aspects import Age, Aspect, Day
from formroute.conditions.axes.formerly import Formerly, days_around
from formroute.conditions.axes.moments import Moment
from formroute.conditions.axes.sets import EVERYWHERE, AnswerSet, Cut, Piece, Spans

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
_CALENDAR = Spans.between(_FIRST, _LAST).on_grid(0)
_MOST_DAYS = 800
_HORIZON = 50 * 366
"""So many days are looked at where holidays and hours of work count, when those of one kind are tried but once."""

_WHOLE_DAY = 24 * 3600
_A_DAY = date(2026, 6, 3)

Made = TypeVar("Made")


def sample_day(wanted: Wanted, moment: Moment) -> date | NoAnswer:
    """A wanted day, as near to today as can be."""
    found = next(_made(_days(wanted, moment), wanted, lambda day: day if fits(day, wanted, moment) else None), None)
    return _none(wanted, moment) if found is None else found


def sample_instant(wanted: Wanted, moment: Moment) -> datetime | NoAnswer:
    """A wanted day and time, naive, in the city's time."""
    found = next(_made(_days(wanted, moment), wanted, lambda day: _instant(wanted, day, moment)), None)
    return _none(wanted, moment) if found is None else found.replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Todays:
    """The days that can be today, and other zones from whose today some dates are seen besides."""

    days: Spans
    zones: Sequence[tzinfo] = ()


def possible_todays(now: Wanted, dated: Sequence[Wanted]) -> Todays:
    """The days that can be today: `now` says what is wanted of the present moment, `dated` of days seen from it."""
    today = _on_calendar(now)
    for wanted in dated:
        today &= _todays(wanted)
    zones = (zone for wanted in dated for aspect in wanted if (zone := _zone(aspect)) is not None)
    return Todays(today & _CALENDAR, list(dict.fromkeys(zones)))


def moments(now: Wanted, todays: Todays, near: Moment) -> Iterator[Moment]:
    """Moments that can be the present one, on days of `todays` around `near`."""
    days = map(date.fromordinal, _nearest(todays.days, near.today.toordinal()))
    for instants in _made(days, now, lambda day: list(_todays_instants(now, todays.zones, day, near)) or None):
        yield from (Moment(instant, near.facts) for instant in instants)


def _todays_instants(now: Wanted, zones: Sequence[tzinfo], day: date, near: Moment) -> Iterator[datetime]:
    """A wanted time of a day and, where dates are seen from other zones besides, one of each of their days."""
    midnights = [datetime.combine(one, time(), zone) for zone in zones for one in days_around(day)]
    found = _instants(now, day, near, midnights)
    return found if zones else itertools.islice(found, 1)


def all_looked_at(todays: Todays, now: Wanted, dated: Iterable[Wanted], near: Moment) -> bool:
    """Whether `moments` tries every day or as good as every day, because nothing but weekdays matters or, where no
    date has to lie so and so from today, nothing but weekdays, holidays and hours of work; or whether those alone
    leave no moment."""
    dated = list(dated)
    if any(_is_never(wanted, near) for wanted in dated):
        return True
    if _are_few(map(date.fromordinal, _nearest(todays.days, _FIRST))) or (not dated and _recurs(now)):
        return True
    recurring = {aspect: accepts for aspect, accepts in now.items() if _recurs((aspect,))}
    if next(moments(recurring, possible_todays(recurring, ()), near), None) is None:
        return True
    return not any(_names_days(aspect, accepts) for wanted in (now, *dated) for aspect, accepts in wanted.items())


def _is_never(wanted: Wanted, near: Moment) -> bool:
    """Whether no day is wanted, whichever is today."""
    recurring = {aspect: accepts for aspect, accepts in wanted.items() if aspect.names_days and _recurs((aspect,))}
    return bool(recurring) and sample_day(recurring, near) == NoAnswer(certain=True)


def _made(days: Iterable[date], wanted: Wanted, make: Callable[[date], Made | None]) -> Iterator[Made]:
    """What can be made of one day after another; where it was nothing, days of the same kind are not tried again."""
    hopeless: set[Hashable] = set()
    horizon = _HORIZON if any(aspect.names_days for aspect in wanted) else _MOST_DAYS
    kinds = ((day, _kind(day, wanted)) for day in itertools.islice(days, horizon))
    for day, kind in itertools.islice((one for one in kinds if one[1] not in hopeless), _MOST_DAYS):
        made = make(day)
        if made is None:
            hopeless.add(kind)
        else:
            yield made


def _kind(day: date, wanted: Wanted) -> Hashable:
    return day.weekday(), *(aspect.kind_of(day) for aspect in wanted)


def _are_few(days: Iterator[date]) -> bool:
    return next(itertools.islice(days, _MOST_DAYS, None), None) is None


def _recurs(aspects: Iterable[Aspect]) -> bool:
    """Whether days come in so few kinds that every kind is tried."""
    return all(aspect.kind_of(_A_DAY) != _A_DAY for aspect in aspects)


def _names_days(aspect: Aspect, accepts: AnswerSet) -> bool:
    return aspect.names_days or (isinstance(aspect, Day) and accepts != EVERYWHERE)


def sample_time(clock: AnswerSet) -> time:
    """The earliest time of day in a set of seconds."""
    return _time(min(second for second in _starts(clock) if second in clock))


def _days(wanted: Wanted, moment: Moment) -> Iterator[date]:
    days = _days_seen_from(wanted, moment)
    return map(date.fromordinal, _nearest(days, moment.today.toordinal()))


def _none(wanted: Wanted, moment: Moment) -> NoAnswer:
    return NoAnswer(certain=_recurs(wanted) or _are_few(_days(wanted, moment)))


def _instant(wanted: Wanted, day: date, moment: Moment) -> datetime | None:
    return next(_instants(wanted, day, moment), None)


def _instants(wanted: Wanted, day: date, moment: Moment, others: Iterable[datetime] = ()) -> Iterator[datetime]:
    """Wanted times of the day, one of each stretch: what is wanted changes only where a stretch of time or working
    hours begin or end, and something else at `others`."""
    zone = moment.now.tzinfo
    edges = (edge for aspect, accepts in wanted.items() for edge in _edges(aspect, accepts, day, zone))
    own = [datetime.combine(day, moment.now.time(), zone), datetime.combine(day, time(), zone)]
    begun = (other.astimezone(zone) for other in others)
    for instant in dict.fromkeys(map(_existing, itertools.chain(own, edges, begun))):
        if instant.date() == day and fits(instant, wanted, Moment(instant, moment.facts)):
            yield instant


def _edges(aspect: Aspect, accepts: AnswerSet, day: date, zone: tzinfo | None) -> Iterator[datetime]:
    """When on this day, or about then, an aspect may change; another zone's days begin at other times."""
    there = _zone(aspect)
    for one in (day,) if there is None else days_around(day):
        for at in (*map(_time, _starts(accepts)), time(), *aspect.turns(one)):
            edge = datetime.combine(one, at, there or zone)
            yield edge if there is None else edge.astimezone(zone)


def _existing(local: datetime) -> datetime:
    """The same moment by a clock that is not in the gap of a change to summer time."""
    return local if local.tzinfo is None else local.astimezone(UTC).astimezone(local.tzinfo)


def _days_seen_from(wanted: Wanted, moment: Moment) -> Spans:
    """The days whose place in the calendar and whose age are wanted, by their ordinals."""
    days = _on_calendar(wanted) & _CALENDAR
    for aspect in wanted:
        if isinstance(_plain(aspect), Age):
            zone = _zone(aspect)
            today = (moment if zone is None else moment.by(zone)).today.toordinal()
            days &= _union(_shifted(piece, today) for piece in _before_today(wanted[aspect]))
    return days


@lru_cache(1024)
def _before_today(ages: AnswerSet) -> Sequence[Piece]:
    """Days of these ages, counted from today."""
    return [_mirrored(piece) for piece in Spans.narrowed(ages).on_grid(0).pieces()]


def _on_calendar(wanted: Wanted) -> Spans:
    """The days whose place in the calendar is wanted; by the clocks of another zone it may be the one beside it."""
    days = line(wanted, Day())
    for aspect in wanted:
        if isinstance(_plain(aspect), Day) and aspect != Day():
            beside = (-1, 0, 1)
            days &= _union(_shifted(piece, by) for piece in line(wanted, aspect).pieces() for by in beside)
    return days


def _plain(aspect: Aspect) -> Aspect:
    return aspect.aspect if isinstance(aspect, Formerly) else aspect


def _zone(aspect: Aspect) -> tzinfo | None:
    """The other zone by whose clocks it looks, if any."""
    return aspect.zone if isinstance(aspect, Formerly) else None


def _todays(wanted: Wanted) -> Spans:
    """Every day that can be today: the sums of a wanted day and a wanted age."""
    pairs = itertools.product(line(wanted, Day()).pieces(), line(wanted, Age()).pieces())
    return _union(_sum(day, age) for day, age in pairs)


def _nearest(days: Spans, today: int) -> Iterator[int]:
    """The days in the set, from `today` outwards."""
    if today in days:
        yield today
    pieces = list(days.pieces())
    later = itertools.chain.from_iterable(_upwards(piece, today) for piece in pieces)
    earlier = itertools.chain.from_iterable(_downwards(piece, today) for piece in reversed(pieces))
    for pair in itertools.zip_longest(later, earlier):
        yield from (day for day in pair if day is not None)


def _upwards(piece: Piece, today: int) -> Iterable[int]:
    low = _FIRST if piece.low is None else int(piece.low.at)
    high = _LAST + 1 if piece.high is None else int(piece.high.at)
    return range(max(today + 1, low), min(_LAST + 1, high))


def _downwards(piece: Piece, today: int) -> Iterable[int]:
    low = _FIRST if piece.low is None else int(piece.low.at)
    high = _LAST + 1 if piece.high is None else int(piece.high.at)
    return range(min(today, high) - 1, max(_FIRST, low) - 1, -1)


def _union(pieces: Iterable[Piece]) -> Spans:
    spans = Spans()
    for low, high in pieces:
        spans |= Spans(tuple(cut for cut in (low, high) if cut is not None), starts=low is None)
    return spans


def _mirrored(piece: Piece) -> Piece:
    """The negated whole numbers; a cut on the grid lies before its number."""
    low, high = piece
    return Piece(high and Cut(1 - high.at), low and Cut(1 - low.at))


def _shifted(piece: Piece, by: int) -> Piece:
    low, high = piece
    return Piece(low and Cut(low.at + by), high and Cut(high.at + by))


def _sum(one: Piece, other: Piece) -> Piece:
    """Every sum of a whole number of `one` and one of `other`."""
    low = Cut(one.low.at + other.low.at) if one.low and other.low else None
    high = Cut(one.high.at + other.high.at - 1) if one.high and other.high else None
    return Piece(low, high)


def _starts(accepts: AnswerSet) -> list[int]:
    """Where the stretches of a set of seconds begin and end."""
    if not isinstance(accepts, Spans):
        return []
    return [0, *(int(cut.at) for cut in accepts.on_grid(0).cuts if 0 <= cut.at < _WHOLE_DAY)]


def _time(second: int) -> time:
    return (datetime.min + timedelta(seconds=second)).time()
