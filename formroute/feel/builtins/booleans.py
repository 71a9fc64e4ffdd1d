"""10.3.4.2: not."""

from formroute.feel.builtins.tables import Table

FUNCTIONS: Table = {"not": lambda negand: not negand}
RUN_FUNCTIONS: Table = {}
