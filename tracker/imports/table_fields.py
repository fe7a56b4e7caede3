"""What a column of a table from outside may hold: money that moved, or claims."""

from __future__ import annotations

from enum import StrEnum


class Holds(StrEnum):
    """What the rows of a table are."""

    MONEY = "money"
    CLAIMS = "claims"


class Field(StrEnum):
    """What one column says. The words are those of saved profiles and layouts: never rename one."""

    DATE = "date"
    AMOUNT = "amount"
    MONEY_OUT = "money out"
    MONEY_IN = "money in"
    DIRECTION = "direction"
    PAYEE = "payee"
    PAID_BY = "paid by"
    PAID_TO = "paid to"
    MEMO = "memo"
    KIND = "kind"
    ID = "id"
    CHECK_NUMBER = "check number"
    CATEGORY = "category"
    ACCOUNT = "account"
    BALANCE = "balance"
    CURRENCY = "currency"
    STATUS = "status"
    TAX_YEAR = "tax year"
    SOURCE = "source"
    CARE_ON = "date of service"

    CLAIM_NUMBER = "claim number"
    CLAIM_KIND = "claim type"
    CLAIM_STATUS = "claim status"
    PATIENT = "patient"
    MEMBER_NUMBER = "member number"
    PROVIDER = "provider"
    INSURER = "insurer"
    PLAN = "plan"
    NETWORK = "network"
    SERVICE = "service"
    SERVICE_CODE = "service code"
    SERVICE_FROM = "service date"
    SERVICE_TO = "last service date"
    PROCESSED_ON = "processed date"
    BILLED = "billed"
    ALLOWED = "allowed"
    DISCOUNT = "plan discount"
    PLAN_PAID = "plan paid"
    OTHER_PAID = "other insurer paid"
    DEDUCTIBLE = "deductible"
    COPAY = "copay"
    COINSURANCE = "coinsurance"
    NOT_COVERED = "not covered"
    RESPONSIBILITY = "your responsibility"
    YOU_OWE = "you owe"
    PAID_AT_VISIT = "paid at visit"
    REASONS = "reason codes"
    REMARK = "remark"


DAYS = frozenset({Field.DATE, Field.CARE_ON, Field.SERVICE_FROM, Field.SERVICE_TO, Field.PROCESSED_ON})
"""Columns whose cells are dates."""

MONEY_AMOUNTS = frozenset({Field.AMOUNT, Field.MONEY_OUT, Field.MONEY_IN, Field.BALANCE})
CLAIM_AMOUNTS = frozenset(
    {
        Field.BILLED,
        Field.ALLOWED,
        Field.DISCOUNT,
        Field.PLAN_PAID,
        Field.OTHER_PAID,
        Field.DEDUCTIBLE,
        Field.COPAY,
        Field.COINSURANCE,
        Field.NOT_COVERED,
        Field.RESPONSIBILITY,
        Field.YOU_OWE,
        Field.PAID_AT_VISIT,
    }
)
AMOUNTS = MONEY_AMOUNTS | CLAIM_AMOUNTS
"""Columns whose cells are amounts."""

MONEY_FIELDS = tuple(list(Field)[: list(Field).index(Field.CLAIM_NUMBER)])
CLAIM_FIELDS = (
    *tuple(list(Field)[list(Field).index(Field.CLAIM_NUMBER) :]),
    Field.CURRENCY,
    Field.MEMO,
)
"""What a column may be chosen to hold, in the order in which a person is asked."""

SEVERAL = frozenset({Field.MEMO, Field.CURRENCY, Field.REASONS, Field.REMARK})
"""Fields that more than one column may hold."""
