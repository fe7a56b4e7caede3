"""Amounts of an EOB by what they are: the categories of HL7, of CARIN Blue Button, and Medicare's own.

Amounts stay exact (Decimal, in dollars) until the last step. Figures are known here by the names of
CARIN's categories: `submitted`, `eligible`, `deductible`, `copay`, `coinsurance`, `noncovered`,
`benefit`, `paidtoprovider`, `paidtopatient`, `paidbypatient`, `priorpayerpaid`, `memberliability`,
`discount`, `drugcost`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from tracker.imports.fhir_fields import Json, NotTaken, Remarks, codings, obj, short, text
from tracker.money import LARGEST, Cents, dollars

Figures: TypeAlias = dict[str, Decimal]
"""Dollars by category."""

_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,30})?", re.ASCII)
_CENT = Decimal("0.01")
_NOISE = Decimal("1e-8")
"""Below this, digits come from a computer's floating point, not from a price."""
_MOST = Decimal(LARGEST).scaleb(-2)

_CATEGORIES = frozenset(
    (
        "submitted",
        "eligible",
        "deductible",
        "copay",
        "coinsurance",
        "noncovered",
        "benefit",
        "paidtoprovider",
        "paidtopatient",
        "paidbypatient",
        "priorpayerpaid",
        "memberliability",
        "discount",
        "drugcost",
    )
)
_OTHER_SPELLINGS = {
    "allowed": "eligible",
    "allowedamount": "eligible",
    "billed": "submitted",
    "coinsuranceamount": "coinsurance",
    "copayamount": "copay",
    "copayment": "copay",
    "deductibleamount": "deductible",
    "notcovered": "noncovered",
    "memberresponsibility": "memberliability",
    "patientliability": "memberliability",
    "patientresponsibility": "memberliability",
}

_MEDICARE = "bluebutton.cms.gov/resources/variables/"
_IGNORED = ""
_MEDICARE_MEANS = {
    # A line of a professional claim
    "line_sbmtd_chrg_amt": "submitted",
    "line_alowd_chrg_amt": "eligible",
    "line_bene_ptb_ddctbl_amt": "deductible",
    "line_coinsrnc_amt": "coinsurance",
    "line_nch_pmt_amt": "benefit",
    "line_prvdr_pmt_amt": "paidtoprovider",
    "line_bene_pmt_amt": "paidtopatient",
    "line_bene_prmry_pyr_pd_amt": "priorpayerpaid",
    # A line of an institutional claim. Medicare files the price per unit and its own payment under
    # `submitted`, and the blood deductible, which fills no accumulator, under `deductible`.
    "rev_cntr_tot_chrg_amt": "submitted",
    "rev_cntr_rate_amt": _IGNORED,
    "rev_cntr_pmt_amt_amt": "benefit",
    "rev_cntr_blood_ddctbl_amt": _IGNORED,
    "rev_cntr_rdcd_coinsrnc_amt": _IGNORED,
    # A pharmacy fill: gross drug cost on either side of the threshold is filed under `coinsurance`,
    # what the low-income subsidy and the manufacturer paid under `discount`.
    "gdc_blw_oopt_amt": _IGNORED,
    "gdc_abv_oopt_amt": _IGNORED,
    "ptnt_pay_amt": "paidbypatient",
    "cvrd_d_plan_pd_amt": "benefit",
    "ncvrd_plan_pd_amt": "benefit",
    "tot_rx_cst_amt": "drugcost",
    # The whole claim, among the benefit balances
    "carr_clm_cash_ddctbl_apld_amt": "deductible",
    "nch_bene_ip_ddctbl_amt": "deductible",
    "nch_bene_ptb_ddctbl_amt": "deductible",
    "nch_bene_pta_coinsrnc_lblty_amt": "coinsurance",
    "nch_bene_pta_coinsrnc_lblty_am": "coinsurance",
    "nch_bene_ptb_coinsrnc_amt": "coinsurance",
    "nch_ip_ncvrd_chrg_amt": "noncovered",
    "nch_carr_clm_sbmtd_chrg_amt": "submitted",
    "nch_carr_clm_alowd_amt": "eligible",
    "nch_clm_prvdr_pmt_amt": "paidtoprovider",
    "clm_op_prvdr_pmt_amt": "paidtoprovider",
    "nch_clm_bene_pmt_amt": "paidtopatient",
    "clm_op_bene_pmt_amt": "paidtopatient",
    "prpayamt": "priorpayerpaid",
    "clm_mdcr_prfnl_prmry_pyr_amt": "priorpayerpaid",
    "clm_mdcr_instnl_prmry_pyr_amt": "priorpayerpaid",
}
"""Medicare's variables where they say more than the category they stand beside, or stand alone."""

