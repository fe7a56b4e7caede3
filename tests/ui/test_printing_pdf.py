"""The printed review as a file: read back with another program's eyes."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pypdf
import pytest
from PySide6.QtWidgets import QApplication

from tests.conftest import TODAY
from tracker.errors import WorldProblem
from tracker.facts import (
    Account,
    AccountKind,
    Accumulator,
    AccumulatorKind,
    AccumulatorMode,
    Allocation,
    Claim,
    Network,
    Payment,
    Person,
    Plan,
    ReviewNote,
)
from tracker.money import LARGEST
from tracker.reports.year_review import YearReview
from tracker.services.bundle import Services
from ui.printing.document import Paper
from ui.printing.pdf import write_pdf
from ui.printing.review_document import review_document

ROOT = Path(__file__).resolve().parents[2]
POINTS: dict[Paper, tuple[float, float]] = {"letter": (612, 792), "a4": (595.3, 841.9)}


def write_review_pdf(review: YearReview, path: Path, *, paper: Paper = "letter") -> int:
    return write_pdf(review_document(review), path, paper)


def texts(path: Path) -> list[str]:
    """The words of each page, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages]


@pytest.fixture
def review(sample: Services) -> YearReview:
    return sample.reports.review(2026)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_sample_year_takes_four_to_eight_pages(
    qapp: QApplication, review: YearReview, tmp_path: Path, paper: Paper
) -> None:
    path = tmp_path / "review.pdf"
    count = write_review_pdf(review, path, paper=paper)
    read = pypdf.PdfReader(path)
    assert 4 <= count <= 8
    assert len(read.pages) == count
    for page in read.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(
            POINTS[paper], abs=1
        )
    assert read.metadata is not None
    assert read.metadata.title == "Year in review 2026"


def test_every_part_is_there_as_real_text(qapp: QApplication, review: YearReview, tmp_path: Path) -> None:
    path = tmp_path / "review.pdf"
    count = write_review_pdf(review, path)
    pages = texts(path)
    whole = " ".join(pages)
    for words in (
        "Year in review 2026",
        "Jan 1 to Nov 22, 2026",
        "Budget against actual",
        "Concierge Membership Fee",
        "Contingency Fund for Unforeseen Expenses",
        "Deductible $2,000",
        "Out-of-pocket maximum $6,000",
        "Who paid what",
        "Written off",
        "EOBs of the year",
        "Premiums and membership",
        "What the membership was worth",
        "Cornerstone Virtual Care: all paid, 2 visits",
        "Each kind of care is priced by your plan as it stood that day",
        "Balances on Nov 22, 2026",
        "HSA of Eleanor Whitfield, 2026",
        "Health FSA, Jan 1 to Dec 31, 2026",
        "Contingency fund",
        "Tax worksheet 2026",
        "Form 8889, HSA of Eleanor Whitfield",
        "Medical deduction, Schedule A",
        "What changes",
        "Checklist for 2027",
        "Medicare dates",
    ):
        assert words in whole
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {count}" in page
        assert ("Concierge Ledger · Year in review 2026 · Eleanor" in page) == (number > 1)
        assert ("not a determination of benefits" in page) == (number == 1)


def test_amounts_on_paper_are_those_of_the_report(
    qapp: QApplication, review: YearReview, tmp_path: Path
) -> None:
    path = tmp_path / "review.pdf"
    write_review_pdf(review, path)
    whole = " ".join(texts(path))
    total = review.whole.to_date
    assert total.actual is not None
    for cents in (total.actual, total.estimated, review.who_paid.total, review.who_paid.plan):
        assert f"${(cents or 0) // 100:,}.{(cents or 0) % 100:02d}" in whole


def test_who_paid_says_by_which_day_and_what_is_open(
    qapp: QApplication, review: YearReview, tmp_path: Path
) -> None:
    path = tmp_path / "review.pdf"
    write_review_pdf(review, path)
    whole = " ".join(texts(path))
    assert "what was paid back to you counts for who paid it. Open besides: bills for $2,570.00." in whole


def test_many_accounts_stand_in_one_table_that_repeats_its_headings(
    qapp: QApplication, services: Services, tmp_path: Path
) -> None:
    for number in range(90):
        services.accounts.save(Account(name=f"Account {number} end", kind=AccountKind.BANK, opening=number))
    share = (Allocation(category_id=services.budget.categories()[0].id or 0, amount=5_00),)
    services.payments.save(Payment(paid_on=date(2026, 3, 5), amount=5_00, allocations=share), payee="A")
    path = tmp_path / "review.pdf"
    write_review_pdf(services.reports.review(2026), path)
    listing = [page for page in texts(path) if re.search(r"Account \d+ end", page)]
    assert len(listing) >= 3
    assert all("Account Amount" in page for page in listing)
    found = {int(number) for page in listing for number in re.findall(r"Account (\d+) end", page)}
    assert found == set(range(90))


def test_type_is_embedded_and_charts_are_no_pictures(
    qapp: QApplication, review: YearReview, tmp_path: Path
) -> None:
    path = tmp_path / "review.pdf"
    write_review_pdf(review, path)
    fonts = 0
    for page in pypdf.PdfReader(path).pages:
        assert not list(page.images)
        for font in page["/Resources"]["/Font"].values():
            for inner in font.get_object().get("/DescendantFonts", [font]):
                descriptor = inner.get_object()["/FontDescriptor"].get_object()
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
                fonts += 1
    assert fonts


