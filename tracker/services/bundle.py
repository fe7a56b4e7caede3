"""All services over one open ledger, as the window and the command line receive them."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.services.accounts import AccountService
from tracker.services.budget import BudgetService
from tracker.services.claims import ClaimService
from tracker.services.documents import DocumentService
from tracker.services.memberships import AgreementService
from tracker.services.payments import PaymentService
from tracker.services.people import PeopleService
from tracker.services.recurring import RecurringService
from tracker.services.reports import ReportService
from tracker.services.review import HistoryService, ReviewService
from tracker.storage.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Services:
    """What a person can do, one service per noun."""

    ledger: Ledger
    people: PeopleService
    agreements: AgreementService
    accounts: AccountService
    payments: PaymentService
    recurring: RecurringService
    budget: BudgetService
    claims: ClaimService
    documents: DocumentService
    review: ReviewService
    history: HistoryService
    reports: ReportService


def services_over(ledger: Ledger) -> Services:
    payments = PaymentService(ledger)
    return Services(
        ledger=ledger,
        people=PeopleService(ledger),
        agreements=AgreementService(ledger),
        accounts=AccountService(ledger),
        payments=payments,
        recurring=RecurringService(ledger, payments),
        budget=BudgetService(ledger),
        claims=ClaimService(ledger),
        documents=DocumentService(ledger),
        review=ReviewService(ledger),
        history=HistoryService(ledger),
        reports=ReportService(ledger),
    )
