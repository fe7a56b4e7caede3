"""What the year in review says of disputes and what came back."""

from __future__ import annotations

from datetime import date

from tracker.dates import Period
from tracker.facts import Case, CaseKind, CaseOutcome, FindingNote, FindingState
from tracker.reports.pursued import RECOVERED_ALONE, pursued_in, together

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def case(title: str, opened_on: date, **more: object) -> Case:
    values: dict[str, object] = {"kind": CaseKind.DISPUTE, "title": title, "opened_on": opened_on}
    return Case(**(values | more))  # type: ignore[arg-type]


def note(key: str, amount: int, noted_on: date, **more: object) -> FindingNote:
    values: dict[str, object] = {"key": key, "amount": amount, "noted_on": noted_on}
    return FindingNote(**({"state": FindingState.RECOVERED} | values | more))  # type: ignore[arg-type]


def test_cases_of_the_year_stand_with_what_came_back() -> None:
    won = case(
        "MRI",
        date(2025, 11, 1),
        at_stake=85_00,
        recovered=80_00,
        outcome=CaseOutcome.WON,
        closed_on=date(2026, 2, 1),
    )
    still = case("Labs", date(2026, 6, 1), at_stake=416_25)
    found = pursued_in(YEAR, [still, won], {})
    assert [(item.what, item.ended, item.at_stake, item.recovered) for item in found] == [
        ("MRI", "Won", None, 80_00),
        ("Labs", "Open", 416_25, None),
    ]
    assert together(found) == (416_25, 80_00)


def test_other_years_and_cases_without_money_are_left_out() -> None:
    cases = [
        case("Closed before", date(2025, 1, 1), at_stake=1, closed_on=date(2025, 12, 31)),
        case("Opened after", date(2027, 1, 1), at_stake=1),
        case("Authorization", date(2026, 3, 1), kind=CaseKind.AUTHORIZATION),
    ]
    assert pursued_in(YEAR, cases, {}) == []


def test_what_came_back_without_a_case_is_one_line() -> None:
    notes = {
        "a": note("a", 30_00, date(2026, 5, 1)),
        "b": note("b", 12_00, date(2026, 4, 1)),
        "with a case": note("c", 99_00, date(2026, 4, 1), case_id=7),
        "last year": note("d", 99_00, date(2025, 4, 1)),
        "dismissed": note("e", 99_00, date(2026, 4, 1), state=FindingState.DISMISSED),
    }
    (alone,) = pursued_in(YEAR, [], notes)
    assert (alone.what, alone.recovered, alone.opened_on) == (RECOVERED_ALONE, 42_00, date(2026, 4, 1))
