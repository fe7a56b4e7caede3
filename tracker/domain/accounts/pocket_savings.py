"""What each untaxed way of paying for care saved in tax in a year (rulebook 5.7)."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.accounts.tax_savings import Saving, rates_of, tax_saved
from tracker.domain.accounts.tax_worksheet import MedicalSheet
from tracker.facts.taxes import TaxFacts
from tracker.money import Cents, percent_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PocketSaving:
    """The tax one way of paying saves in the year; `saving` is None while no rate is entered."""

    name: str
    amount: Cents
    saving: Saving | None
    remark: str = ""


def pocket_savings(
    facts: TaxFacts,
    *,
    hsa_own: Cents,
    hsa_payroll: Cents,
    fsa: Cents,
    sheet: MedicalSheet,
) -> tuple[PocketSaving, ...]:
    """Tax saved by pocket (rulebook 5.7). Amounts of nothing are left out; employers' money is not yours.

    Payroll tax is saved only on what goes through payroll. Of the deduction only the part by which
    itemizing exceeds the standard deduction saves anything.
    """
    gained = min(sheet.deductible or 0, sheet.gain or 0) if sheet.beats_standard else 0
    wanted = (
        ("HSA, your own deposits", hsa_own, False, "Payroll tax is not saved outside payroll."),
        ("HSA, through payroll", hsa_payroll, True, ""),
        ("FSA, elected", fsa, True, "Set aside from pay before tax."),
        (
            "Medical deduction",
            gained,
            False,
            "Only the part by which itemizing exceeds the standard deduction saves tax.",
        ),
    )
    found = []
    for name, amount, payroll, remark in wanted:
        if amount <= 0:
            continue
        rates = rates_of(facts, through_payroll=payroll)
        found.append(
            PocketSaving(
                name=name,
                amount=amount,
                saving=tax_saved(amount, rates) if rates else None,
                remark=remark,
            )
        )
    return tuple(found)


def after_tax(amount: Cents, eligible: Cents, facts: TaxFacts) -> Cents | None:
    """What an expense costs once untaxed money has paid what of it counts (rulebook 5.7)."""
    rates = rates_of(facts)
    return None if rates is None else amount - percent_of(max(0, min(amount, eligible)), rates.total)
