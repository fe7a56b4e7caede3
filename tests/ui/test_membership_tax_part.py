"""The Fee and tax part of Membership by keyboard: two questions, the care share, letters and answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QDialog
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import Desk, desk_over, plan
from tracker.domain.accounts.answers import Verdict
from tracker.facts import Frequency, Membership, MembershipModel, Noun, Person, Recurring
from tracker.facts.membership import CareStatement, PaysFor, TaxPocket
from tracker.facts.taxes import OwnLimit, TaxFacts
from tracker.services.bundle import Services
from ui.dialogs.administrator_answer import AdministratorEditor
from ui.dialogs.care_statement import CareStatementEditor
from ui.dialogs.missing_limits import MissingLimitsDialog
from ui.dialogs.sentences_why import SentencesWhy
from ui.models.fee_tax_words import NOT_ADVICE
from ui.pages.membership import MembershipPage
from ui.pages.membership_part_tax import TaxPart
from ui.printing.pdf import write_pdf
from ui.widgets.label import Label

Opened = Callable[[Desk], TaxPart]
BEGINS = date(2026, 1, 1)
CAP = "direct_primary_care_month.self_only"


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    """The part on its page, as the window would show it."""
    kept: list[MembershipPage] = []

    def show(desk: Desk) -> TaxPart:
        page = MembershipPage(desk.context)
        desk.context.bus.committed.connect(page.on_committed)
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(1200, 900)
        page.show()
        part = page.show_part("tax")
        assert isinstance(part, TaxPart)
        return part

    return show


@pytest.fixture
def joined(services: Services) -> Services:
    """$150.00 a month for Eleanor with an HSA-qualified plan in 2026; nothing is said of the practice."""
    person = services.people.save_person(Person(name="Eleanor")).new_id or 0
    fee = Recurring(label="Fee", amount=150_00, frequency=Frequency.MONTHLY, first_due=BEGINS)
    services.agreements.save_membership(
        Membership(
            practice_id=0,
            begins_on=BEGINS,
            model=MembershipModel.DPC,
            auto_renews=True,
            person_ids=(person,),
            fees=(fee,),
        ),
        practice="Harbor",
    )
    held = plan(services, [person])
    services.plans.save(replace(held, hsa_qualified=True), insurer="BlueRiver Health")
    return services


def dialog(part: TaxPart, kind: type[QDialog]) -> QDialog:
    (found,) = [item for item in part.findChildren(kind) if item.isVisible()]
    return found


def press(part: TaxPart, name: str, which: int) -> None:
    """Answer a question: 0 yes, 1 no, 2 not known."""
    part.practice.answers[name].findChildren(QAbstractButton)[which].click()


def month(part: TaxPart) -> Verdict:
    shown = part.months.shown_month()
    assert shown is not None
    return shown.verdict


def test_answers_turn_questions_into_a_yes(joined: Services, opened: Opened) -> None:
    part = opened(desk_over(joined))
    assert month(part) is Verdict.ASK
    assert part.months.about_fee.words("The fee pays only for primary care") == "Not answered"
    part.practice.pays_for.choose("care")
    part.practice.pays_for.edited.emit()
    for name, which in (
        ("bills_insurance", 1),
        ("bills_visits", 1),
        ("primary_care_only", 0),
        ("primary_care_practitioners", 0),
        ("within_office_care", 0),
    ):
        press(part, name, which)
    assert joined.agreements.memberships()[0].terms.pays_for is PaysFor.CARE
    assert month(part) is Verdict.YES
    assert part.months.about_fee.words("The fee pays only for primary care") == "Passes"
    assert part.fee.model.rows[0].eligible == 1_800_00
    press(part, "bills_insurance", 0)
    assert part.months.about_fee.words("A fixed periodic fee is the practice's only pay") == "Fails"
    assert month(part) is Verdict.ASK  # outside the safe harbour the agreement decides
    press(part, "bills_insurance", 2)
    assert joined.agreements.memberships()[0].terms.bills_insurance is None


def test_the_two_answers_stand_apart(joined: Services, opened: Opened) -> None:
    """A qualifying fee above the cap stops contributions and is still paid by the HSA."""
    (held,) = joined.agreements.memberships()
    terms = replace(
        held.terms,
        pays_for=PaysFor.CARE,
        bills_insurance=False,
        bills_visits=False,
        primary_care_only=True,
        primary_care_practitioners=True,
        within_office_care=True,
    )
    fees = tuple(replace(fee, amount=150_01) for fee in held.fees)
    joined.agreements.save_membership(replace(held, terms=terms, fees=fees), practice="Harbor")
    part = opened(desk_over(joined))
    assert month(part) is Verdict.NO
    assert part.fee.model.rows[0].answer.verdict is Verdict.YES
    assert "A-20" in part.fee.source.text()
    assert "Authorities leave room here." in part.fee.ask.text()


def test_months_are_gone_through_by_arrow_keys(joined: Services, opened: Opened, qtbot: QtBot) -> None:
    part = opened(desk_over(joined))
    strip = part.months.strip
    assert strip.month() == 10
    with qtbot.waitActive(part.window()):
        part.window().activateWindow()
    strip.cell(10).setFocus()
    qtbot.keyClick(strip.cell(10), Qt.Key.Key_Left)
    assert strip.month() == 9
    assert part.months.sentence.text().startswith("October 2026")
    assert strip.cell(9).accessibleName() == "October 2026: Ask"
    part.months.years.earlier.click()
    assert part.months.year() == 2025
    assert part.months.sentence.text().startswith("October 2025")
    assert "No HSA-qualified plan covers you" in part.months.sentence.text()


def test_a_year_without_known_limits_asks_for_them(joined: Services, opened: Opened, qtbot: QtBot) -> None:
    part = opened(desk_over(joined))
    part.months.go_to_year(2031)
    assert "2031" in part.months.missing.text()
    assert not part.months.strip.isVisible()
    part.months.limits_link.setFocus()
    qtbot.keyClick(part.months.limits_link, Qt.Key.Key_Return)
    limits = dialog(part, MissingLimitsDialog)
    assert isinstance(limits, MissingLimitsDialog)
    qtbot.keyClicks(limits.amounts[CAP], "160")
    qtbot.keyClick(limits.amounts[CAP], Qt.Key.Key_Return)
    assert joined.taxes.own_limits() == [OwnLimit(year=2031, name=CAP, amount=160_00)]
    assert part.months.year() == 2031
    assert part.months.strip.isVisible()
    assert not part.months.missing.isVisible()


def test_the_statement_of_the_practice_splits_the_fee(
    joined: Services, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    """C22 and C23, with the letter attached."""
    (held,) = joined.agreements.memberships()
    fees = tuple(replace(fee, amount=300_00) for fee in held.fees)
    joined.agreements.save_membership(replace(held, fees=fees), practice="Harbor")
    joined.taxes.save_facts(TaxFacts(year=2026, federal_rate=2200, through_payroll=True))
    part = opened(desk_over(joined))
    assert "so none of it counts" in part.share.none.text()
    part.share.add_button.setFocus()
    qtbot.keyClick(part.share.add_button, Qt.Key.Key_Return)
    editor = dialog(part, CareStatementEditor)
    assert isinstance(editor, CareStatementEditor)
    editor.stated_on.setText("Jan 1, 2026")
    qtbot.keyClick(editor.share, Qt.Key.Key_Return)
    assert "How much of the fee is care?" in editor.form.field("care_share").complaint()
    qtbot.keyClicks(editor.share, "35")
    letter = tmp_path / "Letter of the practice.pdf"
    letter.write_bytes(b"%PDF-1.4 letter")
    editor.attachments.add_files([letter])
    qtbot.keyClick(editor.share, Qt.Key.Key_Return)
    lines = part.share.lines
    assert lines.figure("Care, by the practice\u2019s own word") == "$1,260.00"
    assert lines.figure("Access and the rest") == "$2,340.00"
    assert lines.figure("Tax saved when untaxed money pays it") == "$373.59"
    assert part.share.statements.texts() == ["35% of the fee is care, written Jan 1, 2026"]
    (made,) = joined.membership_use.statements(held.id or 0)
    assert made.document == "Letter of the practice.pdf"
    assert [item.name for item in joined.documents.attached_to(Noun.MEMBERSHIP, held.id or 0)] == [
        "Letter of the practice.pdf"
    ]
    part.share.why_button.click()
    why = dialog(part, SentencesWhy)
    assert isinstance(why, SentencesWhy)
    assert any("22% federal + 7.65% payroll" in label.text() for label in why.sentences)
    why.close()


def test_a_care_part_above_the_fee_is_refused(joined: Services, opened: Opened, qtbot: QtBot) -> None:
    part = opened(desk_over(joined))
    part.share.add_statement()
    editor = dialog(part, CareStatementEditor)
    assert isinstance(editor, CareStatementEditor)
    editor.kind.choose("amount")
    editor.kind.edited.emit()
    qtbot.keyClicks(editor.amount, "151")
    qtbot.keyClick(editor.amount, Qt.Key.Key_Return)
    assert "not between zero and the fee" in editor.form.field("care_amount").complaint()
    assert editor.amount.text().startswith("151")
    editor.close()


def test_a_statement_is_changed_removed_and_brought_back(
    joined: Services, opened: Opened, qtbot: QtBot
) -> None:
    (held,) = joined.agreements.memberships()
    joined.membership_use.save_statements(held.id or 0, [CareStatement(stated_on=BEGINS, share=3500)])
    desk = desk_over(joined)
    part = opened(desk)
    part.share.statements.button(0, "Change").click()
    editor = dialog(part, CareStatementEditor)
    assert isinstance(editor, CareStatementEditor)
    editor.share.setText("40")
    editor.received.setChecked(False)
    qtbot.keyClick(editor.share, Qt.Key.Key_Return)
    assert part.share.lines.figure("Care already given, which counts now") == "$0.00"
    part.share.statements.button(0, "Remove").click()
    assert joined.membership_use.statements(held.id or 0) == []
    desk.context.undo()
    assert part.share.statements.texts() == ["40% of the fee is care, written Jan 1, 2026"]


def test_an_administrators_answer_is_entered(joined: Services, opened: Opened, qtbot: QtBot) -> None:
    (held,) = joined.agreements.memberships()
    joined.membership_use.save_statements(held.id or 0, [CareStatement(stated_on=BEGINS, share=3500)])
    part = opened(desk_over(joined))
    assert part.administrators.none.isVisible()
    part.administrators.add_button.click()
    editor = dialog(part, AdministratorEditor)
    assert isinstance(editor, AdministratorEditor)
    qtbot.keyClick(editor.said_on, Qt.Key.Key_Return)
    assert "Was it a yes or a no?" in editor.form.field("agreed").complaint()
    editor.agreed.findChildren(QAbstractButton)[1].click()
    qtbot.keyClicks(editor.said, "Access fees are never paid")
    qtbot.keyClick(editor.said_on, Qt.Key.Key_Return)
    assert part.administrators.answers.texts() == ["FSA: no, Nov 22, 2026"]
    part.fee.choose(TaxPocket.FSA)
    assert part.fee.title.text() == "May the FSA pay this fee? No."
    assert part.fee.conditions.words("The administrator pays it") == "Fails"


def test_every_condition_names_its_source_and_advice_is_denied_once(
    sample: Services, opened: Opened
) -> None:
    part = opened(desk_over(sample))
    said = [label.text() for label in part.findChildren(Label) if label.isVisible()]
    assert sum(NOT_ADVICE in text for text in said) == 1
    assert any("IRS Notice 2026-5" in text for text in said)
    for place in range(4):
        part.fee.table.select_key(place)
        assert part.fee.source.text().startswith("Source: ")


def test_a_membership_that_is_over_shows_its_last_year(sample: Services, opened: Opened) -> None:
    part = opened(desk_over(sample))
    before = next(item for item in sample.agreements.memberships() if item.begins_on.year == 2025)
    page = part.window()
    assert isinstance(page, MembershipPage)
    page.arrive(("tax", before.id))
    assert part.months.year() == 2026  # its last day is Jan 14, 2026
    assert part.facts is not None
    assert part.facts.fee is not None


def test_it_prints_both_answers(sample: Services, opened: Opened, tmp_path: Path) -> None:
    part = opened(desk_over(sample))
    document = part.document()
    assert document is not None
    path = tmp_path / "tax.pdf"
    assert write_pdf(document, path, "letter") <= 3
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())
    assert "1. May Eleanor Whitfield contribute to an HSA in 2026?" in text
    assert "2. May untaxed money pay this fee?" in text
    assert "$1,260.00" in text
    assert NOT_ADVICE in text
