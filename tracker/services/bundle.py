"""All services over one open ledger, as the window and the command line receive them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tracker.storage.ledger import Ledger

if TYPE_CHECKING:
    from tracker.services.accounts import AccountService
    from tracker.services.attention import AttentionService
    from tracker.services.budget import BudgetService
    from tracker.services.care import CareService
    from tracker.services.cases import CaseService
    from tracker.services.claims import ClaimService
    from tracker.services.coverage import CoverageService
    from tracker.services.documents import DocumentService
    from tracker.services.estimates import EstimateService
    from tracker.services.expenses import ExpenseService
    from tracker.services.findings import FindingService
    from tracker.services.household_budgets import HouseholdBudgetService
    from tracker.services.importing import ImportService
    from tracker.services.letters import LetterService
    from tracker.services.membership_use import MembershipUseService
    from tracker.services.memberships import AgreementService
    from tracker.services.packets import PacketService
    from tracker.services.papers import PapersService
    from tracker.services.payments import PaymentService
    from tracker.services.people import PeopleService
    from tracker.services.plan_import import PlanImportService
    from tracker.services.plans import PlanService
    from tracker.services.prescription_report import PrescriptionReport
    from tracker.services.prescriptions import PrescriptionService
    from tracker.services.recurring import RecurringService
    from tracker.services.reports import ReportService
    from tracker.services.review import HistoryService, ReviewService
    from tracker.services.taxes import TaxService
    from tracker.services.untaxed import UntaxedService


class Services:
    """What a person can do, one service per noun.

    Each is loaded when it is first asked for: the first page needs only one of them.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    @cached_property
    def people(self) -> PeopleService:
        from tracker.services.people import PeopleService

        return PeopleService(self.ledger)

    @cached_property
    def agreements(self) -> AgreementService:
        from tracker.services.memberships import AgreementService

        return AgreementService(self.ledger)

    @cached_property
    def membership_use(self) -> MembershipUseService:
        from tracker.services.membership_use import MembershipUseService

        return MembershipUseService(self.ledger)

    @cached_property
    def untaxed(self) -> UntaxedService:
        from tracker.services.untaxed import UntaxedService

        return UntaxedService(self.ledger)

    @cached_property
    def expenses(self) -> ExpenseService:
        from tracker.services.expenses import ExpenseService

        return ExpenseService(self.ledger)

    @cached_property
    def importing(self) -> ImportService:
        from tracker.services.importing import ImportService

        return ImportService(self)

    @cached_property
    def taxes(self) -> TaxService:
        from tracker.services.taxes import TaxService

        return TaxService(self.ledger)

    @cached_property
    def prescriptions(self) -> PrescriptionService:
        from tracker.services.prescriptions import PrescriptionService

        return PrescriptionService(self.ledger, self.payments)

    @cached_property
    def prescription_report(self) -> PrescriptionReport:
        from tracker.services.prescription_report import PrescriptionReport

        return PrescriptionReport(self.ledger)

    @cached_property
    def household_budgets(self) -> HouseholdBudgetService:
        from tracker.services.household_budgets import HouseholdBudgetService

        return HouseholdBudgetService(self.ledger)

    @cached_property
    def plans(self) -> PlanService:
        from tracker.services.plans import PlanService

        return PlanService(self.ledger)

    @cached_property
    def plan_import(self) -> PlanImportService:
        from tracker.services.plan_import import PlanImportService

        return PlanImportService(self.ledger, self.plans, self.people)

    @cached_property
    def coverage(self) -> CoverageService:
        from tracker.services.coverage import CoverageService

        return CoverageService(self.ledger)

    @cached_property
    def estimates(self) -> EstimateService:
        from tracker.services.estimates import EstimateService

        return EstimateService(self.ledger)

    @cached_property
    def accounts(self) -> AccountService:
        from tracker.services.accounts import AccountService

        return AccountService(self.ledger)

    @cached_property
    def payments(self) -> PaymentService:
        from tracker.services.payments import PaymentService

        return PaymentService(self.ledger)

    @cached_property
    def recurring(self) -> RecurringService:
        from tracker.services.recurring import RecurringService

        return RecurringService(self.ledger, self.payments)

    @cached_property
    def budget(self) -> BudgetService:
        from tracker.services.budget import BudgetService

        return BudgetService(self.ledger)

    @cached_property
    def claims(self) -> ClaimService:
        from tracker.services.claims import ClaimService

        return ClaimService(self.ledger)

    @cached_property
    def care(self) -> CareService:
        from tracker.services.care import CareService

        return CareService(self.ledger)

    @cached_property
    def cases(self) -> CaseService:
        from tracker.services.cases import CaseService

        return CaseService(self.ledger)

    @cached_property
    def letters(self) -> LetterService:
        from tracker.services.letters import LetterService

        return LetterService(self.ledger, self.papers, self.findings)

    @cached_property
    def packets(self) -> PacketService:
        from tracker.services.packets import PacketService

        return PacketService(self.ledger, self.papers)

    @cached_property
    def papers(self) -> PapersService:
        from tracker.services.papers import PapersService

        return PapersService(self.ledger)

    @cached_property
    def findings(self) -> FindingService:
        from tracker.services.findings import FindingService

        return FindingService(self.ledger)

    @cached_property
    def documents(self) -> DocumentService:
        from tracker.services.documents import DocumentService

        return DocumentService(self.ledger)

    @cached_property
    def review(self) -> ReviewService:
        from tracker.services.review import ReviewService

        return ReviewService(self.ledger)

    @cached_property
    def history(self) -> HistoryService:
        from tracker.services.review import HistoryService

        return HistoryService(self.ledger)

    @cached_property
    def reports(self) -> ReportService:
        from tracker.services.reports import ReportService

        return ReportService(self.ledger, self)

    @cached_property
    def attention(self) -> AttentionService:
        from tracker.services.attention import AttentionService

        return AttentionService(self.ledger, self.reports, self.papers, self.findings)


def services_over(ledger: Ledger) -> Services:
    return Services(ledger)
