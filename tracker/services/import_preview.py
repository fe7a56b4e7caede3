"""What files hold against the ledger, for the member to look at before anything is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tracker.domain.claims.papers import Papers
from tracker.domain.coverage.categories import catalogue
from tracker.domain.coverage.periods import ALL_TIME
from tracker.domain.importing.eobs import UNKNOWN, KnownCare, judge_eobs
from tracker.domain.importing.eobs import for_people as eobs_for_people
from tracker.domain.importing.known import CareShare, Known, KnownPayment, OpenBill, OwedBack, Payee
from tracker.domain.importing.money import judge_money
from tracker.domain.importing.rows import EobRow, MoneyRow, RowState
from tracker.facts import Account, AccountKind, PaidTo, Role
from tracker.facts.found import FoundAccount, FoundFile
from tracker.services.bundle import Services
from tracker.services.import_refusals import told_eobs, told_money
from tracker.services.papers import read_papers
from tracker.storage.queries import claims as claim_query
from tracker.storage.queries import coverage as coverage_query
from tracker.storage.queries import household
from tracker.storage.queries import importing as query


@dataclass(frozen=True, slots=True, kw_only=True)
class FileAccount:
    """An account a file speaks of, and the ledger's account it is taken to be.

    `sure` where the member chose it before, or where only one account fits.
    """

    file: int
    source: str
    stated: FoundAccount | None
    account_id: int | None
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Everything the files hold, row by row. `taken_before` tells files that were imported already."""

    files: tuple[FoundFile, ...]
    accounts: tuple[FileAccount, ...] = ()
    money: tuple[MoneyRow, ...] = ()
    eobs: tuple[EobRow, ...] = ()
    taken_before: Mapping[int, datetime] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[MoneyRow | EobRow, ...]:
        return (*self.money, *self.eobs)

    @property
    def new(self) -> int:
        return sum(row.state is RowState.NEW for row in self.rows)

    @property
    def chosen(self) -> int:
        """How many rows would be taken."""
        return sum(row.take for row in self.rows)

    @property
    def problems(self) -> int:
        return sum(len(file.problems) for file in self.files)


def preview(
    services: Services,
    files: Sequence[FoundFile],
    *,
    chosen: Mapping[tuple[int, str], int | None] | None = None,
) -> Preview:
    """Judge everything in files. `chosen` are accounts the member named for accounts of the files.

    Reading papers takes a moment where there are many: ask off the UI thread.
    """
    connection = services.ledger.read()
    accounts = _accounts(services, files, chosen or {})
    account_of = {(item.file, item.source): item.account_id for item in accounts}
    has_money = any(file.money for file in files)
    has_eobs = any(file.eobs for file in files)
    money: list[MoneyRow] = []
    eobs: list[EobRow] = []
    before = query.files_known(connection)
    again = {n for n, file in enumerate(files) if file.sha256 in before}
    if has_eobs:
        care = replace(known_care(services), again=again)
        eobs = judge_eobs([(n, file.eobs) for n, file in enumerate(files)], care)
        eobs = told_eobs(services, eobs)
    if has_money:
        known = _with_eobs(replace(known_money(services), again=again), eobs, _line_of(services))
        money = judge_money([(n, file.money) for n, file in enumerate(files)], account_of, known)
        money = told_money(money, services.accounts.accounts())
    return Preview(
        files=tuple(files),
        accounts=tuple(accounts),
        money=tuple(money),
        eobs=tuple(eobs),
        taken_before={n: before[file.sha256] for n, file in enumerate(files) if file.sha256 in before},
    )


def for_people(services: Services, chosen: Mapping[int, int], rows: Sequence[EobRow]) -> list[EobRow]:
    """All EOBs of a preview, those in `chosen` (place to person) for the people the member named."""
    return told_eobs(services, eobs_for_people(rows, chosen, known_care(services)))


def known_money(services: Services) -> Known:
    """What of the ledger bears on rows of money."""
    connection = services.ledger.read()
    home = household.household(connection)
    papers = read_papers(connection, services.ledger.today())
    return Known(
        payments=[
            KnownPayment(
                id=side.payment_id,
                account_id=side.account_id,
                on=side.on,
                amount=side.amount,
                payee=side.payee,
                bank_id=side.bank_id,
            )
            for side in query.sides(connection)
        ],
        payees=[
            Payee(name=name, category_id=category_id, person_id=person_id)
            for name, category_id, person_id in query.payees(connection)
            if name
        ],
        habits={
            (name, amount): Payee(name=name, category_id=category_id, person_id=person_id)
            for name, amount, category_id, person_id in query.habits(connection)
        },
        account_kinds={item.id: item.kind for item in home.accounts if item.id is not None},
        rules=query.rules(connection),
        bills=_open_bills(papers, _line_of(services)),
        owed=_owed_back(papers, query.payments_of_bills(connection)),
        shares=_shares(papers, _line_of(services)),
    )


def _line_of(services: Services) -> dict[Role, int | None]:
    """The budget line of each of the template's roles."""
    home = household.household(services.ledger.read())
    return {item.role: item.id for item in home.categories}


def _with_eobs(known: Known, eobs: Sequence[EobRow], line_of: Mapping[Role, int | None]) -> Known:
    """What the EOBs of the same files tell about payments: who gives care, and what it costs whom."""
    names = {item.name for item in known.payees}
    taken = [row for row in eobs if row.take and row.draft is not None and row.provider != UNKNOWN]
    fresh = dict.fromkeys(row.provider for row in taken if row.provider not in names)
    shares = [share for row in taken if (share := _share(row, line_of)) is not None]
    payees = [*known.payees, *(Payee(name=name) for name in fresh)]
    return replace(known, payees=payees, shares=[*known.shares, *shares])