def _many_claims(services: Services, count: int) -> None:
    person_id = services.people.save_person(Person(name="Eleanor Whitfield")).new_id or 0
    for number in range(count):
        services.claims.save(
            Claim(
                person_id=person_id,
                provider_id=0,
                description=f"Visit number {number}",
                service_from=date(2026, 1, 1) + timedelta(days=number % 320),
                billed=100_00 + number,
                allowed=80_00,
                plan_paid=60_00,
                deductible=20_00,
                you_owe=20_00,
            ),
            provider="Quest Labs",
        )


def test_a_long_list_of_eobs_repeats_its_headings(
    qapp: QApplication, services: Services, tmp_path: Path
) -> None:
    _many_claims(services, 120)
    path = tmp_path / "review.pdf"
    write_review_pdf(services.reports.review(2026), path)
    listing = [page for page in texts(path) if "Visit number" in page]
    assert len(listing) >= 3
    for page in listing:
        assert re.search(r"Service Provider Billed Allowed Plan paid Deductible", page)
        assert page.count("Visit number") >= 2
    assert "120 EOBs" in listing[-1]
    found = {int(number) for page in listing for number in re.findall(r"Visit number (\d+)", page)}
    assert found == set(range(120))


def test_an_empty_ledger_gives_one_sensible_page(
    qapp: QApplication, services: Services, tmp_path: Path
) -> None:
    path = tmp_path / "review.pdf"
    assert write_review_pdf(services.reports.review(2026), path) == 1
    (page,) = texts(path)
    assert "Nothing was planned, paid or entered for this year." in page
    assert "Checklist for 2027" in page
    assert "$" not in page


HOSTILE = (
    "W" * 200,
    "אלינור ויטפילד " * 13,
    "\U0001f600\U0001f3e5 clinic " * 18,
    "<b>&\"'; \u202eturned",
)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_hostile_names_and_huge_amounts_fit(
    qapp: QApplication, services: Services, tmp_path: Path, paper: Paper
) -> None:
    people = [services.people.save_person(Person(name=name)).new_id or 0 for name in HOSTILE]
    limits = tuple(
        Accumulator(
            kind=kind,
            network=Network.IN,
            mode=AccumulatorMode.EMBEDDED,
            individual=LARGEST,
            family=LARGEST,
        )
        for kind in AccumulatorKind
    )
    services.plans.save(
        Plan(
            name="A plan with a long name " * 8,
            begins_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            person_ids=tuple(people),
            accumulators=limits,
        )
    )
    for line in services.budget.categories():
        for month in range(1, 13):
            services.budget.set_estimate(line.id or 0, date(2026, month, 1), LARGEST)
        share = (Allocation(category_id=line.id or 0, amount=LARGEST),)
        services.payments.save(
            Payment(paid_on=date(2026, 3, 5), amount=LARGEST, allocations=share), payee=HOSTILE[0]
        )
    for person_id, name in zip(people, HOSTILE, strict=True):
        services.claims.save(
            Claim(
                person_id=person_id,
                provider_id=0,
                service_from=date(2026, 4, 1),
                billed=LARGEST,
                allowed=LARGEST,
                plan_paid=0,
                deductible=LARGEST,
                you_owe=LARGEST,
            ),
            provider=name,
        )
    services.review.set_note(
        ReviewNote(year=2026, item="premiums", comment="Long words. " * 900, done=True)
    )
    path = tmp_path / "review.pdf"
    count = write_review_pdf(services.reports.review(2026), path, paper=paper)
    assert 4 <= count <= 14
    whole = " ".join(texts(path))
    assert "$9,999,999,999.99" in whole
    assert "in network" in whole  # not turned round by a mark in a name before it
    assert "krowten" not in whole


def test_a_full_disk_leaves_the_file_that_was_there(
    qapp: QApplication, review: YearReview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    path = folder / "review.pdf"
    path.write_bytes(b"last year's")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorldProblem) as caught:
        write_review_pdf(review, path)
    assert caught.value.what == "The disk is full; review.pdf was not written."
    assert path.read_bytes() == b"last year's"
    assert [found.name for found in folder.iterdir()] == ["review.pdf"]


def test_a_folder_that_is_not_there_is_said(qapp: QApplication, review: YearReview, tmp_path: Path) -> None:
    with pytest.raises(WorldProblem, match="There is no folder"):
        write_review_pdf(review, tmp_path / "nowhere" / "review.pdf")


def test_printing_needs_no_screen_and_no_widgets(sample_file: Path, tmp_path: Path) -> None:
    """As the command line prints: in a fresh interpreter, with no display and no application yet."""
    code = f"""
import sys
from datetime import date
from pathlib import Path
from tracker.services.bundle import services_over
from tracker.storage.ledger import Ledger
from ui.printing.pdf import write_pdf
from ui.printing.review_document import review_document
today = date.fromisoformat({TODAY.isoformat()!r})
ledger = Ledger(Path({str(sample_file)!r}), clock=lambda: today, read_only=True)
review = services_over(ledger).reports.review(2026)
document = review_document(review)
print(write_pdf(document, Path({str(tmp_path / "a.pdf")!r}), "letter"), "PySide6.QtWidgets" in sys.modules)
print(write_pdf(document, Path({str(tmp_path / "b.pdf")!r}), "a4"))
"""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    answer = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=environment | {"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
    )
    assert answer.returncode == 0, answer.stderr
    first, second = answer.stdout.split("\n")[:2]
    assert re.fullmatch(r"[4-8] False", first)
    assert re.fullmatch(r"[4-8]", second)
    assert texts(tmp_path / "a.pdf")[0].startswith("Year in review 2026")
