"""How accounts, their statements and their plan years are said on screen and on paper."""

from __future__ import annotations

from tracker.dates import day_text
from tracker.facts import AccountKind, MoneySource
from tracker.facts.accounts import AfterYear, CoverageKind, FsaKind, FsaYear, Hra, HraKind, HraPays, Tier
from tracker.money import Cents, dollars
from tracker.services.account_balances import AccountShown, StatementCheck
from ui.models.household_words import ACCOUNTS

SOURCES = {
    MoneySource.OWN: "On your own",
    MoneySource.PAYROLL: "Through payroll",
    MoneySource.EMPLOYER: "From the employer",
    MoneySource.ROLLOVER: "Rollover from another account",
    MoneySource.EARNINGS: "Interest and earnings",
    MoneySource.REPAID: "Mistaken distribution put back",
    MoneySource.EXCESS: "Excess contribution taken back",
    MoneySource.FEE: "Fee of the custodian",
}
TIERS = {Tier.SELF: "Self-only", Tier.FAMILY: "Family"}
COVERAGES = {
    CoverageKind.HDHP: "High-deductible health plan (HDHP)",
    CoverageKind.EXCHANGE_PLAN: "Bronze or catastrophic plan of an exchange",
    CoverageKind.OTHER_PLAN: "Health plan that is not HSA-qualified",
    CoverageKind.SPOUSE_PLAN: "Spouse's plan that is not HSA-qualified",
    CoverageKind.SPOUSE_FSA: "Spouse's general-purpose FSA",
    CoverageKind.GENERAL_HRA: "General-purpose HRA",
    CoverageKind.MEDICARE: "Medicare, any part",
    CoverageKind.TRICARE: "TRICARE",
    CoverageKind.MEDICAID: "Medicaid",
    CoverageKind.LIMITED_FSA: "Limited-purpose FSA",
    CoverageKind.POST_DEDUCTIBLE_HRA: "Post-deductible HRA",
    CoverageKind.DENTAL_VISION: "Dental or vision",
    CoverageKind.PREVENTIVE: "Preventive care only",
    CoverageKind.TELEHEALTH: "Telehealth",
    CoverageKind.SPECIFIC_ILLNESS: "Accident or specific illness",
}
FSA_KINDS = {
    FsaKind.GENERAL: "General-purpose",
    FsaKind.LIMITED: "Limited-purpose (dental and vision)",
    FsaKind.POST_DEDUCTIBLE: "Post-deductible",
}
AFTER = {
    AfterYear.NOTHING: "Neither: what is left is lost",
    AfterYear.GRACE: "Grace period until the 15th of the third month",
    AfterYear.CARRY_OVER: "Carry-over into the next year",
}
HRA_KINDS = {
    HraKind.ICHRA: "Individual coverage (ICHRA)",
    HraKind.QSEHRA: "Small employer (QSEHRA)",
    HraKind.EBHRA: "Excepted benefit (EBHRA)",
    HraKind.INTEGRATED: "Integrated with a group plan",
}
HRA_PAYS = {
    HraPays.PREMIUMS: "Premiums",
    HraPays.COST_SHARING: "Copays, deductible, coinsurance",
    HraPays.DENTAL_VISION: "Dental and vision care",
    HraPays.PRACTICE_FEES: "Fees of your practice",
    HraPays.OTHER_CARE: "Other care",
}
NO_ADVICE = "This is not legal or tax advice. Ask your administrator or tax adviser where it matters."


def kind_words(shown: AccountShown) -> str:
    """`HSA`, `Card, closed`."""
    return f"{ACCOUNTS[shown.account.kind]}{', closed' if shown.account.closed else ''}"


def holds_words(shown: AccountShown) -> str:
    """What it holds; for an FSA or HRA what can be used."""
    held = shown.holds
    return "Not known" if held is None else dollars(held)


def holds_note(shown: AccountShown) -> str:
    """What the figure means where it is no plain balance."""
    if shown.is_promise and shown.until is None:
        return "Enter its plan year"
    if shown.is_promise and shown.until is not None:
        return f"to use by {day_text(shown.until)}"
    if shown.account.kind is AccountKind.CARD and shown.balance < 0:
        return "owed"
    return ""


def gap_words(gap: Cents) -> str:
    """`Agrees`, `$4.50 less than here`: what the statement says against the ledger."""
    if not gap:
        return "Agrees"
    return f"{dollars(abs(gap))} {'more' if gap > 0 else 'less'} than here"


def check_words(check: StatementCheck | None) -> str:
    """The latest statement in a few words."""
    if check is None:
        return "None yet"
    return f"{gap_words(check.gap)}, {day_text(check.statement.stated_on, year=False)}"


def gap_sentence(check: StatementCheck, since: str) -> str:
    """What a statement comes to, and where to look. `since` says from when the movements are."""
    day = day_text(check.statement.stated_on)
    stated, ours = dollars(check.statement.balance), dollars(check.ours)
    if not check.gap:
        return f"On {day} the statement and this ledger agree on {stated}."
    out, into = "money that went out", "money that came in"
    missing, twice = (into, out) if check.gap > 0 else (out, into)
    return (
        f"On {day} the statement says {stated}, this ledger {ours}: {gap_words(check.gap)}. Compare the "
        f"movements {since}: {missing} may be missing here, or {twice} may be here twice."
    )


def fsa_year_name(year: FsaYear | Hra) -> str:
    """`2026`, or both days where it is no calendar year."""
    if (year.begins_on.month, year.begins_on.day, year.ends_on.month, year.ends_on.day) == (1, 1, 12, 31):
        return str(year.begins_on.year)
    return f"{day_text(year.begins_on)} to {day_text(year.ends_on)}"
