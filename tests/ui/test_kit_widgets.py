"""The small parts: they answer to mouse and keyboard, tell screen readers, and give way when narrow."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tracker.changes import Area, Changes
from tracker.errors import UserProblem
from ui.bus import ChangeBus
from ui.theme import Theme
from ui.undo import UndoActions
from ui.widgets.attention_list import AttentionList, AttentionRow
from ui.widgets.banner import Banner
from ui.widgets.buttons import IconButton, PlainButton, PrimaryButton, Segmented
from ui.widgets.card import Card
from ui.widgets.columns import Columns, Flow, side_by_side
from ui.widgets.empty_state import EmptyState
from ui.widgets.figure_card import FigureCard
from ui.widgets.label import Label
from ui.widgets.page import Page
from ui.widgets.pill import PillButton
from ui.widgets.toast import Toast, ToastHost

ROWS = [
    AttentionRow(1, "bad", "warning", "Bill is $85.00 more than the EOB says you owe", "Harbor", "Dispute"),
    AttentionRow(2, "accent", "refresh", "Membership renews on Jan 15", "Cancel by Dec 16", "Review"),
]


def shown(qtbot: QtBot, widget: QWidget, size: tuple[int, int] = (400, 200)) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(*size)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


# buttons --------------------------------------------------------------------------------


def test_the_ring_shows_for_the_keyboard_only(qtbot: QtBot) -> None:
    window = QWidget()
    rows = QVBoxLayout(window)
    first, second = PlainButton("One"), PrimaryButton("Two", "plus")
    rows.addWidget(first)
    rows.addWidget(second)
    shown(qtbot, window)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert first.hasFocus()
    assert not first.has_ring
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.has_ring
    qtbot.keyClick(second, Qt.Key.Key_Backtab)
    assert first.has_ring
    assert not second.has_ring


def test_enter_presses_the_button_it_stands_on(qtbot: QtBot) -> None:
    dialog = QDialog()
    rows = QVBoxLayout(dialog)
    leave, save = PlainButton("Leave"), PrimaryButton("Save")
    save.setDefault(True)
    rows.addWidget(leave)
    rows.addWidget(save)
    pressed: list[str] = []
    leave.clicked.connect(lambda: pressed.append("leave"))
    save.clicked.connect(lambda: pressed.append("save"))
    shown(qtbot, dialog)
    leave.setFocus()
    qtbot.keyClick(leave, Qt.Key.Key_Return)
    assert pressed == ["leave"]


def test_an_icon_button_has_words(qtbot: QtBot) -> None:
    button = IconButton("chevron-left", "Previous month")
    qtbot.addWidget(button)
    assert button.accessibleName() == button.toolTip() == "Previous month"
    assert not button.icon().isNull()


def test_segments_move_with_arrow_keys_and_tell_once(qtbot: QtBot) -> None:
    control = Segmented([("month", "Month"), ("year", "Year"), ("afford", "Affordability")])
    shown(qtbot, control)
    heard: list[str] = []
    control.changed.connect(heard.append)
    buttons = control.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Right)
    assert (control.key(), heard) == ("year", ["year"])
    qtbot.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    assert heard == ["year", "afford"]
    control.choose("month")
    assert (control.key(), heard) == ("month", ["year", "afford"])


def test_tab_stops_at_the_chosen_segment(qtbot: QtBot) -> None:
    window = QWidget()
    rows = QVBoxLayout(window)
    before, after = PlainButton("Before"), PlainButton("After")
    control = Segmented([("self", "Just me"), ("family", "My family")])
    for widget in (before, control, after):
        rows.addWidget(widget)
    control.choose("family")
    shown(qtbot, window)
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    assert window.focusWidget().text() == "My family"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget() is after


def test_a_segment_does_not_move_when_chosen(qtbot: QtBot) -> None:
    control = Segmented([("a", "First"), ("b", "Second")])
    qtbot.addWidget(control)
    before = control.sizeHint()
    control.choose("b")
    assert control.sizeHint() == before


def test_pills_fit_their_words_at_any_size(qtbot: QtBot, look: Theme) -> None:
    button = PillButton("47 days waiting", "warning")
    qtbot.addWidget(button)
    before = button.sizeHint()
    look.apply(percent=200)
    assert button.sizeHint().width() > 1.8 * before.width() - 10
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


# cards ----------------------------------------------------------------------------------


def test_a_figure_card_says_everything_and_opens(qtbot: QtBot) -> None:
    card = FigureCard("Deductible", clickable=True)
    shown(qtbot, card)
    card.set("$1,420", "of $2,000", 0.71, caption="$580 to go")
    assert card.accessibleDescription() == "Deductible: $1,420 of $2,000. $580 to go"
    with qtbot.waitSignal(card.opened):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(card.opened):
            qtbot.keyClick(card, key)


def test_a_card_that_leads_nowhere_takes_no_focus(qtbot: QtBot) -> None:
    card = FigureCard("Fund")
    qtbot.addWidget(card)
    assert card.focusPolicy() == Qt.FocusPolicy.NoFocus
    with qtbot.assertNotEmitted(card.opened):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)


def test_figure_and_what_it_is_out_of_break_when_narrow(qtbot: QtBot, look: Theme) -> None:
    card = FigureCard("Spent this month")
    qtbot.addWidget(card)
    card.set("$1,172.58", "of $1,225.00 planned", 0.5)
    wide = card.natural_width()
    assert card.heightForWidth(wide - 40) > card.heightForWidth(wide)


def test_a_card_gives_spare_height_to_what_can_use_it(qtbot: QtBot) -> None:
    plain, growing = Card("Plain"), Card("Growing")
    line, chart = Label("One line"), EmptyState("Nothing yet")
    plain.body.addWidget(line)
    growing.body.addWidget(chart)
    row = shown(qtbot, side_by_side(plain, growing), (600, 500))
    assert row.height() == 500
    assert line.height() < 40
    assert chart.height() > 300


def test_user_text_is_never_markup(qtbot: QtBot) -> None:
    label = Label("<b>Harbor</b> & Sons")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


# layouts that give way ------------------------------------------------------------------


class Block(QWidget):
    """Something with a smallest width."""

    def __init__(self, least: int) -> None:
        super().__init__()
        self._least = least

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, 30)

    def sizeHint(self) -> QSize:
        return QSize(self._least, 30)


@pytest.mark.parametrize(("width", "rows"), [(1000, 1), (480, 2), (150, 4)])
def test_columns_break_into_even_rows(qtbot: QtBot, width: int, rows: int) -> None:
    holder = QWidget()
    columns = Columns(holder, gap=10)
    blocks = [Block(150) for _ in range(4)]
    for block in blocks:
        columns.add(block)
    shown(qtbot, holder, (width, 300))
    assert len({block.y() for block in blocks}) == rows
    assert columns.heightForWidth(width) == rows * 30 + (rows - 1) * 10
    assert max(block.geometry().right() for block in blocks) < width


def test_columns_share_by_weight(qtbot: QtBot) -> None:
    wide, narrow = Block(100), Block(100)
    row = shown(qtbot, side_by_side(wide, narrow, weights=(3, 1), gap=0), (800, 60))
    assert row.width() == 800
    assert (wide.width(), narrow.width()) == (600, 200)


def test_hidden_items_take_no_room(qtbot: QtBot) -> None:
    first, second = Block(100), Block(100)
    row = shown(qtbot, side_by_side(first, second, gap=10), (410, 60))
    second.hide()
    assert row.layout() is not None
    qtbot.waitUntil(lambda: first.width() == 410)


def test_a_flow_wraps_like_words(qtbot: QtBot) -> None:
    holder = QWidget()
    flow = Flow(holder, gap=10, line_gap=5)
    for _ in range(3):
        flow.addWidget(Block(100))
    assert flow.heightForWidth(320) == 30
    assert flow.heightForWidth(219) == 65
    qtbot.addWidget(holder)


# lists, banners, toasts -----------------------------------------------------------------


def test_attention_rows_act_by_mouse_and_keyboard(qtbot: QtBot) -> None:
    rows = AttentionList()
    rows.set_items(ROWS)
    shown(qtbot, rows)
    with qtbot.waitSignal(rows.acted) as heard:
        qtbot.mouseClick(rows.button(0), Qt.MouseButton.LeftButton)
    assert heard.args == [ROWS[0]]
    with qtbot.waitSignal(rows.acted) as heard:
        qtbot.keyClick(rows.button(1), Qt.Key.Key_Space)
    assert heard.args == [ROWS[1]]
    assert rows.button(0).accessibleName() == "Dispute: Bill is $85.00 more than the EOB says you owe"


def test_attention_rows_are_not_rebuilt_for_nothing(qtbot: QtBot) -> None:
    rows = AttentionList()
    rows.set_items(ROWS)
    qtbot.addWidget(rows)
    before = rows.button(0)
    rows.set_items(list(ROWS))
    assert rows.button(0) is before
    rows.set_items(ROWS[1:])
    assert rows.button(0).text() == "Review"


def test_an_empty_state_offers_one_action(qtbot: QtBot) -> None:
    pressed: list[int] = []

    def press() -> None:
        pressed.append(1)

    state = EmptyState("No payments yet", "Every payment shows here.", "Add expense", press)
    shown(qtbot, state)
    qtbot.mouseClick(state.button, Qt.MouseButton.LeftButton)
    assert pressed == [1]


def test_a_banner_says_a_problem_and_closes(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.say_problem(UserProblem("The file is not a ledger.", "Choose another."))
    assert banner.text() == "The file is not a ledger. Choose another."
    assert banner.isVisible()
    close = next(button for button in banner.findChildren(QPushButton) if button.toolTip() == "Close")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert banner.isHidden()


def test_a_toast_offers_undo_once_and_takes_no_focus(qtbot: QtBot) -> None:
    window = QWidget()
    line = QPushButton("Elsewhere", window)
    shown(qtbot, window)
    line.setFocus()
    toasts, undone = ToastHost(window), []

    def undo() -> None:
        undone.append(1)

    toasts.show("Added $41.12 to Quest Labs.", undo)
    assert toasts.text == "Added $41.12 to Quest Labs."
    assert line.hasFocus()
    toast = window.findChild(Toast)
    assert isinstance(toast, Toast)
    assert abs(toast.geometry().center().x() - window.rect().center().x()) <= 1
    qtbot.mouseClick(toast.undo, Qt.MouseButton.LeftButton)
    assert (undone, toasts.text) == ([1], "")


def test_a_toast_goes_by_itself(qtbot: QtBot) -> None:
    window = shown(qtbot, QWidget())
    toasts = ToastHost(window)
    toasts.show("Saved.")
    toast = window.findChild(Toast)
    assert isinstance(toast, Toast)
    toast.timer.setInterval(1)
    toasts.show("Saved again.")
    qtbot.waitUntil(toast.isHidden)


def test_undo_words_name_the_change(qtbot: QtBot) -> None:
    actions = UndoActions()
    assert (actions.undo.text(), actions.undo.isEnabled()) == ("Undo", False)
    actions.set_words("adding $41.12", "")
    assert (actions.undo.text(), actions.undo.isEnabled()) == ("Undo adding $41.12", True)
    assert not actions.redo.isEnabled()


# pages ----------------------------------------------------------------------------------


class CountingPage(Page):
    SHOWS = Area.CLAIMS

    def __init__(self) -> None:
        super().__init__("Claims")
        self.reloads = 0

    def reload(self) -> None:
        self.reloads += 1


def test_a_page_reloads_only_what_it_shows_and_only_when_looked_at(qtbot: QtBot) -> None:
    page, bus = CountingPage(), ChangeBus()
    qtbot.addWidget(page)
    bus.committed.connect(page.on_committed)
    bus.announce(Changes("Add claim", Area.CLAIMS))
    assert page.reloads == 0
    page.show()
    assert page.reloads == 1
    bus.announce(Changes("Add person", Area.PEOPLE))
    assert page.reloads == 1
    bus.announce(Changes("Add claim", Area.CLAIMS | Area.PAYMENTS))
    assert page.reloads == 2
    page.hide()
    bus.announce(Changes("Add claim", Area.CLAIMS))
    bus.announce(Changes("Add claim", Area.CLAIMS))
    page.show()
    assert page.reloads == 3


def test_nothing_is_announced_for_nothing(qtbot: QtBot) -> None:
    bus = ChangeBus()
    with qtbot.assertNotEmitted(bus.committed):
        bus.announce(Changes("", Area.NONE))


@pytest.mark.parametrize("percent", [100, 200])
def test_a_page_never_scrolls_sideways(qtbot: QtBot, look: Theme, percent: int) -> None:
    look.apply(percent=percent)
    page = Page("November 2026")
    page.set_subtitle("Harbor Concierge Medicine  ·  BlueRiver PPO 2000")
    for words in ("Copy last month", "Export to Excel", "Add expense"):
        page.add_action_widget(PlainButton(words, "copy"))
    cards = [FigureCard(f"Out-of-pocket maximum {number}") for number in range(4)]
    for card in cards:
        card.set("$12,172.58", "of $61,225.00 planned", 0.5, caption="$3,860 is the most you can still owe")
    page.add_row(*cards)
    attention = AttentionList()
    attention.set_items(ROWS)
    card = Card("Needs attention", "4")
    card.body.addWidget(attention)
    page.add_row(card, Card("Other", "2026"), weights=(3, 2))
    shown(qtbot, page, (825, 700))
    inside = cards[0].parentWidget().parentWidget()
    assert inside.width() <= page.width()
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.width() >= label.minimumSizeHint().width(), label.text()
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    for button in page.findChildren(QPushButton):
        assert button.mapTo(page, button.rect().bottomRight()).x() < page.width()


def test_a_hidden_part_does_not_stretch_the_others(qtbot: QtBot) -> None:
    page = Page("Membership")
    figure = FigureCard("Yearly price")
    figure.set("$3,300.00", caption="$275.00 a month")
    page.add_row(figure)
    card = Card("Fees")
    page.body.addWidget(card)
    empty = EmptyState("No membership yet", "With the agreement here, you see what it costs.")
    page.body.addWidget(empty, 1)
    shown(qtbot, page, (900, 800))
    empty.hide()
    qtbot.waitUntil(lambda: figure.height() < 200)
    assert card.height() < 200
    empty.show()
    qtbot.waitUntil(lambda: empty.height() > 400)
