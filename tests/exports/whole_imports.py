"""One import with its file, rule, layout and account, as the import path writes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.facts.accounts import Qualifies
from tracker.facts.found import Format, FoundAccount, FoundFile, FoundMoney
from tracker.facts.importing import ImportProfile, ImportRule
from tracker.services.bundle import Services


def fill_imports(services: Services, account: int, line: int) -> None:
    """Take one row of a bank file by a rule, and keep a table layout."""
    services.importing.save_rules(
        [
            ImportRule(
                name="Labs",
                account_id=account,
                payee_has="harbor labs",
                amount_from=1_00,
                amount_to=500_00,
                money_out=True,
                payee="Harbor Labs",
                category_id=line,
                item="lab",
                qualifies=Qualifies.YES,
            )
        ]
    )
    services.importing.save_profile(ImportProfile(name="Card export", mapping='{"name": "Card export"}'))
    file = FoundFile(
        name="march.ofx",
        format=Format.OFX,
        layout="OFX 1.02",
        sha256="ab" * 32,
        size=812,
        money=(
            FoundMoney(id="A1", on=date(2026, 3, 2), amount=-41_12, payee="HARBOR LABS 0042", account="77"),
        ),
        accounts=(FoundAccount(id="77", kind="CHECKING", balance=512_34, balance_on=date(2026, 3, 31)),),
    )
    seen = services.importing.preview([file], chosen={(0, "77"): account})
    services.importing.take(replace(seen, money=tuple(replace(row, take=True) for row in seen.money)))
