"""Ctrl+P on every page: the preview shows what the page shows, as pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui.session_kit import session_over
from tracker.facts import Claim, Payment, PaymentLine, Person, Plan
from tracker.services.bundle import Services
from tracker.services.membership_sheet import membership_sheet
from tracker.services.membership_years import choices
from tracker.storage.ledger import Ledger
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.printing import file_name
from ui.pages.coverage import CoveragePage
from ui.pages.spending import SpendingPage
from ui.printing.document import Document, Paper
from ui.printing.membership_document import membership_document
from ui.printing.overview_document import overview_document
from ui.printing.pdf import write_pdf
from ui.printing.spending_document import spending_document
from ui.session import Session

HARD = 'Ann "Quote" O\u2019Neil \U0001f9ea \u05d0\u05d1\u05d2 ' + "very long name " * 11


@pytest.fixture
def session(sample_ledger: Ledger, qtbot: QtBot) -> Iterator[Session]:
    with session_over(sample_ledger, qtbot) as made:
        yield made


@pytest.fixture
def empty_session(ledger: Ledger, qtbot: QtBot) -> Iterator[Session]:
    with session_over(ledger, qtbot) as made:
        yield made


def printed(session: Session, qtbot: QtBot) -> Document:
    """What Ctrl+P previews."""
    qtbot.keyClick(session.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    page = session.window.current_page
    (preview,) = [found for found in page.findChildren(PrintPreview) if found.isVisible()]
    assert preview.pages.count >= 1
    preview.reject()
    return preview.document


def words(document: Document, folder: Path, paper: Paper = "letter") -> list[str]:
    """The words of each page, with single spaces."""
    path = folder / f"{paper}.pdf"
    write_pdf(document, path, paper)
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]


def test_the_overview_is_one_page(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    document = printed(session, qtbot)
    for paper in ("letter", "a4"):
        (page,) = words(document, tmp_path, paper)
        assert page.startswith("November 2026 Harbor Concierge Medicine")
        for part in ("Spent this month", "$1,420", "Deductible $2,000", "Needs attention", "And 12 more."):
            assert part in page
        assert "Total Estimated Monthly Healthcare Expenses $1,225.00 $999.18 $225.82 under" in page


def test_spending_prints_the_rows_of_the_filter(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    page = session.window.go_to("spending")
    assert isinstance(page, SpendingPage)
    page.find_text("imaging")
    count = len(page.model.ids)
    (text,) = words(printed(session, qtbot), tmp_path)
    assert text.startswith("Spending with \u201cimaging\u201d Date Payee Budget line")
    assert text.count("Harbor Imaging") == count > 1
    assert f"Spent, {count} payments" in text
    page.filters.clear()
    pages = words(printed(session, qtbot), tmp_path)
    assert "Spending All payments Date" in pages[0]
    assert all("Date Payee Budget line" in page for page in pages[:-1])


def test_a_filter_is_said_in_words(session: Session, qtbot: QtBot) -> None:
    page = session.window.go_to("spending")
    assert isinstance(page, SpendingPage)
    filters = page.filters
    assert filters.said() == "All payments"
    filters.period.choose("year")
    filters.account.choose(filters.account.itemData(1))
    filters.words.setText("  lab  ")
    assert filters.said() == f"Jan 1 to Dec 31, 2026, {filters.account.currentText()}, with \u201clab\u201d"


def test_a_long_list_stops_and_says_so(qapp: QApplication, tmp_path: Path) -> None:
    lines = [
        PaymentLine(
            id=number,
            paid_on=date(2026, 1, 1) + timedelta(days=number % 300),
            amount=100 + number,
            payee=f"Payee {number}",
            person="",
            account="",
            to_account="",
            category="Prescriptions",
            split=False,
            repays_id=None,
            note="",
            documents=0,
        )
        for number in range(80)
    ]
    document = spending_document(lines, count=9_000, spent=123_456_00, kept="All payments", today=TODAY)
    pages = words(document, tmp_path)
    assert "The first 80 of 9,000 payments; the total counts all." in pages[0]
    assert "Spent, 9,000 payments $123,456.00" in pages[-1]


def test_coverage_prints_the_plan_year(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    session.window.go_to("coverage")
    pages = words(printed(session, qtbot), tmp_path, "a4")
    assert pages[0].startswith("Coverage 2026 BlueRiver PPO 2000")
    whole = " ".join(pages)
    for part in (
        "$2,000 each, $4,000 family, embedded",
        "Where every limit stands",
        "Eleanor Whitfield, in network",
        "Deductible $2,000",
        "at this year's pace",
        "What you pay",
        "Imaging (MRI, CT, PET) 20% applies first prior auth.",
        "What your insurer counts",
        "Never checked:",
        "30 EOBs $10,737.90",
        "Your plan document and your administrator decide.",
    ):
        assert part in whole


def test_coverage_without_a_plan_prints_what_no_plan_covers(
    ledger: Ledger, services: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    person_id = services.people.save_person(Person(name=HARD)).new_id or 0
    plan = Plan(name="P", begins_on=date(2020, 1, 1), ends_on=date(2020, 12, 31), person_ids=(person_id,))
    services.plans.save(plan, insurer="I")
    claim = Claim(person_id=person_id, provider_id=0, service_from=date(2026, 3, 1), billed=999_999_999_999)
    services.claims.save(claim, provider=HARD)
    with session_over(ledger, qtbot) as session:
        page = session.window.go_to("coverage")
        assert isinstance(page, CoveragePage)
        page.choosers.plan_chosen.emit(-1)
        (text,) = words(printed(session, qtbot), tmp_path)
        assert text.startswith("EOBs outside every plan")
        assert "$9,999,999,999.99" in text


def test_membership_prints_the_agreement_and_its_fees(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    session.window.go_to("membership")
    pages = words(printed(session, qtbot), tmp_path)
    page = " ".join(pages)
    assert page.startswith("Membership 2026-27 Harbor Concierge Medicine")
    assert "Renews by itself on Jan 15, 2027" in page
    assert page.count("Membership fee Paid") == 11
    assert "Jan 15, 2025 to Jan 14, 2026" in page
    assert "9.09%" in page
    assert "What it was worth" in page
    assert "Leaving on Jan 1, 2027" in page
    assert "Check your state" in page


@pytest.mark.parametrize("key", ["spending", "coverage", "membership"])
def test_a_page_with_nothing_says_so(empty_session: Session, qtbot: QtBot, key: str) -> None:
    empty_session.window.go_to(key)
    qtbot.keyClick(empty_session.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert "This page has nothing to print." in empty_session.window.toasts.text
    assert not empty_session.window.findChildren(PrintPreview)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_large_amounts_and_hard_names_stay_on_the_page(
    qapp: QApplication, sample: Services, tmp_path: Path, paper: Paper
) -> None:
    for line in sample.budget.categories():
        sample.budget.set_estimate(line.id or 0, date(2026, 11, 1), 999_999_999_999)
    held = sample.agreements.memberships()[0]
    sample.agreements.save_membership(held, practice=HARD)
    big = Payment(paid_on=date(2026, 11, 2), amount=999_999_999_999, note=HARD)
    sample.payments.save(big, payee=HARD)
    (page,) = words(overview_document(sample.reports.overview(date(2026, 11, 1))), tmp_path, paper)
    assert "$69,999,999,999.93" in page
    for choice in choices(sample):
        sheet = membership_sheet(sample, choice.id)
        assert words(membership_document(sheet, TODAY), tmp_path, paper)
    kept = sample.payments.ids()
    lines = sample.payments.lines(kept.ids)
    document = spending_document(lines, count=len(lines), spent=kept.spent, kept=HARD, today=TODAY)
    assert any("$9,999,999,999.99" in page for page in words(document, tmp_path, paper))


def test_a_title_becomes_a_file_name_of_any_system() -> None:
    assert file_name("Coverage 2026-27") == "Coverage 2026-27.pdf"
    assert file_name('A/B\\C: "x" <y>?') == "A B C x y.pdf"
    assert file_name("...") == "Concierge Ledger.pdf"
    assert len(file_name("long " * 100)) <= 84
