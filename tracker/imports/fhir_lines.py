"""Service lines of an EOB: what was done, when, and the figures of each (rulebook 3.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.imports.fhir_amounts import Figures, cents, figures_of, money, plan_paid
from tracker.imports.fhir_fields import Json, NotTaken, Remarks, codes, codings, day, obj, objs, shown, text
from tracker.imports.fhir_reasons import reasons_of
from tracker.imports.found import FoundLine

MOST_LINES = 5_000
"""A claim has at most some hundred."""

_SUM_OF_THE_CHARGES = "0001"
"""The revenue code of the line that repeats the total."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as found, with its exact figures in dollars and the resource it comes from.

    `is_sum` marks the line that institutional claims end with, which repeats the total charge.
    """

    found: FoundLine
    figures: Figures
    source: Json
    is_sum: bool = False


def lines_of(eob: Json, remarks: Remarks) -> tuple[Line, ...]:
    """Every line: those the provider sent, then those the insurer added. Raises NotTaken."""
    sources = [line for item in objs(eob.get("item")) for line in _opened(item)]
    sources += [line for item in objs(eob.get("addItem")) for line in _opened(item)]
    if len(sources) > MOST_LINES:
        raise NotTaken(f"It has more than {MOST_LINES:,} lines.")
    numbers = _numbers(sources)
    return tuple(_line(source, number, remarks) for source, number in zip(sources, numbers, strict=True))


def _opened(item: Json) -> Iterator[Json]:
    """The item, or its details where only they have figures. Details take the item's days."""
    details = objs(item.get("detail"))
    if not details or _has_figures(item):
        yield item
        return
    inner = [one for detail in details for one in (objs(detail.get("subDetail")) or [detail])]
    inner = inner if any(_has_figures(one) for one in inner) else details
    if not any(_has_figures(one) for one in inner):
        yield item
        return
    days: Json = {key: item[key] for key in ("servicedDate", "servicedPeriod") if key in item}
    for number, one in enumerate(inner, start=1):
        yield {**days, **one, "sequence": None, "number": number}


def _has_figures(item: Json) -> bool:
    return "net" in item or any("amount" in part for part in objs(item.get("adjudication")))


def _numbers(sources: list[Json]) -> list[int]:
    """The lines' own numbers where each has its own, else counted from 1."""
    told = [source.get("sequence") for source in sources]
    own = [number for number in told if isinstance(number, int) and not isinstance(number, bool)]
    if len(own) == len(told) == len(set(own)) and all(0 < number < 1_000_000 for number in own):
        return own
    return list(range(1, len(sources) + 1))


def _line(source: Json, number: int, remarks: Remarks) -> Line:
    try:
        figures = figures_of(objs(source.get("adjudication")), remarks)
        charged = money(source.get("net"))
        first, last = _days(source, remarks)
    except NotTaken as why:
        raise NotTaken(f"Line {number}: {why.why}") from None
    if "submitted" not in figures and charged is not None:
        figures["submitted"] = charged
    done = source.get("productOrService") or source.get("productOrServiceEnd")
    revenue = source.get("revenue")
    is_sum = _SUM_OF_THE_CHARGES in codes(revenue)
    return Line(
        FoundLine(
            number=number,
            service_from=first,
            service_to=last,
            code=_code(done) or _code(revenue),
            modifiers=" ".join(filter(None, map(_modifier, objs(source.get("modifier"))))),
            description=shown(done) or ("" if is_sum else shown(revenue)) or shown(source.get("category")),
            units=_units(source.get("quantity")),
            billed=cents(figures.get("submitted"), remarks),
            allowed=cents(_allowed(figures), remarks),
            deductible=cents(figures.get("deductible"), remarks),
            copay=cents(figures.get("copay"), remarks),
            coinsurance=cents(figures.get("coinsurance"), remarks),
            not_covered=cents(figures.get("noncovered"), remarks),
            plan_paid=cents(plan_paid(figures), remarks),
            you_owe=cents(figures.get("memberliability"), remarks),
            reasons=reasons_of(objs(source.get("adjudication")), remarks),
        ),
        figures,
        source,
        is_sum,
    )


def _allowed(figures: Figures) -> Decimal | None:
    return figures.get("eligible", figures.get("drugcost"))


def _days(source: Json, remarks: Remarks) -> tuple[date | None, date | None]:
    if "servicedDate" in source:
        on = day(source["servicedDate"], "date of service", remarks)
        return on, on
    period = obj(source.get("servicedPeriod"))
    first = day(period.get("start"), "first day of service", remarks)
    last = day(period.get("end"), "last day of service", remarks)
    return first or last, last or first


def _code(concept: object) -> str:
    return next((code for one in codings(concept) if (code := text(one.get("code")))), "")


def _modifier(concept: Json) -> str:
    """A modifier's code; Medicare also files a drug's unit of measure here."""
    kept = [one for one in codings(concept) if "unitsofmeasure" not in text(one.get("system"))]
    return _code({"coding": kept})


def _units(quantity: object) -> int | None:
    value = obj(quantity).get("value")
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    if not number.is_finite() or number.adjusted() > 8 or number != number.to_integral_value():
        return None
    return int(number)
