"""Network checks as rows, and the providers nobody asked about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.conftest import TODAY
from tracker.facts import Claim, ClaimLine, NetworkCheck, PlannedCare, Stands
from ui.models.check_rows import age_words, check_rows, matches, stands_tone, unchecked

NAMES = {1: "Harbor Imaging", 2: "Quest Labs", 3: "BlueRiver Health"}


def check(number: int, days: int, provider: int = 1, **more: object) -> NetworkCheck:
    return NetworkCheck(
        id=number,
        plan_id=1,
        provider_id=provider,
        stands=more.pop("stands", Stands.IN),  # type: ignore[arg-type]
        checked_on=TODAY - timedelta(days=days),
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "yesterday"), (94, "94 days ago"), (1200, "1,200 days ago")]
)
def test_age(days: int, words: str) -> None:
    assert age_words(TODAY - timedelta(days=days), TODAY) == words


def test_only_the_latest_check_of_a_place_warns_after_ninety_days() -> None:
    found = check_rows(
        [check(1, 200), check(2, 91), check(3, 90, location="North"), check(4, 10, provider=2)],
        NAMES,
        TODAY,
    )
    assert [(row.check.id, row.is_latest, row.warns) for row in found] == [
        (4, True, False),
        (3, True, False),
        (2, True, True),
        (1, False, False),
    ]
    assert stands_tone(found[-1]) == "quiet"


def test_status_is_said_in_words_and_found_by_the_filter() -> None:
    found = check_rows([check(1, 3, stands=Stands.OUT, source="Dana", reference="R-88")], NAMES, TODAY)
    assert found[0].stands == "Out of network"
    assert matches(found[0], ["harbor", "dana", "r-88", "out"])
    assert not matches(found[0], ["quest"])


def test_providers_of_eobs_and_planned_care_without_a_check() -> None:
    def line(number: int, provider: int, day: date) -> ClaimLine:
        claim = Claim(id=number, person_id=1, provider_id=provider, service_from=day)
        return ClaimLine(claim=claim, person="Eleanor", provider=NAMES[provider], plan="PPO", documents=0)

    planned = PlannedCare(
        person_id=1, category="IMAGING", provider_id=1, label="MRI", first_on=date(2026, 12, 3)
    )
    lines = [line(1, 1, date(2026, 2, 2)), line(2, 2, date(2026, 3, 3)), line(3, 3, date(2026, 4, 4))]
    found = unchecked(lines, [planned], [], NAMES, left_out={3})
    assert [(item.provider, item.seen, item.last_on) for item in found] == [
        ("Harbor Imaging", "1 EOB, planned care", date(2026, 12, 3)),
        ("Quest Labs", "1 EOB", date(2026, 3, 3)),
    ]
    assert [item.provider_id for item in unchecked(lines, [planned], [check(1, 400)], NAMES)] == [3, 2]
