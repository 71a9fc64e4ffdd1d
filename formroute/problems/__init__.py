"""What can be wrong with a definition: a place, a finding, and the one catalogue of their words.

A finding is a value. Whoever finds it adds it to a list and goes on, so that an author sees every
mistake at once; printing it is somebody else's job.
"""

from formroute.problems.entry import Entry, Severity
from formroute.problems.families import CATALOGUE, FAMILIES
from formroute.problems.listed import listed
from formroute.problems.problem import DefinitionError, Mark, Problem, has_errors, in_order, problem
from formroute.problems.text import DOUBTFUL

__all__ = [
    "CATALOGUE",
    "DOUBTFUL",
    "FAMILIES",
    "DefinitionError",
    "Entry",
    "Mark",
    "Problem",
    "Severity",
    "has_errors",
    "in_order",
    "listed",
    "problem",
]
