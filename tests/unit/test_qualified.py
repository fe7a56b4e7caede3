"""What untaxed money may pay: the table, premiums and practice fees (rulebook 5.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.accounts.answers import Verdict
from tracker.domain.accounts.practice_fee import CareStatement, PaysFor, PracticeFee
from tracker.domain.accounts.qualified import (
    AdministratorSaid,
    Premium,
    TaxPocket,
    classify,
    fee_answer,
    premium_answer,
    suggest,
)
from tracker.domain.accounts.qualified_items import ITEMS
from tracker.domain.accounts.tax_savings import TaxRates, tax_saved
from tracker.imports.limits_file import yearly_limits

LIMITS = yearly_limits()
JUNE = date(2026, 6, 1)
FEE = PracticeFee(
    name="Harbor Concierge",
    amount=3_600_00,
    months=12,
    begins_on=date(2026, 1, 1),
    pays_for=PaysFor.BOTH,
    bills_insurance=True,
    bills_visits=False,
    primary_care_only=True,
    primary_care_practitioners=True,
    within_office_care=True,
)
DPC = replace(FEE, amount=90_00, months=1, pays_for=PaysFor.CARE, bills_insurance=False)
STATED = CareStatement(stated_on=date(2026, 1, 5), share=3_500, document="letter.pdf")


def test_codes_are_there_once_and_every_answer_has_a_reason_and_a_source() -> None:
    codes = [found.code for found in ITEMS]
    assert len(codes) == len(set(codes))
    assert all(found.why and found.source for found in ITEMS)


@pytest.mark.parametrize(
    ("code", "pocket", "verdict"),
    [
        ("cost_sharing", TaxPocket.HSA, Verdict.YES),
        ("otc", TaxPocket.FSA, Verdict.YES),
        ("otc", TaxPocket.DEDUCTION, Verdict.NO),
        ("weight_loss", TaxPocket.HSA, Verdict.LETTER),
        ("cosmetic", TaxPocket.HSA, Verdict.NO),
        ("mobile_therapy", TaxPocket.HSA, Verdict.PART),
        ("convenience", TaxPocket.HSA, Verdict.NO),
        ("compounded", TaxPocket.FSA, Verdict.ASK),
    ],
)
def test_the_table(code: str, pocket: TaxPocket, verdict: Verdict) -> None:
    answer = classify(code, pocket)
    assert answer.verdict is verdict
    assert bool(answer.ask) == (verdict in (Verdict.LETTER, Verdict.ASK))


def test_the_administrator_decides_for_an_fsa_only() -> None:
    refused = AdministratorSaid(on=date(2026, 2, 1), yes=False)
    assert classify("lab", TaxPocket.FSA, refused).verdict is Verdict.NO
    assert classify("lab", TaxPocket.HSA, refused).verdict is Verdict.YES
    allowed = AdministratorSaid(on=date(2026, 2, 1), yes=True, words="With a letter.")
    answer = classify("gym", TaxPocket.FSA, allowed)
    assert (answer.verdict, answer.conditions[0].why) == (
        Verdict.YES,
        "The administrator said yes on Feb 1, 2026. With a letter.",
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Botox at the med-spa", "cosmetic"),
        ("blood panel", "lab"),
        ("MRI of the knee", "imaging"),
        ("compounded semaglutide", "compounded"),
        ("parking at the hospital", "hospital"),
    ],
)
def test_a_description_suggests_kinds(text: str, first: str) -> None:
    assert suggest(text)[0].code == first


def test_nothing_is_suggested_for_nothing_known() -> None:
    assert suggest("zzz") == suggest("") == suggest("the fee for care") == ()


@pytest.mark.parametrize(
    ("kind", "at_65", "verdict"),
    [
        (Premium.PLAN, True, Verdict.NO),
        (Premium.COBRA, False, Verdict.YES),
        (Premium.UNEMPLOYED, False, Verdict.YES),
        (Premium.LONG_TERM_CARE, False, Verdict.PART),
        (Premium.MEDICARE, True, Verdict.YES),
        (Premium.MEDICARE, False, Verdict.NO),
        (Premium.EMPLOYER_AT_65, True, Verdict.YES),
        (Premium.MEDIGAP, True, Verdict.NO),
    ],
)
def test_which_premiums_an_hsa_pays(kind: Premium, at_65: bool, verdict: Verdict) -> None:
    assert premium_answer(kind, TaxPocket.HSA, at_65=at_65).verdict is verdict
    assert premium_answer(kind, TaxPocket.FSA, at_65=at_65).verdict is Verdict.NO


def test_premiums_and_the_deduction() -> None:
    def of(kind: Premium, before_tax: bool) -> Verdict:
        return premium_answer(kind, TaxPocket.DEDUCTION, at_65=False, before_tax=before_tax).verdict

    assert of(Premium.PLAN, before_tax=False) is Verdict.YES
    assert of(Premium.PLAN, before_tax=True) is Verdict.NO
    assert of(Premium.LONG_TERM_CARE, before_tax=False) is Verdict.PART


@pytest.mark.parametrize("pocket", list(TaxPocket))
def test_access_is_never_paid(pocket: TaxPocket) -> None:
    for pays_for in (PaysFor.ACCESS, PaysFor.COSMETIC):
        found = fee_answer(replace(FEE, pays_for=pays_for), pocket, JUNE, LIMITS, statement=STATED)
        assert (found.answer.verdict, found.eligible) == (Verdict.NO, 0)


def test_the_care_share_of_a_bundle() -> None:
    for pocket in (TaxPocket.HSA, TaxPocket.FSA, TaxPocket.DEDUCTION):
        found = fee_answer(FEE, pocket, JUNE, LIMITS, statement=STATED)
        assert (found.answer.verdict, found.eligible) == (Verdict.PART, 1_260_00)  # C22
        without = fee_answer(FEE, pocket, JUNE, LIMITS)
        assert (without.answer.verdict, without.eligible) == (Verdict.ASK, 0)
        assert not found.answer.sure
        assert found.answer.ask
    eligible = fee_answer(FEE, TaxPocket.FSA, JUNE, LIMITS, statement=STATED).eligible
    assert tax_saved(eligible, TaxRates(federal=2_200, through_payroll=True)).saved == 373_59  # C23


def test_care_that_was_not_given_yet_does_not_count_yet() -> None:
    found = fee_answer(FEE, TaxPocket.FSA, JUNE, LIMITS, statement=replace(STATED, received=False))
    assert (found.answer.verdict, found.eligible) == (Verdict.PART, 0)


def test_a_direct_primary_care_fee() -> None:
    hsa = fee_answer(DPC, TaxPocket.HSA, JUNE, LIMITS)
    assert (hsa.answer.verdict, hsa.eligible) == (Verdict.YES, 90_00)
    fsa = fee_answer(DPC, TaxPocket.FSA, JUNE, LIMITS)
    assert (fsa.answer.verdict, fsa.eligible) == (Verdict.NO, 0)
    hra = fee_answer(DPC, TaxPocket.HRA, JUNE, LIMITS)
    assert (hra.answer.verdict, hra.eligible) == (Verdict.ASK, 0)
    said = AdministratorSaid(on=date(2026, 2, 1), yes=True)
    assert fee_answer(DPC, TaxPocket.HRA, JUNE, LIMITS, said=said).eligible == 90_00
    assert fee_answer(DPC, TaxPocket.FSA, JUNE, LIMITS, said=said).answer.verdict is Verdict.YES
    assert fee_answer(DPC, TaxPocket.FSA, JUNE, LIMITS, said=replace(said, yes=False)).eligible == 0
