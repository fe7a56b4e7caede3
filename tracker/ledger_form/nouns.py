"""Every noun of the JSON form, in the order they are written (version 1).

Names are those of the facts (`tracker/facts`). What belongs to one entry only stands inside it: the
allocations of a payment, the lines of an EOB. Everything else is a list of its own and linked by id.
"""

from __future__ import annotations

from tracker.facts import (
    AccountKind,
    CarryOver,
    Frequency,
    MembershipModel,
    MoneySource,
    ProviderKind,
    Role,
)
from tracker.facts import Noun as DocumentOf
from tracker.facts.accounts import Qualifies
from tracker.ledger_form.kinds import Day, Flag, Link, Moment, Month, Sha256, Word, Year
from tracker.ledger_form.nouns_accounts import ACCOUNT_FACTS, HOUSEHOLD_BUDGETS, PRESCRIPTIONS, TAXES
from tracker.ledger_form.nouns_care import CARE
from tracker.ledger_form.nouns_coverage import COVERAGE
from tracker.ledger_form.nouns_membership import MEMBERSHIP_PARTS, MEMBERSHIP_TERMS, USED
from tracker.ledger_form.parts import Children, Field, Noun, Owner, Values
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
    text,
    word,
)

_HOUSEHOLD = (
    Noun(
        "people",
        "person",
        (ID, name(), day("birth_date"), number("position", 0)),
        says="The members of the household; position 0 owns the ledger.",
    ),
    Noun(
        "providers",
        "provider",
        (ID, name(), word("kind", ProviderKind.OTHER), text("npi"), text("phone"), text("note")),
        says="Who gives, bills or insures care.",
    ),
    Noun(
        "memberships",
        "membership",
        (
            ID,
            known_link("practice_id", "providers"),
            text("physician"),
            word("model", MembershipModel.CONCIERGE),
            known_day("begins_on"),
            day("ends_on"),
            flag("auto_renews", default=True),
            number("notice_days", 30),
            text("note"),
            *MEMBERSHIP_TERMS,
            *MEMBERSHIP_PARTS,
            Values(
                "person_ids",
                "membership_person",
                "membership_id",
                Field("person_id", Link("people"), required=True),
            ),
        ),
        says="Agreements with a practice. Their fees are entries of `recurring` with a membership_id.",
    ),
)

_MONEY = (
    Noun(
        "accounts",
        "account",
        (
            ID,
            name(),
            word("kind", AccountKind.BANK),
            text("institution"),
            amount("opening", 0),
            day("opened_on"),
            amount("target"),
            flag("closed"),
            link("person_id", "people"),
        ),
        says="Where money lies; opening is the balance before the first recorded movement.",
    ),
    Noun(
        "categories",
        "category",
        (
            ID,
            name(),
            word("role", Role.OTHER),
            number("position", 0),
            flag("hidden"),
            word("carry_over", CarryOver.NONE),
        ),
        says="The lines of the monthly budget.",
    ),
    Noun(
        "budget_lines",
        "budget_line",
        (
            known_link("category_id", "categories"),
            Field("month", Month(), required=True),
            known("estimate"),
        ),
        says="What a category is expected to cost in a month.",
    ),
    Noun(
        "recurring",
        "recurring",
        (
            ID,
            text("label"),
            known("amount"),
            known_word("frequency", Frequency),
            known_day("first_due"),
            day("last_due"),
            day("propose_from"),
            link("provider_id", "providers"),
            link("person_id", "people"),
            link("account_id", "accounts"),
            link("to_account_id", "accounts"),
            link("category_id", "categories"),
            link("membership_id", "memberships"),
            link("plan_id", "plans"),
            Values("skips", "recurring_skip", "recurring_id", Field("due_on", Day(), required=True)),
        ),
        says="What falls due again and again: fees, premiums, deposits. skips are dues left out.",
    ),
    Noun(
        "payments",
        "payment",
        (
            ID,
            known_day("paid_on"),
            known("amount"),
            link("provider_id", "providers"),
            link("person_id", "people"),
            link("account_id", "accounts"),
            link("to_account_id", "accounts"),
            link("repays_id", "payments"),
            link("recurring_id", "recurring"),
            day("due_on"),
            text("note"),
            number("tax_year"),
            Field("source", Word(MoneySource)),
            text("bank_id"),
            link("import_id", "imports"),
            Children(
                "allocations",
                "payment_id",
                Noun(
                    "allocations",
                    "allocation",
                    (known_link("category_id", "categories"), known("amount"), text("note")),
                ),
            ),
            Children(
                "bills",
                "payment_id",
                Noun("bills", "payment_bill", (known_link("bill_id", "bills"), known("amount"))),
            ),
            Children(
                "repaid",
                "payment_id",
                Noun("repaid", "payment_repaid", (known_link("expense_id", "payments"), known("amount"))),
            ),
        ),
        says="Money that moved; a refund is negative. bills are the parts that went to bills.",
    ),
)

