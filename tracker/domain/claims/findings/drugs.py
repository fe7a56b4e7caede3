"""Fills that cost more than their tier, or than a cash price somebody named (D25)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from tracker.dates import day_text
from tracker.domain.claims.findings.amounts import Off, off_the_rule
from tracker.domain.claims.findings.finding import Detector, Evidence, Finding, Findings, Severity, Whom
from tracker.domain.claims.findings.reading import TOLERANCE, Part, parts_of, several_plans
from tracker.domain.claims.findings.views import AboutClaim
from tracker.facts import Noun
from tracker.facts.prescriptions import Drug, DrugPrice, PaidThrough
from tracker.money import Cents, dollars

PRICE_STANDS = timedelta(days=180)
"""A price named longer before or after the fill says nothing about it."""

CASH_FIRST = (
    "Ask the pharmacist whether the fill can be run again without insurance, and compare both prices "
    "before the next one."
)


class DrugAboveTier(Detector):
    """D25: a fill costs more than the tier's copay or coinsurance, or than a recorded cash price.

    The cash price is one for the same days of the same drug. Where a part of the fill went to the
    deductible nothing is at stake yet: cash would not have counted there.
    """

    id = "D25"
    name = "Drug above its tier's share"
    severity = Severity.LOW
    whom = Whom.PROVIDER
    first = "Ask the pharmacist which tier and plan the fill was run under, and to run it again."

    def of_claim(self, view: AboutClaim) -> Findings:
        above: dict[int, Off] = {}
        for off in off_the_rule(view):
            if view.is_drug(off.part.category) and off.stated > off.fair + TOLERANCE:
                above[off.part.place] = off
                yield self.in_claim(
                    view,
                    f"{off.part.words or 'The drug'}: you were charged {dollars(off.stated)}; its tier's "
                    f"share is {dollars(off.fair)}.",
                    part=f"line:{off.part.place}",
                    stated=off.stated,
                    expected=off.fair,
                )
        if view.drugs and not several_plans(view.claim):
            yield from self._above_cash(view, above)

    def _above_cash(self, view: AboutClaim, above: dict[int, Off]) -> Iterator[Finding]:
        for part in parts_of(view.claim):
            if part.owed is None or not view.is_drug(part.category):
                continue
            drug = _drug_of(view, part)
            price = _price_of(view, drug, part) if drug else None
            if drug is None or price is None:
                continue
            off = above.get(part.place)
            # What is charged beyond the tier comes back by the other finding, and only once.
            share = part.owed - (off.stated - off.fair if off else 0)
            if share > price.price + TOLERANCE:
                yield self._cash_finding(view, part, drug, price, share)

    def _cash_finding(
        self, view: AboutClaim, part: Part, drug: Drug, price: DrugPrice, share: Cents
    ) -> Finding:
        pharmacy = dict(view.pharmacies).get(price.pharmacy_id or 0, "")
        asked = "with a coupon" if price.through is PaidThrough.COUPON else "in cash"
        named = f", named {day_text(price.named_on)}" if price.named_on else ""
        cost = f"{dollars(price.price)} {asked} for {price.days} days"
        seller = f"{pharmacy} asks" if pharmacy else "the price recorded is"
        words = f"{drug.name}: through insurance this fill is {dollars(share)}; {seller} {cost}{named}."
        counted = _counted(view, part)
        if counted:
            words += (
                f" {dollars(counted)} of it counts toward your deductible, which cash would not: see under "
                "Prescriptions which is cheaper for the year."
            )
        evidence = []
        if pharmacy and price.pharmacy_id is not None:
            evidence.append(Evidence(Noun.PROVIDER, price.pharmacy_id, f"{pharmacy}, {cost}"))
        found = self.in_claim(
            view,
            words,
            part=f"cash:{part.place}",
            stated=share,
            expected=price.price,
            at_stake=0 if counted else None,
            evidence=evidence,
        )
        return replace(found, title="Drug above its cash price", first=CASH_FIRST)


def _counted(view: AboutClaim, part: Part) -> Cents:
    """What of the fill went to the deductible."""
    return (part.line.deductible if part.line else view.claim.deductible) or 0


def _drug_of(view: AboutClaim, part: Part) -> Drug | None:
    """The drug a line is about: tied by its fill, named in the line, or the only fill of the day in its
    tier; None where it could be another."""
    number = view.claim.id
    tied = [drug for drug in view.drugs if any(fill.claim_id == number for fill in drug.fills)]
    if len(tied) == 1 and len(view.claim.lines) <= 1:
        return tied[0]
    pool = tied or view.drugs
    words = f"{part.words} {view.claim.description}".casefold()
    named = [drug for drug in pool if _called(drug) in words]
    if len(named) == 1:
        return named[0]
    alike = [drug for drug in pool if drug.category == part.category]
    if not tied:
        alike = [
            drug
            for drug in alike
            if any(
                fill.filled_on == part.day
                and fill.through is PaidThrough.INSURANCE
                and fill.claim_id is None
                for fill in drug.fills
            )
        ]
    return alike[0] if len(alike) == 1 else None


def _called(drug: Drug) -> str:
    """The first word of a drug's name, which EOBs print too."""
    return drug.name.split()[0].casefold()


def _price_of(view: AboutClaim, drug: Drug, part: Part) -> DrugPrice | None:
    """The lowest price outside the plan for as many days, named within half a year of the fill."""
    days = next(
        (
            fill.days
            for fill in drug.fills
            if fill.claim_id == view.claim.id or (fill.claim_id is None and fill.filled_on == part.day)
        ),
        drug.days,
    )
    fitting = [
        price
        for price in drug.prices
        if price.through is not PaidThrough.INSURANCE
        and price.days == days
        and (price.named_on is None or abs(price.named_on - part.day) <= PRICE_STANDS)
    ]
    return min(fitting, key=lambda price: price.price, default=None)
