"""Conditions as sets: what answers a question can have, tests on them, and the search for answers that meet them."""

from formroute.conditions.answers.domains import (
    Dates,
    Domain,
    Files,
    Instants,
    ManyOf,
    Numbers,
    OneOf,
    Points,
    Rows,
    Texts,
    Times,
    Unclear,
)
from formroute.conditions.axes.areas import Area
from formroute.conditions.axes.calendars import Calendar, Hours
from formroute.conditions.axes.folding import fold
from formroute.conditions.axes.formerly import Former
from formroute.conditions.axes.moments import Moment, RelativeDay
from formroute.conditions.axes.patterns import Pattern, PatternError
from formroute.conditions.condition import ALWAYS, NEVER, All, Any, Condition, Expression, Not, Test
from formroute.conditions.predicate import Predicate, predicate, unless_always
from formroute.conditions.proof.effort import ORDINARY, THOROUGH, Bounds
from formroute.conditions.proof.found import Found, Undecided, Witness
from formroute.conditions.proof.possible import is_possible
from formroute.conditions.proof.rows import rows_of, scope_in_row
from formroute.conditions.proof.search import Part, Proof, find
from formroute.conditions.question import FACTS, Calculation, Follows, Lookup, Question, Scope, chooses, facts
from formroute.conditions.reading.compile import ANY_TEXT, TREES, Known, compile_condition, named_in, supposing
from formroute.conditions.reading.compile_feel import compile_expression, compile_formula, names_in
from formroute.conditions.reading.vocabulary import TESTS, WORDS
from formroute.conditions.reading.written import Surroundings, WrittenCondition
from formroute.conditions.renaming import Renaming
from formroute.conditions.score import MOST_SUMS, Score
from formroute.conditions.so_far import BegunRow, BegunRows, holds_so_far
from formroute.conditions.telling.words import in_words, not_met, why_not

__all__ = [
    "ALWAYS",
    "ANY_TEXT",
    "FACTS",
    "MOST_SUMS",
    "NEVER",
    "ORDINARY",
    "TESTS",
    "THOROUGH",
    "TREES",
    "WORDS",
    "All",
    "Any",
    "Area",
    "BegunRow",
    "BegunRows",
    "Bounds",
    "Calculation",
    "Calendar",
    "Condition",
    "Dates",
    "Domain",
    "Expression",
    "Files",
    "Follows",
    "Former",
    "Found",
    "Hours",
    "Instants",
    "Known",
    "Lookup",
    "ManyOf",
    "Moment",
    "Not",
    "Numbers",
    "OneOf",
    "Part",
    "Pattern",
    "PatternError",
    "Points",
    "Predicate",
    "Proof",
    "Question",
    "RelativeDay",
    "Renaming",
    "Rows",
    "Scope",
    "Score",
    "Surroundings",
    "Test",
    "Texts",
    "Times",
    "Unclear",
    "Undecided",
    "Witness",
    "WrittenCondition",
    "chooses",
    "compile_condition",
    "compile_expression",
    "compile_formula",
    "facts",
    "find",
    "fold",
    "holds_so_far",
    "in_words",
    "is_possible",
    "named_in",
    "names_in",
    "not_met",
    "predicate",
    "rows_of",
    "scope_in_row",
    "supposing",
    "unless_always",
    "why_not",
]
