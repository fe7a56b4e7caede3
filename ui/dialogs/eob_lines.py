"""The lines of an EOB in its form: optional, typed or pasted like into a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.claims.line_sums import has_negative, is_reversal, line_gap
from tracker.facts import EobLine, Network, ServiceCategory
from ui.dialogs.paper_lines import PaperLines
from ui.dialogs.visit_orders import category_kind
from ui.models.paper_lines import CellKind, Values, count_kind, day_kind, money_kind, text_kind
from ui.widgets.buttons import LinkButton

_FIELDS = (
    *("description", "code", "modifiers", "units", "service_on", "category"),
    *("billed", "allowed", "deductible", "copay", "coinsurance", "not_covered", "plan_paid", "you_owe"),
    "reasons",
)
_MOST_SAID = 3


def line_kinds(today: date, categories: Mapping[str, ServiceCategory]) -> tuple[CellKind, ...]:
    """The columns in the order of a printed EOB."""
    return (
        text_kind("description", "Description", stretch=3, width=150, also=("service description",)),
        text_kind("code", "Code", also=("cpt", "hcpcs", "procedure code", "service code")),
        text_kind("modifiers", "Modifiers", rare=True, also=("modifier", "mod")),
        count_kind("units", "Units", rare=True, also=("qty", "quantity")),
        day_kind(
            "service_on", "Date", today, rare=True, width=104, also=("date of service", "service date")
        ),
        category_kind(categories, rare=True, width=130),
        money_kind("billed", "Billed", also=("amount billed", "charge", "charges", "provider charges")),
        money_kind("allowed", "Allowed", also=("amount allowed", "allowed amount")),
        money_kind("deductible", "Deductible", also=("your deductible",)),
        money_kind("copay", "Copay", also=("copayment", "your copay")),
        money_kind("coinsurance", "Coinsurance", also=("your coinsurance",)),
        money_kind("not_covered", "Not covered", also=("amount not covered",)),
        money_kind("plan_paid", "Plan paid", also=("your plan paid", "paid by plan", "we paid")),
        money_kind("you_owe", "You owe", also=("your responsibility", "you may owe", "amount you owe")),
        text_kind(
            "reasons", "Reasons", width=84, also=("reason codes", "remarks", "remark codes", "codes")
        ),
    )


def line_values(lines: Sequence[EobLine]) -> list[Values]:
    """The lines of an EOB as those of a table; a single unit is not worth a word."""
    found: list[Values] = []
    for line in lines:
        values = {name: value for name in _FIELDS if (value := getattr(line, name)) not in ("", None)}
        if line.units == 1:
            del values["units"]
        found.append(values)
    return found


def lines_of(values: Sequence[Values]) -> tuple[EobLine, ...]:
    """The lines of an EOB in those of a table."""
    return tuple(EobLine(**line) for line in values)


class EobLines(QWidget):
    """A link that becomes the table. `edited` comes from the person only."""

    edited = Signal()
    resized = Signal()
    opened = Signal()
    left = Signal()
    """Enter on the empty line: there are no more."""
    complained = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._categories: dict[str, ServiceCategory] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.button = LinkButton("Type its lines", "plus")
        self.button.setToolTip("Optional: the totals alone are fine")
        self.paper = PaperLines(line_kinds(today, self._categories), "Lines of the EOB")
        self.paper.setObjectName("lines")  # where the form shows what is wrong with them
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.button)
        whole.addWidget(self.paper)
        self.paper.hide()
        self.button.clicked.connect(self._on_begin)
        self.paper.edited.connect(self.edited)
        self.paper.table.left.connect(self.left)
        self.paper.resized.connect(self.resized)
        self.paper.complained.connect(self.complained)

    @property
    def shown(self) -> bool:
        return not self.paper.isHidden()

    def set_categories(self, categories: Mapping[str, ServiceCategory]) -> None:
        self._categories.update(categories)

    def show_lines(self, lines: Sequence[EobLine]) -> None:
        """Show the lines of an EOB without telling anybody; without any, only the link."""
        self.paper.show_lines(line_values(lines))
        if lines:
            self.open_table()

    def open_table(self) -> None:
        self.button.hide()
        self.paper.show()
        self.opened.emit()

    def lines(self) -> tuple[EobLine, ...]:
        """Raises UserProblem while a cell cannot be read."""
        return lines_of(self.paper.lines()) if self.shown else ()

    def lines_so_far(self) -> tuple[EobLine, ...]:
        return lines_of(self.paper.lines_so_far())

    def mark_odd(self, network: Network, *, protected: bool) -> None:
        """Say which lines do not add up or take something back; nothing is changed."""
        said: list[str] = []
        marks: dict[int, dict[str, str]] = {}
        for place, line in enumerate(self.lines_so_far()):
            if has_negative(line):
                word = "is a reversal" if is_reversal(line) else "has a negative amount"
                said.append(f"Line {place + 1} {word}.")
                marks[place] = {
                    name: "A negative amount takes something back."
                    for name in _FIELDS
                    if isinstance(amount := getattr(line, name), int) and amount < 0
                }
            if off := line_gap(line, network, protected=protected):
                said.append(f"Line {place + 1}: {off.words[0].lower()}{off.words[1:]}")
                name = "you_owe" if off.words.startswith("You owe") else "allowed"
                marks.setdefault(place, {})[name] = off.words
        more = len(said) - _MOST_SAID
        words = " ".join(said[:_MOST_SAID]) + (f" And {more:,} more." if more > 0 else "")
        self.paper.model.mark(marks)
        self.paper.say(words, "warning" if words else "")

    @Slot()
    def _on_begin(self) -> None:
        self.open_table()
        self.resized.emit()
        self.paper.begin()
