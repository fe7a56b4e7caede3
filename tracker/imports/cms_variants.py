"""What the variants of a marketplace plan are, in words.

The two digits after the dash of a plan id say which variant it is (45 CFR 155.20, 156.420). The same
plan is filed up to seven times, with the cost sharing that its holder really has.
"""

from __future__ import annotations

from tracker.imports.cms_plans import PlanChoice

_NAMES = {
    "00": "Bought outside the exchange",
    "01": "Standard, bought on the exchange",
    "02": "No cost sharing",
    "03": "Limited cost sharing",
    "04": "Cost-sharing reductions, 73%",
    "05": "Cost-sharing reductions, 87%",
    "06": "Cost-sharing reductions, 94%",
}
_TRIBE = "For members of federally recognized tribes and Alaska Native corporations"
_REDUCED = (
    "A silver plan bought on the exchange with lower deductibles and copays, for a household income of "
)
_SENTENCES = {
    "00": "The plan as sold by the insurer directly, without the exchange.",
    "01": "The plan as sold on the exchange, without cost-sharing reductions.",
    "02": f"{_TRIBE} with a household income up to 300% of the poverty level: covered care costs nothing.",
    "03": f"{_TRIBE}: care of Indian health providers, or on their referral, costs nothing. "
    "Other care costs what is shown here.",
    "04": f"{_REDUCED}200% to 250% of the poverty level.",
    "05": f"{_REDUCED}150% to 200% of the poverty level.",
    "06": f"{_REDUCED}100% to 150% of the poverty level.",
}


def variant_name(choice: PlanChoice) -> str:
    """The variant in a few words; the file's own words where its digits are not known."""
    return _NAMES.get(_digits(choice)) or choice.variant or "The only variant"


def variant_sentence(choice: PlanChoice) -> str:
    """Who has this variant and what is different about it; empty where it is not known."""
    return _SENTENCES.get(_digits(choice), "")


def _digits(choice: PlanChoice) -> str:
    return choice.plan_id.partition("-")[2]
