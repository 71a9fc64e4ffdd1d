"""Answers to a form as strategies of Hypothesis, for a city's own tests; `formroute[testing]` installs that library."""

from formroute.testing.answers import answers, posted_answers
from formroute.testing.faults import Fault, invalid_answers

__all__ = ["Fault", "answers", "invalid_answers", "posted_answers"]
