"""Plans taken from the CMS public use files into the ledger, each as one change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tracker.changes import Area, Changes
from tracker.domain.coverage.validate import plan_warnings
from tracker.errors import UserProblem
from tracker.facts import Person, Plan
from tracker.imports.cms_answers import Answers, Remark
from tracker.imports.cms_draft import PlanDraft, draft
from tracker.imports.cms_plans import CmsPlan
from tracker.services.people import PeopleService
from tracker.services.plans import PlanService
from tracker.storage.ledger import Ledger
from tracker.storage.queries import coverage as coverage_query


class PlanImportService:
    """From a plan that was read to a plan in the ledger; until `take` nothing is written."""

    def __init__(self, ledger: Ledger, plans: PlanService, people: PeopleService) -> None:
        self._ledger = ledger
        self._plans = plans
        self._people = people

    def draft(
        self,
        cms: CmsPlan,
        *,
        person_ids: tuple[int, ...] = (),
        begins_on: date | None = None,
        ends_on: date | None = None,
        into: Plan | None = None,
        family: bool | None = None,
        answers: Answers | None = None,
    ) -> PlanDraft:
        """What `take` would save.

        Without `family` the family's limits are taken where more than one person is covered. `answers`
        fill in what the reader did not understand. Raises UserProblem where no first day is known.
        """
        people = into.person_ids if into is not None else person_ids
        several = len(people) > 1 if family is None else family
        made = draft(
            cms,
            family=several,
            answers=answers,
            person_ids=person_ids,
            begins_on=begins_on,
            ends_on=ends_on,
            into=into,
        )
        home = self._people.household()
        names = {person.id or 0: person.name for person in home.people}
        made = replace(made, warnings=tuple(plan_warnings(made.plan, home.plans, names)))
        if into is None:
            return made
        insurer = home.provider_names.get(into.insurer_id, "") if into.insurer_id is not None else ""
        return replace(
            made, insurer=insurer or made.insurer, remarks=(*made.remarks, *self._lost_openings(made))
        )

    def take(self, made: PlanDraft, *, newcomers: Sequence[str] = ()) -> Changes:
        """Save a draft: the plan, its limits, rules and new services, all or nothing.

        `newcomers` are people to add by name, whom the plan covers too. Raises UserProblem where a plan
        that was to be changed is gone, or its terms contradict each other; nobody is added then.
        """
        if made.plan.id is not None:
            self._plans.get(made.plan.id)
        if not made.rules:
            raise UserProblem(
                f"Nothing of what {made.plan.name} pays could be read.",
                "Fill in at least one service, or enter the plan by hand.",
            )
        known = len(self._people.people()) if newcomers else 0
        added: list[int] = []
        try:
            for place, name in enumerate(newcomers, start=known):
                added.append(self._people.save_person(Person(name=name, position=place)).new_id or 0)
            plan = replace(made.plan, person_ids=(*made.plan.person_ids, *added))
            saved = self._plans.save(
                plan, insurer=made.insurer, rules=made.rules, categories=made.categories
            )
        except BaseException:
            for _ in added:
                self._ledger.undo()
            raise
        return replace(saved, areas=saved.areas | Area.PEOPLE) if added else saved

    def _lost_openings(self, made: PlanDraft) -> list[Remark]:
        """Opening balances that would count toward nothing, as their limit goes."""
        kept = {limit.name for limit in made.plan.accumulators} | {rule.category for rule in made.rules}
        openings = coverage_query.openings(self._ledger.read(), made.plan.id or 0)
        return [
            Remark(
                "Opening balance",
                name,
                "The plan would no longer have this limit; what was used of it before counts no more.",
            )
            for name in dict.fromkeys(item.name for item in openings)
            if name not in kept
        ]
