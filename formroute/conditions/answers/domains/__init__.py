"""What answers a question can have: one record for each sort of question."""

from formroute.conditions.answers.domains.choices import ManyOf, OneOf
from formroute.conditions.answers.domains.domain import Domain, Unclear
from formroute.conditions.answers.domains.lines import Dates, Instants, Now, Numbers, Times, seconds
from formroute.conditions.answers.domains.parts import Files, Rows
from formroute.conditions.answers.domains.places import Points
from formroute.conditions.answers.domains.texts import Texts

__all__ = [
    "Dates",
    "Domain",
    "Files",
    "Instants",
    "ManyOf",
    "Now",
    "Numbers",
    "OneOf",
    "Points",
    "Rows",
    "Texts",
    "Times",
    "Unclear",
    "seconds",
]