_KEPT = (
    Noun(
        "documents",
        "document",
        (
            ID,
            name(),
            text("media_type"),
            known_number("size"),
            Field("sha256", Sha256(), required=True),
            known_day("added_on"),
            Owner(
                {
                    DocumentOf.PERSON.value: ("person_id", "people"),
                    DocumentOf.PROVIDER.value: ("provider_id", "providers"),
                    DocumentOf.MEMBERSHIP.value: ("membership_id", "memberships"),
                    DocumentOf.PLAN.value: ("plan_id", "plans"),
                    DocumentOf.CLAIM.value: ("claim_id", "claims"),
                    DocumentOf.PAYMENT.value: ("payment_id", "payments"),
                    DocumentOf.ACCOUNT.value: ("account_id", "accounts"),
                    DocumentOf.VISIT.value: ("visit_id", "visits"),
                    DocumentOf.BILL.value: ("bill_id", "bills"),
                    DocumentOf.CASE.value: ("case_id", "cases"),
                    DocumentOf.CALL.value: ("call_id", "calls"),
                }
            ),
        ),
        says="Attached files. Their bytes lie in the folder beside, in a file whose name begins with the"
        " sha256; size is in bytes.",
    ),
    Noun(
        "review_notes",
        "review_note",
        (Field("year", Year(), required=True), known_text("item"), text("comment"), flag("done")),
        says="What was written on the checklist of a year.",
    ),
    Noun(
        "preferences",
        "preference",
        (known_text("key"), text("value")),
        says="Settings of the ledger as a whole.",
    ),
    Noun(
        "history",
        "change_history",
        (
            Field("at", Moment(), required=True),
            text("words"),
            Field("kind", Word(("done", "undone", "redone")), required=True),
        ),
        says="Every change ever made, for information.",
    ),
)

_IMPORTS = (
    Noun(
        "imports",
        "import_batch",
        (
            ID,
            Field("at", Moment(), required=True),
            text("note"),
            Children(
                "files",
                "import_id",
                Noun(
                    "files",
                    "import_file",
                    (
                        text("name"),
                        Field("sha256", Sha256(), required=True),
                        text("format"),
                        text("layout"),
                        number("size", 0),
                        number("taken", 0),
                        number("known", 0),
                        number("left_out", 0),
                    ),
                ),
            ),
        ),
        says="Every import with its files and how many of their rows were taken.",
    ),
    Noun(
        "import_rules",
        "import_rule",
        (
            ID,
            number("position", 0),
            text("name"),
            flag("active", default=True),
            link("account_id", "accounts"),
            text("payee_has"),
            text("memo_has"),
            amount("amount_from"),
            amount("amount_to"),
            Field("money_out", Flag()),
            text("payee"),
            link("category_id", "categories"),
            link("person_id", "people"),
            link("to_account_id", "accounts"),
            Field("source", Word(MoneySource)),
            text("item"),
            Field("qualifies", Word(Qualifies)),
            flag("leave_out"),
        ),
        says="What is proposed for rows of files that fit, in order.",
    ),
    Noun(
        "import_profiles",
        "import_profile",
        (ID, name(), known_text("mapping")),
        says="How the columns of a kind of table are read.",
    ),
    Noun(
        "import_accounts",
        "import_account",
        (known_text("source"), known_link("account_id", "accounts")),
        says="Which account an account number in files is.",
    ),
)

NOUNS: tuple[Noun, ...] = (
    *_HOUSEHOLD,
    *COVERAGE,
    *_MONEY,
    *CARE,
    *USED,
    *ACCOUNT_FACTS,
    *TAXES,
    *PRESCRIPTIONS,
    *HOUSEHOLD_BUDGETS,
    *_IMPORTS,
    *_KEPT,
)
BY_NAME = {noun.name: noun for noun in NOUNS}
