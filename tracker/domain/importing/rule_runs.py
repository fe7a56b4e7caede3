"""What the rules for imports would change in payments that are there already.

A payment is asked by its payee and note together, for a note keeps what the bank had written when a payee
was renamed. The run goes on until nothing changes any more, so that a second run finds nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tracker.facts.importing import Entered, ImportRule

NOTE_LIMIT = 20_000
"""A payee is not renamed where the note has no room for the old name."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A payment before and after a run, and the rules that decided, in the order they did."""

    before: Entered
    after: Entered
    rules: tuple[str, ...]


class RuleRunner:
    """Runs rules over payments. Rules that are off, or whose rows are only left out, change nothing."""

    def __init__(self, rules: Iterable[ImportRule]) -> None:
        ordered = sorted(rules, key=lambda rule: (rule.position, rule.id or 0))
        self._rules = [_Asked(rule) for rule in ordered if rule.active]

    def change(self, entered: Entered) -> RuleChange | None:
        """What the rules make of a payment; None where it stays as it is."""
        now, decided = entered, list[str]()
        for _ in range(len(self._rules) + 1):
            # A renamed payee stays in the note, so ever earlier rules can fit, and this comes to an end.
            asked = self._first(now)
            after = now if asked is None else applied(asked.rule, now)
            if after == now or asked is None:
                break
            now = after
            decided.append(asked.rule.name)
        return RuleChange(entered, now, tuple(decided)) if now != entered else None

    def _first(self, entered: Entered) -> _Asked | None:
        words = _words_of(entered)
        note = entered.note.casefold()
        return next((asked for asked in self._rules if asked.fits(entered, words, note)), None)


class _Asked:
    """A rule made ready to be asked many times."""

    __slots__ = ("_memo", "_payee", "rule")

    def __init__(self, rule: ImportRule) -> None:
        self.rule = rule
        self._payee = rule.payee_has.casefold().split()
        self._memo = rule.memo_has.casefold().split()

    def fits(self, entered: Entered, words: str, note: str) -> bool:
        rule, amount = self.rule, entered.amount
        for word in self._payee:
            if word not in words:
                return False
        for word in self._memo:
            if word not in note:
                return False
        if rule.account_id is not None and rule.account_id != entered.account_id:
            return False
        if rule.money_out is not None and rule.money_out != (amount < 0):
            return False
        if rule.amount_from is not None and abs(amount) < rule.amount_from:
            return False
        return rule.amount_to is None or abs(amount) <= rule.amount_to


def _words_of(entered: Entered) -> str:
    return f"{entered.payee}\n{entered.note}".casefold()


def applied(rule: ImportRule, entered: Entered) -> Entered:
    """A payment with what a rule says of it: payee, budget line, person, and what it is for taxes.

    A payment that is split over several lines keeps its lines. What a rule leaves empty stays.
    """
    if rule.leave_out or rule.to_account_id is not None:
        return entered
    changed = entered
    payee, note = " ".join(rule.payee.split()), _note_with(entered.note, entered.payee)
    if payee and payee.casefold() != entered.payee.casefold() and len(note) <= NOTE_LIMIT:
        changed = replace(changed, payee=payee, note=note)
    if rule.category_id is not None and entered.shares <= 1:
        changed = replace(changed, category_id=rule.category_id, shares=1)
    if rule.person_id is not None:
        changed = replace(changed, person_id=rule.person_id)
    if entered.amount < 0:  # a refund is no expense of its own
        changed = replace(
            changed, item=rule.item or changed.item, qualifies=rule.qualifies or changed.qualifies
        )
    return changed


def _note_with(note: str, payee: str) -> str:
    """The note with the payee as it was before it is renamed."""
    if not payee or payee.casefold() in note.casefold():
        return note
    return f"{payee}; {note}" if note else payee


def fitting(rule: ImportRule, payments: Iterable[Entered]) -> list[Entered]:
    """The payments one rule fits, whichever rules come before it, and also while it is off."""
    asked = _Asked(rule)
    return [item for item in payments if asked.fits(item, _words_of(item), item.note.casefold())]


def changes(rules: Sequence[ImportRule], payments: Iterable[Entered]) -> list[RuleChange]:
    """What the rules would change, in the order of the payments."""
    runner = RuleRunner(rules)
    return [change for item in payments if (change := runner.change(item)) is not None]
