"""The form for one plan year of an HRA, from its plan document (rulebook 5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from tracker.changes import Changes
from tracker.dates import add_months
from tracker.errors import UserProblem
from tracker.facts import Account
from tracker.facts.accounts import Hra, HraKind, HraPays
from tracker.facts.taxes import OwnLimit
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.so_far import day_so_far
from ui.models.accounts_words import HRA_KINDS, HRA_PAYS
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit

_SAYS = (("", "Not said"), ("yes", "Pays it"), ("no", "Never pays it"))
_REST = (("", "Not known"), ("yes", "Goes to the next plan year"), ("no", "Is lost"))


class HraYearEditor(CommitDialog):
    """What the document says of each kind of expense is yes, no, or nothing: then the page says to ask."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        accounts: Sequence[Account],
        year: Hra | None = None,
        before: Hra | None = None,
    ) -> None:
        """`before` is the plan year a new one follows: what is the same is proposed."""
        super().__init__(
            "HRA plan year" if year else "Add an HRA plan year",
            parent,
            columns=2,
            width=540,
            sentence="From the plan document your employer gave you.",
        )
        self._context = context
        self._year = year
        self._limits = context.services.taxes.limits().years
        self.account = OptionEdit([(str(item.id), item.name) for item in accounts])
        self.kind = OptionEdit([(kind.value, words) for kind, words in HRA_KINDS.items()])
        self.begins_on = DayEdit(context.today)
        self.ends_on = DayEdit(context.today)
        self.credit = MoneyEdit()
        self.carried_in = MoneyEdit()
        self.limit = MoneyEdit()
        self.by_month = QCheckBox("Arrives month by month")
        self.family = QCheckBox("For a family")
        self.post_deductible = QCheckBox("Pays only after the deductible")
        self.pays = {what: OptionEdit(_SAYS) for what in HraPays}
        self.file_by = DayEdit(context.today)
        self.rest = OptionEdit(_REST)
        self._add_fields(len(accounts) > 1)
        self._fill(year or _next_year(before, context.today, accounts[0].id))
        self.kind.edited.connect(self._arrange)
        self.family.toggled.connect(self._arrange)
        self.begins_on.edited.connect(self._arrange)
        self.begins_on.editingFinished.connect(self._arrange)
        self._arrange()

    def _add_fields(self, several: bool) -> None:
        form = self.form
        form.add("account_id", "Account", self.account, wide=True)
        form.field("account_id").setVisible(several)
        form.add("kind", "Kind", self.kind, wide=True)
        form.add("begins_on", "First day", self.begins_on)
        form.add("ends_on", "Last day", self.ends_on)
        form.add("credit", "Your employer gives", self.credit, hint="For the whole plan year.")
        form.add("carried_in", "Carried in", self.carried_in, hint="Left from the year before.")
        form.add("limit", "The law's limit", self.limit, hint=" ", wide=True)
        form.add("by_month", "", self.by_month)
        form.add("family", "", self.family)
        form.add("post_deductible", "", self.post_deductible, wide=True)
        for what, edit in self.pays.items():
            form.add(f"pays_{what.value}", HRA_PAYS[what], edit)
        form.add("file_by", "Claims until", self.file_by)
        form.add("keeps_rest", "What is left after the year", self.rest)

    def _fill(self, start: Hra) -> None:
        self.account.choose(str(start.account_id or ""))
        self.kind.choose(start.kind.value)
        self.begins_on.set_day(start.begins_on)
        self.ends_on.set_day(start.ends_on)
        self.credit.set_cents(start.credit or None)
        self.carried_in.set_cents(start.carried_in or None)
        self.by_month.setChecked(start.by_month)
        self.family.setChecked(start.family)
        self.post_deductible.setChecked(start.post_deductible)
        for what, edit in self.pays.items():
            edit.choose("yes" if what in start.pays else "no" if what in start.never_pays else "")
        self.file_by.set_day(start.file_by)
        self.rest.choose({True: "yes", False: "no", None: ""}[start.keeps_rest])

    def _limit_name(self) -> str:
        """The yearly amount that bounds this kind; empty where the law bounds none."""
        kind = HraKind(self.kind.key())
        if kind is HraKind.EBHRA:
            return "ebhra"
        if kind is HraKind.QSEHRA:
            return "qsehra.family" if self.family.isChecked() else "qsehra.self_only"
        return ""

    def _unknown(self, begins: date | None) -> bool:
        name = self._limit_name()
        if not name or begins is None:
            return False
        found = self._limits.get(begins.year)
        head, _, part = name.partition(".")
        value = getattr(found, head) if found else None
        return (getattr(value, part) if part and value is not None else value) is None

    @Slot()
    def _arrange(self) -> None:
        begins = day_so_far(self.begins_on, self._context.today)
        self.form.field("family").setVisible(HraKind(self.kind.key()) is HraKind.QSEHRA)
        self.form.field("limit").setVisible(self._unknown(begins))
        if begins is not None:
            self.form.field("limit").set_label(f"The law's limit for {begins.year}")
            self.form.field("limit").set_hint("Not known here: copy it from the IRS notice or your plan.")
        if self.isVisible():
            self._grow()

    def save(self) -> bool:
        services, said = self._context.services, {what: edit.key() for what, edit in self.pays.items()}
        begins = self.begins_on.day()
        typed = Hra(
            id=self._year.id if self._year else None,
            account_id=int(self.account.key()),
            kind=HraKind(self.kind.key()),
            begins_on=begins,
            ends_on=self.ends_on.day(),
            credit=self.credit.cents(),
            by_month=self.by_month.isChecked(),
            carried_in=self.carried_in.cents_or_none() or 0,
            family=self.family.isChecked(),
            post_deductible=self.post_deductible.isChecked(),
            pays=tuple(what.value for what, key in said.items() if key == "yes"),
            never_pays=tuple(what.value for what, key in said.items() if key == "no"),
            file_by=self.file_by.day_or_none(),
            keeps_rest={"yes": True, "no": False}.get(self.rest.key()),
        )
        limit = self.limit.cents_or_none() if self._unknown(begins) else None
        if limit is None and self._unknown(begins):
            raise UserProblem(
                f"The law's limit for {begins.year} is not known here.",
                "Type it from the IRS notice or the plan's notice.",
                field="limit",
            )
        if typed.credit < 0 or typed.carried_in < 0:
            raise UserProblem("An HRA holds zero or more.", "Check the amount.", field="credit")
        name = self._limit_name()

        def act() -> Changes:
            if limit is not None:
                services.taxes.save_own_limit(OwnLimit(year=begins.year, name=name, amount=limit))
            return services.untaxed.save_hra_year(typed)

        return self.commit(self._context, act, "Saving the plan year")


def _next_year(before: Hra | None, today: date, account_id: int | None) -> Hra:
    """A new plan year: the one after `before`, or the calendar year."""
    if before is None:
        return Hra(
            account_id=account_id,
            kind=HraKind.INTEGRATED,
            begins_on=date(today.year, 1, 1),
            ends_on=date(today.year, 12, 31),
            credit=0,
        )
    first = date.fromordinal(before.ends_on.toordinal() + 1)
    last = date.fromordinal(add_months(first, 12).toordinal() - 1)
    return replace(before, id=None, begins_on=first, ends_on=last, credit=0, carried_in=0, file_by=None)
