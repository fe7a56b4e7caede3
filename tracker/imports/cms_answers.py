"""What the CMS files left open about a plan, and the member's answers to it.

An answer takes the place of the words in the file; the plan is then read again by the same reader, so
that an answer is understood, or refused, exactly like a phrase of the file. Nothing is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tracker.errors import UserProblem
from tracker.facts import OUT, CostSharingRule, NetworkTier
from tracker.imports.cms_limits import FIRST, OUTSIDE, SECOND, Unread
from tracker.imports.cms_phrases import (
    CostShare,
    UnclearPhrase,
    is_silent,
    read_cost_share,
    read_dollar_limit,
    spoken,
)
from tracker.imports.cms_plans import CmsPlan, plan_of_rows
from tracker.imports.cms_rows import Row

NOT_COVERED = "Not covered"
LEAVE_OUT = ""
"""The two answers that are no phrase: the plan pays nothing, or the plan gets no rule for it."""

_TIERS = {FIRST.tier.code: FIRST, SECOND.tier.code: SECOND, OUTSIDE.tier.code: OUTSIDE}
_LIMIT_COLUMN = re.compile(
    r"(?P<group>[TMD]EHB)(?P<ded>Ded)?(?P<part>InnTier1|InnTier2|OutOfNet|CombInnOon)"
    r"(?P<whose>Individual|FamilyPerPerson|FamilyPerGroup)(?:MOOP)?",
    re.IGNORECASE,
)
_PARTS = {
    "inntier1": "in network",
    "inntier2": "in network, tier 2",
    "outofnet": "out of network",
    "combinnoon": "in and out of network",
}
_WHOSE = {
    "individual": "one person",
    "familyperperson": "each person of a family",
    "familypergroup": "the family",
}
_GROUPS = {"tehb": "", "mehb": "Medical ", "dehb": "Drug "}
FIRST_VISITS = ("Primary care visits that are free at first", "Primary care copays before the deductible")
"""What a plan may do with the first primary care visits of a year; the engine counts neither."""

_COLUMNS = {
    "specialtydrugmaximumcoinsurance": "Specialty drugs, most coinsurance of a fill",
    "beginprimarycarecostsharingafternumberofvisits": FIRST_VISITS[0],
    "beginprimarycaredeductiblecoinsuranceafternumberofcopays": FIRST_VISITS[1],
}

Place = tuple[int, str, str]
"""The line of a file, the benefit or column on it, and the network tier: what an answer belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """Something the reader did not understand, for the member to fill in.

    `service` names it in words, `tier` its network tier in words, `phrase` is what the file says and
    `why` the reason it was not understood. `amount` marks a limit in dollars; else a phrase is asked
    for. `taken` is what the plan gets while nobody answers, in words; empty where it gets nothing.
    """

    place: Place
    service: str
    tier: str
    phrase: str
    why: str
    amount: bool = False
    taken: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was understood but cannot be taken over whole: worth knowing, nothing to fill in."""

    about: str
    phrase: str
    why: str


Answers = Mapping[Place, str]
"""By place: a phrase such as "$40 copay after deductible", NOT_COVERED, LEAVE_OUT, or an amount."""


def open_items(plan: CmsPlan) -> list[OpenItem]:
    """What is to be filled in, service by service in the order of the file."""
    found: list[OpenItem] = []
    for one in plan.unread:
        row = _row_of(plan, one)
        if row is None:
            if _is_unreadable_amount(plan.row, one.benefit):
                found.append(_limit_item(one))
        elif not _named_before(plan, row):
            tiers = [one.tier] if one.tier else [tier.code for tier in plan.terms.tiers]
            found += [_benefit_item(plan, one, row, tier) for tier in tiers]
    unique: dict[Place, OpenItem] = {}
    for item in found:
        unique.setdefault(item.place, item)
    return list(unique.values())


def remarks(plan: CmsPlan) -> list[Remark]:
    """What is worth knowing of the plan beside its terms."""
    asked = {item.place[:2] for item in open_items(plan)}
    rest = [one for one in plan.unread if (one.line, one.benefit) not in asked]
    return [Remark(_words(one.benefit), one.phrase, one.why) for one in (*rest, *plan.not_counted)]


def check_answer(item: OpenItem, answer: str) -> str:
    """The answer in the words it will be shown in. Raises UserProblem where it is not understood."""
    text = " ".join(answer.split())
    if text.casefold() in ("", "leave out", "left out"):
        return LEAVE_OUT
    if item.amount:
        amount = text if text.startswith("$") else f"${text}"
        try:
            read_dollar_limit(amount)
        except UnclearPhrase as why:
            raise UserProblem(why.why, "Type it like $1,500, or leave it out.", field="answer") from None
        return amount
    if text.casefold() in ("not covered", "none", "no"):
        return NOT_COVERED
    try:
        share = read_cost_share(text, "")
    except UnclearPhrase as why:
        raise UserProblem(
            why.why,
            "Type it like \u201c$40 copay after deductible\u201d or \u201c20%\u201d.",
            field="answer",
        ) from None
    if share is None:
        return LEAVE_OUT
    return text


def answered(plan: CmsPlan, answers: Answers, *, family: bool) -> CmsPlan:
    """The plan read again with the answers in the place of what the file says.

    `plan` is as it was read from the files; answers are those that `check_answer` let through.
    """
    benefits = list(plan.benefits)
    row = plan.row
    for (line, name, tier), answer in answers.items():
        if tier == _PLAN:
            row = _changed(row, {name: answer})
            continue
        for number, benefit in enumerate(benefits):
            if (benefit.line, _name(benefit)) == (line, name):
                benefits[number] = _answered_row(plan, benefit, tier, answer)
                break
    return plan_of_rows(plan.choice, row, benefits, family=family)


def rule_words(rule: CostSharingRule) -> str:
    """A rule in the words of a Summary of Benefits and Coverage."""
    return spoken(
        CostShare(
            covered=rule.covered,
            subject_to_deductible=rule.deductible is not None,
            copay=rule.copay,
            order=rule.copay_order,
            scope=rule.copay_scope,
            coinsurance=rule.coinsurance,
        )
    )


def phrase_words(copay: str, coinsurance: str) -> str:
    """What the two columns of a benefit say, as one text; cells that say nothing are left out."""
    said = [" ".join(cell.split()) for cell in (copay, coinsurance) if not is_silent(cell)]
    return " and ".join(said)


_PLAN = "*"
"""Stands for the network tier where an answer belongs to a column of the plan itself."""


def _limit_item(one: Unread) -> OpenItem:
    return OpenItem(
        place=(one.line, one.benefit, _PLAN),
        service=_words(one.benefit),
        tier="",
        phrase=one.phrase,
        why=one.why,
        amount=True,
    )


def _benefit_item(plan: CmsPlan, one: Unread, row: Row, tier: str) -> OpenItem:
    columns = _TIERS[tier]
    rules = {(rule.category, rule.tier): rule for rule in plan.terms.rules}
    codes = {source.benefit: source.category for source in plan.sources}
    rule = rules.get((codes.get(_name(row), ""), tier))
    said = [phrase_words(row[columns.copay], row[columns.coinsurance])]
    if not one.tier:
        said.insert(0, one.phrase)
    return OpenItem(
        place=(one.line, _name(row), tier),
        service=_name(row),
        tier=_tier_words(plan.terms.tiers, tier),
        phrase="; ".join(words for words in said if words),
        why=one.why,
        taken=rule_words(rule) if rule is not None else "",
    )


def _answered_row(plan: CmsPlan, row: Row, tier: str, answer: str) -> Row:
    columns = _TIERS[tier]
    cells = {columns.copay: answer, columns.coinsurance: ""}
    covered = " ".join(row["IsCovered"].split()).casefold()
    if covered not in ("covered", "yes", "true", "", "not covered", "no", "false"):
        cells["IsCovered"] = "Covered"
    return replace(_changed(row, cells), whole=True)


def _changed(row: Row, cells: Mapping[str, str]) -> Row:
    return replace(row, cells={**row.cells, **{name.lower(): text for name, text in cells.items()}})


def _row_of(plan: CmsPlan, one: Unread) -> Row | None:
    """The benefit's row an item is about; None where it is about a column of the plan."""
    return next((row for row in plan.benefits if (row.line, _name(row)) == (one.line, one.benefit)), None)


