"""Bits of clauses in words, as NumPy counts with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from formroute.conditions.proof.cells import bits

Words = NDArray[np.uint64]
"""The bits of clauses, 64 of them in a row; a column is a branch or an option."""

Numbers = NDArray[np.intp]

WORD = 64


def words(masks: Sequence[int], length: int) -> Words:
    """Masks of so many bits as columns."""
    width = -(-length // WORD)
    data = b"".join(mask.to_bytes(width * 8, "little") for mask in masks)
    return np.ascontiguousarray(np.frombuffer(data, "<u8").astype(np.uint64).reshape(len(masks), width).T)


def count(some: Words) -> Numbers:
    """How many bits each column has."""
    counts: Numbers = np.bitwise_count(some).sum(axis=0, dtype=np.intp)
    return counts


def in_one_only(columns: Words) -> list[int]:
    """The numbers of the bits that just one of the columns has."""
    once = np.zeros(len(columns), np.uint64)
    twice = once.copy()
    for column in columns.T:
        twice |= once & column
        once |= column
    return list(bits(int.from_bytes((once & ~twice).astype("<u8").tobytes(), "little")))


def packed(some: Words, numbers: Sequence[int]) -> Words:
    """The bits of these numbers alone, close together."""
    rows = np.zeros((-(-len(numbers) // WORD), some.shape[1]), np.uint64)
    for place, number in enumerate(numbers):
        row, bit = divmod(number, WORD)
        rows[place // WORD] |= (some[row] >> np.uint64(bit) & np.uint64(1)) << np.uint64(place % WORD)
    return rows
