"""Rows of bank and custodian files against the ledger: new, known, likely, and what to propose.

A row is known by the bank's number for it, or because another row of the import is the same one. It is
likely known where a payment of the same amount lies within four days under a payee that looks alike;
the member decides about those. No payment stands for two rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tracker.domain.importing.likeness import ALIKE, beginnings, likeness, plain_words
from tracker.domain.importing.rows import MoneyRow, Proposed, RowState
from tracker.domain.importing.rules import first_fitting
from tracker.facts import AccountKind, MoneySource
from tracker.facts.found import FoundMoney
from tracker.facts.importing import ImportRule
from tracker.money import Cents, dollars
from tracker.wording import count_of

NEAR_DAYS = 4
NAME_LENGTH = 200
"""The longest name of a payee; what a bank wrote beyond it is kept in the note."""
_UNTAXED = frozenset({AccountKind.HSA, AccountKind.FSA, AccountKind.HRA})
_FUNDS = frozenset({AccountKind.CONTINGENCY, AccountKind.SINKING})

_CARE_NAMES = """
    pharmacy drug rx medical medicine clinic hospital health dental dentist dds orthodontics vision
    optical eye optometry lab labs laboratory imaging radiology dermatology cardiology orthopedic
    pediatrics urgent therapy physical chiropractic psychiatry counseling physician physicians doctor
    doctors md surgery surgical hsa fsa ambulance copay premium insurance blue cross aetna cigna humana
    kaiser unitedhealthcare uhc walgreens cvs quest labcorp
"""
_CARE_WORDS = frozenset(_CARE_NAMES.split())
_EARNED = frozenset({"interest", "dividend", "dividends", "earnings", "gain"})


@dataclass(frozen=True, slots=True)
class KnownPayment:
    """A payment of the ledger as a duplicate is judged: `amount` as the bank of `account_id` writes it."""

    id: int
    account_id: int | None
    on: date
    amount: Cents
    payee: str
    bank_id: str = ""


@dataclass(frozen=True, slots=True)
class OpenBill:
    """What a bill still asks, as far as it is safe to pay."""

    id: int
    payee: str
    due: Cents
    person_id: int | None = None
    category_id: int | None = None


@dataclass(frozen=True, slots=True)
class OwedBack:
    """An expense that somebody is to give back, with how much of it is still open."""

    payment_id: int
    payee: str
    amount: Cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """How payments to a payee are usually entered."""

    name: str
    category_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What of the ledger bears on rows of money.

    `habits` are how a payee's payments of just one amount were entered last: two people of a household
    may have drugs from one pharmacy, each at a price of its own.
    """

    payments: Sequence[KnownPayment] = ()
    payees: Sequence[Payee] = ()
    habits: Mapping[tuple[str, Cents], Payee] = field(default_factory=dict)
    account_kinds: Mapping[int, AccountKind] = field(default_factory=dict)
    rules: Sequence[ImportRule] = ()
    bills: Sequence[OpenBill] = ()
    owed: Sequence[OwedBack] = ()
    own_names: Sequence[str] = ()


def judge_money(
    files: Sequence[tuple[int, Sequence[FoundMoney]]],
    account_of: Mapping[tuple[int, str], int | None],
    known: Known,
) -> list[MoneyRow]:
    """Every row in the order of the files. `account_of` gives the ledger's account of a file's account."""
    rows: list[MoneyRow] = []
    by_number = {(item.account_id, item.bank_id): item for item in known.payments if item.bank_id}
    seen: dict[tuple[int | None, str], MoneyRow] = {}
    near = _near(known.payments)
    judge = _Proposer(known)
    used: set[int] = set()
    for file, found_rows in files:
        for found in _own_numbers(found_rows):
            account_id = account_of.get((file, found.account))
            row = MoneyRow(
                place=len(rows),
                file=file,
                found=found,
                state=RowState.NEW,
                proposed=Proposed(account_id=account_id),
                take=True,
            )
            key = (account_id, found.id)
            if found.id and key in by_number:
                row = _by_number(row, by_number[key])
                used.add(by_number[key].id)
            elif found.id and key in seen:
                row = _repeated(row, seen[key])
            rows.append(row)
            if found.id:
                seen.setdefault(key, row)
    rows = _likely(rows, near, used)
    rows = [judge.proposed(row) if row.state is not RowState.KNOWN else row for row in rows]
    return _paired(rows, known)


def _own_numbers(found_rows: Sequence[FoundMoney]) -> list[FoundMoney]:
    """The rows of a file, without numbers that the file itself gives to different movements."""
    first: dict[tuple[str, str], FoundMoney] = {}
    shared: set[tuple[str, str]] = set()
    for found in found_rows:
        key = (found.account, found.id)
        there = first.setdefault(key, found)
        if (there.amount, there.on) != (found.amount, found.on):
            shared.add(key)
    return [
        replace(found, id="") if found.id and (found.account, found.id) in shared else found
        for found in found_rows
    ]