def _named_before(plan: CmsPlan, row: Row) -> bool:
    """Whether an earlier row is about the same benefit: that one counts."""
    name = _name(row).casefold()
    first = next((other for other in plan.benefits if _name(other).casefold() == name), row)
    return first is not row


def _is_unreadable_amount(row: Row, column: str) -> bool:
    try:
        read_dollar_limit(row[column])
    except UnclearPhrase:
        return True
    return False


def _name(row: Row) -> str:
    return " ".join(row["BenefitName"].split())


def _tier_words(tiers: tuple[NetworkTier, ...], code: str) -> str:
    return next(
        (tier.name for tier in tiers if tier.code == code), "out of network" if code == OUT else code
    )


def _words(column: str) -> str:
    """A column of the plan in words; a benefit's name as it is."""
    if column.lower() in _COLUMNS:
        return _COLUMNS[column.lower()]
    found = _LIMIT_COLUMN.fullmatch(column)
    if found is None:
        return column
    kind = "deductible" if found["ded"] else "out-of-pocket maximum"
    named = f"{_GROUPS[found['group'].lower()]}{kind}"
    where, whose = _PARTS[found["part"].lower()], _WHOSE[found["whose"].lower()]
    return f"{named[:1].upper()}{named[1:]} {where}, {whose}"
