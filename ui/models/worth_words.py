"""How the value of a membership year, its break-even and the three care models are said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tracker.domain.membership.care_models import FEATURES, MODEL_NAMES, CareModel
from tracker.domain.membership.decision import WEIGHTS, WORKSHEET, Part, Weighed, WorksheetItem, summary
from tracker.domain.membership.model_numbers import ModelYear
from tracker.domain.membership.own_time import NO_TIME, OwnTime
from tracker.domain.membership.value import PRICED as PRICED
from tracker.domain.membership.value import BreakEven, MembershipValue, break_even, pays_for_itself
from tracker.facts.membership import DecisionAnswer
from tracker.money import Cents, dollars, dollars_or_blank
from tracker.services.membership_worth import WorthFacts
from tracker.wording import count_of
from ui.models.figures import ShownFigure
from ui.widgets.sum_lines import SumLine

NOTHING = "\u2013"
NO_CLAIM = (
    "These are your own numbers, nobody's promise. Concierge care is often said to cost less in the end; "
    "whether yours does, the totals show."
)
WEIGHTED = (Part.BENEFIT, Part.RISK)


# value -----------------------------------------------------------------------------------


def value_figures(value: MembershipValue) -> tuple[ShownFigure, ...]:
    """What one visit, hour and contact cost, and what the year cost after what it was worth."""
    visits = count_of(value.visits, "visit")
    contacts = count_of(value.contacts, "contact")
    return (
        ShownFigure(
            "A visit", _or_nothing(value.per_visit), caption=f"{visits} this year" if value.visits else ""
        ),
        ShownFigure(
            "An hour",
            _or_nothing(value.per_hour),
            caption=f"{value.minutes} minutes with the doctor" if value.minutes else "No minutes entered",
        ),
        ShownFigure("A contact", _or_nothing(value.per_contact), caption=f"{contacts} this year"),
        _net_figure(value),
    )


def _net_figure(value: MembershipValue) -> ShownFigure:
    if value.net >= 0:
        return ShownFigure("Cost after what it was worth", dollars(value.net), f"of {dollars(value.fee)}")
    return ShownFigure("Worth more than it cost by", dollars(-value.net), colour="good")


def value_lines(facts: WorthFacts, time: OwnTime = NO_TIME) -> list[SumLine]:
    """From the fee to what it cost in the end, one line for each kind of care."""
    value = facts.worth(time)
    lines = [SumLine("Fees of the year", dollars(value.fee))]
    if facts.value.tax_saved:
        lines.append(SumLine("Tax saved by paying it from untaxed money", dollars(-facts.value.tax_saved)))
    lines += [
        SumLine(f"{item.label}: {item.count} at {dollars(item.each)}", dollars(-item.total))
        for item in time.counted(facts.value.avoided)
        if item.count
    ]
    words = "Cost after what it was worth" if value.net >= 0 else "Worth more than it cost by"
    lines.append(SumLine(words, dollars(abs(value.net)), strong=True))
    return lines


def value_groups(facts: WorthFacts, time: OwnTime = NO_TIME) -> list[tuple[str, tuple[str, ...]]]:
    """The reasons behind the figures."""
    value = facts.worth(time)
    avoided = time.counted(facts.value.avoided)
    return [
        ("What was worked out", value.why),
        ("What one of each would have cost", tuple(item.why for item in avoided if item.why)),
        ("Tax", facts.value.tax_why),
        ("Not priced", tuple(f"{name}: no plan tells what it costs." for name in facts.value.unpriced)),
    ]


def pays_words(facts: WorthFacts, time: OwnTime = NO_TIME) -> str:
    """Whether all kinds of avoided care together reach the fee."""
    avoided = time.counted(facts.value.avoided)
    if not avoided:
        return (
            "No care is entered that it took the place of. Say so with each contact, in Included: then it "
            "is priced."
        )
    if pays_for_itself(facts.value.fee, avoided, tax_saved=facts.value.tax_saved):
        return "The care it took the place of pays for the fee."
    return "The care it took the place of does not reach the fee."


def even_of(facts: WorthFacts, each: Cents, time: OwnTime, *, with_tax: bool) -> BreakEven:
    """How many avoided visits at a price pay for the fee; `with_tax` counts the care share's tax too."""
    saved = facts.value.tax_saved + (facts.tax_not_yet if with_tax else 0)
    return break_even(facts.value.fee, each + time.each, tax_saved=saved)


