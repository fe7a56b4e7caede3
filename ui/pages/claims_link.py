"""Linking a paper by hand: the member says that an EOB and a bill, or a visit, belong together."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from tracker.dates import day_text
from tracker.domain.claims.care_row import CareRow
from tracker.domain.claims.papers import Papers
from tracker.errors import UserProblem
from tracker.facts import ClaimLink
from tracker.money import dollars
from ui.context import Context
from ui.dialogs.commit_dialog import CommitDialog
from ui.widgets.choice_edit import ChoiceEdit


class LinkDialog(CommitDialog):
    """Offers the papers of the same person, the nearest day first."""

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, papers: Papers, row: CareRow
    ) -> None:
        super().__init__(
            "Link a paper",
            parent,
            save_text="Link",
            sentence=f"{row.title}. Say which paper belongs to it.",
        )
        self._context = context
        self.links: list[tuple[ClaimLink, str]] = list(_offers(papers, row))
        self.choice = ChoiceEdit(placeholder="Type part of a name, a day or an amount")
        self.choice.set_items([(place, words) for place, (_link, words) in enumerate(self.links, start=1)])
        hint = "" if self.links else "There is no other paper of this person yet."
        self.form.add("paper", "Paper", self.choice, wide=True, hint=hint)

    def save(self) -> bool:
        place = self.choice.chosen_id()
        if place is None:
            raise UserProblem("Choose a paper.", "Type part of its name to find it.", field="paper")
        link = self.links[place - 1][0]
        papers = self._context.services.papers
        return self.commit(self._context, lambda: papers.link(link), "Linking")


def _offers(papers: Papers, row: CareRow) -> Iterator[tuple[ClaimLink, str]]:
    if row.claim is not None:
        yield from _for_claim(papers, row, row.claim.id or 0)
        return
    claims = [
        claim for claim in (*papers.in_force, *papers.open_claims) if claim.person_id == row.person_id
    ]
    claims.sort(key=lambda claim: abs((claim.service_from - row.service_on).days))
    for claim in claims:
        name, day = papers.provider_name(claim.provider_id), day_text(claim.service_from)
        owed = f", {dollars(claim.you_owe)}" if claim.you_owe is not None else ""
        words = f"EOB of {name}, {day}{owed}"
        if row.bills:
            yield ClaimLink(claim_id=claim.id or 0, bill_id=row.bills[0].id), words
        elif row.visits:
            yield ClaimLink(claim_id=claim.id or 0, visit_id=row.visits[0].id), words


def _for_claim(papers: Papers, row: CareRow, claim_id: int) -> Iterator[tuple[ClaimLink, str]]:
    here = {bill.id for bill in row.bills}
    found: list[tuple[int, ClaimLink, str]] = []
    for bill in papers.bills:
        if bill.person_id == row.person_id and bill.id not in here:
            name, day = papers.provider_name(bill.provider_id), day_text(bill.service_from)
            words = f"Bill of {name}, {day}, {dollars(bill.asks)}"
            apart = abs((bill.service_from - row.service_on).days)
            found.append((apart, ClaimLink(claim_id=claim_id, bill_id=bill.id), words))
    here = {visit.id for visit in row.visits}
    for visit in papers.visits:
        if visit.person_id == row.person_id and visit.id not in here:
            words = f"Visit of {day_text(visit.visited_on)}, {papers.provider_name(visit.provider_id)}"
            apart = abs((visit.visited_on - row.service_on).days)
            found.append((apart, ClaimLink(claim_id=claim_id, visit_id=visit.id), words))
    for _apart, link, words in sorted(found, key=lambda item: item[0]):
        yield link, words
