"""The practice's written word on how much of its fee is care, with the paper attached (rulebook 5.3)."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from tracker.changes import Changes
from tracker.domain.accounts.practice_fee import split_fee
from tracker.errors import UserProblem
from tracker.facts import Noun
from tracker.facts.membership import CareStatement
from tracker.services.membership_care_share import for_year
from tracker.services.membership_tax import FeeTax
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.dialogs.rate_edit import RateEdit
from ui.widgets.attachments import Attachments
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.day_edit import DayEdit
from ui.widgets.money_edit import MoneyEdit

_SHARE, _AMOUNT = "share", "amount"


class CareStatementEditor(CommitDialog):
    """A share of the fee, or an amount of each fee. Papers attached here are those of the membership."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        facts: FeeTax,
        statement: CareStatement | None = None,
    ) -> None:
        super().__init__(
            "What the practice wrote",
            parent,
            columns=2,
            width=560,
            sentence="How much of its fee the practice says is care. Nothing counts without it in writing.",
        )
        self._context = context
        self._facts = facts
        self._statement = statement
        self._which = facts.shown.membership.id or 0
        self.stated_on = DayEdit(context.today)
        self.kind = OptionEdit(((_SHARE, "A share of the fee"), (_AMOUNT, "An amount of each fee")))
        self.share, self.amount = RateEdit(placeholder="35%"), MoneyEdit()
        self.received = QCheckBox("The care has been given")
        self.document = QLineEdit()
        self.document.setPlaceholderText("Letter of the practice, blue folder")
        self.attachments = Attachments(context, Noun.MEMBERSHIP, self._which)
        add = self.form.add
        add("stated_on", "Written on", self.stated_on)
        add("kind", "It names", self.kind)
        add("care_share", "Care share", self.share)
        add("care_amount", "Care part of each fee", self.amount)
        add(
            "received",
            "",
            self.received,
            hint="Care counts once it is given, not when a fee is paid ahead.",
            wide=True,
        )
        add("document", "Where the paper is", self.document, wide=True)
        add("documents", "Papers of the membership", self.attachments, wide=True)
        self._fill(statement)
        self.kind.edited.connect(self._on_kind)
        self.attachments.resized.connect(lambda: QTimer.singleShot(0, self, self._grow))
        self._on_kind()

    def _fill(self, start: CareStatement | None) -> None:
        self.stated_on.set_day(start.stated_on if start else self._context.today)
        self.received.setChecked(start.received if start else True)
        if start is not None:
            self.kind.choose(_AMOUNT if start.amount is not None else _SHARE)
            self.share.set_rate(start.share)
            self.amount.set_cents(start.amount)
            self.document.setText(start.document)
            self.document.setCursorPosition(0)

    @Slot()
    def _on_kind(self) -> None:
        share = self.kind.key() == _SHARE
        self.form.field("care_share").setVisible(share)
        self.form.field("care_amount").setVisible(not share)

    def save(self) -> bool:
        by_share = self.kind.key() == _SHARE
        share = self.share.rate_or_none() if by_share else None
        amount = None if by_share else self.amount.cents_or_none()
        if share is None and amount is None:
            name = "care_share" if by_share else "care_amount"
            raise UserProblem("How much of the fee is care?", "Type what the practice wrote.", field=name)
        made = CareStatement(
            stated_on=self.stated_on.day(),
            share=share,
            amount=amount,
            received=self.received.isChecked(),
            document=" ".join(self.document.text().split()) or self._new_paper(),
        )
        self._judge(made)
        others = [item for item in self._facts.statements if item is not self._statement]
        use, which = self._context.services.membership_use, self._which
        return self.commit(
            self._context, lambda: use.save_statements(which, [*others, made]), "Saving the statement"
        )

    def _judge(self, made: CareStatement) -> None:
        """Raises UserProblem for a care part above the fee it is a part of."""
        share = self._facts.share
        if share.count:
            split_fee(share.split.fee, for_year(made, share.count))

    def _new_paper(self) -> str:
        """The file attached just now, where nothing else says where the paper is."""
        names = self.attachments.names()
        return names[-1] if names and self.attachments.changed else ""

    def _on_done(self, changes: Changes) -> None:
        """The statement is kept; its paper follows."""
        self.changes = changes
        if self.attachments.changed:
            self.attachments.store(self._which, self.accept, self.complain)
        else:
            self.accept()
