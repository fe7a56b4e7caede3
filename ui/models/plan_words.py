"""The choices of a plan's terms (rulebook 1.2, 1.8, 1.9, 1.12 to 1.15) in plain words."""

from __future__ import annotations

from tracker.facts import Assistance, CobMethod, DeductibleCarryOver, OonMethod, PeriodRule, PlanKind

MEDICAL = frozenset({PlanKind.PPO, PlanKind.HMO, PlanKind.EPO, PlanKind.POS, PlanKind.HDHP})
"""Kinds that usually follow the ACA."""

WITHOUT_LIMITS = {
    PlanKind.MEDICARE: "Original Medicare has the same amounts for everybody; they need not be typed.",
    PlanKind.MEDIGAP: "A Medigap policy has no limits of its own; its letter says what it pays.",
}
"""Why these kinds have no limits to type."""

ASSISTANCE = {
    Assistance.ASK: "Not known: show both",
    Assistance.COUNTED: "Yes, it counts",
    Assistance.NOT_COUNTED: "No, only what you pay counts",
}
CARRY_OVER = {
    DeductibleCarryOver.NONE: "No",
    DeductibleCarryOver.IF_NOT_MET: "Yes, if the deductible was not met",
    DeductibleCarryOver.ALWAYS: "Yes, always",
}
PERIOD_RULES = {
    PeriodRule.ADMISSION: "To the year of admission",
    PeriodRule.DISCHARGE: "To the year of discharge",
    PeriodRule.SPLIT: "To each year its days",
}
OON_METHODS = {
    OonMethod.PCT_MEDICARE: "A percentage of Medicare\u2019s fee",
    OonMethod.UCR_PERCENTILE: "Usual and customary charges",
    OonMethod.PCT_BILLED: "A percentage of what is billed",
    OonMethod.SCHEDULE: "The plan\u2019s own schedule",
    OonMethod.NONE: "Nothing: not covered",
}
METHODS = {
    CobMethod.STANDARD: "Pays what is left, up to its own benefit",
    CobMethod.NON_DUPLICATION: "Pays only what exceeds the first plan (carve-out)",
    CobMethod.MAINTENANCE: "Applies its own terms to the rest",
    CobMethod.ALLOWED_LESS_PAID: "Pays up to its own allowed amount",
}
RANKS = (
    ("", "Not asked yet"),
    ("1", "This plan pays first"),
    ("2", "This plan pays second"),
    ("3", "This plan pays third"),
)
