"""Membership value, accounts and taxes of a year in review as lines, the same on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.dates import day_text, period_text
from tracker.domain.accounts.mileage_log import miles_text
from tracker.domain.accounts.tax_sheet import NOT_KNOWN, SheetLine
from tracker.domain.membership.value import PRICED, Promises, promise_words
from tracker.facts import AccountKind
from tracker.money import Cents, dollars
from tracker.reports.who_paid import WhoPaid
from tracker.reports.year_accounts import (
    AccountHeld,
    FsaReview,
    HraReview,
    HsaReview,
    TaxReview,
    YearAccounts,
)
from tracker.reports.year_worth import MembershipWorth
from tracker.wording import count_of, joined
from ui.models.household_words import ACCOUNTS
from ui.models.tax_rows import line_amount, medical_verdict

NOTHING = "\u2013"
_FUNDS = (AccountKind.CONTINGENCY, AccountKind.SINKING)
_MAIN_LINES = ("2", "3", "9", "13", "14a", "15", "16", "17b")
"""What Form 8889 comes to; the whole form is on the worksheet."""
_MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A name with its figure and a remark; a title stands above the lines that belong to it."""

    name: str
    figure: str = ""
    note: str = ""
    is_title: bool = False
    is_total: bool = False


def title(name: str) -> ReviewLine:
    return ReviewLine(name, is_title=True)


def who_paid_note(paid: WhoPaid) -> str:
    """By which day it counts, and what nobody has paid yet."""
    said = "By the day money moved or the plan decided; what was paid back to you counts for who paid it."
    return f"{said} Open besides: bills for {dollars(paid.open)}." if paid.open else said


# membership ------------------------------------------------------------------------------


def worth_lines(worth: Sequence[MembershipWorth]) -> list[ReviewLine]:
    """Each membership year: what its fee bought, what that was worth, what is left."""
    return [line for item in worth for line in _worth(item)]


def worth_notes(worth: Sequence[MembershipWorth]) -> list[str]:
    """The assumptions behind the figures."""
    if not worth:
        return []
    notes = ["A cost each is the fees of the whole membership year over what is entered so far."]
    if any(item.avoided for item in worth):
        notes.append(PRICED)
    missing = dict.fromkeys(name for item in worth for name in item.unpriced)
    if missing:
        notes.append(f"Not priced, because no plan covers that day: {', '.join(missing)}.")
    return notes


def _worth(item: MembershipWorth) -> Iterator[ReviewLine]:
    value = item.value
    yield title(f"{item.practice or 'Membership'}, {period_text(item.period)}")
    paid = "all paid" if item.paid == value.fee else f"{dollars(item.paid)} paid so far"
    yield ReviewLine("Fees of the year", dollars(value.fee), paid)
    yield ReviewLine("A visit", _each(value.per_visit), count_of(value.visits, "visit"))
    minutes = f"{count_of(value.minutes, 'minute')} with the doctor" if value.minutes else ""
    yield ReviewLine("An hour", _each(value.per_hour), minutes or "no minutes entered")
    yield ReviewLine("A contact", _each(value.per_contact), count_of(value.contacts, "contact"))
    yield _promises(value.access, value.length)
    if item.avoided:
        kinds = "; ".join(f"{one.label}: {one.count} at {dollars(one.each)}" for one in item.avoided)
        yield ReviewLine("Care it took the place of", dollars(value.received), kinds)
    else:
        yield ReviewLine("Care it took the place of", NOT_KNOWN, "none is entered with a contact")
    if item.tax_saved:
        yield ReviewLine("Tax saved on it", dollars(item.tax_saved), " ".join(item.tax_why))
    words = "Cost after what it was worth" if value.net >= 0 else "Worth more than it cost by"
    yield ReviewLine(words, dollars(abs(value.net)), is_total=True)


def worth_cells(item: MembershipWorth) -> tuple[str, ...]:
    """The same in a row: fees, a visit, an hour, a contact, promises, taken the place of, cost after."""
    value = item.value
    lines = {line.name: line for line in _worth(item)}
    after = dollars(value.net) if value.net >= 0 else f"worth {dollars(-value.net)} more"
    names = ("Fees of the year", "A visit", "An hour", "A contact", "Promises kept")
    cells = [lines[name].figure for name in (*names, "Care it took the place of")]
    return (*cells, after)


def worth_sentences(item: MembershipWorth) -> Iterator[str]:
    """What stands beside the figures of one membership, in a sentence or two."""
    lines = {line.name: line.note for line in _worth(item)}
    counts = [lines[name] for name in ("Fees of the year", "A visit", "An hour", "A contact")]
    said = [f"{', '.join(counts)}.", lines["Promises kept"]]
    if item.avoided:
        said.append(f"{lines['Care it took the place of']}.")
    said += item.tax_why
    yield f"{item.practice or 'Membership'}: {' '.join(said)}"


def _each(cents: Cents | None) -> str:
    return NOTHING if cents is None else dollars(cents)


def _promises(access: Promises, length: Promises) -> ReviewLine:
    made = access.made + length.made
    if not made:
        return ReviewLine("Promises kept", NOTHING, "nothing to check yet")
    said = [
        promise_words(found, of) for found, of in ((access, "In time"), (length, "As long")) if found.made
    ]
    return ReviewLine("Promises kept", f"{access.kept + length.kept} of {made}", " ".join(said))


# accounts --------------------------------------------------------------------------------


