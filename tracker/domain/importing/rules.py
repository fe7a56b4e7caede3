"""Rules: what to propose for a row of a file, learned from an example and asked in order."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.domain.importing.likeness import plain_words
from tracker.facts.found import FoundMoney
from tracker.facts.importing import ImportRule
from tracker.money import Cents, dollars


def fits_values(rule: ImportRule, *, payee: str, memo: str, amount: Cents, account_id: int | None) -> bool:
    """Whether values are ones a rule speaks of, active or not. `amount` is as banks sign it."""
    if rule.account_id is not None and rule.account_id != account_id:
        return False
    if rule.money_out is not None and rule.money_out != (amount < 0):
        return False
    if rule.amount_from is not None and abs(amount) < rule.amount_from:
        return False
    if rule.amount_to is not None and abs(amount) > rule.amount_to:
        return False
    return _has(payee, rule.payee_has) and _has(memo, rule.memo_has)


class RuleBook:
    """The rules in force, made ready to be asked about many rows. The first in order that fits decides."""

    def __init__(self, rules: Iterable[ImportRule]) -> None:
        ordered = sorted(rules, key=lambda rule: (rule.position, rule.id or 0))
        self._asked = [
            (rule, rule.payee_has.casefold().split(), rule.memo_has.casefold().split())
            for rule in ordered
            if rule.active
        ]
        self._by_words: dict[tuple[str, str], list[ImportRule]] = {}

    def first(self, row: FoundMoney, account_id: int | None) -> ImportRule | None:
        """The rule that decides about a row."""
        for rule in self._of_words(row.payee.casefold(), row.memo.casefold()):
            if fits_values(rule, payee=row.payee, memo=row.memo, amount=row.amount, account_id=account_id):
                return rule
        return None

    def _of_words(self, payee: str, memo: str) -> list[ImportRule]:
        """Rules whose words occur, kept: a statement names the same payees again and again."""
        key = (payee, memo)
        if key not in self._by_words:
            found = []
            for rule, in_payee, in_memo in self._asked:
                for word in in_payee:
                    if word not in payee:
                        break
                else:
                    if all(word in memo for word in in_memo):
                        found.append(rule)
            self._by_words[key] = found
        return self._by_words[key]


def from_example(row: FoundMoney, *, account_id: int | None = None) -> ImportRule:
    """A rule for rows like one: of the same payee, in the same direction, of any amount."""
    words = plain_words(row.payee)[:4]
    said = " ".join(words) if words else row.payee.strip()
    return ImportRule(
        name=row.payee.strip()[:80] or "Rows without a payee",
        payee_has=said,
        memo_has="" if said else row.memo.strip()[:80],
        money_out=row.amount < 0,
        account_id=account_id if not said else None,
    )


def rule_words(rule: ImportRule) -> str:
    """When a rule fits, in a sentence."""
    parts = []
    if rule.payee_has:
        parts.append(f"the payee has \u201c{rule.payee_has}\u201d")
    if rule.memo_has:
        parts.append(f"the memo has \u201c{rule.memo_has}\u201d")
    if rule.amount_from is not None and rule.amount_to is not None:
        parts.append(f"the amount is from {dollars(rule.amount_from)} to {dollars(rule.amount_to)}")
    elif rule.amount_from is not None:
        parts.append(f"the amount is {dollars(rule.amount_from)} or more")
    elif rule.amount_to is not None:
        parts.append(f"the amount is {dollars(rule.amount_to)} or less")
    if rule.money_out is not None:
        parts.append("money goes out" if rule.money_out else "money comes in")
    if not parts:
        return "It fits every row."
    return f"It fits where {', and '.join(parts)}."


def _has(text: str, wanted: str) -> bool:
    """Whether every word wanted occurs, in any case."""
    folded = text.casefold()
    return all(word in folded for word in wanted.casefold().split())
