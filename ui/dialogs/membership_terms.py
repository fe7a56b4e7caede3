"""The clauses inside the membership's form, in sections that stay closed until they are wanted."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from tracker.errors import UserProblem
from tracker.facts.membership import MedicareStatus, MembershipTerms, RefundKind
from ui.dialogs.more_fields import MoreFields
from ui.models.leaving_words import RULES
from ui.models.terms_words import EVERY, MEDICARE
from ui.widgets.choice_edit import OptionEdit
from ui.widgets.form import Form
from ui.widgets.money_edit import MoneyEdit
from ui.widgets.note_edit import NoteEdit

_NOT_SAID = ("", "Not said")
_ANSWERS = (_NOT_SAID, ("yes", "Yes"), ("no", "No"))
_MOST_DAYS, _MOST_HOURS, _MOST_MINUTES = 730, 24 * 31, 24 * 60


class TermsFields:
    """Four sections of a form: leaving, paying, what is promised, insurance."""

    def __init__(self, form: Form, owner: QWidget) -> None:
        self._form = form
        self.sections: list[MoreFields] = []
        self._add_leaving(owner)
        self._add_paying(owner)
        self._add_promises(owner)
        self._add_insurance(owner)

    # building ------------------------------------------------------------------------

    def _add_leaving(self, owner: QWidget) -> None:
        section = self._section("Leaving and refunds", owner)
        self.refund_kind = OptionEdit([_NOT_SAID, *((kind.value, said) for kind, said in RULES.items())])
        self.trial_days = QLineEdit()
        self.cancellation_fee = MoneyEdit()
        self.claw_back = QCheckBox("Less services used, at list price")
        self.to_month_end = QCheckBox("Runs to the end of the month")
        self._form.add("refund_kind", "What comes back when you leave", self.refund_kind)
        self._form.add("cancellation_fee", "Cancellation fee", self.cancellation_fee)
        self._form.add("claw_back", "Refund", self.claw_back)
        self._form.add("to_month_end", "Notice", self.to_month_end)
        self._form.add("trial_days", "Days of a trial period", self.trial_days)
        section.hold(("refund_kind", "cancellation_fee", "claw_back", "to_month_end", "trial_days"))

    def _add_paying(self, owner: QWidget) -> None:
        section = self._section("Price and payment", owner)
        self.offer_amount = MoneyEdit()
        self.offer_months = OptionEdit([_NOT_SAID, *((str(count), said) for count, said in EVERY.items())])
        self.payment_method = QLineEdit()
        self.late_fee = MoneyEdit()
        self.renewal_clause = NoteEdit()
        hint = "Compares paying once a year with paying in parts."
        self._form.add("offer_amount", "Other price offered", self.offer_amount, hint=hint)
        self._form.add("offer_months", "How often that is due", self.offer_months)
        self._form.add("payment_method", "How you pay", self.payment_method)
        self._form.add("late_fee", "Late fee", self.late_fee)
        self._form.add("renewal_clause", "What it says of renewal", self.renewal_clause, wide=True)
        section.hold(("offer_amount", "offer_months", "payment_method", "late_fee", "renewal_clause"))

    def _add_promises(self, owner: QWidget) -> None:
        section = self._section("What is promised", owner)
        self.promised_hours, self.reply_hours = QLineEdit(), QLineEdit()
        self.promised_minutes, self.contacts = QLineEdit(), QLineEdit()
        self._form.add("promised_hours", "A visit within how many hours", self.promised_hours)
        self._form.add("reply_hours", "An answer within how many hours", self.reply_hours)
        self._form.add("promised_minutes", "Minutes of a visit", self.promised_minutes)
        self._form.add("contacts", "How to reach the practice", self.contacts)
        section.hold(("promised_hours", "reply_hours", "promised_minutes", "contacts"))

    def _add_insurance(self, owner: QWidget) -> None:
        section = self._section("Insurance and Medicare", owner)
        self.bills_insurance, self.bills_visits = OptionEdit(_ANSWERS), OptionEdit(_ANSWERS)
        self.medicare = OptionEdit([_NOT_SAID, *((kind.value, said) for kind, said in MEDICARE.items())])
        self.networks = QLineEdit()
        self._form.add("bills_insurance", "Bills your plan for visits", self.bills_insurance)
        self._form.add("bills_visits", "Charges a fee for a visit", self.bills_visits)
        self._form.add("medicare", "Medicare", self.medicare)
        self._form.add("networks", "Insurance networks of the doctor", self.networks)
        section.hold(("bills_insurance", "bills_visits", "medicare", "networks"))

    def _section(self, words: str, owner: QWidget) -> MoreFields:
        section = MoreFields(self._form, words, owner, less=words)
        self.sections.append(section)
        return section

    # filling and reading -------------------------------------------------------------

    def fill(self, terms: MembershipTerms) -> None:
        """Show the clauses; sections stay closed."""
        self.refund_kind.choose(terms.refund_kind.value if terms.refund_kind else "")
        self.trial_days.setText(str(terms.trial_days or ""))
        self.cancellation_fee.set_cents(terms.cancellation_fee or None)
        self.claw_back.setChecked(terms.claw_back)
        self.to_month_end.setChecked(terms.to_month_end)
        self.offer_amount.set_cents(terms.offer_amount)
        self.offer_months.choose(str(terms.offer_months or ""))
        self.late_fee.set_cents(terms.late_fee)
        self.renewal_clause.set_text(terms.renewal_clause)
        self.bills_insurance.choose(_answer(terms.bills_insurance))
        self.bills_visits.choose(_answer(terms.bills_visits))
        self.medicare.choose(terms.medicare.value if terms.medicare else "")
        for edit, text in (
            (self.payment_method, terms.payment_method),
            (self.contacts, terms.contacts),
            (self.networks, terms.networks),
            (self.promised_hours, _number_text(terms.promised_hours)),
            (self.reply_hours, _number_text(terms.reply_hours)),
            (self.promised_minutes, _number_text(terms.promised_minutes)),
        ):
            edit.setText(text)
            edit.setCursorPosition(0)

    def terms(self, held: MembershipTerms) -> MembershipTerms:
        """What the fields say; clauses that are not in the form stay as they were.

        Raises UserProblem for what cannot be read.
        """
        refund, medicare = self.refund_kind.key(), self.medicare.key()
        offer, months = self.offer_amount.cents_or_none(), self.offer_months.key()
        if (offer is None) != (not months):
            raise UserProblem(
                "The other price needs an amount and how often it is due.",
                "Type both, or neither.",
                field="offer_amount" if offer is None else "offer_months",
            )
        if offer == 0:
            raise UserProblem("The other price must be more than zero.", "Check it.", field="offer_amount")
        trial = _number(self.trial_days.text(), "trial_days", "A trial period", "days", _MOST_DAYS)
        if refund == RefundKind.TRIAL.value and not trial:
            raise UserProblem(
                "The days of the trial period are missing.", "Type how many.", field="trial_days"
            )
        return replace(
            held,
            refund_kind=RefundKind(refund) if refund else None,
            trial_days=trial or 0,
            cancellation_fee=self.cancellation_fee.cents_or_none() or 0,
            claw_back=self.claw_back.isChecked(),
            to_month_end=self.to_month_end.isChecked(),
            offer_amount=offer,
            offer_months=int(months) if months else None,
            payment_method=self.payment_method.text(),
            late_fee=self.late_fee.cents_or_none(),
            renewal_clause=self.renewal_clause.text(),
            promised_hours=_number(
                self.promised_hours.text(), "promised_hours", "The promise", "hours", _MOST_HOURS
            ),
            reply_hours=_number(
                self.reply_hours.text(), "reply_hours", "The promise", "hours", _MOST_HOURS
            ),
            promised_minutes=_number(
                self.promised_minutes.text(), "promised_minutes", "The promise", "minutes", _MOST_MINUTES
            ),
            contacts=self.contacts.text(),
            bills_insurance=_said(self.bills_insurance.key()),
            bills_visits=_said(self.bills_visits.key()),
            medicare=MedicareStatus(medicare) if medicare else None,
            networks=self.networks.text(),
        )

    def show_for(self, name: str | None) -> None:
        """Open the section of a field that is about to complain."""
        for section in self.sections:
            section.show_for(name)


def _number(text: str, field: str, what: str, unit: str, most: int) -> int | None:
    """A whole number as typed, None for an empty field."""
    cleaned = text.strip().replace(",", "")
    if not cleaned:
        return None
    if not (cleaned.isascii() and cleaned.isdecimal()) or int(cleaned) > most:
        raise UserProblem(f"{what} is a number of {unit}.", f"Type 0 to {most}.", field=field)
    return int(cleaned)


def _number_text(number: int | None) -> str:
    return "" if number is None else str(number)


def _answer(said: bool | None) -> str:
    return "" if said is None else "yes" if said else "no"


def _said(key: str) -> bool | None:
    return None if not key else key == "yes"
