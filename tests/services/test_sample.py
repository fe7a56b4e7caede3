"""The sample year: true to the source document, consistent in itself, for any year and day."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from tests.conftest import TODAY, open_ledger
from tracker.dates import Period, budget_year, first_of
from tracker.domain.coverage.eob import gap
from tracker.errors import UserProblem, WorldProblem
from tracker.facts import (
    DECIDED,
    AccountKind,
    AccumulatorKind,
    ClaimStage,
    Frequency,
    Network,
    Noun,
    Role,
)
from tracker.reports.attention import Action
from tracker.services.bundle import Services, services_over
from tracker.services.check import Level, check
from tracker.services.sample import write_sample

YEAR = budget_year(1, 2026)
BOTH_YEARS = Period(date(2025, 1, 1), date(2027, 1, 1))


def test_the_budget_is_the_source_documents(sample: Services) -> None:
    year = sample.reports.budget_year(2026)
    for month in year.months:
        estimates = [row.estimated for row in year.grid[month]]
        assert estimates == [30_000, 45_000, 5_000, 7_500, 10_000, 15_000, 10_000]
        assert year.month_total(month).estimated == 122_500
    assert year.total.estimated == 1_470_000


def test_some_months_are_over_and_some_under(sample: Services) -> None:
    year = sample.reports.budget_year(2026)
    differences = [year.month_total(month).difference for month in year.months[:11]]
    assert None not in differences
    assert 4 <= sum((found or 0) < 0 for found in differences) <= 7
    assert year.month_total(year.months[11]).actual is None
    assert abs(year.forecast - 1_470_000) < 50_000
    before = sample.reports.budget_year(2025).total
    assert before.estimated
    assert before.actual


def test_eleanors_labs_are_those_of_the_rulebook(sample: Services) -> None:
    (labs,) = [line for line in sample.claims.lines(YEAR) if line.claim.billed == 46_000]
    claim = labs.claim
    assert (claim.allowed, claim.plan_paid, claim.you_owe) == (12_155, 7_780, 4_375)
    assert (claim.deductible, claim.copay, claim.coinsurance) == (0, 1_500, 483 + 294 + 2_098)
    assert gap(claim) is None
    assert "Vitamin D was not on the order" in claim.note
    (paper,) = sample.documents.attached_to(Noun.CLAIM, claim.id or 0)
    assert paper.media_type == "application/pdf"


def test_every_eob_but_one_adds_up_and_what_was_paid_is_what_was_owed(sample: Services) -> None:
    held = {claim.id for claim in sample.papers.read().in_force if claim.stage is ClaimStage.PROCESSED}
    lines = [line for line in sample.claims.lines(YEAR) if line.claim.id in held]
    open_ones = [line for line in lines if gap(line.claim)]
    assert [line.provider for line in open_ones] == ["Tidewater Foot Clinic"]
    ids = {provider.name: provider.id for provider in sample.people.providers()}
    for name in {line.provider for line in lines} - {"Corner Street Pharmacy"}:
        owed = sum(
            line.claim.you_owe or 0 for line in lines if line.provider == name and not gap(line.claim)
        )
        payments = [
            sample.payments.get(line.id)
            for line in sample.payments.lines(sample.payments.ids().ids)
            if line.payee == name
        ]
        assert sum(payment.amount for payment in payments) == owed, name
        assert {payment.provider_id for payment in payments} <= {ids[name]}


def test_the_deductible_is_a_staircase_most_of_the_way_up(sample: Services) -> None:
    now = sample.reports.coverage(TODAY)
    assert now is not None
    assert now.deductible is not None
    assert now.progress is not None
    assert now.deductible.limit == 200_000
    assert 0.70 <= now.deductible.used / now.deductible.limit <= 0.95
    assert len(now.progress.steps) >= 6
    family = next(
        item
        for item in now.standings
        if item.person_id is None and item.kind is AccumulatorKind.DEDUCTIBLE and item.network is Network.IN
    )
    assert family.limit == 400_000
    assert family.used > now.deductible.used
    assert all(item.beyond == 0 for item in now.standings)


def test_it_has_a_story_of_every_kind(sample: Services) -> None:
    lines = sample.payments.lines(sample.payments.ids().ids)
    assert 90 <= len(lines) <= 140
    assert any(line.split for line in lines)
    refunds = [line for line in lines if line.amount < 0]
    assert [line.payee for line in refunds if line.repays_id is not None] == ["Seaside Cardiology"]
    assert [line.payee for line in refunds if line.repays_id is None] == ["Harbor Concierge Medicine"]
    assert any(line.payee == "Lumen Med Spa" and line.documents for line in lines)
    (visit,) = [line for line in lines if line.payee == "Stride at Home Physical Therapy"]
    assert (visit.account, visit.documents) == ("Contingency fund", 1)
    paid = sample.reports.review(2026).who_paid
    assert min(paid.you, paid.hsa, paid.fsa, paid.fund, paid.plan, paid.written_off) > 0
    kinds = {account.kind for account in sample.accounts.accounts()}
    assert kinds == set(AccountKind)
    frequencies = {fee.frequency for held in sample.agreements.memberships() for fee in held.fees}
    assert frequencies == {Frequency.MONTHLY, Frequency.ANNUAL}
    assert all(balance > -100_000 for balance in sample.accounts.balances().values())


def test_what_needs_attention_is_real_and_recent(sample: Services) -> None:
    found = sample.reports.attention()
    assert [item.action for item in found] == [
        Action.CHECK,
        Action.RECORD,
        Action.RECORD,
        Action.REVIEW,
        Action.REVIEW,
        Action.PLAN,
    ]
    (fund,) = sample.attention.of_funds()
    assert fund.action is Action.PLAN  # the yearly fee's fund
    renewal = found[4]
    assert renewal.what == "Membership renews on Jan 15, 2027"
    assert renewal.amount == 360_000


def test_recording_the_open_dues_settles_them(sample: Services) -> None:
    for due in sample.recurring.dues(until=TODAY):
        sample.recurring.record(due, paid_on=TODAY)
    assert sample.recurring.dues(until=TODAY) == []
    actual = next(
        row.actual
        for row in sample.reports.budget_month(TODAY).rows
        if row.category.role is Role.CONTINGENCY
    )
    assert actual == 10_000


def test_its_papers_are_pdfs_of_their_text(sample: Services) -> None:
    pypdf = pytest.importorskip("pypdf")
    claims = [line.claim.id or 0 for line in sample.claims.lines(YEAR) if line.documents]
    (paper,) = sample.documents.attached_to(Noun.CLAIM, claims[-1])
    page = pypdf.PdfReader(BytesIO(sample.documents.content(paper))).pages[0]
    text = page.extract_text()
    assert "March 10, 2026" in text
    assert "Vitamin D" in text


DAYS = [
    (date(2026, 1, 1), 2026),
    (date(2028, 2, 29), 2028),
    (date(2026, 12, 31), 2026),
    (date(2026, 11, 22), 2025),
    (date(2026, 11, 22), 2027),
    (date(2026, 3, 15), 2000),
    (date(2100, 12, 31), 2100),
    (date(2024, 2, 29), 2100),
]


@pytest.mark.parametrize(("today", "year"), DAYS, ids=lambda value: str(value))
def test_any_year_on_any_day(today: date, year: int, tmp_path: Path) -> None:
    path = tmp_path / "sample.ledger"
    write_sample(path, year=year, today=today)
    assert [file.name for file in tmp_path.iterdir()] == ["sample.ledger"]
    ledger = open_ledger(path, today=today, read_only=True)
    try:
        services = services_over(ledger)
        assert [found for found in check(ledger).findings if found.level is Level.DAMAGE] == []
        lines = services.payments.lines(services.payments.ids().ids)
        assert all(line.paid_on <= today and line.paid_on.year in (year - 1, year) for line in lines)
        held = services.claims.claims(Period(date(year, 1, 1), date(year + 1, 1, 1)))
        assert all((claim.processed_on or claim.submitted_on or today) <= today for claim in held)
        assert all(claim.processed_on for claim in held if claim.stage in DECIDED)
        papers = services.papers.read()
        assert all(visit.visited_on <= today for visit in papers.visits)
        assert all(item.stated_on <= today for bill in papers.bills for item in bill.statements)
        assert all(call.called_on <= today for call in papers.calls)
        for case in papers.cases:
            days = [case.opened_on, case.closed_on or today, *(step.done_on for step in case.steps)]
            assert max(days) <= today
        services.attention.all()
        assert services.reports.budget_year(year).total.estimated == 1_470_000
        dues = services.recurring.dues(until=today)
        assert len(dues) <= 2
        assert all((today - due.due_on).days <= 14 for due in dues)
        services.reports.overview(first_of(today))
        services.reports.review(year)
        if year < today.year:
            assert services.reports.budget_year(year).months[-1].month == 12
            assert services.reports.budget_year(year).month_total(date(year, 12, 1)).actual
    finally:
        ledger.close()


def test_the_same_day_gives_the_same_sample(tmp_path: Path) -> None:
    texts = []
    for name in ("one", "two"):
        write_sample(tmp_path / name, year=2026, today=TODAY)
        ledger = open_ledger(tmp_path / name, read_only=True)
        texts.append("\n".join(ledger.read().iterdump()))
        ledger.close()
    assert texts[0] == texts[1]


def test_it_never_overwrites_and_leaves_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.ledger"
    path.write_bytes(b"mine")
    with pytest.raises(UserProblem, match="already there"):
        write_sample(path, year=2026, today=TODAY)
    assert path.read_bytes() == b"mine"
    for year in (1999, 2101):
        with pytest.raises(UserProblem, match="no year"):
            write_sample(tmp_path / "new.ledger", year=year, today=TODAY)
    with pytest.raises(WorldProblem, match="could not be written"):
        write_sample(path / "new.ledger", year=2026, today=TODAY)
    monkeypatch.setattr("tracker.services.sample.fill_sample", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_sample(tmp_path / "new.ledger", year=2026, today=TODAY)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.ledger"]
