"""Tables about care that several documents have: where every limit stands, and EOBs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.dates import day_text
from tracker.domain.coverage.accumulators import Standing
from tracker.domain.coverage.plan_year import in_force
from tracker.facts import AccumulatorKind, ClaimLine, Household, Network
from tracker.money import Cents, dollars, dollars_or_blank
from ui.printing.blocks import Block, lead, note, subheading
from ui.printing.table import Cell, Column, Row, Table, row

_KINDS = {AccumulatorKind.DEDUCTIBLE: "Deductible", AccumulatorKind.OOP_MAX: "Out-of-pocket maximum"}
_NETWORKS = {Network.IN: "in network", Network.OUT: "out of network"}


def limit_table(standings: Sequence[Standing], home: Household) -> list[Block]:
    """What counted toward each limit and what is left, with a warning where more counted than can."""
    columns = (
        Column("Limit", stretch=2),
        Column("Whose", stretch=2),
        Column("Network"),
        Column("Counted", right=True),
        Column("Limit", right=True),
        Column("Left", right=True),
        Column("Share"),
    )
    rows = []
    for item in standings:
        whose = "Family" if item.person_id is None else home.person_name(item.person_id)
        rows.append(
            row(
                _KINDS[item.kind] + (" for drugs" if item.drugs else ""),
                whose,
                _NETWORKS[item.network],
                dollars(item.used),
                "none" if item.limit is None else dollars(item.limit),
                dollars_or_blank(item.remaining),
                Cell(share=item.used / item.limit) if item.limit else "",
            )
        )
    blocks: list[Block] = [subheading("Where every limit stands"), Table(columns, tuple(rows))]
    beyond = [item for item in standings if item.beyond]
    if beyond:
        most = dollars(max(item.beyond for item in beyond))
        blocks.append(
            note(
                f"EOBs counted up to {most} more than a limit allows. Check them: this is a sign of a "
                "typing error, or of one by the insurer."
            )
        )
    return blocks


def eob_table(claims: Iterable[ClaimLine], *, years: bool = False) -> list[Block]:
    """The EOBs that hold by day of service, oldest first, and their sums. `years` writes out the year.

    Claims that are not decided and EOBs that were corrected since are left out: their amounts would
    count twice, or before anybody owes them.
    """
    lines = sorted(claims, key=lambda line: (line.claim.service_from, line.claim.id or 0))
    held = {claim.id for claim in in_force([line.claim for line in lines])}
    lines = [line for line in lines if line.claim.id in held]
    if not lines:
        return [lead("No EOB has been decided yet.")]
    several = len({line.claim.person_id for line in lines}) > 1
    names = short_names(line.person for line in lines)
    columns = (
        Column("Service"),
        Column("Provider", stretch=3),
        *([Column("Person", stretch=1)] if several else []),
        Column("Billed", right=True),
        Column("Allowed", right=True),
        Column("Plan paid", right=True),
        Column("Deductible", right=True),
        Column("Copay, coins.", right=True),
        Column("Not covered", right=True),
        Column("You owe", right=True),
    )
    rows = tuple(_eob(line, names[line.person] if several else None, years) for line in lines)
    sums = [sum(value or 0 for value in column) for column in zip(*map(_amounts, lines), strict=True)]
    total = row("", f"{len(lines):,} EOBs", *([""] if several else []), *(dollars(value) for value in sums))
    return [
        lead("By day of service. Where the provider is out of network it says so."),
        Table(columns, rows, (total,) if len(rows) > 1 else (), size=8.0, smallest=5.5),
    ]


def short_names(names: Iterable[str]) -> dict[str, str]:
    """The first names by full name, where they still tell people apart; else the full names."""
    full = list(dict.fromkeys(names))
    short = {name: (name.split() or [name])[0] for name in full}
    return short if len(set(short.values())) == len(full) else {name: name for name in full}


def _eob(line: ClaimLine, person: str | None, years: bool) -> Row:
    claim = line.claim
    words = [claim.description, "out of network" if claim.network is Network.OUT else ""]
    return row(
        day_text(claim.service_from, year=years),
        Cell(line.provider, ", ".join(word for word in words if word)),
        *([person] if person is not None else []),
        *(dollars_or_blank(value) for value in _amounts(line)),
    )


def _amounts(line: ClaimLine) -> tuple[Cents | None, ...]:
    claim = line.claim
    shared: Cents | None = None
    if claim.copay is not None or claim.coinsurance is not None:
        shared = (claim.copay or 0) + (claim.coinsurance or 0)
    return (
        claim.billed,
        claim.allowed,
        claim.plan_paid,
        claim.deductible,
        shared,
        claim.not_covered,
        claim.you_owe,
    )
