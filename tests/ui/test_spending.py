"""The Spending page, driven by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.spending_home import Home, move_in
from tracker.dates import Period
from tracker.facts import Allocation, Noun, Payment, Role
from tracker.services.bundle import Services
from tracker.storage.queries.payments import UNALLOCATED, PaymentFilter
from ui.dialogs.payment_editor import PaymentEditor
from ui.dialogs.recategorise import Recategorise
from ui.jobs import JobRunner
from ui.models.payments import SORTS, runs
from ui.pages.spending import SpendingPage
from ui.window_state import WindowState

Shown = Callable[[], SpendingPage]
CTRL = Qt.KeyboardModifier.ControlModifier
DATE, PAYEE, LINE, NOTE, AMOUNT = (
    SORTS.index(sort) for sort in ("date", "payee", "category", "note", "amount")
)


@pytest.fixture
def home(qtbot: QtBot, services: Services, tmp_path: Path) -> Home:
    return move_in(services, state=WindowState(tmp_path / "window.ini"))


@pytest.fixture
def stocked(home: Home) -> Home:
    """Five payments: two in November, a refund, a transfer, an old one without a line."""
    home.pay(date(2026, 11, 1), 45000, "Blue Shield", Role.PREMIUM)
    quest = home.pay(date(2026, 11, 12), 4112, "Quest Labs", Role.DEDUCTIBLE, note="Lipids and liver")
    home.pay(date(2026, 11, 18), -1000, "Quest Labs", Role.DEDUCTIBLE, repays_id=quest)
    share = (Allocation(category_id=home.lines[Role.CONTINGENCY], amount=10000),)
    home.services.payments.save(
        Payment(
            paid_on=date(2026, 10, 3),
            amount=10000,
            account_id=home.bank,
            to_account_id=home.fund,
            allocations=share,
        )
    )
    home.pay(date(2025, 3, 3), 999999999999, "عيادة 😀", person_id=home.people[1])
    return home


@pytest.fixture
def shown(qtbot: QtBot, home: Home) -> Shown:
    def make() -> SpendingPage:
        page = SpendingPage(home.context)
        home.context.bus.committed.connect(page.on_committed)
        qtbot.addWidget(page)
        page.resize(1120, 700)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        return page

    return make


def payees(page: SpendingPage) -> list[str]:
    return column(page, PAYEE)


def column(page: SpendingPage, place: int) -> list[str]:
    model = page.model
    return [str(model.index(row, place).data()) for row in range(model.rowCount())]


def settle(qtbot: QtBot, page: SpendingPage) -> None:
    """Wait for the moment after the last keystroke."""
    qtbot.waitUntil(lambda: not page._timer.isActive())


def press(qtbot: QtBot, page: SpendingPage, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    qtbot.keyClick(page.table, key, held or Qt.KeyboardModifier.NoModifier)


def double_click(qtbot: QtBot, page: SpendingPage, row: int, place: int) -> None:
    where = page.table.visualRect(page.model.index(row, place)).center()
    for click in (qtbot.mouseClick, qtbot.mouseDClick):
        click(page.table.viewport(), Qt.MouseButton.LeftButton, pos=where)


def editor_of(page: SpendingPage) -> PaymentEditor:
    (found,) = page.findChildren(PaymentEditor)
    return found


def leave(page: SpendingPage) -> list[str]:
    """Close the forms that are open, and say which they were."""
    editors = page.findChildren(PaymentEditor)
    for editor in editors:
        editor.reject()
    return [editor.windowTitle() for editor in editors]


# showing --------------------------------------------------------------------------------------


def test_rows_say_what_moved(stocked: Home, shown: Shown) -> None:
    page = shown()
    rows = [[str(page.model.index(row, n).data()) for n in range(8)] for row in range(5)]
    deductible, fund = "Deductible Contribution (if applicable)", "Contingency Fund for Unforeseen Expenses"
    premium = "Health Insurance Premium"
    assert rows == [
        ["Nov 18, 2026", "Quest Labs", deductible, "", "Checking", "", "", "refund -$10.00"],
        ["Nov 12, 2026", "Quest Labs", deductible, "", "Checking", "Lipids and liver", "", "$41.12"],
        ["Nov 1, 2026", "Blue Shield", premium, "", "Checking", "", "", "$450.00"],
        ["Oct 3, 2026", "to Contingency fund", fund, "", "Checking", "", "", "$100.00"],
        ["Mar 3, 2025", "عيادة 😀", "", "Robert", "Checking", "", "", "$9,999,999,999.99"],
    ]
    assert page.count.text() == "5 payments"
    assert page.spent.text() == "Spent $10,000,000,481.11"  # the transfer is not spent


def test_the_model_keeps_its_promises(stocked: Home, shown: Shown) -> None:
    page = shown()
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.filters.set_words("quest")
    page._look()
    page._on_sort("amount", False)
    stocked.pay(date(2026, 11, 20), 100, "Quest Labs")
    page.reload()
    assert column(page, AMOUNT) == ["refund -$10.00", "$1.00", "$41.12"]


def test_only_what_is_looked_at_is_read(home: Home, shown: Shown) -> None:
    drafts = [(Payment(paid_on=date(2026, 1, 1), amount=100 + n), f"Payee {n % 7}") for n in range(1500)]
    home.services.payments.add_many(drafts)
    page = shown()
    asked: list[int] = []
    fetch = page.model._lines._fetch
    page.model._lines._fetch = lambda ids: (asked.append(len(ids)), fetch(ids))[1]
    page.reload()
    QApplication.processEvents()
    assert sum(asked) <= 200
    page.table.verticalScrollBar().setValue(page.table.verticalScrollBar().maximum())
    page.table.viewport().repaint()
    assert 0 < sum(asked) <= 400
    assert str(page.model.index(1499, AMOUNT).data()) == "$1.00"


def test_a_payment_that_vanished_meanwhile_does_not_shift_the_others(stocked: Home, shown: Shown) -> None:
    page = shown()
    stocked.services.payments.remove([page.model.ids[1]])  # nobody has told the page yet
    page.model._lines.forget()
    assert payees(page)[:3] == ["Quest Labs", "Removed", "Blue Shield"]


def test_an_empty_ledger_says_what_the_page_is_for(qtbot: QtBot, home: Home, shown: Shown) -> None:
    page = shown()
    assert page._none.isVisible()
    assert not page.filters.isVisible()
    qtbot.mouseClick(page._none.button, Qt.MouseButton.LeftButton)
    editor = editor_of(page)
    editor.fields.amount.setText("5")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert page._rows.isVisible()
    assert page.table.selected_keys() == [home.all()[0].id]


# filtering ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        ("quest", ["refund -$10.00", "$41.12"]),
        ("quest lip", ["$41.12"]),
        ("LIVER quest 41", ["$41.12"]),
        ("41.12", ["$41.12"]),
        ("$450", ["$450.00"]),
        ("2026-10", ["$100.00"]),
        ("premium", ["$450.00"]),
        ("robert", ["$9,999,999,999.99"]),
        ("عيادة", ["$9,999,999,999.99"]),
        ("100%", []),
        ("quest shield", []),
    ],
)
def test_every_word_must_match(
    qtbot: QtBot, stocked: Home, shown: Shown, words: str, amounts: list[str]
) -> None:
    page = shown()
    qtbot.keyClick(page, Qt.Key.Key_F, CTRL)
    assert page.filters.words.hasFocus()
    for letter in words:
        # Letters beyond ASCII have no key of their own.
        if letter.isascii():
            qtbot.keyClicks(page.filters.words, letter)
        else:
            page.filters.words.insert(letter)
            page.filters._on_typed()
    settle(qtbot, page)
    assert column(page, AMOUNT) == amounts
    assert page._no_match.isVisible() == (not amounts)


def test_escape_and_the_button_clear_the_filter(qtbot: QtBot, stocked: Home, shown: Shown) -> None:
    page = shown()
    qtbot.keyClicks(page.filters.words, "zzz")
    settle(qtbot, page)
    qtbot.keyClick(page.filters.words, Qt.Key.Key_Escape)
    settle(qtbot, page)
    assert page.model.rowCount() == 5
    qtbot.keyClicks(page.filters.words, "zzz")
    settle(qtbot, page)
    qtbot.mouseClick(page._no_match.button, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == 5
    assert not page.filters.clear_button.isVisible()


def test_typing_over_the_rows_filters(qtbot: QtBot, stocked: Home, shown: Shown) -> None:
    page = shown()
    page.table.setFocus()
    qtbot.keyClicks(page.table, "b")
    qtbot.keyClicks(page.filters.words, "lue")
    settle(qtbot, page)
    assert payees(page) == ["Blue Shield"]
    qtbot.keyClick(page.filters.words, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    press(qtbot, page, Qt.Key.Key_Escape)
    assert page.model.rowCount() == 5


def test_choices_narrow_and_are_remembered(qtbot: QtBot, stocked: Home, shown: Shown) -> None:
    page = shown()
    choose(qtbot, page.filters.period, "This month")
    assert page.model.rowCount() == 3
    choose(qtbot, page.filters.line, "Health Insurance Premium")
    choose(qtbot, page.filters.account, "Checking")
    assert payees(page) == ["Blue Shield"]
    again = shown()
    assert payees(again) == ["Blue Shield"]
    qtbot.mouseClick(again.filters.clear_button, Qt.MouseButton.LeftButton)
    assert shown().model.rowCount() == 5


def test_no_budget_line_and_a_custom_period(qtbot: QtBot, stocked: Home, shown: Shown) -> None:
    page = shown()
    choose(qtbot, page.filters.line, "No budget line")
    assert payees(page) == ["عيادة 😀"]
    choose(qtbot, page.filters.line, "All lines")
    choose(qtbot, page.filters.period, "Custom")
    page.filters.begin.selectAll()
    qtbot.keyClicks(page.filters.begin, "10/1/2026")
    page.filters.last.selectAll()
    qtbot.keyClicks(page.filters.last, "11/1/2026")
    settle(qtbot, page)
    assert payees(page) == ["Blue Shield", "to Contingency fund"]
    page.filters.last.selectAll()
    qtbot.keyClicks(page.filters.last, "2026-02-30")  # until it is a day, everything is shown
    settle(qtbot, page)
    assert page.model.rowCount() == 5
    assert shown().filters.period.key() == "custom"


def choose(qtbot: QtBot, field: object, words: str) -> None:
    """Choose an option the way a click in the list does."""
    place = field.findText(words)  # type: ignore[attr-defined]
    assert place >= 0
    field.setCurrentIndex(place)  # type: ignore[attr-defined]
    field.activated.emit(place)  # type: ignore[attr-defined]


# arriving -------------------------------------------------------------------------------------


def test_arriving_with_a_filter(stocked: Home, shown: Shown) -> None:
    page = shown()
    provider = next(found.id for found in stocked.services.people.providers() if found.name == "Quest Labs")
    page.arrive(PaymentFilter(provider_id=provider, period=Period(date(2026, 11, 1), date(2026, 12, 1))))
    assert payees(page) == ["Quest Labs", "Quest Labs"]
    assert page.filters.payee.text() == "Only Quest Labs"
    assert page.filters.period.key() == "month"
    page.filters.payee.click()
    assert page.model.rowCount() == 3
    page.arrive(PaymentFilter(category_id=UNALLOCATED))
    assert payees(page) == ["عيادة 😀"]
    assert shown().model.rowCount() == 5  # what one arrived with is not remembered


def test_arriving_at_a_payment_the_filter_hides(stocked: Home, shown: Shown) -> None:
    page = shown()
    page.find_text("blue")
    assert page.model.rowCount() == 1
    oldest = stocked.all()[-1].id or 0
    page.arrive(oldest)
    assert page.table.selected_keys() == [oldest]
    assert page.model.rowCount() == 5


def test_arriving_before_the_page_was_shown(qtbot: QtBot, stocked: Home) -> None:
    page = SpendingPage(stocked.context)
    qtbot.addWidget(page)
    page.arrive(PaymentFilter(text="blue"))
    page.show()
    assert payees(page) == ["Blue Shield"]


# sorting, selecting ---------------------------------------------------------------------------


def test_headings_sort_and_the_order_is_remembered(qtbot: QtBot, stocked: Home, shown: Shown) -> None:
    page = shown()
    header = page.table.horizontalHeader()
    where = QPoint(header.sectionViewportPosition(AMOUNT) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    first = column(page, AMOUNT)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert column(page, AMOUNT) == first[::-1]
    assert {first[0], first[-1]} == {"refund -$10.00", "$9,999,999,999.99"}
    assert column(shown(), AMOUNT) == first[::-1]
    assert header.sortIndicatorSection() == AMOUNT


def test_the_paperclip_is_not_an_order(qtbot: QtBot, stocked: Home, shown: Shown) -> None:
    page = shown()
    before = column(page, DATE)
    header = page.table.horizontalHeader()
    where = QPoint(header.sectionViewportPosition(6) + 8, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert column(page, DATE) == before


def test_selection_and_place_survive_changes(qtbot: QtBot, home: Home, shown: Shown) -> None:
    drafts = [(Payment(paid_on=date(2026, 1, 1), amount=100 + n), "Payee") for n in range(300)]
    home.services.payments.add_many(drafts)
    page = shown()
    keys = [page.model.ids[place] for place in (120, 121, 130)]
    page.table.select_keys(keys)
    page.table.verticalScrollBar().setValue(118 * page.table.row_pixels())
    top = page.table.top_key()
    home.context.commit(
        page, lambda: home.services.payments.save(Payment(paid_on=date(2026, 2, 2), amount=5))
    )
    assert page.model.rowCount() == 301
    assert page.table.selected_keys() == keys
    assert page.table.top_key() == top


def test_what_is_selected_is_counted_and_added_up(stocked: Home, shown: Shown) -> None:
    page = shown()
    page.table.select_keys(list(page.model.ids[:4]))
    assert page.count.text() == "4 of 5 payments selected"
    assert page.spent.text() == "Selected $481.12"
    assert page._delete_button.isVisible()
    stocked.context.commit(
        page, lambda: stocked.services.payments.save(Payment(paid_on=date(2026, 2, 2), amount=5))
    )
    assert page.count.text() == "4 of 6 payments selected"
    assert page.spent.text() == "Selected $481.12"
    page.table.clearSelection()
    assert page.spent.text().startswith("Spent")


def test_runs_of_places() -> None:
    assert runs([]) == []
    assert runs([4]) == [(4, 4)]
    assert runs([0, 1, 2, 5, 7, 8]) == [(0, 2), (5, 5), (7, 8)]


def test_a_narrow_table_keeps_the_amounts_in_view(qtbot: QtBot, stocked: Home, shown: Shown) -> None:
    page = shown()
    names = ("account", "person", "note")

    def left_out() -> list[str]:
        return [name for name in names if page.table.isColumnHidden(SORTS.index(name))]

    assert left_out() == []
    page.resize(760, 700)
    assert left_out() == ["account"]
    page.resize(560, 700)
    assert left_out() == ["account", "person", "note"]
    # Qt brings the scroll bar up to date with the columns a moment later.
    qtbot.waitUntil(lambda: page.table.horizontalScrollBar().maximum() == 0)
    page.resize(1120, 700)
    assert left_out() == []


def test_a_dragged_width_comes_back(stocked: Home, shown: Shown) -> None:
    page = shown()
    page.table.horizontalHeader().resizeSection(SORTS.index("person"), 150)
    page.resize(560, 700)  # leaving the column out is not the person's wish
    page.resize(1120, 700)
    assert page.table.columnWidth(SORTS.index("person")) == 150
    assert shown().table.columnWidth(SORTS.index("person")) == 150


def test_one_person_needs_no_column(qtbot: QtBot, services: Services) -> None:
    home = move_in(services, people=("Eleanor",))
    home.pay(date(2026, 11, 1), 100, "Elm")
    page = SpendingPage(home.context)
    qtbot.addWidget(page)
    page.resize(1120, 700)
    page.show()
    assert page.table.isColumnHidden(SORTS.index("person"))
    assert not page.filters.person.isVisible()


def test_with_real_threads_the_last_word_wins(qtbot: QtBot, services: Services) -> None:
    runner = JobRunner()
    home = move_in(services, runner=runner)
    for name in ("Elm Pharmacy", "Elm Street Clinic", "Quest Labs"):
        home.pay(date(2026, 11, 1), 100, name)
    page = SpendingPage(home.context)
    home.context.bus.committed.connect(page.on_committed)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    qtbot.keyClicks(page.filters.words, "elm")
    page._look()  # a question that is overtaken by the next
    qtbot.keyClicks(page.filters.words, " street")
    qtbot.waitUntil(lambda: payees(page) == ["Elm Street Clinic"])
    page.table.selectAll()
    page.table.setFocus()
    press(qtbot, page, Qt.Key.Key_Delete)
    qtbot.waitUntil(page._no_match.isVisible)
    qtbot.waitUntil(lambda: not runner.busy)
    assert runner.shut_down()


# changing -------------------------------------------------------------------------------------


def test_enter_and_double_click_open_a_payment(qtbot: QtBot, stocked: Home, shown: Shown) -> None:
    page = shown()
    page.table.go_to_cell(2, NOTE)
    press(qtbot, page, Qt.Key.Key_Return)
    editor = editor_of(page)
    assert editor.fields.payee.text() == "Blue Shield"
    editor.fields.amount.setText("455")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert column(page, AMOUNT)[2] == "$455.00"
    double_click(qtbot, page, 3, PAYEE)
    assert leave(page)[-1] == "Change transfer"


def cell_editor(page: SpendingPage) -> QLineEdit:
    (found,) = (edit for edit in page.table.viewport().findChildren(QLineEdit) if edit.isVisible())
    return found


def type_in_cell(qtbot: QtBot, page: SpendingPage, row: int, place: int, text: str) -> QLineEdit:
    page.table.go_to_cell(row, place)
    press(qtbot, page, Qt.Key.Key_F2)
    edit = cell_editor(page)
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    return edit


@pytest.mark.parametrize(
    ("place", "typed", "shows"),
    [
        (NOTE, "Paid online", "Paid online"),
        (LINE, "prescription", "Estimated Prescription Costs"),
        (LINE, "Contingency Fund for Unforeseen Expenses", "Contingency Fund for Unforeseen Expenses"),
        (DATE, "11/2/2026", "Nov 2, 2026"),
        (AMOUNT, "400+12.5", "$412.50"),
    ],
)
def test_cells_are_changed_in_place(
    qtbot: QtBot, stocked: Home, shown: Shown, place: int, typed: str, shows: str
) -> None:
    page = shown()
    type_in_cell(qtbot, page, 2, place, typed)
    assert column(page, place)[2] == shows
    assert payees(page)[2] == "Blue Shield"
    changed = next(found for found in stocked.all() if stocked.payee_of(found) == "Blue Shield")
    assert [share.amount for share in changed.allocations] == [changed.amount]
    assert stocked.shell.said == []  # quiet, and still undone with Ctrl+Z
    stocked.context.undo()
    assert column(page, place)[2] != shows


def test_an_empty_line_means_none_and_a_refund_keeps_its_minus(
    qtbot: QtBot, stocked: Home, shown: Shown
) -> None:
    page = shown()
    page.table.go_to_cell(2, LINE)
    press(qtbot, page, Qt.Key.Key_F2)
    qtbot.keyClick(cell_editor(page), Qt.Key.Key_Delete)
    qtbot.keyClick(cell_editor(page), Qt.Key.Key_Return)
    assert column(page, LINE)[2] == ""
    type_in_cell(qtbot, page, 0, AMOUNT, "12")
    assert column(page, AMOUNT)[0] == "refund -$12.00"


@pytest.mark.parametrize(
    ("place", "typed", "sentence"),
    [
        (AMOUNT, "abc", "“abc” is not an amount in dollars."),
        (AMOUNT, "0", "The amount is zero."),
        (AMOUNT, "-5", "This is an expense."),
        (DATE, "2026-02-30", "2026-02-30 is not a day of the calendar."),
        (LINE, "Gifts", "No budget line is called “Gifts”."),
        (LINE, "Estimated", "Several budget lines contain “Estimated”."),
    ],
)
def test_what_a_cell_refuses_stays_with_the_reason(
    qtbot: QtBot, stocked: Home, shown: Shown, place: int, typed: str, sentence: str
) -> None:
    page = shown()
    before = stocked.all()
    edit = type_in_cell(qtbot, page, 2, place, typed)
    assert edit.isVisible()
    assert edit.text() == typed
    assert sentence in edit.accessibleDescription()
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert stocked.all() == before


def test_a_split_is_opened_and_not_typed_over(qtbot: QtBot, stocked: Home, shown: Shown) -> None:
    shares = (
        Allocation(category_id=stocked.lines[Role.PRESCRIPTION], amount=600),
        Allocation(category_id=stocked.lines[Role.PREMIUM], amount=400),
    )
    stocked.pay(date(2026, 11, 22), 1000, "Elm", allocations=shares)
    page = shown()
    assert column(page, LINE)[0] == "Split: Estimated Prescription Costs, Health Insurance Premium"
    double_click(qtbot, page, 0, LINE)
    assert editor_of(page).fields.line.is_split
    leave(page)


def test_delete_without_a_question_and_undo(qtbot: QtBot, stocked: Home, shown: Shown) -> None:
    page = shown()
    before = stocked.all()
    page.table.select_keys(list(page.model.ids[1:3]))
    page.table.setFocus()
    press(qtbot, page, Qt.Key.Key_Delete)
    assert page.model.rowCount() == 3
    assert stocked.shell.said == ["Remove 2 payments"]
    assert stocked.shell.undo is not None
    stocked.shell.undo()
    assert page.model.rowCount() == 5
    assert stocked.all() == before


def test_many_get_another_line_at_once(qtbot: QtBot, stocked: Home, shown: Shown) -> None:
    page = shown()
    page.table.selectAll()
    qtbot.mouseClick(page._line_button, Qt.MouseButton.LeftButton)
    (dialog,) = page.findChildren(Recategorise)
    qtbot.keyClicks(dialog.choice, "Deductible Contribution (if applicable)")
    assert dialog.preview.text() == (
        "3 payments will be put under Deductible Contribution (if applicable). 2 are already there."
    )
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert set(column(page, LINE)) == {"Deductible Contribution (if applicable)"}
    stocked.context.undo()
    assert len(set(column(page, LINE))) == 4


def test_the_menu_offers_what_fits(stocked: Home, shown: Shown) -> None:
    page = shown()

    def offered(*rows: int) -> list[str]:
        keys = [page.model.ids[row] for row in rows]
        lines = [page.model.row_at(rows[0])] if len(rows) == 1 else []
        return [action.text() for action in page.actions_.menu(lines, keys).actions() if action.text()]

    assert offered(1) == [
        "Open…", "Add another like this…", "Add refund…", "Split…", "Change budget line…", "Attach files…",
        "Copy", "Paste rows…", "Delete",
    ]  # fmt: skip
    assert "Add refund…" not in offered(0)
    assert "Add refund…" not in offered(3)
    assert offered(0, 1) == ["Change budget line…", "Copy", "Paste rows…", "Delete 2 payments"]
    assert offered() == ["Paste rows…"]


def test_refund_split_and_another_from_the_menu(qtbot: QtBot, stocked: Home, shown: Shown) -> None:
    page = shown()
    quest = page.model.ids[1]
    page.actions_.refund(quest)
    editor = editor_of(page)
    assert (editor.fields.kind.key(), editor.fields.amount.text()) == ("refund", "31.12")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert stocked.services.payments.refunds_of(quest)[1].amount == -3112
    page.actions_.split(quest)
    assert [found for found in page.findChildren(PaymentEditor) if found.fields.line.is_split]
    page.actions_.add_another(quest)
    fresh = page.findChildren(PaymentEditor)[-1]
    assert (fresh.windowTitle(), fresh.fields.payee.text()) == ("Add payment", "Quest Labs")
    leave(page)


# documents and the clipboard --------------------------------------------------------------------


def test_a_receipt_dropped_on_a_row(qtbot: QtBot, stocked: Home, shown: Shown, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.pdf"
    receipt.write_bytes(b"paid")
    page = shown()
    table = page.table
    over = table.visualRect(page.model.index(2, PAYEE)).center()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(receipt))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(over, copy, data, left, none)
    table.dragEnterEvent(enter)
    assert enter.isAccepted()
    move = QDragMoveEvent(over, copy, data, left, none)
    table.dragMoveEvent(move)
    assert move.isAccepted()
    assert table._under_files == 2
    page.grab()
    below = QDragMoveEvent(QPoint(over.x(), table.viewport().height() - 2), copy, data, left, none)
    table.dragMoveEvent(below)
    assert not below.isAccepted()
    assert table._under_files == -1
    table.dropEvent(QDropEvent(QPointF(over), copy, data, left, none))
    number = page.model.ids[2]
    assert [found.name for found in stocked.services.documents.attached_to(Noun.PAYMENT, number)] == [
        "receipt.pdf"
    ]
    assert column(page, 6)[2] == "1 document"
    assert stocked.shell.said == ["Attach receipt.pdf"]


def test_text_that_is_dragged_is_not_taken(stocked: Home, shown: Shown) -> None:
    page = shown()
    data = QMimeData()
    data.setText("hello")
    event = QDragEnterEvent(
        QPoint(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    page.table.dragEnterEvent(event)
    assert not event.isAccepted()


def test_copied_rows_are_plain_for_a_spreadsheet(qtbot: QtBot, stocked: Home, shown: Shown) -> None:
    stocked.pay(date(2026, 11, 20), 500, "=HYPERLINK(1)", note="@home\nsecond line")
    page = shown()
    flag = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (0, 1, 4):
        page.table.selectionModel().select(page.model.index(row, 0), flag)
    page.table.setFocus()
    press(qtbot, page, Qt.Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().splitlines()
    deductible, fund = "Deductible Contribution (if applicable)", "Contingency Fund for Unforeseen Expenses"
    assert lines == [
        "Date\tPayee\tBudget line\tPerson\tAccount\tTo account\tNote\tAmount",
        "2026-11-20\t'=HYPERLINK(1)\t\t\tChecking\t\t'@home second line\t5.00",
        f"2026-11-18\tQuest Labs\t{deductible}\t\tChecking\t\t\t-10.00",
        f"2026-10-03\t\t{fund}\t\tChecking\tContingency fund\t\t100.00",
    ]
    assert stocked.shell.said[-1] == "Copied 3 rows"