def _share(row: EobRow, line_of: Mapping[Role, int | None]) -> CareShare | None:
    claim = row.draft
    if claim is None or not claim.you_owe or claim.you_owe < 0:
        return None
    is_drug = "pharmacy" in row.found.kind.casefold()
    role = Role.PRESCRIPTION if is_drug else _role_of(claim.category)
    return CareShare(row.provider, claim.you_owe, claim.person_id, line_of.get(role))


def _shares(papers: Papers, line_of: Mapping[Role, int | None]) -> list[CareShare]:
    """What the member owes by each EOB of the ledger, and the budget line that is for."""
    return [
        CareShare(provider.name, claim.you_owe, claim.person_id, line_of.get(_role_of(claim.category)))
        for claim in papers.in_force
        if claim.you_owe and claim.you_owe > 0
        if (provider := papers.providers.get(claim.provider_id)) is not None
    ]


def _role_of(category: str) -> Role:
    """The template's line for care of a category: drugs and visits have their own."""
    if category.startswith("RX"):
        return Role.PRESCRIPTION
    return _ROLE_OF_CARE.get(category, Role.DEDUCTIBLE)


def known_care(services: Services) -> KnownCare:
    """What of the ledger bears on EOBs."""
    connection = services.ledger.read()
    home = household.household(connection)
    return KnownCare(
        claims=claim_query.claims(connection, ALL_TIME),
        people=home.people,
        providers=household.providers(connection),
        plans=home.plans,
        categories=catalogue(coverage_query.categories(connection)),
    )


def _open_bills(papers: Papers, line_of: Mapping[Role, int | None]) -> list[OpenBill]:
    found = []
    for bill in papers.bills:
        verdict = papers.verdicts.get(bill.id or 0)
        if bill.id is None or bill.closed or verdict is None or verdict.pay <= 0:
            continue
        provider = papers.providers.get(bill.provider_id)
        found.append(
            OpenBill(
                id=bill.id,
                payee=provider.name if provider else "",
                due=verdict.pay,
                person_id=bill.person_id,
                category_id=line_of.get(_role_of(bill.category)),
            )
        )
    return found


_ROLE_OF_CARE = {
    "PCP": Role.COPAY_DOCTOR,
    "TELE": Role.COPAY_DOCTOR,
    "URGENT": Role.COPAY_DOCTOR,
    "SPEC": Role.COPAY_SPECIALIST,
}


def _owed_back(papers: Papers, paid: Mapping[int, list[tuple[int, int]]]) -> list[OwedBack]:
    """What providers owe back on bills, and what a plan pays to the member for bills paid already."""
    found = []
    for bill in papers.bills:
        verdict = papers.verdicts.get(bill.id or 0)
        provider = papers.providers.get(bill.provider_id)
        for payment_id, amount in paid.get(bill.id or 0, ())[:1]:
            if verdict is not None and verdict.refund > 0 and provider is not None:
                back = min(amount, verdict.refund)
                found.append(OwedBack(payment_id, provider.name, back, bill.id))
    plans = {plan.id: plan for plan in papers.plans}
    for claim in papers.in_force:
        plan = plans.get(claim.plan_id)
        insurer = papers.providers.get(plan.insurer_id or 0) if plan else None
        if claim.paid_to is not PaidTo.MEMBER or not claim.plan_paid or insurer is None:
            continue
        for bill in papers.bills_of(claim)[:1]:
            for payment_id, amount in paid.get(bill.id or 0, ())[:1]:
                back = min(amount, claim.plan_paid)
                found.append(OwedBack(payment_id, insurer.name, back))
    return found


def _accounts(
    services: Services,
    files: Sequence[FoundFile],
    chosen: Mapping[tuple[int, str], int | None],
) -> list[FileAccount]:
    """Every account the files speak of, tied to the ledger's by what was chosen before, else by kind."""
    remembered = query.accounts(services.ledger.read())
    own = [item for item in services.accounts.accounts() if not item.closed]
    found = []
    for n, file in enumerate(files):
        stated = {item.id: item for item in file.accounts}
        for source in dict.fromkeys(row.account for row in file.money):
            account = stated.get(source)
            key = source_key(file, source)
            if (n, source) in chosen:
                account_id, sure = chosen[(n, source)], True
            elif key in remembered:
                account_id, sure = remembered[key], True
            else:
                fitting = _fitting(own, account, file)
                account_id = fitting[0].id if fitting else None
                sure = len(fitting) == 1
            found.append(
                FileAccount(file=n, source=source, stated=account, account_id=account_id, sure=sure)
            )
    return found


def source_key(file: FoundFile, source: str) -> str:
    """By what an account of files is remembered: its number, else the layout of the file."""
    return source or f"{file.format} {file.layout}".strip()


_KINDS = (
    (AccountKind.HSA, ("hsa", "healthequity", "health savings")),
    (AccountKind.FSA, ("fsa", "flexible")),
    (AccountKind.HRA, ("hra",)),
    (AccountKind.CARD, ("credit", "card", "ccard", "creditline")),
    (AccountKind.BANK, ("checking", "savings", "bank", "moneymrkt", "cash")),
)


def _fitting(own: Sequence[Account], stated: FoundAccount | None, file: FoundFile) -> list[Account]:
    """The ledger's accounts of the kind a file speaks of, those at the same institution first."""
    said = " ".join(
        (stated.kind if stated else "", stated.institution if stated else "", file.layout, file.name)
    ).casefold()
    kind = next((kind for kind, words in _KINDS if any(word in said for word in words)), None)
    fitting = [item for item in own if item.kind is kind] if kind else []
    if not fitting and len(own) == 1:
        return list(own)
    same = [item for item in fitting if item.institution and item.institution.casefold() in said]
    return same or fitting
