"""Text out of bytes: marks, wrong declarations and bytes that are no text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.imports.decoded import decoded

WORDS = "Date,Payee\n2026-03-01,Café Zoë\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "cp1252"])
def test_each_encoding_gives_the_same_words(encoding: str) -> None:
    assert decoded(WORDS.encode(encoding)).text == WORDS


def test_a_wrong_declaration_does_not_spoil_utf_8() -> None:
    assert decoded(WORDS.encode(), "cp1252").text == WORDS


def test_a_declared_encoding_is_used_where_the_bytes_are_not_utf_8() -> None:
    assert decoded("Łódź".encode("cp1250"), "cp1250").text == "Łódź"


def test_a_declaration_nobody_knows_is_passed_over() -> None:
    assert decoded("Café".encode("cp1252"), "no-such-code").text == "Café"


@given(st.binary(max_size=400))
def test_any_bytes_become_text(data: bytes) -> None:
    assert isinstance(decoded(data).text, str)
