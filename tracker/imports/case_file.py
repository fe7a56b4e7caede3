"""Case files: plans and claims in JSON, to be worked by the engine and compared with what is expected.

    {"plans": {"PPO1": {"buckets": {...}, "cross": {...}, "rules": [...]}},
     "cases": [{"id": "A01", "plan": "PPO1", "before": [...], "claims": [{"lines": [...]}]}]}

Amounts are whole cents, rates basis points. A claim is worked in the place it has in the file;
`{"reverse": n}` voids the n-th claim of its case, counted from 0. Keys this reader does not know are
left alone; what is missing or malformed is named with its place, and nothing is guessed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from tracker.domain.coverage.claim_lines import ClaimInput, ClaimLine, Denial, Entry, Void
from tracker.domain.coverage.posting import Opening
from tracker.domain.coverage.terms import Bucket, PlanTerms
from tracker.errors import UserProblem
from tracker.facts import (
    IN,
    OUT,
    TWO_TIERS,
    AccumulatorKind,
    AccumulatorMode,
    Assistance,
    CopayOrder,
    CopayScope,
    CostSharingRule,
    Counting,
    NetworkTier,
)
from tracker.imports.chosen_file import bytes_of
from tracker.imports.json_fields import Fields, malformed, named

DEFAULT_PERSON = "A"
MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Case:
    """One case: a plan, what was used before, and what happened, in order."""

    id: str
    terms: PlanTerms
    opening: tuple[Opening, ...]
    entries: tuple[Entry, ...]


def read_cases(path: Path) -> list[Case]:
    """The cases of a file.

    Raises UserProblem for a file that is not there or not of this form, WorldProblem where it
    cannot be read.
    """
    content = bytes_of(path, most=MOST_BYTES, wanted="a case file")
    if len(content) > MOST_BYTES:
        raise UserProblem(f"{path.name} is larger than 200 MB.", "Split it into several files.")
    return parse_cases(content, name=path.name)


def parse_cases(content: bytes, *, name: str = "The file") -> list[Case]:
    """The cases in the bytes of a file called `name`."""
    try:
        raw = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise UserProblem(f"{name} is not text.", "Choose a case file in JSON.") from None
    except RecursionError:
        raise UserProblem(f"{name} is nested too deeply.", "Choose a case file in JSON.") from None
    except ValueError as why:
        where = (
            f" at line {why.lineno}, column {why.colno}" if isinstance(why, json.JSONDecodeError) else ""
        )
        raise UserProblem(
            f"{name} is not valid JSON{where}.", "Correct it there, or choose another file."
        ) from None
    top = Fields(raw, name)
    plans = {}
    for key, value in top.table("plans").items():
        with named(f"Plan {key}"):
            plans[key] = _plan(key, value)
    return [_case(value, place, plans) for place, value in enumerate(top.list("cases"))]


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _plan(name: str, raw: Any) -> PlanTerms:
    fields = Fields(raw, f"Plan {name}")
    rules = [
        _rule(rule, f"Plan {name}, rule {place + 1}") for place, rule in enumerate(fields.list("rules"))
    ]
    crossing = Fields(fields.table("cross", default={}), f"Plan {name}, cross")
    cross = {key: tuple(map(str, crossing.list(key, default=[]))) for key in crossing.raw}
    buckets = [
        _bucket(key, value, name, rules, cross.get(key, ()))
        for key, value in fields.table("buckets").items()
    ]
    known = {bucket.name for bucket in buckets}
    for key in cross:
        if key not in known:
            malformed(f"Plan {name}, cross", f"names {key}, which is not one of its buckets")
    named = {tier.code for tier in TWO_TIERS}
    more = dict.fromkeys(rule.tier for rule in rules if rule.tier not in named)
    return PlanTerms(
        name=name,
        buckets=tuple(buckets),
        rules=tuple(rules),
        tiers=TWO_TIERS + tuple(NetworkTier(code=code, name=code) for code in more),
        assistance=Assistance.COUNTED,
    )


def _bucket(name: str, raw: Any, plan: str, rules: list[CostSharingRule], cross: tuple[str, ...]) -> Bucket:
    """A bucket; what it is and whose follows from the rules that name it, as the file does not say."""
    fields = Fields(raw, f"Plan {plan}, bucket {name}")
    fills = [rule.tier for rule in rules if rule.oop_max == name]
    opens = [rule.tier for rule in rules if name in (rule.deductible, rule.copay_credits)]
    if fills and opens:
        malformed(fields.where, "is used as a deductible and as an out-of-pocket maximum")
    tiers = fills or opens
    maximum = bool(fills) or (not opens and name.upper().startswith(("OOP", "RXOOP")))
    return Bucket(
        name=name,
        kind=AccumulatorKind.OOP_MAX if maximum else AccumulatorKind.DEDUCTIBLE,
        mode=fields.choice("mode", AccumulatorMode),
        individual=fields.amount("ind", default=None),
        family=fields.amount("fam", default=None),
        cap=fields.amount("individual_cap", default=fields.amount("cap", default=None)),
        cross=cross,
        tier=OUT if tiers and set(tiers) == {OUT} else IN,
    )


def _rule(raw: Any, where: str) -> CostSharingRule:
    fields = Fields(raw, where)
    return CostSharingRule(
        category=fields.text("category"),
        tier=fields.text("tier", default=IN),
        covered=fields.flag("covered", default=True),
        deductible=fields.text("ded", default=None),
        oop_max=fields.text("oop", default=None),
        copay=fields.amount("copay", default=0),
        copay_order=fields.choice("copay_order", CopayOrder, default=CopayOrder.AFTER),
        copay_scope=fields.choice("copay_scope", CopayScope, default=CopayScope.VISIT),
        max_units=fields.number("max_units", default=None),
        coinsurance=fields.number("coins", default=0),
        coinsurance_min=fields.amount("coins_min", default=0),
        coinsurance_max=fields.amount("coins_max", default=None),
        waive_copay_if_admitted=fields.flag("waive_copay_if_admitted", default=False),
        visit_limit=fields.number("visit_limit", default=None),
        dollar_max=fields.amount("dollar_max", default=None),
        no_authorization_penalty=fields.amount("noauth_penalty", default=0),
        copay_credits=fields.text("copay_credits", default=None),
    )


def _case(raw: Any, place: int, plans: dict[str, PlanTerms]) -> Case:
    fields = Fields(raw, f"Case {place + 1}")
    name = fields.text("id")
    fields = Fields(raw, f"Case {name}")
    plan = fields.text("plan")
    if plan not in plans:
        malformed(fields.where, f"names the plan {plan}, which is not in the file")
    opening = [
        _opening(item, f"{fields.where}, before {at + 1}")
        for at, item in enumerate(fields.list("before", default=[]))
    ]
    visits = Fields(fields.table("visits_before", default={}), f"{fields.where}, visits before")
    opening += [
        Opening(category, DEFAULT_PERSON, visits.number(category), Counting.VISITS)
        for category in visits.raw
    ]
    claims = fields.list("claims")
    entries: list[Entry] = []
    for at, item in enumerate(claims):
        with named(f"{fields.where}, claim {at + 1}"):
            entries.append(_entry(item, at, fields.where))
    return Case(name, plans[plan], tuple(opening), tuple(entries))


def _opening(raw: Any, where: str) -> Opening:
    fields = Fields(raw, where)
    return Opening(
        fields.text("bucket"), fields.text("person", default=DEFAULT_PERSON), fields.amount("cents")
    )


def _entry(raw: Any, place: int, case: str) -> Entry:
    fields = Fields(raw, f"{case}, claim {place + 1}")
    if "reverse" in fields.raw:
        return Void(of=fields.number("reverse") + 1)
    lines = fields.list("lines")
    if not lines:
        malformed(fields.where, "has no lines")
    return ClaimInput(
        key=place + 1,  # as people count them; in the file they are counted from 0
        lines=tuple(_line(line, f"{fields.where}, line {at + 1}", fields) for at, line in enumerate(lines)),
        person=fields.text("person", default=DEFAULT_PERSON),
        units=fields.number("units", default=1),
        admitted=fields.flag("admitted", default=False),
    )


def _line(raw: Any, where: str, claim: Fields) -> ClaimLine:
    """A line; network status and protection may stand on the line or on its claim."""
    fields = Fields(raw, where)
    return ClaimLine(
        category=fields.text("cat"),
        billed=fields.amount("billed"),
        allowed=fields.amount("allowed", default=None),
        tier=fields.text("tier", default=claim.text("tier", default=IN)),
        protected=fields.flag("nsa", default=claim.flag("nsa", default=False)),
        denial=fields.choice("denial", Denial, default=None),
        missed_authorization=fields.flag("no_auth", default=claim.flag("no_auth", default=False)),
        assistance=fields.amount("assist", default=0),
        assistance_counts=fields.flag("assist_counts", default=True),
    )
