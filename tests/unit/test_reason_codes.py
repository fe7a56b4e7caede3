"""Reason codes: what people type is read, kept and explained, whatever it is."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.claims.reason_codes import (
    GROUPS,
    OWING_RULE,
    CodeKind,
    Decoded,
    Loss,
    decode,
    detectors,
    read_codes,
    write_codes,
)
from tracker.imports.reason_codes_file import parse_reason_codes, reason_codes

TABLE = reason_codes()

_CARCS = (
    "1 2 3 4 11 16 18 19 20 21 22 23 24 26 27 29 31 32 39 40 45 49 50 55 58 59 95 96 97 100 109 119 149 "
    "151 167 170 187 193 197 198 200 204 209 226 227 236 234 231 242 243 252 253 272 273 276 279 284 296 "
    "286 287 288 A1 B7 B13 B15"
)
_RARCS = (
    "N1 N16 N19 N20 N30 N115 N386 N130 N362 N381 N382 N522 N640 N706 M15 M80 M86 MA04 MA130 "
    "N862 N864 N865 N866 N867 N868 N869 N870"
)
CARCS, RARCS = _CARCS.split(), _RARCS.split()


def one(text: str) -> Decoded:
    (found,) = decode(text, TABLE)
    return found


# ----------------------------------------------------------------------------------------- the table


def test_the_table_has_every_code_of_the_rulebook() -> None:
    assert set(TABLE.adjustments) == set(CARCS)
    assert set(TABLE.remarks) == set(RARCS)
    assert set(TABLE.groups) == set(GROUPS)
    assert set(TABLE.statuses) == {1, 2, 3, 4, 5, 11, 13, 15, 16, 17, 19, 20, 21, 22, 23, 25}
    assert TABLE.sources
    assert TABLE.checked_on is not None


@pytest.mark.parametrize("code", [*CARCS, *RARCS])
def test_every_code_has_words_and_a_first_thing_to_do(code: str) -> None:
    found = one(code)
    assert found.known
    assert found.words.endswith(".")
    assert found.first.endswith(".")
    assert "!" not in found.words + found.first
    assert set(found.usual) <= set(GROUPS)
    assert all(hint[0] == "D" and 1 <= int(hint[1:]) <= 25 for hint in found.detectors)


def test_groups_say_whose_loss_it_is() -> None:
    assert OWING_RULE == "CO and PI never increase what you owe; PR does."
    assert {code: (group.loss, group.raises) for code, group in TABLE.groups.items()} == {
        "CO": (Loss.PROVIDER, False),
        "PR": (Loss.YOU, True),
        "OA": (Loss.OTHER, None),
        "PI": (Loss.PROVIDER, False),
        "CR": (Loss.OTHER, None),
    }


def test_alerts_only_inform() -> None:
    alerts = {code for code, meaning in TABLE.remarks.items() if meaning.alert}
    assert alerts == {"N1", "N381", "N862", "N864", "N865", "N866", "N867", "N868", "N869", "N870"}


def test_a_file_may_leave_out_what_is_not_needed() -> None:
    table = parse_reason_codes('[carc.1]\nwords = "a."\nfirst = "b."\n')
    assert table.adjustments["1"].usual == ()
    assert table.remarks == {}


# --------------------------------------------------------------------------------- what people type


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("CO-45", ["CO-45"]),
        ("co45", ["CO-45"]),
        ("PR 1", ["PR-1"]),
        ("45", ["45"]),
        ("N862", ["N862"]),
        ("MA130", ["MA130"]),
        ("ma4", ["MA04"]),
        ("CO-045, pr-001", ["CO-45", "PR-1"]),
        ("CO-45 PR 1 N130", ["CO-45", "PR-1", "N130"]),
        ("CO45,PR1;N862/MA130\nOA-23", ["CO-45", "PR-1", "N862", "MA130", "OA-23"]),
        ("CO\u201345", ["CO-45"]),  # the long dash of a pasted text
        ("\uff23\uff2f\uff0d\uff14\uff15", ["CO-45"]),  # full width
        ("CO:45.", ["CO-45"]),
        ("(CO-45)", ["CO-45"]),
        ("PR\u00a01", ["PR-1"]),
        ("COA1, co-b7", ["CO-A1", "CO-B7"]),
        ("b15", ["B15"]),
        ("PR", ["PR"]),
        ("CO PR 2", ["CO", "PR-2"]),
        ("CO;45", ["CO", "45"]),
        ("PR 1 2", ["PR-1", "2"]),  # the group takes one number, no more is guessed
        ("CO-45, CO-45, co45", ["CO-45"]),
        ("CO-999", ["CO-999"]),
        ("", []),
        (" ,;/ \n\t", []),
        ("...", []),
    ],
)
def test_codes_are_read_as_people_type_them(typed: str, codes: list[str]) -> None:
    assert [str(reason) for reason in read_codes(typed)] == codes


def test_words_between_codes_are_kept_as_typed() -> None:
    found = read_codes("the plan, it says CO-45: over the contract $85.00")
    assert [(reason.kind, str(reason)) for reason in found] == [
        (CodeKind.TEXT, "the plan, it says"),
        (CodeKind.ADJUSTMENT, "CO-45"),
        (CodeKind.TEXT, "over the contract $85.00"),
    ]


@pytest.mark.parametrize(
    "typed", ["1E5", "12345", "CO-12345", "XX-45", "\u0664\u0665", "$45", "-45.00", "C0-45"]
)
def test_what_is_no_code_says_so(typed: str) -> None:
    found = one(typed)
    assert found.reason.kind is CodeKind.TEXT
    assert not found.known
    assert typed in found.words
    assert found.raises is None


# ------------------------------------------------------------------------------------ what it means


def test_a_write_off_in_network_is_the_providers_loss() -> None:
    found = one("CO-45")
    assert (found.loss, found.raises, found.unusual) == (Loss.PROVIDER, False, False)
    assert found.detectors == ()


def test_the_same_number_put_on_the_patient_is_questioned() -> None:
    found = one("PR-45")
    assert (found.loss, found.raises, found.unusual) == (Loss.YOU, True, True)
    assert found.detectors == ("D6",)
    assert found.first != one("CO-45").first


def test_a_number_without_its_group_leaves_the_loss_open() -> None:
    found = one("197")
    assert (found.loss, found.raises) == (Loss.UNKNOWN, None)
    assert found.usual == ("CO", "PR")
    assert found.detectors == ("D8",)


@pytest.mark.parametrize("typed", ["CO-999", "N9999", "Y3", "PR-888"])
def test_an_unknown_code_is_kept_and_said_so(typed: str) -> None:
    found = one(typed)
    assert found.code == typed
    assert not found.known
    assert "not in the list" in found.words
    assert found.first
    assert found.loss is {"C": Loss.PROVIDER, "P": Loss.YOU}.get(typed[0], Loss.UNKNOWN)


def test_a_group_alone_says_whose_loss_it_is() -> None:
    found = one("PR")
    assert (found.known, found.loss, found.raises) == (True, Loss.YOU, True)


def test_detectors_of_a_line_come_once() -> None:
    assert detectors(decode("CO-197, CO-198, PR-1", TABLE)) == ("D8", "D7")


# -------------------------------------------------------------------------------------- any text at all


@given(st.text(max_size=200))
def test_no_text_raises_or_is_lost(text: str) -> None:
    found = decode(text, TABLE)
    assert all(one.words and one.first for one in found)
    assert len({one.reason for one in found}) == len(found)
    # Reading what was written gives the same codes again.
    reasons = tuple(one.reason for one in found)
    assert read_codes(write_codes(reasons)) == reasons


codish = st.text(alphabet="COPRIAMNB0123456789 -,;/." + string.whitespace, max_size=60)


@given(codish)
def test_texts_of_codes_read_back_the_same(text: str) -> None:
    reasons = read_codes(text)
    assert read_codes(write_codes(reasons)) == reasons


@given(
    st.sampled_from(GROUPS),
    st.sampled_from(CARCS),
    st.sampled_from(["-", " ", "", ":", " - ", "\u2014", "  "]),
)
def test_however_a_group_is_joined_to_its_number(group: str, code: str, joint: str) -> None:
    (found,) = read_codes(f"{group}{joint}{code}".lower())
    assert (found.group, found.code) == (group, code)


@pytest.mark.parametrize("group", ["CO", "PI"])
@pytest.mark.parametrize("code", CARCS)
def test_co_and_pi_never_increase_what_you_owe(group: str, code: str) -> None:
    assert one(f"{group}-{code}").raises is False
    assert one(f"PR-{code}").raises is True


def test_a_megabyte_of_anything_is_read() -> None:
    assert len(read_codes("CO-45 " * 200_000)) == 1
    assert len(read_codes("x" * 1_000_000)) == 1
    assert len(read_codes("CO " * 200_000)) == 1
