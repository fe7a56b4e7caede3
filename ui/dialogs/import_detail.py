"""Below the rows of an import: everything about one of them, beside what the ledger has already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.domain.importing.rows import EobRow, MoneyRow, RowState
from tracker.facts import Claim, PaymentLine
from ui.models.import_compare import CompareLine, eob_lines, money_lines
from ui.models.import_read import Names
from ui.models.import_words import eob_why, plain, why_words
from ui.theme import theme
from ui.widgets.buttons import LinkButton, PlainButton
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import Columns, Flow
from ui.widgets.fact_list import breakable
from ui.widgets.form import FormField
from ui.widgets.label import Label

_LONGEST, _LONGEST_CELL = 400, 100
"""More of a sentence, or of what a bank wrote, is cut; the tooltip has all of it."""


class RowDetail(QWidget):
    """What it asks is done elsewhere: `decided` (keep both, or the same), `unlinked`, `rule_asked`, and
    `person_chosen` with the person's id.
    """

    decided = Signal(bool)
    unlinked = Signal()
    rule_asked = Signal()
    person_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.compare = CompareGrid()
        self.why = Label("", wrap=True)
        self.remarks = Label("", "quiet", wrap=True)
        self.said = Label("", "bold", wrap=True)
        self.person = OptionEdit()
        self.person_field = FormField("Who is it for", self.person)
        self.keep_button = PlainButton("Keep both")
        self.same_button = PlainButton("It is the same")
        self.unlink_button = PlainButton("")
        self.rule_button = LinkButton("Always like this\u2026")
        words = QWidget()
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.why, self.remarks, self.person_field, self.said):
            column.addWidget(part)
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(line)
        for button in (self.keep_button, self.same_button, self.unlink_button, self.rule_button):
            flow.addWidget(button)
        column.addWidget(line)
        column.addStretch(1)
        whole = Columns(self, gap=20)
        whole.add(self.compare, 3, least=theme().px(300))
        whole.add(words, 2, least=theme().px(240))
        self.keep_button.clicked.connect(self._on_keep)
        self.same_button.clicked.connect(self._on_same)
        self.unlink_button.clicked.connect(self.unlinked)
        self.rule_button.clicked.connect(self.rule_asked)
        self.person.edited.connect(self._on_person)

    def show_money(
        self,
        row: MoneyRow,
        there: PaymentLine | None,
        names: Names,
        *,
        file: str,
        takes: bool,
        own: bool,
    ) -> None:
        """Show a row of money of a file. `there` is the payment it is or looks like, `own` whether the
        member has decided about it.
        """
        likely = row.state is RowState.LIKELY
        self.compare.show_lines(money_lines(row, there, names, file))
        self._say(why_words(row), "")
        decided = "You keep both." if takes else "You said it is the same: it is left out."
        self.said.setText(decided if likely and own else "")
        self.said.setVisible(likely and own)
        self.keep_button.setVisible(likely)
        self.same_button.setVisible(likely)
        draft = row.proposed
        linked = draft.bill_id is not None or draft.repays_id is not None
        self.unlink_button.setText("Not this bill" if draft.repays_id is None else "Not this refund")
        self.unlink_button.setVisible(linked)
        self.rule_button.show()
        self.person_field.hide()

    def show_eob(self, row: EobRow, there: Claim | None, names: Names, *, file: str, others: int) -> None:
        """Show an EOB. `others` counts further EOBs of the same patient that wait for a person."""
        self.compare.show_lines(eob_lines(row, there, names, file))
        self._say(eob_why(row), " ".join(plain(remark) for remark in row.found.remarks))
        for part in (self.keep_button, self.same_button, self.unlink_button, self.rule_button, self.said):
            part.hide()
        can_choose = row.needs_person or row.draft is not None
        self.person_field.setVisible(can_choose and (row.needs_person or len(names.people) > 1))
        people = [(str(number), name) for number, name in names.people.items()]
        self.person.set_options([("", "Choose a person"), *people] if row.needs_person else people)
        self.person.choose(str(row.draft.person_id) if row.draft is not None else "")
        also = f"Also for {others:,} other EOB{'' if others == 1 else 's'} of this patient."
        self.person_field.set_hint(also if others and row.needs_person else "")

    def _say(self, why: str, remarks: str) -> None:
        remarks = "" if remarks == why else remarks
        for label, words in ((self.why, why), (self.remarks, remarks)):
            label.setText(breakable(words[:_LONGEST]))
            label.setVisible(bool(words))

    @Slot()
    def _on_keep(self) -> None:
        self.decided.emit(True)

    @Slot()
    def _on_same(self) -> None:
        self.decided.emit(False)

    @Slot()
    def _on_person(self) -> None:
        if self.person.key():
            self.person_chosen.emit(int(self.person.key()))


class CompareGrid(QWidget):
    """Names, what the file says, what the ledger has. What differs is bold and in the warning tone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._headings = (Label("In the file", "caption"), Label("In your ledger", "caption"))
        for column, heading in enumerate(self._headings, start=1):
            self._grid.addWidget(heading, 0, column)
        self._rows: list[tuple[Label, Label, Label]] = []
        self._shown: list[CompareLine] = []

    def show_lines(self, lines: Sequence[CompareLine]) -> None:
        """Show these lines; without anything in the ledger its column is not there."""
        self._shown = list(lines)
        both = any(line.ledger for line in lines)
        self._grid.setColumnStretch(2, int(both))
        for heading in self._headings:
            heading.setVisible(both)
        while len(self._rows) < len(lines):
            row = (Label("", "quiet"), Label("", wrap=True), Label("", wrap=True))
            for column, part in enumerate(row):
                self._grid.addWidget(part, len(self._rows) + 1, column, Qt.AlignmentFlag.AlignTop)
            self._rows.append(row)
        metrics = QFontMetrics(theme().font("bold"))
        amounts = (text for line in lines if line.right for text in (line.file, line.ledger))
        wide = max((metrics.horizontalAdvance(text) for text in amounts), default=0) + 2
        for place, (name, mine, theirs) in enumerate(self._rows):
            shown = place < len(lines)
            for part in (name, mine, theirs):
                part.setVisible(shown)
            if not shown:
                continue
            line = lines[place]
            name.setText(line.name)
            for part, words in ((mine, line.file), (theirs, line.ledger)):
                part.setText(breakable(_cut(words)))
                part.setToolTip(words if len(words) > _LONGEST_CELL else "")
            theirs.setVisible(both)
            _align(mine, self._grid, wide if line.right else 0)
            _align(theirs, self._grid, wide if line.right else 0)
            for part in (mine, theirs):
                part.set_role("bold" if line.differs else "")
                part.set_tone("warning" if line.differs else "")
        self.setAccessibleName("In the file and in your ledger" if both else "In the file")
        self.setAccessibleDescription(
            "; ".join(f"{line.name}: {line.file or 'nothing'}{_held(line, both)}" for line in lines)
        )

    def line(self, name: str) -> CompareLine | None:
        """The line of a name, or None where it is not shown."""
        return next((line for line in self._shown if line.name == name), None)


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST_CELL else f"{words[:_LONGEST_CELL]}\u2026"


def _align(label: Label, grid: QGridLayout, wide: int) -> None:
    """An amount stands at the right edge of a narrow column; `wide` is 0 for text."""
    side = Qt.AlignmentFlag.AlignRight if wide else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(side | Qt.AlignmentFlag.AlignTop)
    label.setWordWrap(not wide)
    label.setMinimumWidth(wide)
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    grid.setAlignment(label, left if wide else Qt.AlignmentFlag.AlignTop)


def _held(line: CompareLine, both: bool) -> str:
    return f", in your ledger {line.ledger or 'nothing'}" if both else ""
