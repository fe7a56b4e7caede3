"""What an edit can have touched: whose views have to be made and compared again.

Everything that is not touched has the view it had. It is generous rather than exact: a view that is
made again and turns out the same costs little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar

from tracker.domain.claims.findings.care import NEAR_DAYS, ORDER_DAYS
from tracker.domain.claims.papers import Papers
from tracker.facts import Bill, Case, Claim, Visit

_T = TypeVar("_T")
_AROUND = timedelta(days=max(ORDER_DAYS, NEAR_DAYS) + 1)
_MANY = 40
"""Windows of one person; beyond, asking whether a day lies in one costs more than it saves."""


class Touched:
    """The claims, bills and visits that may look different in `new` than they did in `old`.

    `new` shares its unchanged facts with `old`, as `carried` makes it.
    """

    def __init__(self, old: Papers, new: Papers) -> None:
        self._claims: set[int | None] = set()
        self._bills: set[int | None] = set()
        self._visits: set[int | None] = set()
        self._windows: dict[int, list[tuple[date, date]]] = defaultdict(list)
        self._people: set[int | None] = set()
        self.everything = _frame(old) != _frame(new) or _providers_moved(old, new)
        if not self.everything:
            self._compare(old, new)
            self.everything = None in self._people or any(
                len(windows) > _MANY for windows in self._windows.values()
            )

    def claim(self, claim: Claim) -> bool:
        if claim.id in self._claims or claim.person_id in self._people:
            return True
        windows = self._windows.get(claim.person_id)
        return windows is not None and _within(windows, *_span(claim))

    def bill(self, bill: Bill) -> bool:
        if bill.id in self._bills or bill.person_id in self._people:
            return True
        windows = self._windows.get(bill.person_id)
        return windows is not None and _within(
            windows, bill.service_from, bill.service_to or bill.service_from
        )

    def visit(self, visit: Visit) -> bool:
        return visit.id in self._visits or visit.person_id in self._people

    def _compare(self, old: Papers, new: Papers) -> None:
        for claim in (
            *_changed(old.in_force, new.in_force),
            *_changed(old.open_claims, new.open_claims),
        ):
            self._near(claim.person_id, *_span(claim))
            for papers in (old, new):
                self._bills.update(papers.matches.bills_of_claim(claim.id or 0))
                self._visits.update(visit.id for visit in papers.visits_of(claim))
        same_years = {id(year) for year in old.years} & {id(year) for year in new.years}
        for papers in (old, new):
            for year in papers.years:
                if id(year) not in same_years:
                    self._claims.update(claim.id for claim in year.claims)
        for bill in _changed(old.bills, new.bills):
            self._bill_moved(bill, (old, new))
        for visit in _changed(old.visits, new.visits):
            self._visit_moved(visit, (old, new))
        self._links_moved(old, new)
        for bill_id in old.paid.keys() | new.paid.keys():
            if old.paid.get(bill_id) is not new.paid.get(bill_id):
                self._bills.add(bill_id)
        for case in _changed(old.cases, new.cases):
            self._case_moved(case, (old, new))

    def _near(self, person_id: int, begin: date, end: date) -> None:
        self._windows[person_id].append((_before(begin), _after(end)))

    def _bill_moved(self, bill: Bill, both: Sequence[Papers]) -> None:
        self._bills.add(bill.id)
        self._visits.add(bill.visit_id)
        self._near(bill.person_id, bill.service_from, bill.service_to or bill.service_from)
        for papers in both:
            self._claims.update(papers.matches.claims_of_bill(bill.id or 0))

    def _visit_moved(self, visit: Visit, both: Sequence[Papers]) -> None:
        self._visits.add(visit.id)
        self._near(visit.person_id, visit.visited_on, visit.until or visit.visited_on)
        for papers in both:
            self._claims.update(claim.id for claim in papers.claims_of_visit(visit))
            self._bills.update(bill.id for bill in papers.bills if bill.visit_id == visit.id)

    def _links_moved(self, old: Papers, new: Papers) -> None:
        """Bills and visits that other EOBs belong to now, with those EOBs."""
        for bill in new.bills:
            before = old.matches.claims_of_bill(bill.id or 0)
            if before != new.matches.claims_of_bill(bill.id or 0):
                self._bill_moved(bill, (old, new))
        if old.matches.visits == new.matches.visits:
            return
        for visit in new.visits:
            if _eobs(old, visit) != _eobs(new, visit):
                self._visit_moved(visit, (old, new))

    def _case_moved(self, case: Case, both: Sequence[Papers]) -> None:
        """A case bears on its bill, on the bills of its EOB, and as a permit on all of a person."""
        if case.authorization is not None:
            self._people.add(case.person_id)
        self._bills.add(case.bill_id)
        for papers in both:
            self._bills.update(papers.matches.bills_of_claim(case.claim_id or 0))


def _eobs(papers: Papers, visit: Visit) -> list[int | None]:
    return [claim.id for claim in papers.claims_of_visit(visit)]


def _frame(papers: Papers) -> tuple[object, ...]:
    """The facts that bear on everything."""
    return (
        papers.today,
        papers.people,
        papers.plans,
        papers.memberships,
        papers.checks,
        papers.categories,
        papers.drugs,
        papers.includes,
    )


def _providers_moved(old: Papers, new: Papers) -> bool:
    """Whether a provider is other than it was; one that is new and has no NPI bears on nothing old."""
    if old.providers is new.providers:
        return False
    for number, provider in new.providers.items():
        was = old.providers.get(number)
        if was is None and provider.npi:
            return True
        if was is not None and was is not provider:
            return True
    return any(number not in new.providers for number in old.providers)


def _changed(old: Iterable[_T], new: Iterable[_T]) -> list[_T]:
    """The facts of either side that are not the same object on the other."""
    before, now = {id(item): item for item in old}, {id(item): item for item in new}
    return [item for key, item in before.items() if key not in now] + [
        item for key, item in now.items() if key not in before
    ]


def _span(claim: Claim) -> tuple[date, date]:
    """The first and the last day that an EOB or one of its lines names."""
    days = [line.service_on for line in claim.lines if line.service_on is not None]
    last = claim.service_to or claim.service_from
    if not days:
        return claim.service_from, last
    return min(claim.service_from, *days), max(last, *days)


def _within(windows: Iterable[tuple[date, date]], begin: date, end: date) -> bool:
    return any(first <= end and begin <= last for first, last in windows)


def _before(day: date) -> date:
    return day - _AROUND if day.toordinal() > _AROUND.days else date.min


def _after(day: date) -> date:
    return day + _AROUND if (date.max - day) > _AROUND else date.max
