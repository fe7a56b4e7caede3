"""What a file from outside holds, before anything of it is taken: the one result of every reader.

A reader turns bytes into these and touches nothing else. Amounts are whole cents, `None` where the
file does not say, which is not zero. Days are dates. Text is as the file has it, trimmed; numbers of
claims and accounts stay text. What could not be read is a `FoundProblem`, never left out in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.money import Cents

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is; raises Cancelled to stop."""


class Format(StrEnum):
    """What a file was recognised as."""

    FHIR = "fhir"
    OFX = "ofx"
    QIF = "qif"
    TABLE = "table"
    ZIP = "zip"
    FOLDER = "folder"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundProblem:
    """Something that was not taken, and why, in a sentence a person accepts.

    `where` is its place in the file (`row 4`, `entry 12, ExplanationOfBenefit x1`), empty for the
    whole file.
    """

    where: str = ""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """One service line of an EOB. `reasons` are codes such as `CO-45`; `service_from` is the first day."""

    number: int
    service_from: date | None = None
    service_to: date | None = None
    code: str = ""
    modifiers: str = ""
    description: str = ""
    units: int | None = None
    billed: Cents | None = None
    allowed: Cents | None = None
    deductible: Cents | None = None
    copay: Cents | None = None
    coinsurance: Cents | None = None
    not_covered: Cents | None = None
    plan_paid: Cents | None = None
    you_owe: Cents | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBalance:
    """A running total the insurer printed: `name` in its words, amounts in cents."""

    name: str
    network: str = ""
    family: bool | None = None
    used: Cents | None = None
    limit: Cents | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEob:
    """What an insurer decided about one claim (rulebook 3.1).

    `id` is the claim number members see, else the record's own id. `kind` is the sort of claim in
    the file's words (`professional`, `pharmacy` ...), `status` one of active, cancelled, draft,
    entered-in-error, or what the file says. `use` tells a claim from a prior authorization
    (`preauthorization`) and an estimate (`predetermination`). `network` is `in`, `out` or empty.
    `replaces` names the claim this one takes the place of. `remarks` say what is odd about it (lines
    that do not add to its totals, a figure that was rounded).
    """

    id: str
    record_id: str = ""
    kind: str = ""
    status: str = ""
    use: str = ""
    outcome: str = ""
    patient: str = ""
    patient_birth: date | None = None
    member_number: str = ""
    group_number: str = ""
    insurer: str = ""
    plan: str = ""
    provider: str = ""
    provider_npi: str = ""
    facility: str = ""
    network: str = ""
    description: str = ""
    service_from: date | None = None
    service_to: date | None = None
    processed_on: date | None = None
    billed: Cents | None = None
    allowed: Cents | None = None
    deductible: Cents | None = None
    copay: Cents | None = None
    coinsurance: Cents | None = None
    not_covered: Cents | None = None
    plan_paid: Cents | None = None
    other_paid: Cents | None = None
    you_owe: Cents | None = None
    paid_by_you: Cents | None = None
    currency: str = "USD"
    replaces: str = ""
    payment_reference: str = ""
    reasons: tuple[str, ...] = ()
    lines: tuple[FoundLine, ...] = ()
    balances: tuple[FoundBalance, ...] = ()
    remarks: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMoney:
    """Money that moved in an account. Positive came in, negative went out, as banks write it.

    `id` is the bank's own number for it, empty where it gives none. `account` tells accounts of one
    file apart. `tax_year` and `source` are what an HSA custodian says of a contribution; `care_on`
    is the day of care where a custodian names it.
    """

    id: str = ""
    on: date
    amount: Cents
    payee: str = ""
    memo: str = ""
    kind: str = ""
    check_number: str = ""
    category: str = ""
    account: str = ""
    tax_year: int | None = None
    source: str = ""
    care_on: date | None = None
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAccount:
    """An account a file speaks of; `kind` in the file's words, `balance` at the end of `balance_on`."""

    id: str = ""
    kind: str = ""
    institution: str = ""
    currency: str = ""
    balance: Cents | None = None
    balance_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """All that one file holds. A file that was refused has nothing but its problem.

    `path` is the file as it was given (`archive.zip/member.json` inside a zip), `size` its bytes and
    `sha256` their hash in hex, by which it is known again; a reader leaves the three to `read_files`.
    `doubts` say, a sentence each, what had to be assumed to read it, so that a person can look.
    """

    name: str
    format: Format
    layout: str = ""
    eobs: tuple[FoundEob, ...] = ()
    money: tuple[FoundMoney, ...] = ()
    accounts: tuple[FoundAccount, ...] = ()
    problems: tuple[FoundProblem, ...] = ()
    doubts: tuple[str, ...] = ()
    path: str = ""
    size: int = 0
    sha256: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.eobs or self.money)


def refused(name: str, format: Format, why: str) -> FoundFile:
    """A file nothing is taken from, with the reason."""
    return FoundFile(name=name, format=format, problems=(FoundProblem(why=why),))
