"""The line of filters above the payments: words, period, budget line, account, person."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from tracker.dates import Period, add_months, first_of, month_period, period_text
from tracker.errors import UserProblem
from tracker.facts import Household
from tracker.storage.queries.payments import EVERYTHING, UNALLOCATED, PaymentFilter
from ui.keys import as_written_here
from ui.theme import theme
from ui.widgets.buttons import LinkButton
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import Flow
from ui.widgets.day_edit import DayEdit
from ui.widgets.label import Label
from ui.widgets.side_icon import SideIcon
from ui.window_state import WindowState

_PERIODS = (
    ("", "All time"),
    ("month", "This month"),
    ("last_month", "Last month"),
    ("year", "This year"),
    ("last_year", "Last year"),
    ("custom", "Custom"),
)
_STATE = "spending/"
_GAP = 6
_NARROWEST, _WIDEST = 170, 290
"""The field for words, in pixels at 100 % text."""


class FilterBar(QWidget):
    """`changed` after a choice, `typed` after a keystroke. Choices come back at the next start."""

    changed = Signal()
    typed = Signal()
    left = Signal()

    def __init__(self, today: date, state: WindowState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._state = state
        self._provider: tuple[int, str] | None = None
        self._import: int | None = None
        self._waiting = {name: state.text(_STATE + name) for name in ("line", "account", "person")}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.words = FilterEdit()
        self.period = OptionEdit(_PERIODS)
        self.line = OptionEdit([("", "All lines")])
        self.account = OptionEdit([("", "All accounts")])
        self.person = OptionEdit([("", "Everybody")])
        self.begin = DayEdit(today)
        self.last = DayEdit(today)
        self.payee = LinkButton("", "close")
        self.of_import = LinkButton("Only one import", "close")
        self.of_import.setToolTip("Show payments of every origin")
        self.clear_button = LinkButton("Clear filter")
        self._custom = _between(self.begin, self.last)
        for name, widget in (
            ("Period", self.period),
            ("Budget line", self.line),
            ("Account", self.account),
            ("Person", self.person),
            ("First day", self.begin),
            ("Last day", self.last),
        ):
            widget.setAccessibleName(name)
        for field in (self.period, self.line, self.account, self.person):
            field.setMinimumContentsLength(8)
        choices = (self.period, self._custom, self.line, self.account, self.person)
        self._parts: tuple[QWidget, ...] = (
            self.words,
            *choices,
            self.payee,
            self.of_import,
            self.clear_button,
        )
        row = Flow(self, gap=_GAP)
        for part in self._parts:
            row.addWidget(part)
        self._restore_period()
        self._wire()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_width()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_parts"):
            self._share_width()

    # asking -------------------------------------------------------------------------

    def kept(self) -> PaymentFilter:
        """What is asked for now; a custom period whose days cannot be read keeps everything."""
        return PaymentFilter(
            text=self.words.text(),
            period=self._chosen_period(),
            category_id=_number(self.line),
            account_id=_number(self.account),
            person_id=_number(self.person),
            provider_id=self._provider[0] if self._provider else None,
            import_id=self._import,
        )

    def said(self) -> str:
        """What is asked for, in words: `2026, Prescriptions, with "quest"`; `All payments`."""
        period, words = self._chosen_period(), " ".join(self.words.text().split())
        chosen = [field.currentText() for field in (self.line, self.account, self.person) if field.key()]
        parts = [period_text(period) if period else "", *chosen]
        parts += [f"paid to {self._provider[1]}"] if self._provider else []
        parts += ["of one import"] if self._import is not None else []
        parts += [f"with \u201c{words}\u201d"] if words else []
        return ", ".join(part for part in parts if part) or "All payments"

    # showing ------------------------------------------------------------------------

    def offer(self, home: Household) -> None:
        """Offer the household's lines, accounts and people; what was chosen stays chosen."""
        lines = [(str(line.id), line.name) for line in home.categories if not line.hidden]
        accounts = [(str(account.id), account.name) for account in home.accounts]
        people = [(str(person.id), person.name) for person in home.people]
        chosen = _number(self.line)
        lines += [
            (str(line.id), line.name) for line in home.categories if line.hidden and line.id == chosen
        ]
        self.line.set_options([("", "All lines"), (str(UNALLOCATED), "No budget line"), *lines])
        self.account.set_options([("", "All accounts"), *accounts])
        self.person.set_options([("", "Everybody"), *people])
        self.person.setVisible(len(people) > 1)
        self.account.setVisible(bool(accounts))
        for name, field in (("line", self.line), ("account", self.account), ("person", self.person)):
            # Remembered by name: another ledger has other numbers.
            wanted = self._waiting.pop(name, "")
            place = field.findText(wanted) if wanted else -1
            if place > 0:
                field.setCurrentIndex(place)
        self._arrange()

    def show_filter(self, wanted: PaymentFilter, payee: str = "") -> None:
        """Show a filter that came from elsewhere; it is not remembered for the next start."""
        self._waiting.clear()
        self.words.setText(wanted.text)
        self.line.choose("" if wanted.category_id is None else str(wanted.category_id))
        self.account.choose("" if wanted.account_id is None else str(wanted.account_id))
        self.person.choose("" if wanted.person_id is None else str(wanted.person_id))
        self._show_period(wanted.period)
        self._provider = (wanted.provider_id, payee or "this payee") if wanted.provider_id else None
        self._import = wanted.import_id
        self._arrange()

    def set_words(self, text: str) -> None:
        """Show words to filter by, without telling anybody."""
        self.words.setText(text)
        self._arrange()

    @Slot()
    def clear(self) -> None:
        """Keep everything again."""
        was_typing = self.words.hasFocus() or self.clear_button.hasFocus()
        self.show_filter(EVERYTHING)
        self._remember()
        if was_typing:
            self.words.setFocus()
        self.changed.emit()

    # ours ---------------------------------------------------------------------------

    def _wire(self) -> None:
        self.words.textEdited.connect(self._on_typed)
        self.words.emptied.connect(self._on_typed)
        self.words.left.connect(self.left)
        self.period.edited.connect(self._on_period)
        for field in (self.line, self.account, self.person):
            field.edited.connect(self._on_choice)
        for day in (self.begin, self.last):
            day.edited.connect(self._on_day)
        self.payee.clicked.connect(self._on_payee)
        self.of_import.clicked.connect(self._on_import)
        self.clear_button.clicked.connect(self.clear)

    def _arrange(self) -> None:
        self._custom.setVisible(self.period.key() == "custom")
        self.payee.setVisible(self._provider is not None)
        self.of_import.setVisible(self._import is not None)
        if self._provider is not None:
            name = self.payee.fontMetrics().elidedText(
                self._provider[1], Qt.TextElideMode.ElideRight, theme().px(200)
            )
            self.payee.setText(f"Only {name}".replace("&", "&&"))
            self.payee.setToolTip("Show all payees")
        self.clear_button.setVisible(self.kept() != EVERYTHING)
        self._share_width()

    def _share_width(self) -> None:
        """The words get the room the choices leave, so that all stand on one line while they can."""
        others = [part for part in self._parts[1:] if not part.isHidden()]
        needed = sum(part.sizeHint().width() + _GAP for part in others)
        look = theme()
        width = min(look.px(_WIDEST), max(look.px(_NARROWEST), self.width() - needed))
        if self.words.width() != width:
            self.words.setFixedWidth(width)

    def _chosen_period(self) -> Period | None:
        today, month = self._today, first_of(self._today)
        january = date(today.year, 1, 1)
        key = self.period.key()
        if key == "custom":
            try:
                begin, last = self.begin.day_or_none(), self.last.day_or_none()
                return _period(begin, last)
            except UserProblem:
                return None
        return {
            "month": month_period(month),
            "last_month": month_period(add_months(month, -1)),
            "year": Period(january, add_months(january, 12)),
            "last_year": Period(add_months(january, -12), january),
        }.get(key)

    def _show_period(self, period: Period | None) -> None:
        for key, _words in _PERIODS:
            self.period.choose(key)
            if key != "custom" and self._chosen_period() == period:
                return
        if period is not None:
            self.begin.set_day(period.begin)
            self.last.set_day(period.last_day)
            self.period.setToolTip(period_text(period))

    def _restore_period(self) -> None:
        key, _, days = self._state.text(_STATE + "period").partition(" ")
        self.period.choose(key)
        begin, _, last = days.partition(" ")
        try:
            self.begin.set_day(date.fromisoformat(begin) if begin else None)
            self.last.set_day(date.fromisoformat(last) if last else None)
        except ValueError:
            self.period.choose("")

    def _remember(self) -> None:
        period = self._chosen_period()
        custom = self.period.key() == "custom" and period is not None
        days = f" {period.begin} {period.last_day}" if custom and period else ""
        self._state.keep_text(_STATE + "period", self.period.key() + days)
        for name, field in (("line", self.line), ("account", self.account), ("person", self.person)):
            self._state.keep_text(_STATE + name, field.currentText() if field.key() else "")

    @Slot()
    def _on_typed(self) -> None:
        self._arrange()
        self.typed.emit()

    @Slot()
    def _on_choice(self) -> None:
        self._arrange()
        self._remember()
        self.changed.emit()

    @Slot()
    def _on_period(self) -> None:
        if self.period.key() == "custom" and not self.begin.text():
            self.begin.set_day(date(self._today.year, 1, 1))
            self.last.set_day(self._today)
        self._on_choice()
        if self.period.key() == "custom":
            self.begin.setFocus()

    @Slot()
    def _on_day(self) -> None:
        self._remember()
        self._arrange()
        self.typed.emit()

    @Slot()
    def _on_payee(self) -> None:
        self._provider = None
        self._arrange()
        self.changed.emit()

    @Slot()
    def _on_import(self) -> None:
        self._import = None
        self._arrange()
        self.changed.emit()


class FilterEdit(QLineEdit):
    """Words to filter by. Esc empties it, Down and Enter go to the rows."""

    emptied = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("Filter payments")
        self.setAccessibleName("Filter payments")
        self.setToolTip(
            as_written_here("Payee, note, budget line, amount, date: every word must match (Ctrl+F)")
        )
        SideIcon(self, "search", leading=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self.emptied.emit()
            else:
                self.left.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _between(begin: DayEdit, last: DayEdit) -> QWidget:
    """Two days with a word between them."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for day in (begin, last):
        day.setFixedWidth(theme().px(146))
    row.addWidget(begin)
    row.addWidget(Label("to", "quiet"))
    row.addWidget(last)
    return holder


def _period(begin: date | None, last: date | None) -> Period | None:
    """From one day to another; the wrong way round they are swapped, a missing one is open."""
    if begin is None and last is None:
        return None
    first, end = begin or date(1900, 1, 1), last or date(2199, 12, 30)
    if end < first:
        first, end = end, first
    return Period(first, date.fromordinal(end.toordinal() + 1))


def _number(field: OptionEdit) -> int | None:
    return int(field.key()) if field.key() else None
