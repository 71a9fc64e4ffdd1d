"""The years of which a command may be asked: calendars count in all of them."""

YEARS = range(1900, 2200)
