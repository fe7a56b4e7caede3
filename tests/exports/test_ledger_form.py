"""The JSON form carries every column of every table, under the names of the facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

from tracker.exports.ledger_json import described
from tracker.facts import (
    Account,
    Accumulator,
    Allocation,
    Authorization,
    Bill,
    BillShare,
    BudgetLine,
    Call,
    Case,
    CaseStep,
    Category,
    Claim,
    ClaimLink,
    CostSharingRule,
    Deadline,
    Document,
    EobLine,
    FindingNote,
    Membership,
    NetworkCheck,
    OpeningBalance,
    OrderLine,
    Payment,
    Person,
    Plan,
    PlannedCare,
    Provider,
    Recurring,
    ReviewNote,
    ServiceCategory,
    Snooze,
    StatedTotal,
    Statement,
    StatementLine,
    Submission,
    Visit,
)
from tracker.facts.accounts import AccountStatement, Cover, ExpenseNote, FsaYear, Hra, Repaid
from tracker.facts.household_budget import (
    FundPlan,
    FundScenario,
    HouseholdBudget,
    HouseholdLine,
    Reminder,
)
from tracker.facts.membership import (
    AdministratorAnswer,
    CareStatement,
    DecisionAnswer,
    MembershipService,
    MembershipTerms,
    ModelNumbers,
    ModelUse,
    PracticeContact,
)
from tracker.facts.prescriptions import Drug, DrugFill, DrugPrice
from tracker.facts.taxes import OwnLimit, TaxFacts, Trip
from tracker.imports.ledger_json import SHAPES
from tracker.ledger_form.nouns import BY_NAME, NOUNS
from tracker.ledger_form.parts import Children, Field, Noun, Values
from tracker.storage import schema
from tracker.storage.ledger import AREA_OF_TABLE

BESIDE = {"document_content"}
"""Written as files, not as JSON."""


def carried() -> dict[str, set[str]]:
    """Every column the form carries, by table; ids of what stands inside an entry are given anew."""
    found: dict[str, set[str]] = {}

    def add(noun: Noun, owner: str) -> None:
        assert noun.table not in found, f"{noun.table} is carried twice"
        assert len(set(noun.columns)) == len(noun.columns)
        found[noun.table] = {"id", *noun.columns, *([owner] if owner else [])}
        for part in noun.parts:
            if isinstance(part, Values):
                found[part.table] = {"id", part.owner, part.item.stored_in}
            elif isinstance(part, Children):
                add(part.noun, part.owner)

    for noun in NOUNS:
        add(noun, "")
    return found


def missing(metadata: MetaData) -> list[str]:
    """Columns of the schema that the form does not carry, and columns it carries that are not there."""
    there = {table.name: {column.name for column in table.columns} for table in metadata.sorted_tables}
    form = carried()
    lost = [
        f"{table}.{column}"
        for table, columns in there.items()
        if table not in BESIDE
        for column in sorted(columns - form.get(table, set()))
    ]
    made_up = [
        f"{table}.{column}" for table in form for column in sorted(form[table] - there.get(table, set()))
    ]
    return lost + made_up


def test_every_column_of_every_table_is_carried() -> None:
    """Whoever adds a table or a column adds it to `tracker/ledger_form` too, or it would be lost."""
    assert missing(schema.metadata) == []


def test_a_table_or_a_column_that_is_not_carried_is_noticed() -> None:
    grown = MetaData()
    for table in schema.metadata.sorted_tables:
        table.to_metadata(grown)
    grown.tables["person"].append_column(Column("nickname", Integer))
    Table("pet", grown, Column("id", Integer, primary_key=True))
    assert set(missing(grown)) == {
        "pet.id",
        "person.nickname",
    }


def test_everything_that_can_be_undone_is_carried() -> None:
    assert set(AREA_OF_TABLE) <= set(carried())


def test_links_lead_where_the_tables_say() -> None:
    table_of = {noun.name: noun.table for noun in NOUNS}
    for noun, table in every_noun():
        for column, target in noun.links:
            (key,) = table.columns[column].foreign_keys
            assert key.column.table.name == table_of[target], f"{noun.table}.{column}"
        linked = {column.name for column in table.columns if foreign(column)}
        owners = {part.owner for _n, part in every_child() if part.noun.table == table.name}
        assert linked == {column for column, _ in noun.links} | owners | (
            {"sha256"} if table.name == "document" else set()
        )


def test_what_is_left_out_can_be_stored() -> None:
    """An absent field takes a default that its column accepts; a required column is never absent."""
    for noun, table in every_noun():
        for part in noun.own:
            if isinstance(part, Field):
                nullable = bool(table.columns[part.stored_in].nullable)
                assert part.required or nullable or part.default is not None, f"{noun.table}.{part.name}"
                assert not (part.required and nullable), f"{noun.table}.{part.name}"


def test_the_shapes_of_rows_name_each_column_once() -> None:
    for table, columns in SHAPES.items():
        assert len(set(columns)) == len(columns)
        assert set(columns) == carried()[table]


@pytest.mark.parametrize(
    ("name", "fact", "elsewhere", "more"),
    [
        ("people", Person, (), ()),
        ("providers", Provider, (), ()),
        (
            "memberships",
            Membership,
            ("fees", "terms"),
            (
                *(item.name for item in fields(MembershipTerms)),
                "services",
                "care_statements",
                "administrator_answers",
            ),
        ),
        ("memberships/services", MembershipService, (), ()),
        ("memberships/care_statements", CareStatement, (), ()),
        ("memberships/administrator_answers", AdministratorAnswer, (), ()),
        ("practice_contacts", PracticeContact, (), ()),
        ("decision_answers", DecisionAnswer, (), ()),
        ("care_models", ModelNumbers, (), ()),
        ("care_models/uses", ModelUse, (), ()),
        ("fsa_years", FsaYear, (), ()),
        ("hra_years", Hra, (), ()),
        ("other_covers", Cover, (), ()),
        ("account_statements", AccountStatement, (), ()),
        ("fund_plans", FundPlan, (), ()),
        ("fund_scenarios", FundScenario, ("id",), ()),
        ("tax_facts", TaxFacts, (), ()),
        ("own_limits", OwnLimit, (), ()),
        ("trips", Trip, (), ()),
        ("expense_notes", ExpenseNote, (), ()),
        ("payments/repaid", Repaid, (), ()),
        ("drugs", Drug, (), ()),
        ("drugs/prices", DrugPrice, (), ()),
        ("drugs/fills", DrugFill, (), ()),
        ("household_budgets", HouseholdBudget, (), ()),
        ("household_budgets/lines", HouseholdLine, (), ()),
        ("reminders", Reminder, (), ()),
        ("service_categories", ServiceCategory, (), ()),
        ("plans", Plan, ("premiums",), ("rules",)),
        ("plans/accumulators", Accumulator, ("id",), ()),
        ("plans/rules", CostSharingRule, (), ()),
        ("opening_balances", OpeningBalance, (), ()),
        ("stated_totals", StatedTotal, (), ()),
        ("network_checks", NetworkCheck, (), ()),
        ("planned_care", PlannedCare, (), ()),
        ("accounts", Account, (), ()),
        ("categories", Category, (), ()),
        ("budget_lines", BudgetLine, (), ()),
        ("recurring", Recurring, (), ("skips",)),
        ("payments", Payment, (), ()),
        ("payments/allocations", Allocation, (), ()),
        ("payments/bills", BillShare, (), ()),
        ("visits", Visit, (), ()),
        ("visits/orders", OrderLine, (), ()),
        ("claims", Claim, (), ()),
        ("claims/lines", EobLine, (), ()),
        ("bills", Bill, (), ()),
        ("bills/statements", Statement, (), ()),
        ("bills/statements/lines", StatementLine, (), ()),
        ("claim_links", ClaimLink, (), ()),
        ("cases", Case, (), ()),
        ("cases/steps", CaseStep, (), ()),
        ("cases/deadlines", Deadline, (), ()),
        ("cases/authorization", Authorization, (), ()),
        ("cases/submission", Submission, (), ()),
        ("calls", Call, (), ()),
        ("finding_notes", FindingNote, (), ()),
        ("snoozes", Snooze, (), ()),
        ("documents", Document, (), ()),
        ("review_notes", ReviewNote, (), ()),
    ],
)
def test_names_are_those_of_the_facts(
    name: str, fact: type, elsewhere: tuple[str, ...], more: tuple[str, ...]
) -> None:
    first, *inner = name.split("/")
    noun = BY_NAME[first]
    for step in inner:
        (part,) = (p for p in noun.parts if isinstance(p, Children) and p.name == step)
        noun = part.noun
    of_fact = {item.name for item in fields(fact)} - set(elsewhere)
    assert noun.names == of_fact | set(more)


def test_the_description_covers_every_noun_and_kind() -> None:
    said = described()
    assert set(said["nouns"]) == set(BY_NAME)
    for noun in said["nouns"].values():
        assert noun["about"].endswith(".")
        for field in noun["fields"].values():
            assert field["kind"] in said["kinds"] or field["kind"].split()[0] in (
                "list",
                "object",
                "amount;",
            )
    assert said["nouns"]["payments"]["fields"]["amount"] == {"kind": "amount", "required": True}
    assert said["nouns"]["payments"]["fields"]["provider_id"]["links_to"] == "providers"
    assert "ppo" in [word.lower() for word in said["nouns"]["plans"]["fields"]["kind"]["words"]]


def every_child() -> Iterator[tuple[Noun, Children]]:
    waiting = list(NOUNS)
    while waiting:
        noun = waiting.pop()
        for part in noun.parts:
            if isinstance(part, Children):
                yield noun, part
                waiting.append(part.noun)


def every_noun() -> Iterator[tuple[Noun, Table]]:
    for noun in (*NOUNS, *(part.noun for _noun, part in every_child())):
        yield noun, schema.metadata.tables[noun.table]


def foreign(column: Column[int]) -> set[ForeignKey]:
    return set(column.foreign_keys)
