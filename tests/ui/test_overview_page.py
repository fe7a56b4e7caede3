"""The first page over a real ledger: its figures, its doors, and that it follows every change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.conftest import open_ledger
from tests.ui.session_kit import session_over
from tracker.facts import Allocation, Payment, Role
from tracker.services.bundle import Services
from tracker.storage.ledger import Ledger
from ui.pages.overview import OverviewPage
from ui.pages.overview_attention import MOST_ATTENTION
from ui.session import Session


@pytest.fixture
def session(sample_ledger: Ledger, qtbot: QtBot) -> Iterator[Session]:
    with session_over(sample_ledger, qtbot) as made:
        yield made


def _page(session: Session) -> OverviewPage:
    page = session.window.page("overview")
    assert isinstance(page, OverviewPage)
    return page


def _table(page: OverviewPage) -> list[list[str]]:
    model = page.table.rows_model
    return [
        [str(model.data(model.index(row, column)) or "") for column in range(4)]
        for row in range(model.rowCount())
    ]


def test_figures_are_those_of_the_services(session: Session) -> None:
    page = _page(session)
    shown = session.services.reports.overview(date(2026, 11, 1))
    assert shown.coverage is not None
    assert shown.coverage.deductible is not None
    used = shown.coverage.deductible.used
    assert page.title() == "November 2026"
    assert f"${used // 100:,}" in page.deductible.accessibleName()
    assert shown.fund is not None
    assert f"${shown.fund.balance // 100:,}" in page.fund.accessibleName()
    rows = _table(page)
    assert rows[0][0] == "Concierge Membership Fee"
    assert rows[-1][0] == "Total Estimated Monthly Healthcare Expenses"
    assert rows[-1][1] == "$1,225.00"


def test_a_line_without_payments_shows_no_difference(session: Session) -> None:
    fund_row = next(row for row in _table(_page(session)) if row[0].startswith("Contingency"))
    assert fund_row[2:] == ["", ""]


def test_a_new_expense_reaches_the_page_and_undo_takes_it_back(session: Session, qtbot: QtBot) -> None:
    page = _page(session)
    services = session.services
    line = next(item for item in services.budget.categories() if item.role is Role.DEDUCTIBLE)
    before = _table(page)
    expense = Payment(
        paid_on=date(2026, 11, 20),
        amount=500_00,
        allocations=(Allocation(category_id=line.id or 0, amount=500_00),),
    )
    session.context.commit(page, lambda: services.payments.save(expense, payee="Quest Labs"))
    after = _table(page)
    assert after != before
    assert "over" in next(row for row in after if row[0] == line.name)[3]
    assert "Quest Labs $500.00" in session.window.toasts.text
    qtbot.keyClick(session.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert _table(page) == before
    qtbot.keyClick(
        session.window,
        Qt.Key.Key_Z,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert _table(page) == after


def test_earlier_and_later_months(session: Session, qtbot: QtBot) -> None:
    page = _page(session)
    qtbot.mouseClick(page.earlier, Qt.MouseButton.LeftButton)
    assert page.title() == "October 2026"
    assert "October 2026" in page.spent.accessibleName()
    qtbot.mouseClick(page.later, Qt.MouseButton.LeftButton)
    assert page.title() == "November 2026"


def test_attention_shows_the_first_few_and_then_all(session: Session, qtbot: QtBot) -> None:
    page = _page(session)
    waiting = session.services.attention.all()
    assert len(waiting) > MOST_ATTENTION
    assert len(page.attention.items()) == MOST_ATTENTION
    qtbot.mouseClick(page.more, Qt.MouseButton.LeftButton)
    assert [row.headline for row in page.attention.items()] == [item.what for item in waiting]


def test_an_empty_ledger_says_what_to_do(ledger: Ledger, qtbot: QtBot) -> None:
    with session_over(ledger, qtbot) as session:
        page = _page(session)
        assert page.no_plan.isVisible()
        assert page.all_done.isVisible()
        assert "No plan yet" in page.deductible.accessibleDescription()


def test_amounts_beyond_imagination_fit(services: Services, tmp_path: Path, qtbot: QtBot) -> None:
    categories = services.budget.categories()
    services.budget.save_category(replace(categories[0], name="A very long line " * 11))
    for line in categories:
        services.budget.set_estimate(line.id or 0, date(2026, 11, 1), 999_999_999_999)
    path = services.ledger.path
    services.ledger.close()
    with session_over(open_ledger(path), qtbot) as session:
        page = _page(session)
        session.window.resize(1024, 700)
        assert _table(page)[-1][1] == "$69,999,999,999.93"
