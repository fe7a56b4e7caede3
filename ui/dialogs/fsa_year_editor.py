"""The form for one plan year of an FSA (rulebook 5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from tracker.changes import Changes
from tracker.dates import add_months, day_text
from tracker.errors import UserProblem
from tracker.facts import Account
from tracker.facts.accounts import AfterYear, FsaKind, FsaYear, grace_ends_on
from tracker.facts.taxes import OwnLimit
from tracker.money import dollars
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.so_far import day_so_far
from ui.models.accounts_words import AFTER, FSA_KINDS
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit


class FsaYearEditor(CommitDialog):
    """After the year there is a grace period, a carry-over, or neither: never both.

    Where the law's limit of the year is not known, the form asks for it too.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        accounts: Sequence[Account],
        year: FsaYear | None = None,
        before: FsaYear | None = None,
    ) -> None:
        """`before` is the plan year a new one follows: what is the same is proposed."""
        super().__init__(
            "FSA plan year" if year else "Add an FSA plan year",
            parent,
            columns=2,
            width=520,
            sentence="From your enrollment and the plan's summary. The whole election can be used from "
            "the first day.",
        )
        self._context = context
        self._year = year
        self._limits = context.services.taxes.limits().years
        self.account = OptionEdit([(str(item.id), item.name) for item in accounts])
        self.begins_on = DayEdit(context.today)
        self.ends_on = DayEdit(context.today)
        self.election = MoneyEdit()
        self.limit = MoneyEdit()
        self.carried_in = MoneyEdit()
        self.kind = OptionEdit([(kind.value, words) for kind, words in FSA_KINDS.items()])
        self.after = OptionEdit([(after.value, words) for after, words in AFTER.items()])
        self.carry_over_most = MoneyEdit(placeholder="The law's limit")
        self.run_out = DayEdit(context.today)
        self._add_fields(len(accounts) > 1)
        self._fill(year or _next_year(before, context.today, accounts[0].id))
        for field in (self.begins_on, self.ends_on):
            field.edited.connect(self._arrange)
            field.editingFinished.connect(self._arrange)
        self.after.edited.connect(self._arrange)
        self._arrange()

    def _add_fields(self, several: bool) -> None:
        form = self.form
        form.add("account_id", "Account", self.account, wide=True)
        form.field("account_id").setVisible(several)
        form.add("begins_on", "First day", self.begins_on)
        form.add("ends_on", "Last day", self.ends_on)
        form.add("election", "Election", self.election, hint="What is taken from pay over the year.")
        form.add("carried_in", "Carried in", self.carried_in, hint="Left from the year before.")
        form.add("limit", "The law's limit", self.limit, hint=" ", wide=True)
        form.add("kind", "Kind", self.kind, wide=True)
        form.add("after", "What is left after the year", self.after, hint=" ", wide=True)
        form.add("carry_over_most", "Carried over at most", self.carry_over_most)
        form.add("run_out_ends_on", "Claims until", self.run_out, hint=" ")

    def _fill(self, start: FsaYear) -> None:
        self.account.choose(str(start.account_id or ""))
        self.begins_on.set_day(start.begins_on)
        self.ends_on.set_day(start.ends_on)
        self.election.set_cents(start.election or None)
        self.carried_in.set_cents(start.carried_in or None)
        self.kind.choose(start.kind.value)
        self.after.choose(start.after.value)
        self.carry_over_most.set_cents(start.carry_over_most)
        self.run_out.set_day(start.run_out_ends_on)

    @Slot()
    def _arrange(self) -> None:
        today = self._context.today
        begins, ends = day_so_far(self.begins_on, today), day_so_far(self.ends_on, today)
        after = AfterYear(self.after.key())
        self.form.field("carry_over_most").setVisible(after is AfterYear.CARRY_OVER)
        hint = ""
        if ends is not None and after is AfterYear.GRACE:
            hint = f"Care counts until {day_text(grace_ends_on(ends))}."
        elif begins is not None and after is AfterYear.CARRY_OVER:
            law = self._limits.get(begins.year)
            most = law.fsa_carry_over if law else None
            hint = (
                f"The law allows {dollars(most)} out of {begins.year}."
                if most is not None
                else f"The law's amount for {begins.year} is not known here; type the plan's."
            )
        self.form.field("after").set_hint(hint)
        if ends is not None:
            usual = FsaYear(begins_on=ends, ends_on=ends, election=0).file_by
            self.form.field("run_out_ends_on").set_hint(f"Empty for 90 days: {day_text(usual)}.")
        unknown = begins is not None and not self._knows(begins.year)
        self.form.field("limit").setVisible(unknown)
        if begins is not None:
            self.form.field("limit").set_label(f"The law's limit for {begins.year}")
            self.form.field("limit").set_hint("Not known here: copy it from the IRS notice or your plan.")
        if self.isVisible():
            self._grow()

    def _knows(self, year: int) -> bool:
        found = self._limits.get(year)
        return found is not None and found.fsa_contribution is not None

    def save(self) -> bool:
        services = self._context.services
        begins = self.begins_on.day()
        typed = FsaYear(
            id=self._year.id if self._year else None,
            account_id=int(self.account.key()),
            begins_on=begins,
            ends_on=self.ends_on.day(),
            election=self.election.cents(),
            kind=FsaKind(self.kind.key()),
            carried_in=self.carried_in.cents_or_none() or 0,
            after=AfterYear(self.after.key()),
            carry_over_most=(
                self.carry_over_most.cents_or_none()
                if self.after.key() == AfterYear.CARRY_OVER.value
                else None
            ),
            run_out_ends_on=self.run_out.day_or_none(),
        )
        limit = None if self._knows(begins.year) else self.limit.cents_or_none()
        if limit is None and not self._knows(begins.year):
            raise UserProblem(
                f"The law's limit for {begins.year} is not known here.",
                "Type it from the IRS notice or your plan's papers.",
                field="limit",
            )

        def act() -> Changes:
            if limit is not None:
                own = OwnLimit(year=begins.year, name="fsa_contribution", amount=limit)
                services.taxes.save_own_limit(own)
            return services.untaxed.save_fsa_year(typed)

        return self.commit(self._context, act, "Saving the plan year")


def _next_year(before: FsaYear | None, today: date, account_id: int | None) -> FsaYear:
    """A new plan year: the one after `before`, or the calendar year."""
    if before is None:
        first, last = date(today.year, 1, 1), date(today.year, 12, 31)
        return FsaYear(account_id=account_id, begins_on=first, ends_on=last, election=0)
    first = date.fromordinal(before.ends_on.toordinal() + 1)
    last = date.fromordinal(add_months(first, 12).toordinal() - 1)
    return replace(
        before, id=None, begins_on=first, ends_on=last, election=0, carried_in=0, run_out_ends_on=None
    )
