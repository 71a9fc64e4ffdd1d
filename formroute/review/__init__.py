"""What an author looks at before a change goes live: what the tests try, tables in plain words, what a change moves."""

from formroute.review.coverage import Coverage, measure
from formroute.review.suggestions import Case, suggest_cases

__all__ = ["Case", "Coverage", "measure", "suggest_cases"]
