"""The nouns of untaxed accounts, funds, taxes, prescriptions and the household's budget."""

from __future__ import annotations

from tracker.facts.accounts import AfterYear, CoverageKind, FsaKind, HraKind, Qualifies, Tier
from tracker.facts.household_budget import TargetMethod
from tracker.facts.prescriptions import PaidThrough
from tracker.facts.taxes import FilingStatus
from tracker.ledger_form.kinds import Flag, Rate, Texts, Word, Year
from tracker.ledger_form.parts import Children, Field, Noun
from tracker.ledger_form.wording import (
    ID,
    amount,
    day,
    flag,
    known,
    known_day,
    known_link,
    known_number,
    known_text,
    known_word,
    link,
    name,
    number,
    rate,
    text,
    word,
)

_YEAR = Field("year", Year(), required=True)

ACCOUNT_FACTS = (
    Noun(
        "fsa_years",
        "fsa_year",
        (
            ID,
            known_link("account_id", "accounts"),
            known_day("begins_on"),
            known_day("ends_on"),
            known("election"),
            word("kind", FsaKind.GENERAL),
            amount("carried_in", 0),
            word("after", AfterYear.NOTHING),
            amount("carry_over_most"),
            day("run_out_ends_on"),
        ),
        says="Plan years of an FSA; ends_on is the last day.",
    ),
    Noun(
        "hra_years",
        "hra_year",
        (
            ID,
            known_link("account_id", "accounts"),
            known_word("kind", HraKind),
            known_day("begins_on"),
            known_day("ends_on"),
            known("credit"),
            flag("by_month"),
            amount("carried_in", 0),
            flag("family"),
            flag("post_deductible"),
            Field("pays", Texts("\n"), default=""),
            Field("never_pays", Texts("\n"), default=""),
            day("file_by"),
            Field("keeps_rest", Flag()),
        ),
        says="Plan years of an HRA, with what its plan document says it pays.",
    ),
    Noun(
        "other_covers",
        "other_cover",
        (
            ID,
            known_link("person_id", "people"),
            known_word("kind", CoverageKind),
            known_day("begins_on"),
            day("ends_on"),
            word("tier", Tier.SELF),
            text("name"),
        ),
        says="Coverage the ledger has no plan for, as it matters to an HSA.",
    ),
    Noun(
        "account_statements",
        "account_statement",
        (
            ID,
            known_link("account_id", "accounts"),
            known_day("stated_on"),
            known("balance"),
            text("note"),
            link("import_id", "imports"),
        ),
        says="What a bank or custodian says an account held at the end of a day.",
    ),
    Noun(
        "fund_plans",
        "fund_plan",
        (
            known_link("account_id", "accounts"),
            word("method", TargetMethod.EXPOSURE),
            rate("probability", 2_500),
            amount("not_covered", 0),
            amount("balance_bills", 0),
            number("months", 12),
            number("repay_months", 6),
            day("due_on"),
            link("category_id", "categories"),
            link("recurring_id", "recurring"),
        ),
        says="How a fund is sized and filled.",
    ),
    Noun(
        "fund_scenarios",
        "fund_scenario",
        (
            text("label"),
            Field("probability", Rate(), required=True),
            amount("cost"),
            text("category"),
            amount("allowed"),
            text("network"),
        ),
        says="What may happen, how likely, and at which cost; without one the plan's terms price it.",
    ),
)

TAXES = (
    Noun(
        "tax_facts",
        "tax_facts",
        (
            _YEAR,
            amount("income"),
            Field("status", Word(FilingStatus)),
            rate("federal_rate", None),
            rate("state_rate"),
            flag("through_payroll"),
            flag("above_wage_base"),
            amount("other_itemized"),
            flag("married_with_family"),
            rate("family_share", 5_000),
            flag("dependent"),
            flag("disabled"),
            text("note"),
        ),
        says="What a tax year needs besides the ledger; income is the adjusted gross income.",
    ),
    Noun(
        "own_limits",
        "own_limit",
        (_YEAR, known_text("name"), known_number("amount")),
        says="Yearly limits typed in: cents, or hundredths of a percent for a rate.",
    ),
    Noun(
        "trips",
        "trip",
        (
            ID,
            link("person_id", "people"),
            known_day("driven_on"),
            known_number("tenths"),
            amount("parking", 0),
            text("purpose"),
        ),
        says="Drives for care; tenths are tenths of a mile.",
    ),
    Noun(
        "expense_notes",
        "expense_note",
        (
            known_link("payment_id", "payments"),
            text("item"),
            Field("qualifies", Word(Qualifies)),
            amount("eligible"),
            day("incurred_on"),
            amount("deducted", 0),
            number("deducted_year"),
            text("note"),
        ),
        says="What the member says of an expense for taxes and untaxed accounts.",
    ),
)

PRESCRIPTIONS = (
    Noun(
        "drugs",
        "drug",
        (
            ID,
            known_link("person_id", "people"),
            name(),
            text("strength"),
            text("category"),
            number("days", 30),
            number("refills_left"),
            link("pharmacy_id", "providers"),
            link("prescriber_id", "providers"),
            day("stopped_on"),
            text("note"),
            Children(
                "prices",
                "drug_id",
                Noun(
                    "prices",
                    "drug_price",
                    (
                        word("through", PaidThrough.INSURANCE),
                        known_number("days"),
                        known("price"),
                        link("pharmacy_id", "providers"),
                        day("named_on"),
                    ),
                ),
            ),
            Children(
                "fills",
                "drug_id",
                Noun(
                    "fills",
                    "drug_fill",
                    (
                        known_day("filled_on"),
                        known_number("days"),
                        known("paid"),
                        word("through", PaidThrough.INSURANCE),
                        link("payment_id", "payments"),
                        link("claim_id", "claims"),
                        text("note"),
                    ),
                ),
            ),
        ),
        says="Drugs somebody takes, with prices and fills.",
    ),
)

HOUSEHOLD_BUDGETS = (
    Noun(
        "household_budgets",
        "household_budget",
        (
            ID,
            name(),
            known_day("as_of"),
            known("income"),
            amount("gross_year"),
            amount("membership_year"),
            amount("premium"),
            amount("oop_max_year"),
            amount("expected"),
            amount("p80"),
            amount("savings", 0),
            amount("employer_premium"),
            rate("own_limit", None),
            text("note"),
            Children(
                "lines",
                "household_budget_id",
                Noun(
                    "lines",
                    "household_line",
                    (text("label"), known("amount"), flag("discretionary"), amount("cut", 0)),
                ),
            ),
        ),
        says="Saved answers to whether the household can afford it; amounts are monthly.",
    ),
    Noun(
        "reminders",
        "reminder",
        (ID, text("label"), known_day("falls_on"), flag("yearly"), text("note")),
        says="Own dates for the list of dates.",
    ),
)
