"""The sheets for the telephone and the folder: each on its page, with everything it promises."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pypdf
import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import TODAY
from tests.ui.dispute_kit import dispute
from tracker.domain.claims.about import About, about
from tracker.domain.claims.checklists import SPECIALIST, VERIFICATION, items_of
from tracker.domain.claims.dispute_steps import STEPS
from tracker.facts import CaseStep, Deadline, Provider, StepOutcome
from tracker.money import LARGEST
from tracker.services.bundle import Services
from ui.printing.call_sheet_document import Called, call_sheet_document
from ui.printing.checklist_document import specialist_document, verification_document
from ui.printing.document import Document, Paper
from ui.printing.pdf import pdf_bytes
from ui.printing.steps_document import steps_document

PAPERS: tuple[Paper, ...] = ("letter", "a4")


@pytest.fixture
def matter(qtbot: QtBot, services: Services) -> About:
    held = dispute(services)
    return about(services.papers.read(), case=held.case)


@pytest.fixture
def long_matter(qtbot: QtBot, services: Services) -> About:
    """Every name 200 letters long, every amount as large as can be, a dozen calls."""
    held = dispute(services, person="P" * 100 + " \u202eشركة " * 12, provider="W" * 200)
    for number in range(12):
        services.cases.save_call(
            replace(held.services.cases.calls()[0], id=None, said=f"Number {number}. " + "word " * 300),
            organisation="W" * 200,
        )
    services.claims.save(replace(held.claim, billed=LARGEST, you_owe=LARGEST), provider="W" * 200)
    services.cases.save(replace(held.case, title="T" * 200))
    return about(services.papers.read(), case=services.cases.get(held.case.id or 0))


def pages(document: Document, paper: Paper = "letter") -> list[str]:
    read = pypdf.PdfReader(io.BytesIO(pdf_bytes(document.lay_out(paper))))
    return [" ".join(page.extract_text().split()) for page in read.pages]


@pytest.mark.parametrize("called", Called)
@pytest.mark.parametrize("paper", PAPERS)
def test_the_sheet_before_a_call_is_one_page(long_matter: About, called: Called, paper: Paper) -> None:
    assert len(pages(call_sheet_document(long_matter, called), paper)) == 1


def test_the_sheet_before_a_call_has_what_they_ask_for(matter: About) -> None:
    (page,) = pages(call_sheet_document(matter, Called.PROVIDER))
    for said in (
        "Before you call Bayview",
        "Claim number BR0914E1",
        "Account number BI-77",
        "September 14, 2026",
        "The bill asks $300.00",
        "You owe by the EOB $215.00",
        "Billed too much $85.00",
        "Safe to pay $215.00",
        "reference R-4471",
        "Check again on",
    ):
        assert said in page


def test_a_finding_is_what_the_call_is_about(matter: About) -> None:
    from tests.unit.test_letters import finding

    (page,) = pages(call_sheet_document(matter, Called.INSURER, [finding("Vitamin D was not ordered.")]))
    assert "Vitamin D was not ordered." in page


@pytest.mark.parametrize("paper", PAPERS)
def test_the_specialist_checklist_is_one_page_of_eighteen(long_matter: About, paper: Paper) -> None:
    (page,) = pages(specialist_document(TODAY, long_matter), paper)
    items = items_of(SPECIALIST)
    assert len(items) == 18
    for item in items:
        assert item.name in page
    assert len(pages(specialist_document(TODAY), paper)) == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_the_verification_is_one_page_of_eight(long_matter: About, paper: Paper) -> None:
    (page,) = pages(verification_document(TODAY, long_matter, {"Deductible": "A" * 300}), paper)
    for number, item in enumerate(VERIFICATION, start=1):
        assert f"{number}. {item.name}" in page
    assert len(pages(verification_document(TODAY), paper)) == 1


def test_what_is_ticked_is_counted(matter: About) -> None:
    assert matter.case is not None
    case = replace(matter.case, ticked=("information", "contact", "gone"))
    (page,) = pages(verification_document(TODAY, replace(matter, case=case)))
    assert "2 of 8 done" in page
    assert "MRI of the knee" in page


def test_all_eleven_steps_are_printed_with_their_state(matter: About) -> None:
    assert matter.case is not None
    steps = (
        CaseStep(number=1, leads_to=2, done_on=date(2026, 11, 2)),
        CaseStep(
            number=2,
            outcome=StepOutcome.SKIPPED,
            leads_to=6,
            done_on=date(2026, 11, 3),
            reason="They do not answer",
            spoke_with="Sam",
        ),
    )
    days = (Deadline(label="Answer", do_by=date(2026, 12, 1), last_day=date(2026, 12, 9)),)
    case = replace(matter.case, steps=steps, deadlines=days)
    (page,) = pages(steps_document(replace(matter, case=case), case))
    for step in STEPS:
        assert step.name in page
    assert "Done Nov 2, 2026" in page
    assert page.count("They do not answer") >= 2
    assert "with Sam" in page
    assert "Answer Dec 1, 2026 Dec 9, 2026" in page


def test_a_phone_number_is_there(matter: About) -> None:
    assert matter.insurer is not None
    insurer: Provider = replace(matter.insurer, phone="800 555 0100")
    (page,) = pages(call_sheet_document(replace(matter, insurer=insurer), Called.INSURER))
    assert "Phone 800 555 0100" in page
