"""Second step of an import: which of your accounts the files speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.dialogs.plan_import_step import ImportStep
from ui.models.import_accounts import AccountGroup
from ui.theme import theme
from ui.widgets.buttons import LinkButton, PlainButton
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import Columns, Flow
from ui.widgets.fact_list import breakable
from ui.widgets.form import FormField
from ui.widgets.label import Label

NO_ACCOUNT = "none"
_AT_ONCE = 3
_CHOOSE = "Choose the account, or \u201cNone of my accounts\u201d."


class AccountsStep(ImportStep):
    """One line for each account; those that are not known yet stand first.

    `new_asked` carries the key of the line a new account is wanted for, `split_asked` that of files
    which are not all the same account.
    """

    title = "Your accounts"
    sentence = "Which of your accounts is each of these? The answer is remembered for the next files."
    new_asked = Signal(str)
    split_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups: list[AccountGroup] = []
        self.lines: dict[str, AccountLine] = {}
        self._accounts: list[tuple[int, str]] = []
        self._chosen: dict[str, int | None] = {}
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._make_some)
        self._holder = QWidget()
        self._holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._inside = QVBoxLayout(self._holder)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(14)
        self.rows.addWidget(self._holder)
        self.rows.addStretch(1)

    def first_field(self) -> QWidget | None:
        return next((line.account for line in self.lines.values()), None)

    def show_groups(
        self,
        groups: Sequence[AccountGroup],
        accounts: Sequence[tuple[int, str]],
        chosen: Mapping[str, int | None],
    ) -> None:
        """Show a line for each; what was chosen stays chosen."""
        shown = (list(groups), list(accounts), dict(chosen))
        if shown == (self.groups, self._accounts, self._chosen):
            return
        self.groups, self._accounts, self._chosen = shown
        while (item := self._inside.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.lines = {}
        self._make_some()
        self.changed.emit()

    def chosen(self) -> dict[str, int | None]:
        """What is chosen in each line that has an answer."""
        self._make_all()
        return {key: line.account_id for key, line in self.lines.items() if line.answered}

    def complete(self) -> bool:
        """Whether every line has an answer; the first without one says what to do."""
        self._make_all()
        for line in self.lines.values():
            line.field.complain("")
        missing = next((line for line in self.lines.values() if not line.answered), None)
        if missing is not None:
            missing.field.complain(_CHOOSE)
            missing.account.setFocus()
        return missing is None

    @Slot()
    def _make_some(self) -> None:
        """Make the next lines. Each takes a moment, and a folder may speak of dozens of accounts."""
        for group in self.groups[len(self.lines) : len(self.lines) + _AT_ONCE]:
            before = self.groups[len(self.lines) - 1] if self.lines else group
            if group.sure and not before.sure:
                self._inside.addWidget(Label("Known", "bold"))
            line = AccountLine(group, self._accounts)
            if group.key in self._chosen:
                line.choose(self._chosen[group.key])
            line.new_asked.connect(self.new_asked)
            line.split_asked.connect(self.split_asked)
            self._inside.addWidget(line)
            self.lines[group.key] = line
        if len(self.lines) < len(self.groups):
            self._more.start()

    def _make_all(self) -> None:
        while len(self.lines) < len(self.groups):
            self._make_some()
        self._more.stop()


class AccountLine(QWidget):
    """What the file says of an account, and the field that says which of yours it is."""

    new_asked = Signal(str)
    split_asked = Signal(str)

    def __init__(
        self,
        group: AccountGroup,
        accounts: Sequence[tuple[int, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.group = group
        self.account = OptionEdit(
            [
                ("", "Choose an account"),
                *((str(number), name) for number, name in accounts),
                (NO_ACCOUNT, "None of my accounts"),
            ]
        )
        self.account.setAccessibleName(f"Your account for {group.title}")
        self.field = FormField("", self.account)
        self.new_button = PlainButton("New account\u2026", "plus")
        self.new_button.setAccessibleName(f"New account for {group.title}")
        self.split_button = LinkButton("They are not all the same account")
        title = Label(breakable(group.title), "bold", wrap=True)
        about = Label(breakable(group.about), "caption", wrap=True)
        line = QWidget()
        line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = Columns(line, gap=8, same_height=False)
        row.add(self.field, 3, least=theme().px(240))
        beside = QWidget()
        beside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = Flow(beside)
        flow.addWidget(self.new_button)
        flow.addWidget(self.split_button)
        row.add(beside, 5, least=theme().px(160))
        self.split_button.setVisible(group.can_split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for part in (title, about, line):
            column.addWidget(part)
        if group.account_id is not None:
            self.choose(group.account_id)
        elif group.sure:
            self.choose(None)
        self.new_button.clicked.connect(self._on_new)
        self.split_button.clicked.connect(self._on_split)

    @property
    def answered(self) -> bool:
        return bool(self.account.key())

    @property
    def account_id(self) -> int | None:
        key = self.account.key()
        return int(key) if key and key != NO_ACCOUNT else None

    def choose(self, account_id: int | None) -> None:
        """Choose an account, or none of them."""
        self.account.choose(str(account_id) if account_id is not None else NO_ACCOUNT)

    @Slot()
    def _on_new(self) -> None:
        self.new_asked.emit(self.group.key)

    @Slot()
    def _on_split(self) -> None:
        self.split_asked.emit(self.group.key)
