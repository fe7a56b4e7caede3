"""How rules for imports are said in lists, and what a run of them would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tracker.dates import day_text
from tracker.domain.accounts.qualified_items import ITEMS
from tracker.domain.importing.rule_runs import RuleChange
from tracker.domain.importing.rules import rule_words
from tracker.facts.accounts import Qualifies
from tracker.facts.importing import Entered, ImportRule
from tracker.money import dollars
from tracker.services.bundle import Services
from ui.models.accounts_words import SOURCES
from ui.models.import_read import Names
from ui.models.table import Column

COUNTS = {
    Qualifies.YES: "it counts",
    Qualifies.LETTER: "it counts with a letter",
    Qualifies.PART: "a part counts",
    Qualifies.NO: "it does not count",
    Qualifies.ASK: "still to ask",
}
_ITEM_NAMES = {item.code: item.name for item in ITEMS}


def names_of(services: Services) -> Names:
    """The ledger's names that a rule may speak of."""
    home = services.people.household()
    return Names(
        lines={item.id: item.name for item in home.categories if item.id is not None},
        people={item.id: item.name for item in home.people if item.id is not None},
        accounts={item.id: item.name for item in home.accounts if item.id is not None},
        open_accounts=tuple(
            (item.id, item.name) for item in home.accounts if item.id is not None and not item.closed
        ),
        payees=tuple(item.name for item in services.people.providers()),
    )


def when_words(rule: ImportRule, names: Names) -> str:
    """When a rule fits, in a sentence."""
    words = rule_words(rule)
    if rule.account_id is None:
        return words
    account = names.accounts.get(rule.account_id, "an account that was removed")
    return f"{words} Only in {account}."


def then_words(rule: ImportRule, names: Names) -> str:
    """What a rule proposes, in parts."""
    if rule.leave_out:
        return "Left out"
    parts = [
        rule.payee,
        names.lines.get(rule.category_id or 0, ""),
        names.people.get(rule.person_id or 0, ""),
    ]
    if rule.to_account_id is not None:
        parts.append(f"transfer to {names.accounts.get(rule.to_account_id, 'an account that was removed')}")
    if rule.source is not None:
        parts.append(SOURCES[rule.source].lower())
    parts.append(tax_words(rule.item, rule.qualifies))
    return " \u00b7 ".join(part for part in parts if part) or "Nothing yet"


def tax_words(item: str, qualifies: Qualifies | None) -> str:
    """What an expense is for taxes."""
    parts = [_ITEM_NAMES.get(item, item), COUNTS[qualifies] if qualifies else ""]
    return ", ".join(part for part in parts if part)


def fits_words(found: Sequence[Entered]) -> str:
    """How many payments that are there a rule fits, with the latest of them."""
    if not found:
        return "It fits none of your payments yet."
    latest = found[0]
    who = latest.payee or "a payment without a payee"
    words = f"It fits {counted(len(found), 'of your payments')}"
    return f"{words}; the latest is {who} {dollars(abs(latest.amount))} of {day_text(latest.on)}."


def counted(number: int, words: str) -> str:
    return f"{number:,} {words}"


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule in its place among all."""

    place: int
    rule: ImportRule


def rule_columns(names: Callable[[], Names]) -> list[Column[ListedRule]]:
    """The list of rules, in the order in which they are asked."""

    def tone(row: ListedRule) -> str:
        return "" if row.rule.active else "faint"

    def when(row: ListedRule) -> str:
        return when_words(row.rule, names())

    def then(row: ListedRule) -> str:
        return then_words(row.rule, names())

    return [
        Column("", lambda row: str(row.place + 1), right=True, width=32, tone=tone),
        Column("Rule", lambda row: row.rule.name, width=130, stretch=2, tone=tone),
        Column("When", when, width=190, stretch=4, tone=tone, tooltip=when),
        Column("Then", then, width=170, stretch=4, tone=tone, tooltip=then),
        Column("", lambda row: "" if row.rule.active else "Off", width=44, tone=lambda _row: "quiet"),
    ]


def change_columns(
    names: Callable[[], Names], ticked: Callable[[int], bool], toggle: Callable[[RuleChange], object]
) -> list[Column[RuleChange]]:
    """Payments that a run of the rules would change, and what of them."""

    def what(row: RuleChange) -> str:
        return change_words(row, names())

    return [
        Column("Change", lambda row: "Yes" if ticked(row.before.id) else "No", on_open=toggle,
               tone=lambda row: "accent" if ticked(row.before.id) else "quiet"),
        Column("Date", lambda row: day_text(row.before.on), order=lambda row: row.before.on, tone=_quiet),
        Column("Payee", lambda row: row.before.payee, width=110, stretch=2,
               tooltip=lambda row: row.before.payee),
        Column("Amount", lambda row: dollars(-row.before.amount), order=lambda row: -row.before.amount,
               right=True),
        Column("What changes", what, width=230, stretch=6, tooltip=what),
        Column("By rule", _by_rule, width=90, stretch=1, tone=_quiet, tooltip=_by_rule),
    ]  # fmt: skip


def change_words(change: RuleChange, names: Names) -> str:
    """What of a payment changes, before and after."""

    def line(entered: Entered) -> str:
        return names.lines.get(entered.category_id or 0, "") if entered.shares else ""

    before, after = change.before, change.after
    pairs = (
        ("line", line(before), line(after)),
        ("person", names.people.get(before.person_id or 0, ""), names.people.get(after.person_id or 0, "")),
        ("for taxes", tax_words(before.item, before.qualifies), tax_words(after.item, after.qualifies)),
    )
    parts = [f"{what}: {old or 'none'} \u2192 {new or 'none'}" for what, old, new in pairs if old != new]
    if before.payee != after.payee:  # the payee before stands in a column of its own
        parts.insert(0, f"payee \u2192 {after.payee}")
    words = " \u00b7 ".join(parts)
    return words[:1].upper() + words[1:]


def _quiet(_row: object) -> str:
    return "quiet"


def _by_rule(row: RuleChange) -> str:
    return ", ".join(dict.fromkeys(row.rules))


def run_words(found: Iterable[RuleChange], ticked: int) -> str:
    """What a run would do, in a sentence."""
    count = sum(1 for _ in found)
    if not count:
        return "No payment would change."
    noun = "payment" if count == 1 else "payments"
    if ticked == count:
        return f"{count:,} {noun} would change."
    return f"{count:,} {noun} would change; {ticked:,} of them {'is' if ticked == 1 else 'are'} ticked."
