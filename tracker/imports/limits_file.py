"""The yearly limits that come with the program, read from `resources/rules/limits.toml`."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from tracker.domain.coverage.limits import (
    Limits,
    MedicareYear,
    MileageRate,
    Pair,
    StandardDeductions,
    YearLimits,
)
from tracker.errors import WorldProblem
from tracker.money import Cents, from_decimal

Table = dict[str, Any]


@cache
def yearly_limits() -> Limits:
    """All years; read once."""
    try:
        text = (files("resources") / "rules" / "limits.toml").read_text("utf-8")
    except OSError as why:
        raise WorldProblem(
            "The table of yearly limits could not be read.", "Install the program again."
        ) from why
    return parse_limits(text)


def parse_limits(text: str) -> Limits:
    """The table in the text of such a file: one section a year, amounts in dollars."""
    table = tomllib.loads(text, parse_float=Decimal)
    years = {int(key): _year(int(key), value) for key, value in table.items() if key.isdecimal()}
    return Limits(years, table.get("checked_on"))


def _year(year: int, table: Table) -> YearLimits:
    hsa, fsa, medicare = table.get("hsa", {}), table.get("fsa", {}), table.get("medicare", {})
    return YearLimits(
        year=year,
        aca_oop_max=_pair(table, "aca_oop_max"),
        hdhp_deductible=_pair(table, "hdhp_deductible"),
        hdhp_oop_max=_pair(table, "hdhp_oop_max"),
        hsa=_pair(table, "hsa"),
        hsa_catch_up=_cents(hsa.get("catch_up")),
        direct_primary_care_month=_pair(table, "direct_primary_care_month"),
        fsa_contribution=_cents(fsa.get("contribution")),
        fsa_carry_over=_cents(fsa.get("carry_over")),
        ebhra=_cents(table.get("ebhra")),
        qsehra=_pair(table, "qsehra"),
        medical_deduction_floor=_cents(table.get("medical_deduction_floor_percent")),
        medical_mileage=_mileage(table.get("medical_mileage", ())),
        standard_deduction=_deductions(table.get("standard_deduction", {})),
        affordability=_cents(table.get("affordability_percent")),
        medicare=MedicareYear(year=year, **{key: _cents(value) for key, value in medicare.items()}),
        notes=tuple(table.get("notes", ())),
        sources=tuple(table.get("sources", ())),
    )


def _pair(table: Table, key: str) -> Pair:
    pair = table.get(key, {})
    return Pair(_cents(pair.get("self")), _cents(pair.get("family")))


def _mileage(rates: list[Table]) -> tuple[MileageRate, ...]:
    """Cents a mile in tenths of a cent, oldest first."""
    found = (MileageRate(rate["from"], int(Decimal(rate["cents"]) * 10)) for rate in rates)
    return tuple(sorted(found, key=lambda rate: rate.begins_on))


def _deductions(table: Table) -> StandardDeductions:
    return StandardDeductions(**{key: _cents(value) for key, value in table.items()})


def _cents(dollars: int | Decimal | None) -> Cents | None:
    """Dollars of the file in cents (and percents in basis points); no float on the way."""
    return None if dollars is None else from_decimal(Decimal(dollars))
