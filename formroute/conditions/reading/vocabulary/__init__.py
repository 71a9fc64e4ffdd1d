"""The tests that authors can write, one record for each: on which questions, and which set it means."""

from formroute.conditions.reading.vocabulary.kind import TestKind
from formroute.conditions.reading.vocabulary.tests import TESTS, compile_test, is_met_by_every_answer
from formroute.conditions.reading.vocabulary.words import WORDS

__all__ = ["TESTS", "WORDS", "TestKind", "compile_test", "is_met_by_every_answer"]
