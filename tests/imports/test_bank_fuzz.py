"""Damaged statements: whatever happens to a file, it gives rows or reasons, soon, and never an error."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.imports.bank_samples import BANK, OFX_TAGS, QIF_LINES, damaged, needs_bank_files, ofx, statement
from tracker.imports.found import FoundFile
from tracker.imports.ofx import read_ofx
from tracker.imports.qif import read_qif
from tracker.money import LARGEST

QIF = b"""!Account
NCity
TBank
^
!Type:Bank
D3/20'26
T-1,212.50
N101
PDr. Lee
MRefill
LHealth
SHealth:A
E note
$-1,000.00
SHealth:B
$-212.50
^
D3/21'26
T5
^
!Type:Invst
D3/20/26
NBuy
T1
^
"""
Reader = Callable[[bytes, str], FoundFile]


def check(read: Reader, data: bytes) -> None:
    begun = time.process_time()
    found = read(data, "x")
    assert time.process_time() - begun < 3
    assert found.money or found.problems or "left out" in found.layout
    for money in found.money:
        assert abs(money.amount) <= LARGEST
        assert 1900 <= money.on.year <= 2100
        assert money.where
    for problem in found.problems:
        assert problem.why
        assert len(problem.why) < 1500
        assert "\n" not in problem.why


@pytest.mark.parametrize("read", [read_ofx, read_qif])
@given(data=st.binary(max_size=600))
def test_any_bytes(read: Reader, data: bytes) -> None:
    check(read, data)


@given(
    st.lists(
        st.sampled_from((*OFX_TAGS, "<TRNAMT>", "<DTPOSTED>", "20260301", "-5", "x", "</A>")), max_size=60
    )
)
def test_any_order_of_tags(pieces: list[str]) -> None:
    check(read_ofx, ("<OFX>" + "".join(pieces)).encode())


@given(st.lists(st.sampled_from((*QIF_LINES, "Px\n", "L[City]\n", "D\n", "T\n", "^^", "!x")), max_size=60))
def test_any_order_of_lines(pieces: list[str]) -> None:
    check(read_qif, "".join(pieces).encode())


@given(st.integers(0, 2**32), st.booleans())
@settings(deadline=None)
def test_damaged_samples(seed: int, is_ofx: bool) -> None:
    chance = random.Random(seed)
    if is_ofx:
        check(read_ofx, damaged(ofx(statement(), statement(account="2")), chance, OFX_TAGS))
    else:
        check(read_qif, damaged(QIF, chance, QIF_LINES))


def _files(*endings: str) -> list[Path]:
    return sorted(path for path in BANK.rglob("*") if path.suffix.lower() in endings)


@needs_bank_files
@pytest.mark.parametrize(
    ("read", "files", "pieces"),
    [
        (read_ofx, _files(".ofx", ".qfx", ".qbo", ".xml", ".sgml"), OFX_TAGS),
        (read_qif, _files(".qif"), QIF_LINES),
    ],
    ids=["ofx", "qif"],
)
def test_damaged_files_of_the_collections(read: Reader, files: list[Path], pieces: tuple[str, ...]) -> None:
    chance = random.Random(2026)
    for path in files:
        data = path.read_bytes()
        for _ in range(max(2, 120 // len(files))):
            check(read, damaged(data, chance, pieces))
