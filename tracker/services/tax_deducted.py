"""What the member says of a whole year's worksheet: deducted on the return, premiums before tax."""

from __future__ import annotations

from dataclasses import replace

from tracker.changes import Changes
from tracker.domain.accounts.tax_worksheet import MedicalSheet
from tracker.errors import UserProblem
from tracker.facts import Role
from tracker.facts.accounts import ExpenseNote, Qualifies
from tracker.money import dollars
from tracker.services.bundle import Services
from tracker.services.tax_year import read_tax_year

BEFORE_TAX = "Paid from pay before tax"


def why_not_marked(sheet: MedicalSheet) -> str:
    """Why a worksheet cannot be marked as deducted; empty where it can."""
    if sheet.deductible is None:
        return "What may be deducted is not known yet."
    if not sheet.deductible:
        return "Nothing is left after the floor, so nothing is deducted."
    if sheet.beats_standard is None:
        return "Whether itemizing beats the standard deduction is not known yet."
    if not sheet.beats_standard:
        return "The standard deduction is not less than all itemized ones, so nothing of this is deducted."
    return ""


def mark_deducted(services: Services, year: int) -> Changes:
    """Mark every payment of the worksheet as deducted on the return of its year, as one change.

    All of line 1 is marked, also what lies under the floor: dollars an HSA paid back later would leave
    line 1 and with it the deduction (IRC 223(f)(6)). Raises UserProblem where nothing is deducted.
    """
    shown = read_tax_year(services, year)
    if why := why_not_marked(shown.medical):
        raise UserProblem(why, "Check the worksheet and the tax facts of the year.")
    notes = [
        replace(_note(item.expense.note, item.expense.id), deducted=item.line.amount, deducted_year=year)
        for item in shown.expenses
        if item.line.amount
    ]
    marked = {note.payment_id for note in notes}
    notes += [
        replace(note, deducted=0, deducted_year=None)
        for note in services.untaxed.expense_notes().values()
        if note.deducted_year == year and note.payment_id not in marked
    ]
    words = f"Mark {dollars(shown.deductible_payments)} as deducted on the return of {year}"
    return services.untaxed.save_expense_notes(notes, said=words)


def unmark_deducted(services: Services, year: int) -> Changes:
    """Take back every mark of a year's return."""
    notes = [
        replace(note, deducted=0, deducted_year=None)
        for note in services.untaxed.expense_notes().values()
        if note.deducted_year == year
    ]
    return services.untaxed.save_expense_notes(
        notes, said=f"Take back what was marked as deducted on the return of {year}"
    )


def premiums_before_tax(services: Services, year: int) -> Changes:
    """Say of every premium on a year's worksheet that it came out of pay before tax."""
    shown = read_tax_year(services, year)
    wanted = set(shown.untold_premiums)
    notes = [
        replace(
            _note(item.expense.note, item.expense.id),
            qualifies=Qualifies.NO,
            eligible=None,
            note=BEFORE_TAX,
            deducted=0,
            deducted_year=None,
        )
        for item in shown.expenses
        if item.expense.id in wanted and item.expense.has_role == {Role.PREMIUM}
    ]
    if not notes:
        raise UserProblem("No premium stands on the worksheet by itself.", "Say it of each payment.")
    return services.untaxed.save_expense_notes(notes, said=f"Premiums of {year} come out of pay before tax")


def _note(note: ExpenseNote | None, payment_id: int) -> ExpenseNote:
    return note or ExpenseNote(payment_id=payment_id)
