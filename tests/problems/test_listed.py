"""Names in a row, as sentences of problems have them."""

import pytest

from formroute.problems import listed


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("a", "`a`"),
        ("ab", "`a` and `b`"),
        ("abc", "`a`, `b` and `c`"),
        ("abcde", "`a`, `b`, `c` and 2 more"),
        ("aab", "`a` and `b`"),
    ],
)
def test_each_name_is_told_once_and_no_more_than_three_of_them(names: str, told: str) -> None:
    assert listed(names, 3) == told