_ADDED = frozenset(("priorpayerpaid", "paidtopatient", "discount"))
"""Several of these in one list are several payments; of others the first counts."""

WORDS = {
    "submitted": "billed",
    "eligible": "allowed",
    "noncovered": "not covered",
    "benefit": "benefit",
    "paidtoprovider": "paid to the provider",
    "paidtopatient": "paid to you",
    "paidbypatient": "paid by you",
    "memberliability": "you owe",
    "drugcost": "drug cost",
}
"""What people call a category, where it is not its own name."""


def money(value: object) -> Decimal | None:
    """An amount in US dollars, exact; None where none is given.

    Raises NotTaken for another currency, for what is no number, and beyond the largest amount.
    """
    told = obj(value)
    number = told.get("value")
    if number is None:
        return None
    currency = text(told.get("currency"))
    if currency and currency.upper() != "USD":
        raise NotTaken(f"Its amounts are in {short(currency)}. Only US dollars are taken.")
    if isinstance(number, str) and _NUMBER.fullmatch(number.strip()):
        number = Decimal(number.strip())
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        raise NotTaken(f"One of its amounts, \u201c{short(number)}\u201d, is not a number.")
    exact = Decimal(number)
    if not exact.is_finite():
        raise NotTaken("One of its amounts is not a number.")
    within(exact)
    return exact.quantize(_NOISE, ROUND_HALF_UP)


def within(amount: Decimal) -> Decimal:
    """The amount; raises NotTaken where it is larger than any the ledger keeps."""
    if amount and (amount.adjusted() > _MOST.adjusted() or abs(amount) > _MOST):
        raise NotTaken(f"One of its amounts is more than {dollars(LARGEST)}.")
    return amount


def cents(amount: Decimal | None, remarks: Remarks) -> Cents | None:
    """Whole cents, half a cent up; says so where parts of a cent were given."""
    if amount is None:
        return None
    rounded = amount.quantize(_CENT, ROUND_HALF_UP)
    if rounded != amount:
        remarks.add("Amounts with parts of a cent were rounded to the cent.")
    return int(rounded.scaleb(2))


def category_of(concept: object) -> str:
    """Which figure a category stands for, empty where none of ours."""
    found = ""
    for coding in codings(concept):
        code = text(coding.get("code")).casefold()
        variable = code.rpartition("/")[2] if _MEDICARE in code else code
        if variable in _MEDICARE_MEANS:
            return _MEDICARE_MEANS[variable]  # it is more exact than the category beside it
        found = found or _spelt(code)
    if not found:
        told = obj(concept)
        found = _spelt(text(told.get("text"))) if not codings(concept) else ""
    return found


def _spelt(code: str) -> str:
    plain = re.sub(r"[^a-z]", "", code.casefold())
    if plain in _CATEGORIES:
        return plain
    return _OTHER_SPELLINGS.get(plain, "")


def figures_of(
    parts: Iterable[Json], remarks: Remarks, *, amount: str = "amount", kind: str = "category"
) -> Figures:
    """The figures of a list of totals, adjudications or balances.

    Where a list states one figure twice with two amounts the first counts, and it is remarked on.
    """
    figures: Figures = {}
    for part in parts:
        value = money(part.get(amount))
        category = category_of(part.get(kind))
        if value is None or not category:
            continue
        if category not in figures:
            figures[category] = value
        elif category in _ADDED:
            figures[category] = within(figures[category] + value)
        elif figures[category] != value:
            remarks.add(
                f"Two amounts are stated for {WORDS.get(category, category)}; the first one counts."
            )
    return figures


def is_medicares(concept: object) -> bool:
    """Whether a kind of benefit is one of Medicare's variables: figures of the claim, no balance."""
    return any(_MEDICARE in text(one.get("code")).casefold() for one in codings(concept))


def plan_paid(figures: Figures) -> Decimal | None:
    """What the plan paid to the provider and to you; where neither is stated, the benefit."""
    to_provider, to_you = figures.get("paidtoprovider"), figures.get("paidtopatient")
    if to_provider is None and "benefit" in figures:
        return figures["benefit"]
    if to_provider is None:
        return to_you
    return within(to_provider + (to_you or 0))
