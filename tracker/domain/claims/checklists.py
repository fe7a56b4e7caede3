"""Two lists to go through before care (rulebook 3.10): eight steps to verify that the plan covers a
procedure, and eighteen items in six groups before a first visit to a specialist.

The lists are data; what was done is kept by the codes of the items.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Item:
    """Something to do or find out. `code` is what is stored, `notes` the answers worth writing down."""

    code: str
    name: str
    hint: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """A heading of the specialist checklist with its items."""

    code: str
    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Ticked:
    """How far a list is: `following` is the first item still open, None when all are done."""

    done: int
    total: int
    following: Item | None

    @property
    def is_complete(self) -> bool:
        return self.following is None

    @property
    def words(self) -> str:
        return f"{self.done} of {self.total} done"


VERIFICATION: tuple[Item, ...] = (
    Item(
        "information",
        "Obtain detailed information",
        "Your practice has most of it.",
        ("Exact name", "CPT codes", "Physician and NPI", "Facility and address"),
    ),
    Item("contact", "Contact your insurance provider", "Member services, on the back of your card."),
    Item(
        "necessity",
        "Inquire about medical necessity",
        "Does the plan see this as medically necessary, and for which diagnoses?",
        ("Medically necessary",),
    ),
    Item(
        "network",
        "Confirm network status",
        "Ask for both; if one is out of network, ask what it would cost.",
        ("Physician", "Facility", "Cost if out of network"),
    ),
    Item(
        "benefits",
        "Understand benefit details",
        "For this procedure, and how much of each is used.",
        ("Deductible", "Copay", "Coinsurance", "Out-of-pocket maximum"),
    ),
    Item(
        "authorization",
        "Ask about prior authorization",
        "It is no promise of payment.",
        ("Needed", "Who asks for it", "Time it takes"),
    ),
    Item(
        "reference",
        "Request a reference number",
        "Before you hang up.",
        ("Reference number", "Representative"),
    ),
    Item("document", "Document everything", "Date, time, names and what was said, in the call log."),
)
"""The eight steps of verifying coverage, in their order."""

SPECIALIST: tuple[ItemGroup, ...] = (
    ItemGroup(
        "network",
        "Confirm specialist in-network status",
        (
            Item("network.insurer", "Ask your insurer itself, not only the specialist's office"),
            Item("network.listed", "Specialist and practice are both listed for your very plan"),
            Item("network.rules", "What the network asks for with a referral"),
        ),
    ),
    ItemGroup(
        "referral",
        "Understand referral requirements",
        (
            Item("referral.letter", "Whether you need a formal referral letter"),
            Item("referral.sent", "Whether your practice sends it to the insurer"),
        ),
    ),
    ItemGroup(
        "authorization",
        "Investigate pre-authorization needs",
        (
            Item("authorization.needed", "Whether such a visit usually needs one"),
            Item("authorization.handled", "Your practice takes care of it"),
            Item("authorization.number", "Its number, written down", notes=("Number",)),
        ),
    ),
    ItemGroup(
        "costs",
        "Clarify out-of-pocket costs",
        (
            Item("costs.deductible", "Deductible: how much of it is used", notes=("Used",)),
            Item("costs.copay", "Copay for a specialist", notes=("Copay",)),
            Item("costs.coinsurance", "Coinsurance for a specialist, in percent", notes=("Percent",)),
            Item(
                "costs.out_of_network",
                "If out of network: likely cost, and how to be reimbursed",
                notes=("Cost",),
            ),
        ),
    ),
    ItemGroup(
        "documents",
        "Gather necessary documentation",
        (
            Item("documents.card", "Insurance card"),
            Item("documents.physician", "How to reach your concierge physician"),
            Item("documents.letters", "Referral letter and prior authorization number"),
        ),
    ),
    ItemGroup(
        "prepare",
        "Prepare for the appointment",
        (
            Item("prepare.medications", "List of medications and allergies"),
            Item("prepare.questions", "Questions to ask"),
            Item("prepare.symptoms", "Symptoms and worries to mention"),
        ),
    ),
)
"""The specialist appointment checklist: six groups, eighteen items."""


def items_of(groups: tuple[ItemGroup, ...]) -> tuple[Item, ...]:
    """All items of a grouped list, in order."""
    return tuple(item for group in groups for item in group.items)


def ticked(items: tuple[Item, ...], done: Collection[str]) -> Ticked:
    """How far a list is. Codes that are not on it do not count."""
    open_items = [item for item in items if item.code not in done]
    return Ticked(len(items) - len(open_items), len(items), open_items[0] if open_items else None)


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """A line of a printed list: its number, whether it is done and when, and what was noted."""

    number: int
    item: Item
    done: bool
    on: date | None
    note: str


def printed(
    items: tuple[Item, ...], done: Mapping[str, date | None], notes: Mapping[str, str] | None = None
) -> tuple[PrintedItem, ...]:
    """Every item in order, done or not. `done` has the days by code, None where the day is not known."""
    kept = notes or {}
    return tuple(
        PrintedItem(number, item, item.code in done, done.get(item.code), kept.get(item.code, ""))
        for number, item in enumerate(items, start=1)
    )
