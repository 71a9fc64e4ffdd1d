"""Days and instants made to order: the search for a date by its place in the calendar, its age and its weekday."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from formroute.conditions.aspects import Age, Aspect, Day, Holiday, Open
from formroute.conditions.moments import Moment
from formroute.conditions.sets import EVERYWHERE, AnswerSet, Cut, Piece, Spans
from formroute.conditions.wanted import NoAnswer, Wanted, fits, line

_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
_CALENDAR = Spans.between(_FIRST, _LAST).on_grid(0)
_MOST_DAYS = 800
_WHOLE_DAY = 24 * 3600


def sample_day(wanted: Wanted, moment: Moment) -> date | NoAnswer:
    """A wanted day, as near to today as can be."""
    tried = itertools.islice(_days(wanted, moment), _MOST_DAYS)
    found = next((day for day in tried if fits(day, wanted, moment)), None)
    return _none(wanted, moment) if found is None else found


def sample_instant(wanted: Wanted, moment: Moment) -> datetime | NoAnswer:
    """A wanted day and time, naive, in the city's time."""
    tried = (_instant(wanted, day, moment) for day in itertools.islice(_days(wanted, moment), _MOST_DAYS))
    found = next((instant for instant in tried if instant), None)
    return _none(wanted, moment) if found is None else found.replace(tzinfo=None)


def possible_todays(now: Wanted, dated: Iterable[Wanted]) -> Spans:
    """The days that can be today: `now` says what is wanted of the present moment, `dated` of days seen from it."""
    today = line(now, Day())
    for wanted in dated:
        today &= _todays(wanted)
    return today & _CALENDAR


def moments(now: Wanted, todays: Spans, near: Moment) -> Iterator[Moment]:
    """Moments that can be the present one, on days of `todays` around `near`."""
    for ordinal in itertools.islice(_nearest(todays, near.today.toordinal()), _MOST_DAYS):
        instant = _instant(now, date.fromordinal(ordinal), near)
        if instant is not None:
            yield Moment(instant, near.facts)


def all_looked_at(todays: Spans, wants: Iterable[Wanted]) -> bool:
    """Whether `moments` tries every day or, because nothing but weekdays matter, as good as every day."""
    few = next(itertools.islice(_nearest(todays, _FIRST), _MOST_DAYS, None), None) is None
    return few or not any(_names_days(aspect, accepts) for wanted in wants for aspect, accepts in wanted.items())


def _names_days(aspect: Aspect, accepts: AnswerSet) -> bool:
    return isinstance(aspect, Holiday | Open) or (isinstance(aspect, Day) and accepts != EVERYWHERE)


def sample_time(clock: AnswerSet) -> time:
    """The earliest time of day in a set of seconds."""
    return _time(min(second for second in _starts(clock) if second in clock))


def _days(wanted: Wanted, moment: Moment) -> Iterator[date]:
    days = _days_seen_from(wanted, moment.today.toordinal())
    return map(date.fromordinal, _nearest(days, moment.today.toordinal()))


def _none(wanted: Wanted, moment: Moment) -> NoAnswer:
    few = next(itertools.islice(_days(wanted, moment), _MOST_DAYS, None), None) is None
    return NoAnswer(certain=few or not any(isinstance(aspect, Holiday | Open) for aspect in wanted))


def _instant(wanted: Wanted, day: date, moment: Moment) -> datetime | None:
    """A wanted time of the day; what is wanted changes only where a stretch of time or working hours begin or end."""
    clocks = [second for accepts in wanted.values() for second in _starts(accepts)]
    hours = [aspect.calendar.hours_on(day) for aspect in wanted if isinstance(aspect, Open)]
    edges = [_seconds(edge) for open_hours in hours if open_hours for edge in open_hours]
    for second in dict.fromkeys([_seconds(moment.now.time()), 0, *clocks, *edges]):
        instant = datetime.combine(day, _time(second), moment.now.tzinfo)
        if fits(instant, wanted, Moment(instant, moment.facts)):
            return instant
    return None


def _days_seen_from(wanted: Wanted, today: int) -> Spans:
    """The days whose place in the calendar and whose age are wanted, by their ordinals."""
    ages = [_shifted(_mirrored(piece), today) for piece in line(wanted, Age()).pieces()]
    return line(wanted, Day()) & _union(ages) & _CALENDAR


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


def _seconds(of_day: time) -> int:
    return of_day.hour * 3600 + of_day.minute * 60 + of_day.second


def _time(second: int) -> time:
    return (datetime.min + timedelta(seconds=second)).time()