def account_lines(accounts: YearAccounts) -> list[ReviewLine]:
    """Balances, then every HSA, FSA and HRA of the year."""
    lines: list[ReviewLine] = []
    if accounts.held and accounts.as_of is not None:
        lines.append(title(f"Balances on {day_text(accounts.as_of)}"))
        lines += [_held(item) for item in accounts.held]
    for place, hsa in enumerate(accounts.hsa):
        lines += [*_hsa(hsa), *(_pool(accounts) if not place else ())]
    for fsa in accounts.fsa:
        lines += _fsa(fsa)
    for hra in accounts.hra:
        lines += _hra(hra)
    return lines


def _held(item: AccountHeld) -> ReviewLine:
    kind = ACCOUNTS[item.account.kind]
    note = ", ".join(dict.fromkeys(part for part in (kind, item.owner) if part))
    if item.account.kind in _FUNDS:
        note = _target(item)
    return ReviewLine(item.account.name, dollars(item.balance), note)


def _target(item: AccountHeld) -> str:
    if item.target is None:
        return item.asks or "no target is known"
    left = item.target - item.balance
    rest = f"{dollars(left)} to go" if left > 0 else "reached"
    return f"target {dollars(item.target)}, {rest}"


def _hsa(item: HsaReview) -> Iterator[ReviewLine]:
    yield title(f"HSA of {item.person}, {item.year}")
    yield ReviewLine("Contributed", dollars(item.contributed), _limit(item))
    yield ReviewLine("Taken out", dollars(item.taken_out), _taken(item))


def _limit(item: HsaReview) -> str:
    if item.limit is None:
        return " ".join(("the limit is not known.", *item.asks))
    if item.excess:
        return f"limit {dollars(item.limit)}: {dollars(item.excess)} too much"
    if not item.limit:
        return "limit $0.00: no month counts"
    return f"limit {dollars(item.limit)}, {dollars(item.left or 0)} may still go in"


def _taken(item: HsaReview) -> str:
    if not item.taken_out:
        return "nothing was taken out"
    said = [f"{dollars(item.taxable)} is taxed" if item.taxable else "nothing is taxed"]
    if item.untied:
        said.append(f"{dollars(item.untied)} is tied to no expense")
    if item.taken:
        named = [f"{label} {dollars(amount)}" for label, amount in item.taken[:_MOST_NAMED]]
        more = len(item.taken) - _MOST_NAMED
        said.append("for " + joined([*named, *([f"{more} more"] if more > 0 else [])]))
    return "; ".join(said)


def _pool(accounts: YearAccounts) -> Iterator[ReviewLine]:
    pool = accounts.pool
    if pool is not None:
        note = f"as of today, proven by receipts {dollars(pool.proven)}"
        if not pool.receipts:
            note = pool.why[0] if pool.why else "no own expense waits"
        yield ReviewLine("May still be taken out for past care", dollars(pool.available), note)


def _fsa(item: FsaReview) -> Iterator[ReviewLine]:
    yield title(f"{item.account}, {period_text(item.period)}")
    carried = f"and {dollars(item.carried_in)} carried in" if item.carried_in else ""
    yield ReviewLine("Elected", dollars(item.elected), carried)
    yield ReviewLine("Used", dollars(item.used), f"{dollars(item.left)} left")
    name = "Lost" if item.is_over else f"Lost unless used by {day_text(item.spend_by)}"
    if item.lost is None:
        yield ReviewLine(name, NOT_KNOWN, "the carry-over limit of that year is not known")
        return
    over = f"{dollars(item.carried_over)} is carried over; " if item.carried_over else ""
    until = f"claims {'ended' if item.is_over else 'end'} on {day_text(item.file_by)}"
    yield ReviewLine(name, dollars(item.lost), over + until)


def _hra(item: HraReview) -> Iterator[ReviewLine]:
    yield title(f"{item.account}, {period_text(item.period)}")
    yield ReviewLine("Put in by the employer", dollars(item.credited))
    yield ReviewLine("Used", dollars(item.used))
    note = f"what is not claimed by {day_text(item.expires_on)} is lost" if item.expires_on else ""
    yield ReviewLine("Left", dollars(item.left), note)


# taxes -----------------------------------------------------------------------------------


def tax_lines(tax: TaxReview) -> list[ReviewLine]:
    """The main lines of the year's worksheet; nothing where nothing stands on it."""
    if not tax.has_any:
        return []
    found: list[ReviewLine] = []
    for form in tax.forms:
        found.append(title(f"Form 8889, HSA of {form.person}"))
        found += [_line(line) for line in form.lines if line.number in _MAIN_LINES]
    lines, log = tax.medical.lines, tax.mileage
    found.append(title("Medical deduction, Schedule A"))
    found += [_line(line, is_total=line is lines[-1]) for line in lines]
    if log.trips:
        rate = log.rate_words or "the rate of this year is not known"
        name = f"{miles_text(log.tenths)} miles"
        found += [title("Driving to care"), ReviewLine(name, dollars(log.total), f"{rate}; part of line 1")]
    return found


def tax_notes(tax: TaxReview) -> list[str]:
    """What it comes to, what is missing, and where the whole worksheet is."""
    if not tax.has_any:
        return []
    notes = [medical_verdict(tax.medical)[0]]
    notes += [said for form in tax.forms for said in form.remarks]
    if tax.marked:
        notes.append(f"{dollars(tax.marked)} is marked as deducted on the return of {tax.year}.")
    if tax.asks:
        notes.append("Still needed: " + " ".join(ask.sentence for ask in tax.asks))
    notes.append(
        "In brief. The whole worksheet, with the payments behind each line, is under Accounts, Taxes."
    )
    return notes


def _line(line: SheetLine, *, is_total: bool = False) -> ReviewLine:
    figure = line_amount(line) or NOT_KNOWN
    return ReviewLine(f"{line.number}  {line.label}", figure, is_total=is_total)
