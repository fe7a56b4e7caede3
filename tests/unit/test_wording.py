"""Counts and lists in sentences."""

from __future__ import annotations

import pytest

from tracker.wording import count_of, joined


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1_200, "1,200 days")]
)
def test_a_count_with_its_noun(number: int, words: str) -> None:
    assert count_of(number, "day") == words


def test_a_plural_of_its_own() -> None:
    assert (count_of(1, "entry", "entries"), count_of(3, "entry", "entries")) == ("1 entry", "3 entries")


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["Ana"], "Ana"),
        (["Ana", "Ben"], "Ana and Ben"),
        (["Ana", "Ben", "Cleo"], "Ana, Ben and Cleo"),
    ],
)
def test_names_in_a_row(names: list[str], words: str) -> None:
    assert joined(names) == words
