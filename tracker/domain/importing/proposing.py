"""What a payment made of a row would be: payee, budget line, person, kind of money, bill or refund."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from tracker.domain.importing.known import CareShare, Known, Payee
from tracker.domain.importing.likeness import ALIKE, beginnings, likeness, plain_words
from tracker.domain.importing.rows import MoneyRow, Proposed
from tracker.domain.importing.rules import RuleBook
from tracker.facts import AccountKind, MoneySource
from tracker.facts.found import FoundMoney
from tracker.facts.importing import ImportRule
from tracker.money import Cents

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


class Proposer:
    """Says for one row after the other what a payment made of it would be."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._bills = list(known.bills)
        self._owed = list(known.owed)
        self._rules = RuleBook(known.rules)
        self._payees: dict[tuple[str, ...], Payee | None] = {}
        self._by_beginning: dict[str, list[Payee]] = defaultdict(list)
        self._shares: dict[Cents, list[CareShare]] = defaultdict(list)
        for share in known.shares:
            self._shares[share.amount].append(share)
        for payee in known.payees:
            for start in beginnings(payee.name):
                self._by_beginning[start].append(payee)

    def proposed(self, row: MoneyRow) -> MoneyRow:
        found, account_id = row.found, row.proposed.account_id
        kind = self._known.account_kinds.get(account_id) if account_id is not None else None
        rule = self._rules.first(found, account_id)
        usual = self._usual(found)
        draft = self._shared(self._draft(row, kind, usual), found)
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
            # Names that share no beginning of a word are not compared: there may be thousands on each side.
            near = {
                id(item): item for start in beginnings(found.payee) for item in self._by_beginning[start]
            }
            best = max(near.values(), key=lambda item: likeness(item.name, found.payee), default=None)
            fits = best is not None and likeness(best.name, found.payee) >= ALIKE
            self._payees[key] = best if fits else None
        return self._payees[key]

    def _shared(self, draft: Proposed, found: FoundMoney) -> Proposed:
        """Of the person and line of care whose share is just this, where nothing else tells them."""
        if found.amount >= 0 or draft.to_account_id is not None:
            return draft
        for share in self._shares.get(-found.amount, ()):
            if likeness(share.payee, draft.payee or found.payee) >= ALIKE:
                return replace(
                    draft,
                    person_id=draft.person_id or share.person_id,
                    category_id=draft.category_id or share.category_id,
                )
        return draft

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
                return replace(draft, repays_id=owed.payment_id, bill_id=owed.bill_id), True
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
