"""The Where it went part of Accounts: totals, filters, explanations, warnings, files, by keyboard."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui.access_kit import name_of, stops
from tests.ui.coverage_kit import Desk, desk_over
from tracker.facts import Account, AccountKind, Allocation, Payment, Person, Role
from tracker.facts.accounts import Repaid
from tracker.services.bundle import Services
from ui.dialogs.payment_editor import PaymentEditor
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.went_why import WentWhy
from ui.pages.accounts import AccountsPage
from ui.pages.accounts_part_where import WherePart
from ui.pages.accounts_parts import WHERE
from ui.widgets.table import LedgerTable

D = TypeVar("D", bound=QDialog)
LONG = "\u05e9\u05dc\u05d5\u05dd \U0001fa7b " + "Harbor Imaging " * 12


class Home:
    """A household with a bank account, an HSA and an HRA."""

    def __init__(self, services: Services) -> None:
        self.services = services
        services.people.save_person(Person(name="Eleanor Whitfield"))
        self.bank = self._account("Checking", AccountKind.BANK)
        self.hsa = self._account("HSA", AccountKind.HSA, opened_on=date(2020, 1, 1))
        self.hra = self._account("HRA", AccountKind.HRA)

    def _account(self, name: str, kind: AccountKind, **more: object) -> int:
        fact = Account(name=name, kind=kind, **more)  # type: ignore[arg-type]
        return self.services.accounts.save(fact).new_id or 0

    def pay(self, amount: int, payee: str, **more: object) -> int:
        lines = self.services.people.household().categories
        line = next(item.id for item in lines if item.role is Role.COPAY_DOCTOR)
        values: dict[str, object] = {
            "paid_on": date(2026, 4, 1),
            "amount": amount,
            "account_id": self.bank,
            "allocations": (Allocation(category_id=line or 0, amount=amount),),
        }
        return self.services.payments.save(Payment(**(values | more)), payee=payee).new_id or 0  # type: ignore[arg-type]

    def pay_back(self, expense: int, amount: int) -> int:
        made = self.services.payments.save(
            Payment(
                paid_on=TODAY,
                amount=amount,
                account_id=self.hra,
                to_account_id=self.bank,
                repaid=(Repaid(expense_id=expense, amount=amount),),
            )
        )
        return made.new_id or 0


@pytest.fixture
def desk(services: Services) -> Iterator[Desk]:
    made = desk_over(services)
    yield made
    assert made.problems == []


@pytest.fixture
def home(services: Services) -> Home:
    return Home(services)


def part_of(desk: Desk, qtbot: QtBot, *, width: int = 1200) -> tuple[AccountsPage, WherePart]:
    """The page at its Where it went part, as the window shows it."""
    page = AccountsPage(desk.context)
    desk.kept.append(page)
    qtbot.addWidget(page)
    desk.context.bus.committed.connect(page.on_committed)
    page.resize(width, 900)
    page.show()
    page.arrive(("part", WHERE))
    part = page.part(WHERE)
    assert isinstance(part, WherePart)
    desk.kept.append(part)
    return page, part


def dialog_in(widget: QWidget, kind: type[D]) -> D:
    (found,) = [item for item in widget.findChildren(kind) if item.isVisible()]
    return found


def cells(table: LedgerTable) -> list[list[str]]:
    """What a person reads in the columns that are shown."""
    model = table.rows_model
    shown = [n for n in range(model.columnCount()) if not table.isColumnHidden(n)]
    return [[model.columns[n].text(row) for n in shown] for row in model.rows]


def headings(table: LedgerTable) -> list[str]:
    columns = table.rows_model.columns
    return [column.heading for n, column in enumerate(columns) if not table.isColumnHidden(n)]


def filled(home: Home) -> tuple[int, int]:
    first = home.pay(100_00, "Meridian Labs")
    home.pay_back(first, 60_00)
    second = home.pay(45_00, "Lakeview Orthopedics", account_id=home.hsa)
    return first, second


# the table ---------------------------------------------------------------------------------------


def test_each_expense_stands_under_its_pockets(desk: Desk, home: Home, qtbot: QtBot) -> None:
    filled(home)
    _page, part = part_of(desk, qtbot)
    assert part.pockets.sentence.text() == (
        "2026 came to $145.00: untaxed accounts $105.00 and you $40.00."
    )
    assert [row.words for row in part.pockets.model.rows] == [
        "HRA",
        "HSA",
        "You, own cash",
        "All of 2026",
    ]
    assert headings(part.lines.table)[-4:] == ["Amount", "HRA", "HSA", "Own cash"]
    assert [row[-4:] for row in cells(part.lines.table)] == [
        ["$45.00", "", "$45.00", ""],
        ["$100.00", "$60.00", "", "$40.00"],
    ]


def test_words_and_pockets_filter(desk: Desk, home: Home, qtbot: QtBot) -> None:
    filled(home)
    _page, part = part_of(desk, qtbot)
    part.lines.table.setFocus()
    qtbot.keyClicks(part.lines.table, "m")
    qtbot.keyClicks(part.lines.filter, "eridian")
    assert [row.line.payee for row in part.lines.model.rows] == ["Meridian Labs"]
    part.lines.filter.clear()
    part.pockets.table.setFocus()
    part.pockets.table.go_to_cell(1, 0, by_keyboard=True)
    qtbot.keyClick(part.pockets.table, Qt.Key.Key_Return)
    assert part.lines.pocket.currentText() == "HSA"
    assert [row.line.payee for row in part.lines.model.rows] == ["Lakeview Orthopedics"]
    part.lines.choose_pocket("twice")
    assert part.lines.no_match.isVisible()


def test_enter_explains_and_leads_to_the_payment(desk: Desk, home: Home, qtbot: QtBot) -> None:
    filled(home)
    _page, part = part_of(desk, qtbot)
    part.lines.table.setFocus()
    part.lines.table.go_to_cell(1, 0, by_keyboard=True)
    qtbot.keyClick(part.lines.table, Qt.Key.Key_Return)
    why = dialog_in(part, WentWhy)
    said = [label.text() for label in why.sentences]
    assert "$60.00 the HRA paid on Nov 22, 2026 (HRA)." in said
    assert "$40.00 you paid yourself on Apr 1, 2026 (Checking)." in said
    why.open_button.setFocus()
    qtbot.keyClick(why.open_button, Qt.Key.Key_Return)
    editor = dialog_in(part, PaymentEditor)
    assert editor.fields.payee.text() == "Meridian Labs"
    editor.reject()


def test_the_year_and_the_day_that_decides_it(desk: Desk, home: Home, qtbot: QtBot) -> None:
    filled(home)
    page, part = part_of(desk, qtbot)
    qtbot.mouseClick(page.earlier, Qt.MouseButton.LeftButton)
    assert part.empty.isVisible()
    assert part.pockets.sentence.text() == "Nothing is recorded for 2025."
    qtbot.mouseClick(page.later, Qt.MouseButton.LeftButton)
    assert len(part.lines.model.rows) == 2
    segment = part.pockets.by.findChildren(QWidget)[-1]
    segment.setFocus()
    qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
    assert part.went is not None
    assert part.went.by.value == "paid"
    assert "whenever the care was given" in part.pockets.remark.text()


def test_what_is_recorded_meanwhile_is_shown(desk: Desk, home: Home, qtbot: QtBot) -> None:
    filled(home)
    page, part = part_of(desk, qtbot)
    desk.context.commit(
        page, lambda: desk.services.payments.save(Payment(paid_on=TODAY, amount=5_00), payee="Shop")
    )
    page.reload()
    assert part.lines.model.rows[0].line.payee == "Shop"


# what counts twice -------------------------------------------------------------------------------


def test_money_an_hsa_paid_too_much_is_said_and_put_back(desk: Desk, home: Home, qtbot: QtBot) -> None:
    _first, second = filled(home)
    _page, part = part_of(desk, qtbot)
    assert not part.twice.isVisible()
    desk.services.payments.save(
        Payment(paid_on=TODAY, amount=-20_00, account_id=home.bank, repays_id=second),
        payee="Lakeview Orthopedics",
    )
    part.reload()
    assert part.twice.isVisible()
    (words,) = part.twice.lines.texts()
    assert words.startswith("Lakeview Orthopedics: $20.00 counts twice.")
    button = part.twice.lines.button(0, "Record repayment")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    editor = dialog_in(part, PaymentEditor)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    part.reload()
    assert not part.twice.isVisible()
    moved = desk.services.payments.lines(desk.services.payments.ids().ids)
    assert ("Checking", "HSA", 20_00) in [(line.account, line.to_account, line.amount) for line in moved]


# files and paper ---------------------------------------------------------------------------------


def test_the_rows_that_are_shown_go_to_a_file(desk: Desk, home: Home, qtbot: QtBot, tmp_path: Path) -> None:
    filled(home)
    _page, part = part_of(desk, qtbot)
    part.lines.choose_pocket("hra")
    rows = [row.line for row in part.lines.shown_rows()]
    part.acts.write(tmp_path / "out.csv", rows)
    with open(tmp_path / "out.csv", encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["Payee"], row["HRA"], row["Own cash"]) == ("Meridian Labs", "60.00", "40.00")
    assert desk.shell.said[-1] == "Saved out.csv, 1 row."


def test_it_prints_what_the_filter_keeps(desk: Desk, home: Home, qtbot: QtBot) -> None:
    filled(home)
    page, part = part_of(desk, qtbot)
    part.lines.choose_pocket("hra")
    assert page.print_page()
    preview = dialog_in(page, PrintPreview)
    desk.kept.append(preview)
    preview.reject()
    document = part.print_part()
    assert document is not None
    assert document.title == "Where it went"
    assert part.lines.said() == "HRA"


def test_nothing_to_print_in_an_empty_ledger(desk: Desk, qtbot: QtBot) -> None:
    page, part = part_of(desk, qtbot)
    assert part.empty.isVisible()
    assert not page.print_page()
    assert part.add()
    dialog_in(part, PaymentEditor).reject()


# room and names ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "one_column"), [(1200, False), (700, True)])
def test_a_narrow_table_says_in_one_column_who_bore_it(
    desk: Desk, home: Home, qtbot: QtBot, width: int, one_column: bool
) -> None:
    filled(home)
    home.pay(999_999_999_999, LONG)
    _page, part = part_of(desk, qtbot, width=width)
    shown = headings(part.lines.table)
    assert ("Borne by" in shown) == one_column
    assert ("Own cash" in shown) != one_column
    assert part.lines.table.horizontalScrollBar().maximum() == 0
    if one_column:
        assert cells(part.lines.table)[-1][-1] == "HRA $60.00, Own cash $40.00"


def test_everything_has_a_name_and_is_reached_by_keyboard(desk: Desk, home: Home, qtbot: QtBot) -> None:
    filled(home)
    page, part = part_of(desk, qtbot)
    reached = stops(page)
    assert all(name_of(widget) for widget in reached)
    for widget in (part.lines.filter, part.lines.pocket, part.lines.table, part.pockets.table):
        assert widget in reached


def test_many_rows_are_filtered_without_holding_up_the_window(desk: Desk, home: Home, qtbot: QtBot) -> None:
    days = [date(2026, 1, 1) + timedelta(days=n % 300) for n in range(3_000)]
    drafts = [(Payment(paid_on=day, amount=10_00, account_id=home.bank), "") for day in days]
    desk.services.payments.add_many(drafts)
    home.pay(7_00, "Meridian Labs")
    _page, part = part_of(desk, qtbot)
    assert len(part.lines.model.rows) == 3_001
    part.lines.filter.setText("meridian")
    assert len(part.lines.model.rows) == 1
    part.lines.filter.clear()
    assert len(part.lines.model.rows) == 3_001
