"""EOBs of files: which are there already, which correct another one, and which are no decision at all."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.importing.eobs import KnownCare, for_people, judge_eobs
from tracker.domain.importing.rows import EobRow, RowState
from tracker.facts import Claim, EobVersion, Person
from tracker.facts.found import FoundEob

PAT, ROB = 1, 2
PEOPLE = (Person(id=PAT, name="Pat Example"), Person(id=ROB, name="Rob Other"))
CARE = date(2026, 3, 2)


def found(number: str = "C1", *, owe: int = 100_00, processed: int | None = 20, **more: object) -> FoundEob:
    """An EOB; `processed` is the day of March it was decided."""
    values = {
        "record_id": f"r-{number}",
        "status": "active",
        "patient": "Pat Example",
        "service_from": CARE,
        "processed_on": date(2026, 3, processed) if processed else None,
        "deductible": owe,
        "you_owe": owe,
    }
    return FoundEob(id=number, **values | more)  # type: ignore[arg-type]


def judged(*eobs: FoundEob, claims: tuple[Claim, ...] = ()) -> list[EobRow]:
    return judge_eobs([(0, eobs)], KnownCare(claims=claims, people=PEOPLE))


def kept(rows: list[EobRow], before: tuple[Claim, ...] = ()) -> tuple[Claim, ...]:
    """The claims a ledger has once the ticked rows are taken, as the service writes them."""
    claims = list(before)
    ids: dict[int, int] = {}
    for row in sorted(rows, key=lambda row: row.found.processed_on or date.min):
        if not row.take or row.draft is None:
            continue
        ids[row.place] = len(claims) + 1
        earlier = ids.get(row.follows) if row.follows is not None else None
        claims.append(replace(row.draft, id=ids[row.place], replaces_id=earlier or row.draft.replaces_id))
    return tuple(claims)


def owed(claims: tuple[Claim, ...]) -> list[int | None]:
    """What the last versions ask."""
    gone = {claim.replaces_id for claim in claims}
    return [
        claim.you_owe for claim in claims if claim.id not in gone and claim.version is not EobVersion.VOID
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_a_correction_in_the_same_download_is_taken_after_what_it_corrects(turned: bool) -> None:
    eobs = [found(owe=100_00), found(owe=60_00, processed=28)]
    rows = judged(*(reversed(eobs) if turned else eobs))
    later = next(row for row in rows if row.found.you_owe == 60_00)
    assert (later.state, later.take) == (RowState.CHANGED, True)
    assert later.draft is not None
    assert later.draft.version is EobVersion.ADJUSTMENT
    claims = kept(rows)
    assert owed(claims) == [60_00]
    again = judged(*eobs, claims=claims)
    assert {(row.state, row.take) for row in again} == {(RowState.KNOWN, False)}


def test_which_of_two_holds_is_asked_where_no_day_tells() -> None:
    first, second = judged(found(owe=100_00, processed=None), found(owe=60_00, processed=None))
    assert (first.take, second.take, second.state) == (True, False, RowState.CHANGED)
    assert "take the one that holds" in second.why
    assert owed(kept([first, replace(second, take=True)])) == [60_00]


def test_an_eob_that_takes_the_place_of_another_number_is_counted_once() -> None:
    old = found("C1")
    new = found("C2", owe=50_00, processed=28, replaces="C1")
    first, second = judged(old, new)
    assert second.take
    assert "takes the place of claim C1" in second.why
    claims = kept([first, second])
    assert owed(claims) == [50_00]
    assert {row.state for row in judged(old, new, claims=claims)} == {RowState.KNOWN}
    there = kept(judged(old))
    (alone,) = judged(new, claims=there)
    assert (alone.state, alone.against, alone.take) == (RowState.CHANGED, 1, True)
    assert owed(kept([alone], there)) == [50_00]


def test_the_same_correction_in_two_files_is_taken_once() -> None:
    there = kept(judged(found()))
    later = found(owe=60_00, processed=28)
    one, two = judged(later, later, claims=there)
    assert (one.take, two.take, two.state) == (True, False, RowState.KNOWN)


def test_an_older_version_without_a_day_is_known_after_its_correction() -> None:
    first = found(processed=None)
    there = kept(judged(found(owe=60_00)), kept(judged(first)))
    there = (there[0], replace(there[1], replaces_id=1, version=EobVersion.ADJUSTMENT))
    (row,) = judged(first, claims=there)
    assert (row.state, row.take) == (RowState.KNOWN, False)


def test_a_cancelled_one_takes_back_what_is_there_or_comes_with_it() -> None:
    gone = found(status="cancelled", processed=28)
    (alone,) = judged(gone)
    assert not alone.take
    assert "cancelled" in alone.why
    rows = judged(found(), gone)
    assert [row.take for row in rows] == [True, True]
    claims = kept(rows)
    assert owed(claims) == []
    assert {row.state for row in judged(found(), gone, claims=claims)} == {RowState.KNOWN}
    there = kept(judged(found()))
    (back,) = judged(gone, claims=there)
    assert (back.state, back.take, back.against) == (RowState.CHANGED, True, 1)


def test_one_that_was_cancelled_before_does_not_stand_in_the_way() -> None:
    rows = judged(found(status="cancelled", processed=10), found(owe=60_00, processed=28))
    assert [row.take for row in rows] == [False, True]
    assert owed(kept(rows)) == [60_00]


def test_what_was_decided_about_a_file_stands_when_it_comes_again() -> None:
    eobs = [found(owe=100_00, processed=None), found(owe=60_00, processed=None), found("C2")]
    known = KnownCare(people=PEOPLE)
    there = kept(judge_eobs([(0, eobs[:2])], known))
    again = judge_eobs([(0, eobs)], replace(known, claims=there, again={0}))
    assert [row.take for row in again] == [False, False, False]
    assert "left out" in again[2].why
    fresh = judge_eobs([(0, eobs)], replace(known, claims=there))
    assert [row.take for row in fresh] == [False, True, True]


@pytest.mark.parametrize("use", ["preauthorization", "predetermination"])
def test_what_was_said_before_care_is_no_eob(use: str) -> None:
    (row,) = judged(found(use=use))
    assert (row.take, row.draft) == (False, None)
    assert "before care" in row.problem or "prior authorization" in row.problem


def test_the_same_number_of_another_insurer_is_another_claim() -> None:
    there = kept(judged(found()))
    (row,) = judged(found(patient="Rob Other", service_from=date(2026, 3, 9)), claims=there)
    assert row.state is RowState.NEW


def test_versions_of_a_stranger_are_judged_together_once_the_person_is_chosen() -> None:
    eobs = [found(patient="Casey Stranger"), found(patient="Casey Stranger", owe=60_00, processed=28)]
    known = KnownCare(people=PEOPLE)
    rows = judge_eobs([(0, eobs)], known)
    assert all(row.needs_person and not row.take for row in rows)
    rows = for_people(rows, {0: PAT, 1: PAT}, known)
    assert [row.take for row in rows] == [True, True]
    assert owed(kept(rows)) == [60_00]


EOBS = st.lists(
    st.builds(
        found,
        st.sampled_from(["C1", "C2"]),
        owe=st.sampled_from([0, 60_00, 100_00]),
        processed=st.integers(10, 14),
        status=st.sampled_from(["active", "active", "cancelled"]),
        replaces=st.sampled_from(["", "", "C1"]),
    ),
    max_size=6,
)


@given(EOBS)
def test_taking_a_download_twice_brings_nothing_new(eobs: list[FoundEob]) -> None:
    claims = kept(judged(*eobs))
    assert len(owed(claims)) <= len({eob.id for eob in eobs})
    again = judged(*eobs, claims=claims)
    # Of two that were processed the same day nothing tells which one holds: the member decides each time.
    days = Counter((eob.id, eob.processed_on) for eob in eobs)
    told = [row for row in again if row.take and days[(row.found.id, row.found.processed_on)] == 1]
    assert not told, [(row.found, row.why) for row in told]
