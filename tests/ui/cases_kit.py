"""Papers for the tests of cases and calls: the MRI of the pictures, a denied claim, and their forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QApplication

from tests.ui.coverage_kit import Desk, people, plan
from tracker.facts import Bill, Case, Claim, ClaimStage, EobLine, Statement
from ui.dialogs.case_editor import CaseEditor


@dataclass(frozen=True)
class Drawer:
    """Ids of what lies in it."""

    person: int
    plan: int
    mri: int
    bill: int
    denied: int


def drawer(desk: Desk) -> Drawer:
    """EOB says $215.00, the bill asks $300.00; and a claim of $640.00 was denied."""
    services = desk.services
    (person,) = people(services, "Eleanor Whitfield")
    ppo = plan(services, [person])
    mri = services.claims.save(
        Claim(
            person_id=person,
            provider_id=0,
            claim_number="BR7741",
            member_number="BR-1001",
            service_from=date(2026, 10, 14),
            processed_on=date(2026, 11, 2),
            billed=185_000,
            allowed=71_500,
            plan_paid=50_000,
            deductible=9_000,
            coinsurance=12_500,
            you_owe=21_500,
            lines=(EobLine(code="73721", billed=185_000, allowed=71_500),),
        ),
        provider="Harbor Imaging",
    ).new_id
    bill = services.care.save_bill(
        Bill(
            provider_id=0,
            person_id=person,
            account_number="HI-20",
            service_from=date(2026, 10, 14),
            statements=(
                Statement(
                    stated_on=date(2026, 11, 16),
                    due_on=date(2026, 12, 10),
                    amount=30_000,
                    charges=185_000,
                ),
            ),
        ),
        provider="Harbor Imaging",
    ).new_id
    denied = services.claims.save(
        Claim(
            person_id=person,
            provider_id=0,
            stage=ClaimStage.DENIED,
            service_from=date(2026, 9, 3),
            processed_on=date(2026, 11, 1),
            got_on=date(2026, 11, 10),
            billed=64_000,
            not_covered=64_000,
            you_owe=64_000,
            plan_paid=0,
        ),
        provider="St. Luke's ER",
    ).new_id
    return Drawer(person, ppo.id or 0, mri or 0, bill or 0, denied or 0)


def opened(desk: Desk, prefill: Case) -> Case:
    """Open a case through its form; gives it as stored."""
    editor = CaseEditor(desk.context, prefill=prefill)
    desk.kept.append(editor)
    editor.save_button.click()
    QApplication.processEvents()
    assert editor.changes is not None, complaints(editor)
    return desk.services.cases.get(editor.changes.new_id or 0)


def complaints(editor: CaseEditor) -> list[str]:
    """What the form says is wrong."""
    return [text for field in editor.form._fields.values() if (text := field.complaint())]