def _by_number(row: MoneyRow, there: KnownPayment) -> MoneyRow:
    if there.amount == row.found.amount:
        return replace(
            row,
            state=RowState.KNOWN,
            take=False,
            against=there.id,
            why="It is there already, by the bank\u2019s number.",
        )
    return replace(
        row,
        state=RowState.CHANGED,
        take=False,
        against=there.id,
        why=f"The bank\u2019s number is known with {dollars(there.amount)}; the file says "
        f"{dollars(row.found.amount)}.",
    )


def _repeated(row: MoneyRow, first: MoneyRow) -> MoneyRow:
    same = (first.found.amount, first.found.on) == (row.found.amount, row.found.on)
    if same:
        return replace(row, state=RowState.KNOWN, take=False, why="The same row is in these files twice.")
    return replace(
        row,
        state=RowState.CHANGED,
        take=False,
        why=f"These files have its number twice; the other row says {dollars(first.found.amount)}.",
    )


def _near(payments: Iterable[KnownPayment]) -> dict[tuple[int | None, Cents], list[KnownPayment]]:
    found: dict[tuple[int | None, Cents], list[KnownPayment]] = defaultdict(list)
    for item in payments:
        found[(item.account_id, item.amount)].append(item)
    return found


def _likely(
    rows: list[MoneyRow], near: Mapping[tuple[int | None, Cents], list[KnownPayment]], used: set[int]
) -> list[MoneyRow]:
    """Rows tied to payments that look like them, the nearest pairs first, each payment once."""
    pairs: list[tuple[int, float, int, KnownPayment]] = []
    for row in rows:
        if row.state is not RowState.NEW:
            continue
        account_id, found = row.proposed.account_id, row.found
        there = near.get((account_id, found.amount), ())
        if account_id is not None:
            there = [*there, *near.get((None, found.amount), ())]
        for item in there:
            if found.id and item.bank_id:
                continue  # two numbers of one bank are two movements
            days = abs((item.on - found.on).days)
            if days > NEAR_DAYS:
                continue
            alike = likeness(item.payee, f"{found.payee} {found.memo}") if item.payee else ALIKE
            alike = max(alike, likeness(item.payee, found.payee)) if item.payee and found.payee else alike
            if alike >= ALIKE or not found.payee:
                pairs.append((days, -alike, row.place, item))
    pairs.sort(key=lambda pair: (pair[0], pair[1], pair[2], pair[3].id))
    decided = list(rows)
    done: set[int] = set()
    for days, _alike, place, item in pairs:
        if place in done or item.id in used:
            continue
        done.add(place)
        used.add(item.id)
        when = "the same day" if not days else f"{count_of(days, 'day')} apart"
        whom = f" to {item.payee}" if item.payee else ""
        decided[place] = replace(
            rows[place],
            state=RowState.LIKELY,
            take=False,
            against=item.id,
            why=f"It looks like the payment{whom} that is there already, {when}.",
        )
    return decided


