"""The FSA and HRA part of Accounts: one plan year at a time, with what is lost unless it is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.changes import Area
from tracker.domain.accounts.fsa_use_by import Use
from tracker.facts import Account, AccountKind
from tracker.services import pay_back
from tracker.services.fsa_year import FsaShown, read_fsa_years
from tracker.services.hra_year import HraShown, read_hra_years
from ui.context import Context
from ui.models.accounts_words import fsa_year_name
from ui.models.coverage_words import short
from ui.pages.accounts_fsa_year import FsaYearView
from ui.pages.accounts_hra_year import HraYearView
from ui.pages.accounts_parts import AccountsPart
from ui.widgets.banner import Banner
from ui.widgets.buttons import PlainButton
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.columns import Flow
from ui.widgets.empty_state import EmptyState

if TYPE_CHECKING:
    from ui.printing.document import Document

_Year = FsaShown | HraShown


@dataclass(frozen=True, slots=True)
class _Read:
    accounts: tuple[Account, ...]
    years: tuple[_Year, ...]


class FsaPart(AccountsPart):
    """The plan year in force is shown first; a chooser leads to the others."""

    SHOWS = (
        Area.ACCOUNTS
        | Area.PAYMENTS
        | Area.PLANS
        | Area.VISITS
        | Area.BILLS
        | Area.TAXES
        | Area.CLAIMS
        | Area.MEMBERSHIPS
    )
    ADD_TEXT = ""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._read = _Read((), ())
        self._key = ""
        self.chooser = OptionEdit()
        self.chooser.setAccessibleName("Plan year")
        self.chooser.setMinimumContentsLength(30)
        self.add_fsa_button = PlainButton("Add FSA year", "plus")
        self.add_hra_button = PlainButton("Add HRA year", "plus")
        self.head = QWidget()
        self.head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        line = Flow(self.head)
        for part in (self.chooser, self.add_fsa_button, self.add_hra_button):
            line.addWidget(part)
        self.asks = Banner()
        self.fsa = FsaYearView(context)
        self.hra = HraYearView(context)
        self.empty = EmptyState("", "", "Add", self._on_empty)
        for widget in (self.head, self.asks, self.fsa, self.hra, self.empty):
            self.rows.addWidget(widget)
        for widget in (self.head, self.fsa, self.hra, self.empty):
            widget.hide()
        self._wire()

    def _wire(self) -> None:
        self.chooser.edited.connect(self._on_chosen)
        self.add_fsa_button.clicked.connect(self.add_fsa_year)
        self.add_hra_button.clicked.connect(self.add_hra_year)
        self.asks.acted.connect(self._type_limit)
        self.fsa.claimed.connect(self._on_claimed)
        self.fsa.reached.connect(self.reached)
        for view in (self.fsa, self.hra):
            view.edit_asked.connect(self._edit)
            view.remove_asked.connect(self._remove)
            view.pay_asked.connect(self._pay)

    # what the page asks --------------------------------------------------------------

    def reload(self) -> None:
        services = self.context.services

        def read() -> _Read:
            kinds = (AccountKind.FSA, AccountKind.HRA)
            accounts = [item for item in services.accounts.accounts() if item.kind in kinds]
            return _Read(tuple(accounts), (*read_fsa_years(services), *read_hra_years(services)))

        self.load(read, self._show)

    def add(self) -> bool:
        """Add a plan year of the kind that is shown, or of the only account there is."""
        if not self._read.accounts:
            self._on_empty()
        elif isinstance(self.selected(), HraShown) or not self._of(AccountKind.FSA):
            self.add_hra_year()
        else:
            self.add_fsa_year()
        return True

    def arrive(self, target: object) -> None:
        """Show the latest plan year of the account with an id."""
        found = next((year for year in self._read.years if year.account.id == target), None)
        if found is not None:
            self._key = _key(found)
            self._show_chosen()

    def print_part(self) -> Document | None:
        year = self.selected()
        if year is None:
            return None
        from ui.printing.plan_year_document import fsa_document, hra_document

        today = self.context.today
        return fsa_document(year, today) if isinstance(year, FsaShown) else hra_document(year, today)

    def selected(self) -> _Year | None:
        """The plan year that is shown."""
        return next((year for year in self._read.years if _key(year) == self._key), None)

    # showing -------------------------------------------------------------------------

    def _show(self, read: _Read) -> None:
        self._read = read
        if self.selected() is None:
            first = self._in_force() or (read.years[0] if read.years else None)
            self._key = _key(first) if first is not None else ""
        self.chooser.set_options([(_key(year), _name(year)) for year in read.years])
        self._show_chosen()

    def _in_force(self) -> _Year | None:
        today = self.context.today
        return next(
            (item for item in self._read.years if item.year.begins_on <= today <= item.year.ends_on), None
        )

    def _show_chosen(self) -> None:
        year, today = self.selected(), self.context.today
        self.chooser.choose(self._key)
        self.head.setVisible(bool(self._read.accounts))
        self.chooser.setVisible(bool(self._read.years))
        self.add_fsa_button.setVisible(bool(self._of(AccountKind.FSA)))
        self.add_hra_button.setVisible(bool(self._of(AccountKind.HRA)))
        self.fsa.setVisible(isinstance(year, FsaShown))
        self.hra.setVisible(isinstance(year, HraShown))
        self.asks.hide()
        if isinstance(year, FsaShown):
            self.fsa.show_year(year, today)
            if year.asks:
                self.asks.say(" ".join(year.asks), "warning", "Type it", closable=False)
        elif isinstance(year, HraShown):
            self.hra.show_year(year, today)
        self._show_empty()

    def _show_empty(self) -> None:
        self.empty.setVisible(not self._read.years)
        if not self._read.accounts:
            self.empty.set_text(
                "No FSA or HRA yet",
                "With your flexible spending account here you see what you lose on the last day unless you "
                "use it, and which expenses you have not claimed.",
            )
            self.empty.button.setText("Add your FSA")
        elif not self._read.years:
            self.empty.set_text(
                "No plan year yet",
                "Enter what was elected, or what your employer gives, and what happens to the rest. You "
                "then see what is left and until when.",
            )
            self.empty.button.setText("Add the plan year")

    def _of(self, kind: AccountKind) -> list[Account]:
        """The accounts of a kind, open ones first."""
        return [item for item in self._read.accounts if item.kind is kind]

    # acting --------------------------------------------------------------------------

    @Slot()
    def _on_chosen(self) -> None:
        self._key = self.chooser.key()
        self._show_chosen()

    @Slot()
    def add_fsa_year(self) -> None:
        """Open the form for a new plan year of an FSA."""
        from ui.dialogs.fsa_year_editor import FsaYearEditor

        accounts = self._of(AccountKind.FSA)
        before = next((item.year for item in self._read.years if isinstance(item, FsaShown)), None)
        FsaYearEditor(self.context, self, accounts=accounts, before=before).open()

    @Slot()
    def add_hra_year(self) -> None:
        """Open the form for a new plan year of an HRA."""
        from ui.dialogs.hra_year_editor import HraYearEditor

        accounts = self._of(AccountKind.HRA)
        before = next((item.year for item in self._read.years if isinstance(item, HraShown)), None)
        HraYearEditor(self.context, self, accounts=accounts, before=before).open()

    def _on_empty(self) -> None:
        if self._read.accounts:
            self.add()
            return
        from ui.dialogs.account_editor import AccountEditor

        editor = AccountEditor(self.context, self)
        editor.choose_kind(AccountKind.FSA)
        editor.open()

    @Slot()
    def _edit(self) -> None:
        year = self.selected()
        if isinstance(year, FsaShown):
            from ui.dialogs.fsa_year_editor import FsaYearEditor

            FsaYearEditor(self.context, self, accounts=self._of(AccountKind.FSA), year=year.year).open()
        elif isinstance(year, HraShown):
            from ui.dialogs.hra_year_editor import HraYearEditor

            HraYearEditor(self.context, self, accounts=self._of(AccountKind.HRA), year=year.year).open()

    @Slot()
    def _remove(self) -> None:
        year, untaxed = self.selected(), self.context.services.untaxed
        if year is None:
            return
        ids, is_fsa = [year.year.id or 0], isinstance(year, FsaShown)
        self.context.commit(
            self, lambda: untaxed.remove_fsa_years(ids) if is_fsa else untaxed.remove_hra_years(ids)
        )

    @Slot()
    def _pay(self) -> None:
        from ui.dialogs.pay_out import record_payout

        year = self.selected()
        if year is not None:
            record_payout(self.context, self, year.account.id or 0)

    @Slot()
    def _type_limit(self) -> None:
        from ui.dialogs.missing_limits import MissingLimitsDialog

        year = self.selected()
        if isinstance(year, FsaShown):
            at = year.year.begins_on.year
            MissingLimitsDialog(self.context, self, year=at, names=("fsa_carry_over",)).open()

    @Slot(object)
    def _on_claimed(self, use: Use) -> None:
        """Record at once that the FSA paid it back; the toast offers to undo it."""
        year, services = self.selected(), self.context.services
        number, expense = (year.account.id or 0 if year else 0), use.expense.expense_id
        if year is not None and expense is not None:
            self.context.commit(
                self,
                lambda: pay_back.claim(services, number, expense, use.amount),
                complain=self.asks.say_problem,
            )


def _key(year: _Year) -> str:
    return f"{'fsa' if isinstance(year, FsaShown) else 'hra'}-{year.year.id}"


def _name(year: _Year) -> str:
    return f"{short(year.account.name, 40)}, {fsa_year_name(year.year)}"
