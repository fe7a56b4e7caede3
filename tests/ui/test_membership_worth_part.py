"""The Worth it part of Membership by keyboard: value, break-even, three models, the worksheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.coverage_kit import Desk, desk_over
from tracker.facts import Frequency, Membership, Person, Recurring
from tracker.facts.membership import CareModel, CareStatement, ModelNumbers, ModelUse
from tracker.facts.taxes import TaxFacts
from tracker.services.bundle import Services
from ui.dialogs.care_model_editor import CareModelEditor
from ui.dialogs.sentences_why import SentencesWhy
from ui.dialogs.tax_rates import TaxRatesDialog
from ui.pages.membership import MembershipPage
from ui.pages.membership_part_worth import WorthPart
from ui.printing.pdf import write_pdf

Opened = Callable[[Desk], WorthPart]
BEGINS = date(2026, 1, 1)


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    """The part on its page, as the window would show it."""
    kept: list[MembershipPage] = []

    def show(desk: Desk) -> WorthPart:
        page = MembershipPage(desk.context)
        desk.context.bus.committed.connect(page.on_committed)
        qtbot.addWidget(page)
        kept.append(page)
        page.resize(1200, 900)
        page.show()
        part = page.show_part("worth")
        assert isinstance(part, WorthPart)
        return part

    return show


@pytest.fixture
def joined(services: Services) -> Services:
    """A fee of $3,600.00 a year of which 35 % is care, without tax rates."""
    person = services.people.save_person(Person(name="Eleanor")).new_id or 0
    fee = Recurring(label="Fee", amount=3_600_00, frequency=Frequency.ANNUAL, first_due=BEGINS)
    made = services.agreements.save_membership(
        Membership(
            practice_id=0,
            begins_on=BEGINS,
            ends_on=date(2026, 12, 31),
            person_ids=(person,),
            fees=(fee,),
        ),
        practice="Harbor",
    )
    services.membership_use.save_statements(
        made.new_id or 0, [CareStatement(stated_on=BEGINS, share=3500, document="Letter")]
    )
    return services


def dialog(part: WorthPart, kind: type[QDialog]) -> QDialog:
    (found,) = [item for item in part.findChildren(kind) if item.isVisible()]
    return found


def test_the_sample_is_priced_by_its_plan(sample: Services, opened: Opened, qtbot: QtBot) -> None:
    part = opened(desk_over(sample))
    assert [card.accessibleName() for card in part.figures] == [
        "A visit: $450.00",
        "An hour: $785.45",
        "A contact: $257.14",
        "Cost after what it was worth: $2,400.00 of $3,600.00",
    ]
    assert part.value.lines.figure("Urgent care: 2 at $60.00") == "-$120.00"
    part.figures[0].setFocus()
    qtbot.keyClick(part.figures[0], Qt.Key.Key_Return)
    why = dialog(part, SentencesWhy)
    assert isinstance(why, SentencesWhy)
    assert any(label.text().startswith("$3,600.00 over 8 visits") for label in why.sentences)
    why.close()


def test_own_time_counts_only_when_ticked(sample: Services, opened: Opened, qtbot: QtBot) -> None:
    part = opened(desk_over(sample))
    assert not part.value.time_row.isVisible()
    before = part.value.lines.figure("Cost after what it was worth")
    part.value.count_time.setFocus()
    qtbot.keyClick(part.value.count_time, Qt.Key.Key_Space)
    assert part.value.lines.figure("Cost after what it was worth") == before
    qtbot.keyClicks(part.value.hour, "20")
    assert part.value.lines.figure("Your own time: 15 at $20.00") == "-$300.00"
    assert part.value.lines.figure("Cost after what it was worth") == "$2,100.00"
    qtbot.keyClick(part.value.count_time, Qt.Key.Key_Space)
    assert part.value.lines.figure("Cost after what it was worth") == before


def test_the_break_even_asks_for_the_tax_rate(joined: Services, opened: Opened, qtbot: QtBot) -> None:
    """D10: 18 visits at $185.00 once the tax on the care share is known."""
    part = opened(desk_over(joined))
    even = part.even
    assert even.headline.text() == "\u2013"
    assert not even.with_tax.isVisible()
    qtbot.keyClicks(even.each, "185")
    assert even.headline.text() == "20 visits a year"
    assert "rates of 2026 are not entered" in even.tax.text()
    even.rates_link.setFocus()
    qtbot.keyClick(even.rates_link, Qt.Key.Key_Return)
    rates = dialog(part, TaxRatesDialog)
    assert isinstance(rates, TaxRatesDialog)
    qtbot.keyClick(rates.federal, Qt.Key.Key_Return)
    assert "federal rate is missing" in rates.form.field("federal_rate").complaint()
    qtbot.keyClicks(rates.federal, "22")
    rates.through_payroll.setChecked(True)
    qtbot.keyClick(rates.federal, Qt.Key.Key_Return)
    assert joined.taxes.facts(2026) == TaxFacts(year=2026, federal_rate=2200, through_payroll=True)
    assert not even.rates_link.isVisible()
    assert even.with_tax.isVisible()
    even.with_tax.setChecked(True)
    assert even.each.text() == "185"
    assert even.headline.text() == "18 visits a year"
    assert "$373.59 of tax" in even.why.text()


def test_no_visit_that_saves_nothing_pays_for_it(sample: Services, opened: Opened, qtbot: QtBot) -> None:
    part = opened(desk_over(sample))
    even = part.even
    assert even.kind.key() == "URGENT"
    assert even.headline.text() == "53 visits a year"
    even.kind.choose("own")
    even.kind.edited.emit()
    assert even.headline.text() == "\u2013"
    assert even.each.isVisible()


def test_a_model_without_a_fee_is_compared_with_nothing(joined: Services, opened: Opened) -> None:
    part = opened(desk_over(joined))
    grid = part.models.grid
    assert grid.cell("Fee", CareModel.DPC) == "Not known"
    assert grid.cell("A year", CareModel.DPC) == "\u2013"
    assert grid.cell("Fee", CareModel.CONCIERGE) == "$3,600.00"
    assert grid.cell("More than the lowest", CareModel.TRADITIONAL) == "Lowest"
    assert not grid.why_buttons[CareModel.DPC].isVisible()
    assert "Type what such a practice asks a year" in part.models.asks.text()


def test_own_numbers_are_typed_and_reset(joined: Services, opened: Opened, qtbot: QtBot) -> None:
    desk = desk_over(joined)
    part = opened(desk)
    grid = part.models.grid
    grid.change_buttons[CareModel.TRADITIONAL].setFocus()
    qtbot.keyClick(grid.change_buttons[CareModel.TRADITIONAL], Qt.Key.Key_Return)
    editor = dialog(part, CareModelEditor)
    assert isinstance(editor, CareModelEditor)
    assert not editor.form.field("fee").isVisible()
    assert editor.uses is not None
    editor.other.setText("1200")
    for label, category, times, each in (
        ("Office visits", "Primary care visit", "6", "30"),
        ("Urgent care", "Urgent care", "2", "75"),
    ):
        qtbot.keyClick(editor.uses.add_button, Qt.Key.Key_Return)
        line = editor.uses.lines[-1]
        qtbot.keyClicks(line.label, label)
        qtbot.keyClicks(line.category, category)
        qtbot.keyClicks(line.times, times)
        qtbot.keyClicks(line.each, each)
    qtbot.keyClick(editor.other, Qt.Key.Key_Return)
    assert joined.membership_use.care_models()[CareModel.TRADITIONAL] == ModelNumbers(
        model=CareModel.TRADITIONAL,
        other=1_200_00,
        uses=(
            ModelUse(label="Office visits", category="PCP", times=6, each=30_00),
            ModelUse(label="Urgent care", category="URGENT", times=2, each=75_00),
        ),
    )
    assert grid.cell("A year", CareModel.TRADITIONAL) == "$1,530.00"  # D11
    reset = grid.reset_buttons[CareModel.TRADITIONAL]
    assert reset.isVisible()
    reset.setFocus()
    qtbot.keyClick(reset, Qt.Key.Key_Return)
    assert joined.membership_use.care_models() == {}
    assert grid.cell("A year", CareModel.TRADITIONAL) == "$0.00"
    desk.context.undo()
    assert grid.cell("A year", CareModel.TRADITIONAL) == "$1,530.00"


def test_a_fee_or_a_name_that_is_missing_is_said(joined: Services, opened: Opened, qtbot: QtBot) -> None:
    part = opened(desk_over(joined))
    part.models.change(CareModel.DPC)
    editor = dialog(part, CareModelEditor)
    assert isinstance(editor, CareModelEditor)
    qtbot.keyClick(editor.other, Qt.Key.Key_Return)
    assert "fee is missing" in editor.form.field("fee").complaint()
    assert editor.uses is not None
    editor.fee.setText("1080")
    editor.uses.add_button.click()
    editor.uses.lines[0].each.setText("30")
    editor.save_button.click()
    assert editor.isVisible()
    assert "What visits are these?" in editor.uses.lines[0].label.accessibleDescription()
    assert editor.uses.lines[0].each.text() == "30"
    editor.uses.lines[0].remove_button.click()
    editor.save_button.click()
    assert part.models.grid.cell("Fee", CareModel.DPC) == "$1,080.00"


def test_the_slider_moves_the_total_and_is_kept_on_request(
    sample: Services, opened: Opened, qtbot: QtBot
) -> None:
    part = opened(desk_over(sample))
    card = part.models
    before = card.grid.cell("A year", CareModel.CONCIERGE)
    assert not card.keep_button.isEnabled()
    assert "more than the $2,723.68 there are" in card.sentences.text()
    card.slider.setFocus()
    qtbot.keyClick(card.slider, Qt.Key.Key_End)
    assert card.grid.cell("Other costs avoided", CareModel.CONCIERGE) == "-$2,723.68"
    assert card.grid.cell("A year", CareModel.CONCIERGE) == "$3,600.00"
    assert card.grid.cell("A year", CareModel.TRADITIONAL) == "$2,993.68"
    assert sample.membership_use.care_models().keys() == {CareModel.DPC}
    assert "a year" in card.slider.accessibleDescription()
    qtbot.keyClick(card.slider, Qt.Key.Key_Home)
    assert card.grid.cell("A year", CareModel.CONCIERGE) == before
    qtbot.keyClick(card.slider, Qt.Key.Key_PageUp)
    avoided = card.slider.cut()
    assert avoided > 0
    card.keep_button.setFocus()
    qtbot.keyClick(card.keep_button, Qt.Key.Key_Return)
    assert sample.membership_use.care_models()[CareModel.CONCIERGE].avoided == avoided
    assert card.slider.cut() == avoided


def test_the_worksheet_is_filled_in_where_it_stands(joined: Services, opened: Opened, qtbot: QtBot) -> None:
    desk = desk_over(joined)
    part = opened(desk)
    table = part.decision.table
    table.setFocus()
    table.go_to_cell(1, 1)
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChildren(QLineEdit)[-1]
    qtbot.keyClicks(editor, "7")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert "from 0 to 3" in editor.accessibleDescription()
    editor.clear()
    qtbot.keyClicks(editor, "3")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    note = table.viewport().findChildren(QLineEdit)[-1]
    qtbot.keyClicks(note, "Half an hour")
    qtbot.keyClick(note, Qt.Key.Key_Return)
    answer = joined.membership_use.decision_answers()["benefit.time"]
    assert (answer.weight, answer.note) == (3, "Half an hour")
    assert "1 of 24 lines are answered. Your weights: benefits 3, risks 0." in part.decision.sentence.text()
    table.go_to_cell(1, 0)
    qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert joined.membership_use.decision_answers() == {}
    desk.context.undo()
    assert joined.membership_use.decision_answers()["benefit.time"].weight == 3


def test_questions_have_no_weight(joined: Services, opened: Opened) -> None:
    part = opened(desk_over(joined))
    model = part.decision.model
    editable = [model.can_edit(model.index(place, 1)) for place in range(model.rowCount())]
    noted = [model.can_edit(model.index(place, 2)) for place in range(model.rowCount())]
    assert (sum(editable), sum(noted)) == (10, 24)


def test_it_prints_with_its_assumptions(sample: Services, opened: Opened, tmp_path: Path) -> None:
    part = opened(desk_over(sample))
    document = part.document()
    assert document is not None
    path = tmp_path / "worth.pdf"
    assert write_pdf(document, path, "letter") <= 3
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())
    assert "$2,400.00" in text
    assert "priced by your plan" in text
    assert "Direct primary care (DPC)" in text
    assert "Half an hour instead of eight minutes" in text
