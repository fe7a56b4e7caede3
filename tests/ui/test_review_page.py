"""The Year in review page over the sample year: figures, years, notes, and what can be printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.session_kit import session_over
from tracker.errors import WorldProblem
from tracker.facts import Person, ReviewNote
from tracker.storage.ledger import Ledger
from ui.dialogs.print_preview import PrintPreview
from ui.jobs import JobRunner
from ui.pages.review import ReviewPage
from ui.printing.document import Document, page_layout
from ui.session import Session
from ui.widgets.label import AmountLabel
from ui.widgets.table import LedgerTable


@pytest.fixture
def session(sample_ledger: Ledger, qtbot: QtBot) -> Iterator[Session]:
    with session_over(sample_ledger, qtbot) as made:
        yield made


@pytest.fixture
def page(session: Session) -> ReviewPage:
    found = session.window.go_to("review")
    assert isinstance(found, ReviewPage)
    return found


def rows(table: LedgerTable) -> list[list[str]]:
    model = table.rows_model
    return [
        [str(model.data(model.index(row, column)) or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_figures_and_tables_are_those_of_the_report(page: ReviewPage, session: Session) -> None:
    review = session.services.reports.review(2026)
    spent = review.whole.to_date.actual or 0
    assert page.title() == "Year in review 2026"
    assert f"${spent // 100:,}.{spent % 100:02d}" in page.figures[0].accessibleName()
    assert page.figures[2].accessibleName() == "Deductible, in network: $1,420 of $2,000"
    lines = rows(page.budget_table)
    assert lines[0][0] == "Concierge Membership Fee"
    assert lines[-1][0] == "All lines"
    assert lines[-1][3] == f"${spent // 100:,}.{spent % 100:02d}"
    assert rows(page.paid_table)[-1][0] == "Together"
    assert [row[0] for row in rows(page.past_table)][:2] == [
        "Premiums and membership",
        "Premiums due in the year",
    ]
    assert "$13," in page.words.text()


def test_the_membership_accounts_and_taxes_say_what_their_pages_say(page: ReviewPage) -> None:
    parts = page.parts
    for card in (parts.worth, parts.accounts, parts.taxes):
        assert card.isVisibleTo(page)
        names = [
            label.accessibleName() for label in card.findChildren(AmountLabel) if label.isVisibleTo(card)
        ]
        assert names == [f"{line.name}: {line.figure}" for line in card.lines if not line.is_title]
    assert "A visit: $450.00" in [f"{line.name}: {line.figure}" for line in parts.worth.lines]
    assert "priced by your plan as it stood that day" in parts.worth.notes.text()
    assert "Used: $283.75" in [f"{line.name}: {line.figure}" for line in parts.accounts.lines]
    assert "under Accounts, Taxes" in parts.taxes.notes.text()
    assert "Open besides: bills for $2,570.00" in page.paid_words.text()


@pytest.mark.parametrize(
    ("card", "leads_to", "part"),
    [
        ("worth", "membership", "worth"),
        ("accounts", "accounts", "balances"),
        ("taxes", "accounts", "taxes"),
    ],
)
def test_a_part_leads_to_where_its_figures_come_from(
    page: ReviewPage, session: Session, qtbot: QtBot, card: str, leads_to: str, part: str
) -> None:
    button = getattr(page.parts, card).button
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    opened = session.window.page(leads_to)
    assert session.window.current_page is opened
    assert opened.parts_chooser.key() == part


def test_the_parts_follow_the_year_and_go_where_nothing_is_known(
    page: ReviewPage, session: Session, qtbot: QtBot
) -> None:
    services = session.services
    account = next(item for item in services.accounts.accounts() if item.name == "Joint checking")
    changed = replace(account, opening=account.opening + 1_00)
    session.context.commit(page, lambda: services.accounts.save(changed), quiet=True)
    assert "$1,911.00" in [line.figure for line in page.parts.accounts.lines]
    qtbot.mouseClick(page.earlier, Qt.MouseButton.LeftButton)
    assert page.parts.accounts.lines[0].name == "Balances on Dec 31, 2025"
    page.arrive(1990)
    assert not page.parts.isVisibleTo(page)


def test_the_arrows_change_the_year(page: ReviewPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.earlier, Qt.MouseButton.LeftButton)
    assert page.title() == "Year in review 2025"
    assert page.checklist.rows["premiums"].isVisibleTo(page)
    qtbot.mouseClick(page.later, Qt.MouseButton.LeftButton)
    assert page.title() == "Year in review 2026"


def test_a_year_with_nothing_says_so_and_leads_on(page: ReviewPage, session: Session, qtbot: QtBot) -> None:
    page.arrive(1990)
    assert page.empty.isVisibleTo(page)
    assert not page.budget_card.isVisibleTo(page)
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert session.window.current_page is session.window.page("budget")


def test_an_empty_ledger_shows_the_empty_state(ledger: Ledger, qtbot: QtBot) -> None:
    with session_over(ledger, qtbot) as session:
        page = session.window.go_to("review")
        assert isinstance(page, ReviewPage)
        assert page.empty.isVisibleTo(page)


def test_a_tick_and_a_comment_are_stored_and_undone(
    page: ReviewPage, session: Session, qtbot: QtBot
) -> None:
    row = page.checklist.rows["network"]
    qtbot.mouseClick(row.done, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(row.comment, "Asked Harbor Imaging")
    qtbot.keyClick(row.comment, Qt.Key.Key_Return)
    stored = session.services.review.notes(2026)["network"]
    assert (stored.done, stored.comment) == (True, "Asked Harbor Imaging")
    session.context.undo()
    assert row.comment.text() == ""
    assert row.done.isChecked()
    session.context.undo()
    assert not row.done.isChecked()


def test_what_is_being_typed_survives_a_change_elsewhere(
    page: ReviewPage, session: Session, qtbot: QtBot
) -> None:
    row = page.checklist.rows["premiums"]
    row.comment.setFocus()
    qtbot.keyClicks(row.comment, "half a sen")
    services = session.services
    note = ReviewNote(year=2026, item="copays", comment="from elsewhere")
    session.context.commit(page, lambda: services.review.set_note(note), quiet=True)
    session.context.commit(page, lambda: services.people.save_person(Person(name="Ada")), quiet=True)
    assert page.checklist.rows["copays"].comment.text() == "from elsewhere"
    assert row.comment.text() == "half a sen"


def test_a_note_stays_with_its_year(page: ReviewPage, session: Session, qtbot: QtBot) -> None:
    row = page.checklist.rows["medicare"]
    qtbot.mouseClick(row.done, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.earlier, Qt.MouseButton.LeftButton)
    assert not row.done.isChecked()
    assert "medicare" not in session.services.review.notes(2025)
    qtbot.mouseClick(page.later, Qt.MouseButton.LeftButton)
    assert row.done.isChecked()


def test_another_limit_can_be_looked_at(page: ReviewPage, qtbot: QtBot) -> None:
    card = page.limits_card
    assert card.chooser.key().startswith("Deductible: Eleanor")
    qtbot.keyClick(card.chooser, Qt.Key.Key_Down)
    assert card.chooser.key().startswith("Out-of-pocket maximum: Eleanor")
    assert card.chart.accessibleName().startswith("Out-of-pocket maximum: Eleanor")


def test_ctrl_p_asks_for_a_printer(page: ReviewPage, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClick(session.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = page.findChildren(QPrintDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_a_printer_gets_the_pages_it_asks_for(page: ReviewPage, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageLayout(page_layout("a4"))
    printer.setFromTo(2, 3)
    assert page.printing.print_to(_document(page), printer) == 2
    del printer
    read = pypdf.PdfReader(path)
    assert [" ".join(found.extract_text().split())[-9:-5] for found in read.pages] == ["ge 2", "ge 3"]
    assert float(read.pages[0].mediabox.width) == pytest.approx(595, abs=1)
    assert "2 pages sent to printed.pdf" in session.window.toasts.text


def test_the_preview_shows_the_year_with_its_notes(page: ReviewPage, qtbot: QtBot) -> None:
    row = page.checklist.rows["premiums"]
    qtbot.keyClicks(row.comment, "Compare plans")
    qtbot.keyClick(row.comment, Qt.Key.Key_Return)
    qtbot.mouseClick(page.preview_button, Qt.MouseButton.LeftButton)
    (shown,) = page.findChildren(PrintPreview)
    assert shown.pages.count >= 4
    assert shown.windowTitle() == _document(page).title == "Year in review 2026"
    assert any(item.note and item.note.comment == "Compare plans" for item in _checklist(page))
    shown.reject()


def _document(page: ReviewPage) -> Document:
    found = page.document()
    assert found is not None
    return found


def _checklist(page: ReviewPage) -> tuple:
    assert page._review is not None
    return page._review.checklist


def test_saving_asks_for_a_name_and_a_paper(page: ReviewPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(QFileDialog)
    assert dialog.selectedNameFilter() == "PDF, US Letter (*.pdf)"
    assert Path(dialog.selectedFiles()[0]).name == "Year in review 2026.pdf"
    dialog.reject()


@pytest.fixture
def threaded(sample_ledger: Ledger, qtbot: QtBot) -> Iterator[Session]:
    """The same with real threads."""
    with session_over(sample_ledger, qtbot, JobRunner()) as made:
        yield made


def test_a_pdf_is_written_beside_the_window(threaded: Session, qtbot: QtBot, tmp_path: Path) -> None:
    """The pages are laid out and painted in a worker."""
    path = tmp_path / "review.pdf"
    page = threaded.window.go_to("review")
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: page.document() is not None)
    page.printing.write(_document(page), path, "a4")
    qtbot.waitUntil(lambda: "Saved review.pdf" in threaded.window.toasts.text)
    assert len(pypdf.PdfReader(path).pages) >= 4


def test_a_pdf_that_cannot_be_written_is_said(page: ReviewPage, tmp_path: Path) -> None:
    told: list[BaseException] = []
    object.__setattr__(page._context, "show_problem", told.append)
    page.printing.write(_document(page), tmp_path / "nowhere" / "review.pdf", "letter")
    (problem,) = told
    assert isinstance(problem, WorldProblem)
    assert problem.what == f"There is no folder {tmp_path / 'nowhere'}."
