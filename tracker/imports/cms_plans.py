"""Plans from the CMS public use files (Plan Attributes, Benefits and Cost Sharing) in a folder.

Files are recognised by their columns, whatever they are called and in whatever order the columns
stand. Choosing looks only at plans; reading one plan then looks for its benefits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.domain.coverage.terms import PlanTerms
from tracker.errors import UserProblem, WorldProblem
from tracker.facts import ServiceCategory
from tracker.imports.cms_limits import Unread
from tracker.imports.cms_rows import Progress, Row, Table, open_table, rows
from tracker.imports.cms_terms import ReadTerms, Source, build_terms, filed_amounts
from tracker.money import Cents

_PLAN_MARKS = ("PlanId", "PlanMarketingName")
_PLAN_NEEDS = (
    "PlanId",
    "PlanMarketingName",
    "StandardComponentId",
    "PlanType",
    "TEHBInnTier1IndividualMOOP",
    "TEHBDedInnTier1Individual",
    "MEHBInnTier1IndividualMOOP",
    "MEHBDedInnTier1Individual",
)
_BENEFIT_MARKS = ("PlanId", "BenefitName")
_BENEFIT_NEEDS = (
    "PlanId",
    "BenefitName",
    "CopayInnTier1",
    "CopayOutofNet",
    "CoinsInnTier1",
    "CoinsOutofNet",
    "IsCovered",
)
_GET = "Download the Plan Attributes and the Benefits and Cost Sharing file of the year from CMS."
_MOST_FILES = 500
_EXAMPLES = {
    "having-a-baby": "SBCHavingaBaby",
    "type-2-diabetes": "SBCHavingDiabetes",
    "simple-fracture": "SBCHavingSimplefracture",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChoice:
    """A plan to choose: one variant of it, as the Plan Attributes file names it."""

    plan_id: str
    year: int | None
    state: str
    issuer: str
    name: str
    kind: str
    metal: str
    variant: str
    market: str
    dental: bool
    hsa: bool

    @property
    def component(self) -> str:
        """The plan without its variant: the part of the id before the dash."""
        return self.plan_id.partition("-")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class CmsPlan:
    """One plan, read. `unread` is what the member should fill in, `not_counted` what to know of.

    `categories` are to be added to the member's list; `filed` are the insurer's own figures for the
    coverage examples, in cents, by the example's name. `row` and `benefits` are the plan as filed.
    """

    choice: PlanChoice
    terms: PlanTerms
    categories: tuple[ServiceCategory, ...]
    sources: tuple[Source, ...]
    unread: tuple[Unread, ...]
    not_counted: tuple[Unread, ...]
    filed: Mapping[str, Mapping[str, Cents]]
    row: Row
    benefits: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PlanFiles:
    """The files of a folder that were recognised."""

    folder: Path
    plans: tuple[Table, ...]
    benefits: tuple[Table, ...]

    @property
    def bytes_of_plans(self) -> int:
        return sum(table.size for table in self.plans)

    @property
    def bytes_of_benefits(self) -> int:
        return sum(table.size for table in self.benefits)


def find_files(folder: Path) -> PlanFiles:
    """Look through a folder (or at one file) for the two kinds of files.

    Raises UserProblem where there are none, or where one lacks columns that a plan needs.
    """
    return sort_files(folder, _candidates(folder))


def sort_files(folder: Path, paths: Sequence[Path]) -> PlanFiles:
    """Tell the two kinds of files apart among some of a folder. Raises as `find_files` does."""
    plans: list[Table] = []
    benefits: list[Table] = []
    for path in paths:
        table = open_table(path)
        if table is None:
            continue
        if table.has(*_BENEFIT_MARKS):
            _require(table, _BENEFIT_NEEDS, "Benefits and Cost Sharing")
            benefits.append(table)
        elif table.has(*_PLAN_MARKS):
            _require(table, _PLAN_NEEDS, "Plan Attributes")
            plans.append(table)
    if not plans and not benefits:
        raise UserProblem(f"There is no plan file of CMS in {folder.name or folder}.", _GET)
    return PlanFiles(folder, tuple(plans), tuple(benefits))


def list_plans(
    files: PlanFiles,
    *,
    state: str = "",
    issuer: str = "",
    name: str = "",
    year: int | None = None,
    progress: Progress | None = None,
) -> list[PlanChoice]:
    """Plans to choose from, by state, part of the issuer's name or id, and part of the plan's name or id.

    In the order of state, issuer, name and id.
    """
    _need_plans(files)
    found: dict[tuple[int | None, str], PlanChoice] = {}
    for row in _all_rows(files.plans, "", progress):
        choice = _choice(row)
        if choice is None or (year is not None and choice.year != year):
            continue
        if state and choice.state.casefold() != state.strip().casefold():
            continue
        if not _speaks_of(issuer, choice.issuer, row["IssuerId"]):
            continue
        if _speaks_of(name, choice.name, choice.plan_id):
            found.setdefault((choice.year, choice.plan_id), choice)
    return sorted(
        found.values(),
        key=lambda c: (c.state, c.issuer.casefold(), c.name.casefold(), c.plan_id, -(c.year or 0)),
    )


def variants(
    files: PlanFiles, plan_id: str, *, year: int | None = None, progress: Progress | None = None
) -> list[PlanChoice]:
    """The variants of a plan in its newest year (or `year`), by either form of its id."""
    component = _clean_id(plan_id).partition("-")[0]
    return [choice for _, choice in _variant_rows(files, component, year, progress)]


def read_plan(
    files: PlanFiles,
    plan_id: str,
    *,
    family: bool = False,
    year: int | None = None,
    progress: Progress | None = None,
) -> CmsPlan:
    """One plan by its id, with its variant (`38344AK1060001-01`) or without where it has only one.

    Raises UserProblem for an unknown id, naming the variants there are; Cancelled as `progress` does.
    """
    _need_plans(files)
    if not files.benefits:
        raise UserProblem(
            f"There is no Benefits and Cost Sharing file in {files.folder.name or files.folder}.", _GET
        )
    total = files.bytes_of_plans + files.bytes_of_benefits
    wanted = _clean_id(plan_id)
    component = wanted.partition("-")[0]
    found = _variant_rows(files, component, year, _part(progress, 0, total))
    row, choice = _chosen(found, wanted, plan_id)
    later = _part(progress, files.bytes_of_plans, total)
    benefits = [
        benefit
        for benefit in _all_rows(files.benefits, choice.plan_id, later)
        if benefit["PlanId"].strip().upper() == choice.plan_id
        and choice.year in (None, _year(benefit), _year(benefit) or choice.year)
    ]
    if not benefits:
        raise UserProblem(
            f"The benefits of {choice.plan_id} are not in the Benefits and Cost Sharing file.",
            "Choose files of the same year and release.",
        )
    return plan_of_rows(choice, row, benefits, family=family)


def plan_of_rows(choice: PlanChoice, row: Row, benefits: Sequence[Row], *, family: bool) -> CmsPlan:
    """The plan that these rows say, for one person's coverage or for a family's."""
    read: ReadTerms = build_terms(row, benefits, family=family)
    filed = {name: amounts for name, of in _EXAMPLES.items() if (amounts := filed_amounts(row, of))}
    return CmsPlan(
        choice=choice,
        terms=read.terms,
        categories=read.categories,
        sources=read.sources,
        unread=read.unread,
        not_counted=read.not_counted,
        filed=filed,
        row=row,
        benefits=tuple(benefits),
    )


def _candidates(folder: Path) -> Sequence[Path]:
    try:
        if folder.is_file():
            return [folder]
        if not folder.is_dir():
            raise UserProblem(f"{folder.name or folder} is not there.", "Choose a folder with CMS files.")
        found = [path for path in folder.iterdir() if path.suffix.casefold() == ".csv" and path.is_file()]
    except OSError as why:
        raise WorldProblem(
            f"{folder.name or folder} could not be read: {why.strerror or why}.",
            "Check the folder and try again.",
        ) from why
    if len(found) > _MOST_FILES:
        raise UserProblem(
            f"{folder.name or folder} holds more than {_MOST_FILES} CSV files.",
            "Put the CMS files into a folder of their own.",
        )
    return sorted(found)


def _require(table: Table, names: Sequence[str], kind: str) -> None:
    missing = [name for name in names if not table.has(name)]
    if missing:
        raise UserProblem(
            f"{table.path.name} looks like a {kind} file, but has no column {' or '.join(missing)}.",
            "Download the file from CMS again and choose it unchanged.",
        )


def _need_plans(files: PlanFiles) -> None:
    if not files.plans:
        raise UserProblem(f"There is no Plan Attributes file in {files.folder.name or files.folder}.", _GET)


def _variant_rows(
    files: PlanFiles, component: str, year: int | None, progress: Progress | None
) -> list[tuple[Row, PlanChoice]]:
    _need_plans(files)
    found: dict[tuple[int, str], tuple[Row, PlanChoice]] = {}
    for row in _all_rows(files.plans, component, progress):
        choice = _choice(row)
        if choice is not None and choice.component == component and year in (None, choice.year):
            found.setdefault((choice.year or 0, choice.plan_id), (row, choice))
    newest = max((of for of, _ in found), default=0)
    return [found[key] for key in sorted(found) if key[0] == newest]


def _chosen(found: list[tuple[Row, PlanChoice]], wanted: str, typed: str) -> tuple[Row, PlanChoice]:
    shown = typed.strip()[:30]
    if not found:
        raise UserProblem(
            f"There is no plan {shown} in these files.",
            "Check the id on your insurance papers, or choose by state, issuer and name.",
        )
    fitting = [pair for pair in found if pair[1].plan_id == wanted]
    if "-" not in wanted and len(found) == 1:
        fitting = found
    if not fitting:
        there = ", ".join(
            f"{choice.plan_id} ({choice.variant})" if choice.variant else choice.plan_id
            for _, choice in found
        )
        what = f"There is no variant {shown}" if "-" in wanted else f"Plan {shown} has several variants"
        raise UserProblem(f"{what}.", f"Choose one of {there}.")
    row, choice = fitting[0]
    if not row.whole:
        raise UserProblem(
            f"The row of {choice.plan_id} in the Plan Attributes file is cut off.",
            "Download the file from CMS again.",
        )
    return row, choice


def _choice(row: Row) -> PlanChoice | None:
    plan_id = row["PlanId"].strip().upper()
    if not plan_id:
        return None
    issuer = row["IssuerMarketPlaceMarketingName"] or row["IssuerName"] or row["IssuerId"]
    return PlanChoice(
        plan_id=plan_id,
        year=_year(row),
        state=row["StateCode"].strip().upper(),
        issuer=" ".join(issuer.split()),
        name=" ".join((row["PlanVariantMarketingName"] or row["PlanMarketingName"]).split()),
        kind=row["PlanType"].strip(),
        metal=row["MetalLevel"].strip(),
        variant=" ".join(row["CSRVariationType"].split()),
        market=row["MarketCoverage"].strip(),
        dental=row["DentalOnlyPlan"].strip().casefold() == "yes",
        hsa=row["IsHSAEligible"].strip().casefold() == "yes",
    )


def _year(row: Row) -> int | None:
    text = row["BusinessYear"].strip()
    return int(text) if len(text) == 4 and text.isascii() and text.isdecimal() else None


def _clean_id(plan_id: str) -> str:
    cleaned = plan_id.strip().upper()
    if not cleaned or not cleaned.replace("-", "").isalnum() or not cleaned.isascii():
        raise UserProblem(
            f"\u201c{plan_id.strip()[:30]}\u201d is not a plan id.",
            "Type it like 38344AK1060001-01.",
            field="plan_id",
        )
    return cleaned


def _speaks_of(wanted: str, *texts: str) -> bool:
    words = wanted.casefold().split()
    everything = " ".join(texts).casefold()
    return all(word in everything for word in words)


def _all_rows(tables: Sequence[Table], containing: str, progress: Progress | None) -> Iterator[Row]:
    total, before = sum(table.size for table in tables), 0
    for table in tables:
        yield from rows(table, containing=containing, progress=_part(progress, before, total))
        before += table.size


def _part(progress: Progress | None, before: int, total: int) -> Callable[[int, int], None] | None:
    """Progress of one part of the work, told as progress of the whole."""
    if progress is None:
        return None
    tell = progress
    return lambda done, _of: tell(before + done, total)