class _Proposer:
    """Says for one row after the other what a payment made of it would be."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._bills = list(known.bills)
        self._owed = list(known.owed)
        self._rules = sorted(known.rules, key=lambda rule: (rule.position, rule.id or 0))
        self._payees: dict[tuple[str, ...], Payee | None] = {}
        self._by_beginning: dict[str, list[Payee]] = defaultdict(list)
        for payee in known.payees:
            for start in beginnings(payee.name):
                self._by_beginning[start].append(payee)

    def proposed(self, row: MoneyRow) -> MoneyRow:
        found, account_id = row.found, row.proposed.account_id
        kind = self._known.account_kinds.get(account_id) if account_id is not None else None
        rule = first_fitting(self._rules, found, account_id)
        usual = self._usual(found)
        draft = self._draft(row, kind, usual)
        is_care = kind in _UNTAXED or kind in _FUNDS or usual is not None or _is_care(found)
        take, why = row.take and is_care, row.why
        if row.take and not is_care:
            why = "It does not look like care; tick it to take it."
        if rule is not None:
            draft = _by_rule(draft, rule, found)
            take = row.take and not rule.leave_out
            why = row.why or f"By your rule \u201c{rule.name}\u201d."
        draft, linked = self._linked(draft, found)
        return replace(
            row,
            proposed=draft,
            take=take or (row.take and linked and not (rule and rule.leave_out)),
            rule_id=rule.id if rule else None,
            why=why,
        )

    def _draft(self, row: MoneyRow, kind: AccountKind | None, usual: Payee | None) -> Proposed:
        found = row.found
        usual = (self._known.habits.get((usual.name, -found.amount)) or usual) if usual else None
        draft = replace(
            row.proposed,
            payee=usual.name if usual else _title(found.payee),
            category_id=usual.category_id if usual else None,
            person_id=usual.person_id if usual else None,
        )
        if kind is AccountKind.HSA and found.amount > 0:
            source = _source(found)
            year = found.tax_year or found.on.year
            contributed = source in (MoneySource.OWN, MoneySource.PAYROLL, MoneySource.EMPLOYER)
            return replace(
                draft,
                account_id=None,
                to_account_id=row.proposed.account_id,
                source=source,
                tax_year=year if contributed else None,
                category_id=None,
            )
        if kind in (AccountKind.FSA, AccountKind.HRA) and found.amount > 0:
            return replace(draft, account_id=None, to_account_id=row.proposed.account_id, category_id=None)
        return draft

    def _usual(self, found: FoundMoney) -> Payee | None:
        key = plain_words(found.payee)
        if not key:
            return None
        if key not in self._payees:
            best = max(self._known.payees, key=lambda item: likeness(item.name, found.payee), default=None)
            fits = best is not None and likeness(best.name, found.payee) >= ALIKE
            self._payees[key] = best if fits else None
        return self._payees[key]

    def _linked(self, draft: Proposed, found: FoundMoney) -> tuple[Proposed, bool]:
        """Tied to an open bill of just this amount, or to an expense that is to be given back."""
        if draft.to_account_id is not None:
            return draft, False
        if found.amount < 0:
            for bill in self._bills:
                if bill.due == -found.amount and likeness(bill.payee, draft.payee or found.payee) >= ALIKE:
                    self._bills.remove(bill)
                    return (
                        replace(
                            draft,
                            bill_id=bill.id,
                            payee=bill.payee,
                            person_id=draft.person_id or bill.person_id,
                            category_id=draft.category_id or bill.category_id,
                        ),
                        True,
                    )
            return draft, False
        for owed in self._owed:
            if owed.amount >= found.amount and likeness(owed.payee, draft.payee or found.payee) >= ALIKE:
                self._owed.remove(owed)
                return replace(draft, repays_id=owed.payment_id), True
        return draft, False


def _by_rule(draft: Proposed, rule: ImportRule, found: FoundMoney) -> Proposed:
    other = rule.to_account_id
    if other is not None and found.amount > 0 and draft.account_id is not None:
        # Money that came in went out of the rule's account, into the one whose file this is.
        draft = replace(draft, account_id=other, to_account_id=draft.account_id)
        other = None
    return replace(
        draft,
        payee=rule.payee or draft.payee,
        category_id=rule.category_id if rule.category_id is not None else draft.category_id,
        person_id=rule.person_id if rule.person_id is not None else draft.person_id,
        to_account_id=other if other is not None else draft.to_account_id,
        source=rule.source or draft.source,
        item=rule.item or draft.item,
        qualifies=rule.qualifies or draft.qualifies,
    )


def _paired(rows: list[MoneyRow], known: Known) -> list[MoneyRow]:
    """Two rows that are the two sides of a transfer between own accounts become one."""
    waiting: dict[Cents, list[int]] = defaultdict(list)
    for row in rows:
        if row.state is RowState.NEW and row.found.amount > 0 and _own_side(row) is not None:
            waiting[row.found.amount].append(row.place)
    decided = list(rows)
    for row in rows:
        if row.state is not RowState.NEW or row.found.amount >= 0 or row.proposed.bill_id is not None:
            continue
        mine = row.proposed.account_id
        for place in waiting.get(-row.found.amount, ()):
            other = decided[place]
            side = _own_side(other)
            near = abs(other.found.on - row.found.on) <= timedelta(days=NEAR_DAYS)
            if side is None or mine is None or side == mine:
                continue
            if not near or other.proposed.pair is not None:
                continue
            kind = known.account_kinds.get(side)
            decided[row.place] = replace(
                row,
                take=True,
                proposed=replace(
                    row.proposed,
                    to_account_id=side,
                    payee="",
                    pair=place,
                    source=MoneySource.OWN if kind is AccountKind.HSA else None,
                    tax_year=other.proposed.tax_year if kind is AccountKind.HSA else None,
                ),
                why="It is the other side of a transfer between your accounts.",
            )
            decided[place] = replace(
                other,
                take=False,
                proposed=replace(other.proposed, pair=row.place),
                why="It is taken once, with the other side of the transfer.",
            )
            waiting[-row.found.amount].remove(place)
            break
    return decided


def _own_side(row: MoneyRow) -> int | None:
    """The account a row that came in belongs to."""
    return row.proposed.to_account_id or row.proposed.account_id


def _source(found: FoundMoney) -> MoneySource:
    """What kind of money came into an HSA, by the custodian's words."""
    said = set(plain_words(f"{found.source} {found.kind} {found.payee} {found.memo} {found.category}"))
    if said & _EARNED:
        return MoneySource.EARNINGS
    if "rollover" in said or "trustee" in said:
        return MoneySource.ROLLOVER
    if "employer" in said:
        return MoneySource.EMPLOYER
    if said & {"payroll", "employee"}:
        return MoneySource.PAYROLL
    return MoneySource.OWN


def _is_care(found: FoundMoney) -> bool:
    said = plain_words(f"{found.payee} {found.memo} {found.category}")
    return any(word in _CARE_WORDS for word in said)


def _title(payee: str) -> str:
    """A name in capitals as a person would write it; other names stay, cut where a name has to end."""
    cleaned = " ".join(payee.split())[:NAME_LENGTH].rstrip()
    return cleaned.title() if cleaned.isupper() and len(cleaned) > 4 else cleaned