def even_headline(even: BreakEven) -> str:
    if even.visits is None:
        return "No number of them pays for it"
    return f"{count_of(even.visits, 'visit')} a year"


# models ----------------------------------------------------------------------------------


def models_in_order(models: Iterable[ModelYear]) -> list[ModelYear]:
    order = list(CareModel)
    return sorted(models, key=lambda year: order.index(year.model))


ModelRow = tuple[str, tuple[str, ...], bool]
"""A name, a cell for each model, and whether it is a total."""


def feature_rows(models: Sequence[ModelYear]) -> list[ModelRow]:
    """The six features of the source document, in words."""
    return [(item.name, tuple(item.of(year.model) for year in models), False) for item in FEATURES]


def number_rows(models: Sequence[ModelYear]) -> list[ModelRow]:
    """The member's own numbers. Nothing is compared with a model whose fee is not known."""
    least = min((year.cost.total for year in models if year.cost), default=0)
    return [
        ("Fee", tuple(_fee(year) for year in models), False),
        ("Visits", tuple(dollars(year.cost.visits) if year.cost else NOTHING for year in models), False),
        ("Other costs", tuple(dollars(year.numbers.other) for year in models), False),
        ("Other costs avoided", tuple(_avoided(year) for year in models), False),
        ("A year", tuple(dollars(year.cost.total) if year.cost else NOTHING for year in models), True),
        ("More than the lowest", tuple(_more(year, least) for year in models), False),
    ]


def model_name(model: CareModel) -> str:
    return MODEL_NAMES[model]


def model_note(year: ModelYear, mine: CareModel) -> str:
    """Whose it is and where its numbers come from."""
    said = "Your own numbers" if year.is_own else "From your ledger"
    return f"Yours. {said}" if year.model is mine else said


def model_groups(year: ModelYear) -> list[tuple[str, tuple[str, ...]]]:
    """How a model's year adds up, and what is missing."""
    return [("Added up", year.cost.why if year.cost else ()), ("Missing", year.asks)]


def _fee(year: ModelYear) -> str:
    return dollars(year.numbers.fee) if year.cost else "Not known"


def _avoided(year: ModelYear) -> str:
    avoided = year.numbers.other - year.cost.inputs.other if year.cost else 0
    return dollars(-avoided) if avoided else NOTHING


def _more(year: ModelYear, least: Cents) -> str:
    if year.cost is None:
        return NOTHING
    more = year.cost.total - least
    return dollars(more) if more else "Lowest"


# decision --------------------------------------------------------------------------------


def weight_words(answer: DecisionAnswer | None) -> str:
    """`3, matters a lot`; empty without one."""
    if answer is None or answer.weight is None:
        return ""
    return f"{answer.weight}, {WEIGHTS[answer.weight]}"


def decision_sentence(answers: Mapping[str, DecisionAnswer]) -> str:
    """How far the worksheet is filled in, and the sums of the weights."""
    weighed = {code: Weighed(weight=item.weight, note=item.note) for code, item in answers.items()}
    return summary(weighed).sentence


def decision_parts() -> list[tuple[Part, list[WorksheetItem]]]:
    """The worksheet's lists in their order."""
    return [(part, [item for item in WORKSHEET if item.part is part]) for part in Part]


def _or_nothing(cents: Cents | None) -> str:
    return dollars_or_blank(cents) or NOTHING
