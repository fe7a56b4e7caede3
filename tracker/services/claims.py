"""Claims as the insurer's EOBs state them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker.changes import Changes
from tracker.dates import Period
from tracker.domain.claims.line_sums import AMOUNTS
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.periods import plan_for
from tracker.errors import UserProblem
from tracker.facts import Claim, ClaimLine, EobVersion, Plan, ProviderKind
from tracker.money import LARGEST, dollars
from tracker.services import rows, words
from tracker.services.paper_links import carry_links
from tracker.services.people import provider_id_for
from tracker.storage.ledger import Ledger, Work
from tracker.storage.queries import claims as query
from tracker.storage.queries import coverage as coverage_query
from tracker.storage.queries import household
from tracker.wording import count_of

_NEVER_NEGATIVE = (*AMOUNTS, "other_paid", "penalty", "may_bill", "assistance")


class ClaimService:
    """EOB totals: entered, changed, listed by service date."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def lines(self, period: Period) -> list[ClaimLine]:
        """The claims with a service date in a period, newest first, with names."""
        return query.lines(self._ledger.read(), period)

    def claims(self, period: Period) -> list[Claim]:
        """The same as bare facts, oldest first."""
        return query.claims(self._ledger.read(), period)

    def search(self, words: Sequence[str], *, limit: int) -> list[ClaimLine]:
        """The newest claims in which every word occurs."""
        return query.search(self._ledger.read(), words, limit=limit)

    def get(self, claim_id: int) -> Claim:
        found = query.get(self._ledger.read(), claim_id)
        if found is None:
            raise UserProblem("This claim was removed.", "Undo its removal to see it again.")
        return found

    def save(self, claim: Claim, *, provider: str) -> Changes:
        """Add or change a claim. The provider is given by name; the plan is the one the claim names
        while it is in force on the service date, else the one that covers the person on that day.

        Raises UserProblem for dates out of order, a processed date before the service, a negative
        amount, a service that is not in the list, a network tier the plan does not have. EOB arithmetic
        that does not close is no error here: the EOB says what it says.
        """
        name = words.name(provider, what="provider", field="provider")
        verb = "Add" if claim.id is None else "Change"
        with self._ledger.write(f"{verb} EOB, {name}") as work:
            known = household.household(self._ledger.read())
            work.new_id = self.put(work, claim, provider=name, plans=known.plans)
        return work.changes

    def check(self, claim: Claim) -> None:
        """Raises UserProblem, as `save` does, where a claim could not be kept; writes nothing."""
        self._judge(claim)

    def put(self, work: Work, claim: Claim, *, provider: str, plans: Sequence[Plan]) -> int:
        """Write a claim within a change and give its id; raises as `save` does."""
        from tracker.storage import schema

        self._judge(claim)
        plan = plan_for(plans, claim.person_id, claim.service_from, tied_to=claim.plan_id)
        _judge_tier(claim, plan)
        judged = replace(
            claim,
            provider_id=provider_id_for(work, provider, kind=ProviderKind.OTHER) or 0,
            plan_id=plan.id if plan else None,
        )
        claim_id = rows.put(work.connection, schema.claim, claim.id, rows.values_of(judged))
        if claim.id is not None or claim.lines:
            rows.put_children(work.connection, schema.eob_line, "claim_id", claim_id, claim.lines)
        if claim.id is None and claim.replaces_id is not None:
            carry_links(work.connection, claim.replaces_id, claim_id)
        return claim_id

    def remove(self, ids: list[int]) -> Changes:
        """Remove claims; their amounts leave the accumulators."""
        with self._ledger.write(f"Remove {count_of(len(ids), 'EOB')}") as work:
            from tracker.storage import schema

            rows.remove(work.connection, schema.claim, ids)
        return work.changes

    def _judge(self, claim: Claim) -> None:
        if claim.service_to and claim.service_to < claim.service_from:
            raise UserProblem(
                "The last service date lies before the first.", "Check them.", field="service_to"
            )
        if claim.processed_on and claim.processed_on < claim.service_from:
            raise UserProblem(
                "The claim cannot be processed before the service.",
                "Check the dates.",
                field="processed_on",
            )
        if claim.service_from > self._ledger.today():
            raise UserProblem(
                "The service date lies in the future.", "An EOB comes after the care.", field="service_from"
            )
        for field in _NEVER_NEGATIVE:
            amount = getattr(claim, field)
            # A void prints what it takes back with a minus; it counts toward nothing.
            if amount is not None and amount < 0 and claim.version is not EobVersion.VOID:
                raise UserProblem(
                    "An EOB total cannot be negative.",
                    "Check the amount; an EOB that takes an earlier one back is void.",
                    field=field,
                )
            if amount is not None and abs(amount) > LARGEST:
                raise UserProblem(
                    f"An EOB total cannot be more than {dollars(LARGEST)}.",
                    "Check the amount.",
                    field=field,
                )
        if claim.category and claim.category not in catalogue(
            coverage_query.categories(self._ledger.read())
        ):
            raise UserProblem(
                f"There is no service {claim.category[:30]} in your list.",
                "Choose one of the list, or leave it empty.",
                field="category",
            )


def _judge_tier(claim: Claim, plan: Plan | None) -> None:
    """A tier beyond the usual two is one of the plan's."""
    if not claim.tier:
        return
    if plan is None or all(tier.code != claim.tier for tier in plan.more_tiers):
        whose = plan.name if plan else "No plan of that day"
        verb = "has no network tier" if plan else "has a network tier"
        raise UserProblem(
            f"{whose} {verb} {claim.tier[:30]}.", "Choose in or out of network.", field="network"
        )
