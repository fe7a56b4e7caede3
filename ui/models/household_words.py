"""How providers, accounts and people are said on screen."""

from __future__ import annotations

from datetime import date

from tracker.facts import AccountKind, ProviderKind

PROVIDERS = {
    ProviderKind.PRACTICE: "Membership practice",
    ProviderKind.DOCTOR: "Doctor",
    ProviderKind.SPECIALIST: "Specialist",
    ProviderKind.LAB: "Laboratory",
    ProviderKind.IMAGING: "Imaging",
    ProviderKind.HOSPITAL: "Hospital",
    ProviderKind.PHARMACY: "Pharmacy",
    ProviderKind.THERAPY: "Therapy",
    ProviderKind.INSURER: "Insurer",
    ProviderKind.OTHER: "Other",
}
ACCOUNTS = {
    AccountKind.BANK: "Bank",
    AccountKind.CARD: "Card",
    AccountKind.HSA: "HSA",
    AccountKind.FSA: "FSA",
    AccountKind.HRA: "HRA",
    AccountKind.CONTINGENCY: "Contingency fund",
    AccountKind.SINKING: "Sinking fund",
}
ACCOUNT_SENTENCES = {
    AccountKind.BANK: "Checking or savings.",
    AccountKind.CARD: "A credit card. What is owed on it is a balance below zero.",
    AccountKind.HSA: "Health savings account: yours, also when you change employer or plan.",
    AccountKind.FSA: "Flexible spending account: of your employer, to be used within its year.",
    AccountKind.HRA: "Health reimbursement arrangement: your employer's money, under its plan document.",
    AccountKind.CONTINGENCY: "Money set aside for care that nobody can foresee.",
    AccountKind.SINKING: "Money saved month by month for a fee or a deductible that will come.",
}


def age_on(birth_date: date, day: date) -> int:
    """Full years of age."""
    before = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - int(before)
