"""Care the plan should have paid for: D9 preventive, D12 covered, D21 limits, D22 the order of plans.

What a denial puts on the member is at stake as a whole: what the plan would leave of it is not known
before it decides again, so that `expected` stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.domain.claims.findings.finding import Detector, Findings, Severity, Whom, of_visit
from tracker.domain.claims.findings.reading import (
    PREVENTIVE_VISIT,
    Part,
    all_codes,
    codes_in,
    is_office_visit,
    is_preventive,
    owed,
    parts_of,
    within,
)
from tracker.domain.claims.findings.views import AboutClaim
from tracker.facts import CostSharingRule, Network
from tracker.money import Cents, dollars


class PreventiveCharged(Detector):
    """D9: preventive care in network left a share to the member, or a problem visit was billed on the
    same day as a preventive one."""

    id = "D9"
    name = "Preventive care charged"
    severity = Severity.MEDIUM
    whom = Whom.PROVIDER
    first = "Ask the billing office to check the coding: was it preventive, was a separate problem treated?"

    def of_claim(self, view: AboutClaim) -> Findings:
        claim = view.claim
        parts = list(parts_of(claim))
        if claim.network is Network.IN or claim.protected:
            charged = [part for part in parts if is_preventive(part) and (part.owed or 0) > 0]
            if charged:
                cents = sum(part.owed or 0 for part in charged)
                yield self.in_claim(
                    view,
                    f"Preventive care in network costs you nothing; the EOB leaves you {dollars(cents)}.",
                    stated=cents,
                    expected=0,
                )
                return
            logged = next((visit for visit in view.visits if visit.preventive), None)
            cents = owed(claim) or 0
            of_the_visit = logged and logged.provider_id in view.places
            if logged and of_the_visit and cents > 0 and not any(map(is_preventive, parts)):
                yield self.in_claim(
                    view,
                    "You logged this visit as preventive, which costs nothing in network; the EOB "
                    f"leaves you {dollars(cents)}.",
                    part="visit",
                    stated=cents,
                    expected=0,
                    evidence=[of_visit(logged)],
                )
                return
        yield from self._both(view, parts)

    def _both(self, view: AboutClaim, parts: list[Part]) -> Findings:
        visits = [part for part in parts if is_office_visit(part) and part.owed != 0]
        if not visits:
            return
        days = {part.day for part in visits}
        same_place = [other.claim for other in view.beside if other.places & view.places]
        everything = [*parts, *(part for claim in same_place for part in parts_of(claim))]
        if not any(within(part.code, PREVENTIVE_VISIT) and part.day in days for part in everything):
            return
        cents = sum(part.owed or 0 for part in visits)
        codes = ", ".join(dict.fromkeys(part.code for part in visits))
        yield self.in_claim(
            view,
            f"A preventive visit and a problem visit ({codes}) are billed on the same day; the second "
            f"leaves you {dollars(cents)}. Was a separate problem treated?",
            part="both",
            stated=cents,
            expected=0,
        )


NOT_COVERED = frozenset({"96", "204"})


class CoveredByTheDocument(Detector):
    """D12: denied as not covered while the plan's rule for the service says that it is."""

    id = "D12"
    name = "Denied though your plan covers it"
    severity = Severity.MEDIUM
    whom = Whom.INSURER
    first = "Appeal with the page of the plan document that lists the service."

    def of_claim(self, view: AboutClaim) -> Findings:
        hit = _with_codes(view, NOT_COVERED)
        listed = [(part, rule) for part, rule in hit if rule is not None and rule.covered]
        listed = [(part, rule) for part, rule in listed if not _never(view, part.category)]
        if not listed:
            return
        cents = _borne(view, (part for part, _ in listed))
        named = view.categories.get(listed[0][0].category or listed[0][1].category)
        what = named.name if named else "The service"
        yield self.in_claim(
            view,
            f"The EOB says that it is not covered, but your plan lists: {what}.{_asked(cents)}",
            stated=cents,
            expected=None if cents else 0,
            at_stake=cents,
        )


LIMIT_REACHED = frozenset({"119"})


class LimitMiscounted(Detector):
    """D21: denied because a limit is used up while fewer visits, or plan dollars, were used before."""

    id = "D21"
    name = "Limit counted wrong"
    severity = Severity.MEDIUM
    whom = Whom.INSURER
    first = "Ask the insurer for its list of the visits it counted and compare it with your EOBs."

    def of_claim(self, view: AboutClaim) -> Findings:
        hit = [
            (part, rule, said)
            for part, rule in _with_codes(view, LIMIT_REACHED)
            if rule is not None and (said := self._left(view, rule))
        ]
        if hit:
            cents = _borne(view, (part for part, _, _ in hit))
            yield self.in_claim(
                view,
                f"The EOB says that the limit is used up; {hit[0][2]}{_asked(cents)}",
                stated=cents,
                at_stake=cents,
            )

    def _left(self, view: AboutClaim, rule: CostSharingRule) -> str:
        """What was still open, in words; empty where a limit was reached or there is none."""
        used = view.before
        if rule.visit_limit is None and rule.dollar_max is None:
            return ""
        if rule.visit_limit is not None and used.visits >= rule.visit_limit:
            return ""
        if rule.dollar_max is not None and used.dollars >= rule.dollar_max:
            return ""
        if rule.visit_limit is not None:
            return f"your EOBs show {used.visits} of {rule.visit_limit} visits before it."
        return (
            f"your EOBs show {dollars(used.dollars)} of {dollars(rule.dollar_max or 0)} paid by the plan "
            "before it."
        )


OTHER_PLAN_FIRST = "22"


class WrongOrderOfPlans(Detector):
    """D22: the insurer waits for another plan although it pays first itself."""

    id = "D22"
    name = "Another plan is said to pay first"
    severity = Severity.MEDIUM
    whom = Whom.INSURER
    first = "Call the insurer and answer its questions about other coverage; ask it to process the claim."

    def of_claim(self, view: AboutClaim) -> Findings:
        first = view.pays_first
        if first is None or view.plan is None or first.plan_id != view.plan.id:
            return
        if OTHER_PLAN_FIRST not in all_codes(view.claim):
            return
        cents = _borne(view, (part for part, _ in _with_codes(view, {OTHER_PLAN_FIRST})))
        why = first.rule if first.others else "No other plan of yours was in force that day."
        yield self.in_claim(
            view,
            f"The EOB says that another plan may have to pay first, but {view.plan.name} does. "
            f"{why}{_asked(cents)}",
            stated=cents,
            at_stake=cents,
        )


def _asked(cents: Cents) -> str:
    """What the member is asked to bear, where it is something."""
    return f" You are asked to bear {dollars(cents)}." if cents else ""


def _with_codes(view: AboutClaim, codes: Iterable[str]) -> list[tuple[Part, CostSharingRule | None]]:
    """The lines with one of some reason codes, each with its rule; all lines where the whole has it."""
    wanted = frozenset(codes)
    pairs = list(zip(parts_of(view.claim), view.rules, strict=True))
    found = [(part, rule) for part, rule in pairs if any(one.code in wanted for one in part.reasons)]
    if not found and codes_in(view.claim.reasons) & wanted:
        return pairs
    return found


def _borne(view: AboutClaim, parts: Iterable[Part]) -> Cents:
    """What lines leave to the member; the EOB's own total where they say nothing."""
    known = [part.owed for part in parts]
    if not known or all(cents is None for cents in known):
        return owed(view.claim) or 0
    return sum(cents or 0 for cents in known)


def _never(view: AboutClaim, category: str) -> bool:
    known = view.categories.get(category)
    return known is not None and known.never_covered
