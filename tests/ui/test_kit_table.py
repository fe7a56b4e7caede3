"""Tables: the model keeps Qt's rules, the view answers to keys, columns fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate
from pytestqt.qtbot import QtBot

from tracker.errors import UserProblem
from tracker.money import dollars, parse_cents
from ui.models.table import Bar, Column, RowTableModel
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.columns import side_by_side
from ui.widgets.label import Label
from ui.widgets.table import LedgerTable
from ui.window_state import WindowState


@dataclass(frozen=True)
class Line:
    id: int
    name: str
    estimate: int
    actual: int | None = None


FEE = Line(1, "Concierge membership fee", 30000, 30000)
PREMIUM = Line(2, "Health insurance premium", 45000, 45000)
COPAY = Line(3, "Co-pays, specialist visits", 7500, 15000)
DRUGS = Line(4, "Prescriptions", 10000)
TOTAL = Line(99, "Total", 92500, 90000)
LINES = [FEE, PREMIUM, COPAY, DRUGS, TOTAL]


class Book:
    """Where edits go."""

    def __init__(self) -> None:
        self.edits: list[tuple[int, int]] = []
        self.opened: list[Line] = []

    def estimate(self, line: Line, text: str) -> None:
        cents = parse_cents(text)
        if cents < 0:
            raise UserProblem("An estimate is not negative.")
        self.edits.append((line.id, cents))


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def model(book: Book, qapp: Any) -> Iterator[RowTableModel[Line]]:
    columns = [
        Column[Line]("Category", lambda line: line.name, stretch=2),
        Column[Line](
            "Estimated",
            lambda line: dollars(line.estimate),
            lambda line: line.estimate,
            right=True,
            edit=book.estimate,
            editable=lambda line: line.id != 99,
        ),
        Column[Line](
            "Actual",
            lambda line: "" if line.actual is None else dollars(line.actual),
            lambda line: line.actual,
            right=True,
            on_open=book.opened.append,
        ),
        Column[Line](
            "",
            lambda line: "",
            bar=lambda line: Bar(line.estimate, line.actual, 50000),
            stretch=3,
        ),
    ]
    made = RowTableModel(
        columns,
        lambda line: line.id,
        bold=lambda line: line.id == 99,
        stays_last=lambda line: line.id == 99,
    )
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.set_rows(LINES)
    yield made
    del tester


@pytest.fixture
def table(model: RowTableModel[Line], qtbot: QtBot) -> LedgerTable:
    made = LedgerTable(model, "Budget", sortable=True)
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus(Qt.FocusReason.TabFocusReason)
    return made


def names(model: RowTableModel[Line]) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def ids(model: RowTableModel[Line]) -> list[int]:
    return [line.id for line in model.rows]


# the model ------------------------------------------------------------------------------


def test_sorting_is_by_value_with_nothing_and_totals_last(model: RowTableModel[Line]) -> None:
    model.sort(1)
    assert ids(model) == [3, 4, 1, 2, 99]
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert ids(model) == [2, 1, 3, 4, 99]
    model.sort(-1)
    assert ids(model) == [1, 2, 3, 4, 99]


def test_filtering_keeps_the_total(model: RowTableModel[Line], qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.shown_changed):
        model.set_filter(lambda line: "visits" in line.name)
    assert ids(model) == [3, 99]
    model.set_filter(None)
    assert len(ids(model)) == 5


def test_changed_values_do_not_reset(model: RowTableModel[Line], qtbot: QtBot) -> None:
    changed = [replace(COPAY, actual=16000) if line is COPAY else line for line in LINES]
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as heard:
        model.set_rows(changed)
    assert heard.args is not None
    assert heard.args[0].row() == 2
    assert model.row_at(2).actual == 16000


def test_persistent_places_follow_their_row_when_sorted(model: RowTableModel[Line]) -> None:
    from PySide6.QtCore import QPersistentModelIndex

    kept = QPersistentModelIndex(model.index_of(2))
    model.sort(1)
    assert kept.data() == PREMIUM.name


def test_cells_say_how_they_look(model: RowTableModel[Line]) -> None:
    cell = model.index(4, 1)
    assert cell.data(RowTableModel.BoldRole)
    assert cell.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.index(2, 3).data(RowTableModel.BarRole).over
    assert not model.index(3, 3).data(RowTableModel.BarRole).over
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Estimated"


def test_only_cells_that_can_be_edited_take_data(model: RowTableModel[Line], book: Book) -> None:
    assert model.setData(model.index(0, 1), "310")
    assert not model.setData(model.index(0, 1), "-5")
    assert not model.setData(model.index(4, 1), "1")
    assert not model.setData(model.index(0, 0), "x")
    assert book.edits == [(1, 31000)]


# the view -------------------------------------------------------------------------------


def test_headings_stand_over_their_cells(table: LedgerTable) -> None:
    """Amounts and their heading end at the same pixel: both are drawn in one box, as far from its edge."""
    header = table.horizontalHeader()
    for place in range(3):
        cell = table.visualRect(table.rows_model.index(0, place))
        assert cell.left() == header.sectionViewportPosition(place)
        assert cell.width() == header.sectionSize(place)
    image = table.grab().toImage()
    right = {}
    for name, top, high in (("heading", 0, header.height() - 2), ("cell", header.height() + 4, 26)):
        area = QRect(header.sectionViewportPosition(1), top, header.sectionSize(1), high)
        right[name] = max(
            x
            for x in range(area.left(), area.right())
            for y in range(area.top(), area.bottom())
            if image.pixelColor(x, y).lightness() < 180
        )
    assert abs(right["heading"] - right["cell"]) <= 1


def test_enter_opens_the_row(table: LedgerTable, qtbot: QtBot) -> None:
    table.go_to_cell(2, 0)
    with qtbot.waitSignal(table.opened) as heard:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert heard.args == [COPAY]


def test_enter_and_click_open_a_cell_that_leads_somewhere(
    table: LedgerTable, book: Book, qtbot: QtBot
) -> None:
    table.go_to_cell(0, 2)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    place = table.visualRect(table.rows_model.index(1, 2)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert book.opened == [FEE, PREMIUM]


def test_typing_edits_a_cell_and_enter_moves_down(table: LedgerTable, book: Book, qtbot: QtBot) -> None:
    table.go_to_cell(0, 1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    editor = table.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.selectedText() == "$300.00"
    qtbot.keyClicks(editor, "300+10")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert book.edits == [(1, 31000)]
    assert (table.currentIndex().row(), table.editing) == (1, False)
    assert table.rings(table.currentIndex())


def test_a_refused_edit_stays_with_its_reason(table: LedgerTable, book: Book, qtbot: QtBot) -> None:
    table.go_to_cell(0, 1)
    table.edit(table.currentIndex())
    editor = table.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, "12,5x")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert table.editing
    assert editor.text() == "12,5x"
    assert editor.property("invalid")
    said = [label for label in table.viewport().findChildren(Label) if label.isVisible()]
    assert "not an amount" in said[0].text()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not table.editing
    assert said[0].isHidden()
    assert book.edits == []


def test_tab_takes_the_edit_and_goes_to_the_next_cell(table: LedgerTable, book: Book, qtbot: QtBot) -> None:
    table.go_to_cell(0, 1)
    table.edit(table.currentIndex())
    editor = table.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, "1")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert book.edits == [(1, 100)]
    assert (table.currentIndex().row(), table.editing) == (1, True)


def test_an_edit_left_by_the_mouse_is_taken(table: LedgerTable, book: Book, qtbot: QtBot) -> None:
    table.go_to_cell(0, 1)
    table.edit(table.currentIndex())
    editor = table.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, "20")
    place = table.visualRect(table.rows_model.index(3, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert book.edits == [(1, 2000)]
    assert not table.editing


def test_delete_copy_and_paste(table: LedgerTable, qtbot: QtBot) -> None:
    table.go_to_cell(1, 0)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(table.delete_requested) as heard:
        qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert heard.args == [[PREMIUM, COPAY]]
    table.copy_headings = True
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "Category\tEstimated\tActual\n"
        "Health insurance premium\t$450.00\t$450.00\n"
        "Co-pays, specialist visits\t$75.00\t$150.00"
    )
    QGuiApplication.clipboard().setText("a\t1\nb\t2\n")
    with qtbot.waitSignal(table.pasted) as pasted:
        qtbot.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pasted.args == [[["a", "1"], ["b", "2"]]]


def test_selection_survives_a_reload(table: LedgerTable, model: RowTableModel[Line]) -> None:
    assert table.select_key(3)
    assert table.current_row() == COPAY
    model.set_rows([DRUGS, COPAY, TOTAL])
    assert table.selected_rows() == [COPAY]
    assert table.current_row() == COPAY
    model.set_rows([DRUGS, TOTAL])
    assert table.selected_rows() == []


def test_sorting_by_keyboard(table: LedgerTable, model: RowTableModel[Line], qtbot: QtBot) -> None:
    table.go_to_cell(0, 1)
    qtbot.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert ids(model) == [2, 1, 4, 3, 99]


def test_typing_in_a_list_is_offered_to_the_page(table: LedgerTable, qtbot: QtBot) -> None:
    table.go_to_cell(0, 0)
    with qtbot.waitSignal(table.typed) as heard:
        qtbot.keyClicks(table, "q")
    assert heard.args == ["q"]


def test_a_short_table_is_as_high_as_its_rows(table: LedgerTable, model: RowTableModel[Line]) -> None:
    table.fit_height_to_rows()
    first = table.height()
    assert table.verticalScrollBar().maximum() == 0
    model.set_rows([FEE, TOTAL])
    assert table.height() == first - 3 * table.row_pixels()
    model.set_rows([])
    assert table.height() == table.horizontalHeader().sizeHint().height()


def test_columns_fill_the_width_and_give_way(table: LedgerTable) -> None:
    header = table.horizontalHeader()
    for width in (1200, 800, 600):
        table.resize(width, 300)
        shown = [header.sectionSize(place) for place in range(4) if not header.isSectionHidden(place)]
        assert sum(shown) == table.viewport().width()
    table.resize(380, 300)
    assert header.isSectionHidden(3)
    assert not header.isSectionHidden(0)
    table.resize(900, 300)
    assert not header.isSectionHidden(3)


def test_a_column_grows_for_a_larger_amount_and_does_not_jump_back(
    table: LedgerTable, model: RowTableModel[Line]
) -> None:
    before = table.columnWidth(1)
    model.set_rows([replace(line, estimate=999_999_999_999) for line in LINES])
    needed = table.fontMetrics().horizontalAdvance("$9,999,999,999.99")
    assert table.columnWidth(1) > max(before, needed)
    grown = table.columnWidth(1)
    model.set_rows(LINES)
    assert table.columnWidth(1) == grown


def test_dragged_columns_come_back(model: RowTableModel[Line], qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    first = LedgerTable(model, "Budget", state=WindowState(file))
    qtbot.addWidget(first)
    first.horizontalHeader().resizeSection(1, 177)
    second = LedgerTable(model, "Budget", state=WindowState(file))
    qtbot.addWidget(second)
    second.resize(900, 200)
    assert second.columnWidth(1) == 177


def test_cut_text_has_a_tooltip_and_the_rest_has_none(table: LedgerTable) -> None:
    from ui.widgets.table_cells import CellDelegate

    table.resize(340, 300)
    index = table.rows_model.index(0, 0)
    delegate = table.itemDelegateForIndex(index)
    assert isinstance(delegate, QStyledItemDelegate)
    assert isinstance(delegate, CellDelegate)
    assert delegate.wide(index) > table.columnWidth(0)


def test_rows_grow_with_the_text(table: LedgerTable, look: Theme) -> None:
    before = table.row_pixels()
    look.apply(percent=200)
    assert table.row_pixels() >= before + 14
    assert table.verticalHeader().defaultSectionSize() == table.row_pixels()
    assert not table.grab().isNull()


def test_many_selected_rows_are_read_at_once(table: LedgerTable) -> None:
    table.selectAll()
    assert table.selected_rows() == LINES
    table.selectionModel().select(
        table.rows_model.index(1, 0),
        QItemSelectionModel.SelectionFlag.Deselect | QItemSelectionModel.SelectionFlag.Rows,
    )
    assert table.selected_rows() == [FEE, COPAY, DRUGS, TOTAL]


def test_a_card_beside_another_leaves_its_table_the_room_it_needs(
    model: RowTableModel[Line], qtbot: QtBot
) -> None:
    fees, agreement = Card("Fees"), Card("Agreement")
    table = LedgerTable(model, "Fees")
    fees.add_table(table)
    row = side_by_side(fees, agreement)
    qtbot.addWidget(row)
    row.resize(fees.least_width() + agreement.least_width() + 200, 400)
    row.show()
    assert fees.y() == agreement.y()
    assert table.horizontalScrollBar().maximum() == 0
    row.resize(fees.least_width() + 20, 800)
    assert agreement.y() > fees.y()
    assert table.horizontalScrollBar().maximum() == 0
