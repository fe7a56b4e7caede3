"""`check` finds what was put there on purpose, and says which fact it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from tests.conftest import open_ledger
from tracker.services.bundle import Services
from tracker.services.check import CheckReport, Level, check


def damage(services: Services, *statements: str) -> CheckReport:
    """Change the file behind the program's back, then look."""
    path = services.ledger.path
    services.ledger.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    ledger = open_ledger(path, read_only=True)
    try:
        return check(ledger)
    finally:
        ledger.close()


def test_a_sound_ledger_has_only_notes(sample: Services) -> None:
    report = check(sample.ledger)
    assert {found.level for found in report.findings} == {Level.NOTE}
    assert report.summary == "Checked 134 payments, 33 EOBs, 7 documents: nothing is damaged."


def test_an_empty_ledger_is_sound(services: Services) -> None:
    assert check(services.ledger) == CheckReport(
        (), "Checked 0 payments, 0 EOBs, 0 documents: nothing is damaged."
    )


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE allocation SET category_id = 999 WHERE id = 1", "points at a category that is not there"),
        ("UPDATE payment SET paid_on = '2026-02-30' WHERE id = 5", "'2026-02-30' for paid_on"),
        ("UPDATE claim SET service_from = 'soon' WHERE id = 1", "'soon' for service_from"),
        ("UPDATE allocation SET amount = amount + 1 WHERE payment_id = 1", "the parts add to"),
        ("UPDATE allocation SET amount = -amount WHERE payment_id = 1", "the parts add to"),
        ("UPDATE payment SET amount = -7600 WHERE amount < 0", "was given back of an expense of $75.00"),
        ("UPDATE document_content SET content = x'00'", "is not as it was stored"),
        ("UPDATE document SET size = size + 1 WHERE id = 1", "EOB Meridian Labs.pdf is not as it was"),
        ("DELETE FROM document_content", "not there"),
    ],
)
def test_damage_is_named(sample: Services, statement: str, says: str) -> None:
    report = damage(sample, statement)
    found = [finding for finding in report.findings if finding.level is Level.DAMAGE]
    assert found
    assert any(says in finding.words for finding in found), found
    assert "nothing is damaged" not in report.summary


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE claim SET plan_id = NULL WHERE id IN (1, 2)", "No plan covers the EOB of"),
        ("UPDATE claim SET you_owe = 1 WHERE id = 1", "You owe is $0.01"),
    ],
)
def test_loose_ends_are_noted(sample: Services, statement: str, says: str) -> None:
    report = damage(sample, statement)
    assert {finding.level for finding in report.findings} == {Level.NOTE}
    assert any(says in finding.words for finding in report.findings)


def test_overlapping_plans_are_noted_where_they_cover_the_same_person(sample: Services) -> None:
    held = sample.plans.all()[0]
    second = replace(held, id=None, name="Second", accumulators=(), premiums=())
    sample.plans.save(second)
    words = [finding.words for finding in check(sample.ledger).findings]
    assert any("both cover Jan 1 to Dec 31, 2026" in text for text in words)
    sample.ledger.undo()
    sample.plans.save(replace(second, person_ids=()))
    assert not any("both cover" in finding.words for finding in check(sample.ledger).findings)


def test_a_file_with_holes_is_not_asked_about_its_facts(sample: Services) -> None:
    path = sample.ledger.path
    sample.ledger.close()
    content = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_payment_paid_on'"
        ).fetchone()[0]
    content[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    ledger = open_ledger(path, read_only=True)
    try:
        report = check(ledger)
    finally:
        ledger.close()
    assert report.findings
    assert report.summary.startswith("The file is damaged")
