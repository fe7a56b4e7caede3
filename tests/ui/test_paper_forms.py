"""The forms for visits, EOBs, bills and their payments: by keyboard, with large text, with many papers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui import access_kit as kit
from tests.ui import access_look as look_kit
from tests.ui import paper_kit
from tests.ui.coverage_kit import Desk, desk_over
from tracker.domain.coverage.periods import ALL_TIME
from tracker.facts import BillShare, Claim, Noun, OrderLine, Payment, Visit
from tracker.services.bundle import Services
from tracker.storage import schema
from ui.dialogs.bill_editor import BillEditor
from ui.dialogs.eob_editor import EobEditor
from ui.dialogs.payment_editor import PaymentEditor
from ui.dialogs.visit_editor import VisitEditor
from ui.theme import Theme

LONG = "\U0001f3e5 \u05de\u05e8\u05db\u05d6 Imaging and Physical Therapy of Greater Portland " * 4
MOST = 999_999_999_999


@pytest.fixture(autouse=True)
def flashes(qapp: QApplication) -> Iterator[None]:
    """A part shown before it has a parent is a window for a moment, and takes the keyboard away."""
    with kit.no_flashes(qapp):
        yield


def _bill(desk: Desk) -> BillEditor:
    person = desk.services.people.people()[0].id or 0
    made = paper_kit.bill(
        desk,
        person,
        date(2026, 9, 9),
        LONG[:200],
        *((date(2026, 10, 1) + timedelta(days=n), MOST) for n in range(7)),
        account_number="0012",
        description=LONG[:200],
    )
    editor = BillEditor(desk.context, None, bill=made)
    editor.paper.lines.show_lines([{"description": LONG[:200], "amount": -MOST}])
    editor.more.show_all()
    return editor


def _bill_asked(desk: Desk) -> BillEditor:
    bill = _bill(desk)._start
    assert bill is not None
    editor = BillEditor(desk.context, None)
    editor.who.provider.choose(bill.provider_id)
    editor.paper.amount.set_cents(MOST)
    editor._on_provider()
    assert not editor.question.isHidden()
    return editor


def _visit(desk: Desk) -> VisitEditor:
    person = desk.services.people.people()[0].id or 0
    made = desk.services.care.save_visit(
        Visit(
            person_id=person,
            provider_id=0,
            visited_on=date(2026, 9, 9),
            description=LONG[:200],
            orders=(OrderLine(text=LONG[:200], code="80061", category="LAB_THY"),),
        ),
        provider=LONG[:200],
    )
    return VisitEditor(desk.context, None, visit=desk.services.care.visit(made.new_id or 0))


def _eob(desk: Desk) -> EobEditor:
    editor = EobEditor(desk.context, None, claim=_claims(desk)[0])
    editor.lines.open_table()
    editor.lines.paper.show_lines(
        [{"description": LONG[:200], "billed": -MOST, "allowed": MOST, "reasons": "CO-45 PR-1 N130"}] * 3
    )
    editor._on_lines()
    editor.more.show_all()
    return editor


def _eob_asked(desk: Desk) -> EobEditor:
    number = next(claim.claim_number for claim in _claims(desk) if claim.claim_number)
    editor = EobEditor(desk.context, None)
    editor.claim_number.setText(number)
    editor.service_from.set_day(date(2026, 9, 9))
    editor._refresh()
    assert not editor.question.isHidden()
    return editor


def _payment(desk: Desk) -> PaymentEditor:
    bill = _bill(desk)._start
    assert bill is not None
    share = BillShare(bill_id=bill.id or 0, amount=MOST)
    return PaymentEditor(desk.context, None, prefill=Payment(paid_on=TODAY, amount=MOST, bills=(share,)))


def _claims(desk: Desk) -> list[Claim]:
    return desk.services.claims.claims(ALL_TIME)


FORMS: dict[str, Callable[[Desk], QDialog]] = {
    "new bill": lambda desk: BillEditor(desk.context, None),
    "bill": _bill,
    "bill that looks known": _bill_asked,
    "new visit": lambda desk: VisitEditor(desk.context, None),
    "visit": _visit,
    "EOB with lines": _eob,
    "EOB that looks known": _eob_asked,
    "payment of a bill": _payment,
}


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_named_fits_and_is_reached_by_tab(
    qtbot: QtBot, sample: Services, look: Theme, name: str, percent: int
) -> None:
    look.apply(percent=percent)
    desk = desk_over(sample)
    form = paper_kit.show(qtbot, desk, FORMS[name](desk))
    kit.settle()
    wrong = look_kit.wrong_in(form) + kit.wrong_with_tab(form)
    assert not wrong, "\n".join(wrong)
    QTest.keyClick(QApplication.focusWidget() or form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert desk.problems == []


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("kind", [BillEditor, VisitEditor, EobEditor])
def test_an_empty_ledger_has_a_form_too(
    qtbot: QtBot, services: Services, look: Theme, kind: type[QDialog], percent: int
) -> None:
    look.apply(percent=percent)
    desk = desk_over(services)
    form = paper_kit.show(qtbot, desk, kind(desk.context, None))  # type: ignore[arg-type]
    kit.settle()
    wrong = look_kit.wrong_in(form) + kit.wrong_with_tab(form)
    assert not wrong, "\n".join(wrong)
    form.reject()
    assert desk.problems == []


def test_typing_stays_quick_with_five_thousand_claims(qtbot: QtBot, sample: Services) -> None:
    person = sample.people.people()[0].id or 0
    provider = sample.people.providers()[0].id or 0
    with sample.ledger.write("Many") as work:
        work.connection.execute(
            schema.claim.insert(),
            [
                {
                    "person_id": person,
                    "provider_id": provider,
                    "claim_number": f"N{number:06}",
                    "service_from": date(2020, 1, 1) + timedelta(days=number % 2400),
                    "billed": 100_00 + number,
                    "you_owe": number,
                }
                for number in range(5_000)
            ],
        )
    desk = desk_over(sample)
    name = sample.people.providers()[0].name
    slowest = []
    for form, edit in (
        (eob := EobEditor(desk.context, None), lambda: eob.claim_number),
        (bill := BillEditor(desk.context, None), lambda: bill.paper.amount),
    ):
        paper_kit.show(qtbot, desk, form)
        form.who.provider.set_text(name)
        form.who.person.choose(person)
        form.service_from.set_day(date(2026, 6, 1))
        for sign in "123456":
            begun = time.perf_counter()
            qtbot.keyClicks(edit(), sign)
            slowest.append(time.perf_counter() - begun)
        form.reject()
    assert sorted(slowest)[len(slowest) // 2] < 0.05, slowest  # other work may hold up one of them
    assert desk.problems == []


def test_documents_follow_a_bill(qtbot: QtBot, sample: Services, tmp_path: Path) -> None:
    desk = desk_over(sample)
    scan = tmp_path / "bill.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    editor = paper_kit.show(qtbot, desk, _bill(desk))
    editor.attachments.add_files([scan])
    editor.paper.lines.show_lines([])
    paper_kit.press_save(qtbot, editor)
    assert editor._id is not None
    assert [one.name for one in sample.documents.attached_to(Noun.BILL, editor._id)] == ["bill.pdf"]
