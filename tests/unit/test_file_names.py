"""Names of files that every system takes."""

from __future__ import annotations

from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.file_names import file_name


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("Year in review 2026.pdf", "Year in review 2026.pdf"),
        ('A/B\\C: "x" <y>?', "A B C x y"),
        ("../../passwd", "passwd"),
        ("receipt.pdf. . ", "receipt.pdf"),
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        ("Com1 .txt", "_Com1 .txt"),
        ("Constance.pdf", "Constance.pdf"),
        ("line\r\nbreak\0.txt", "line break .txt"),
        ("EOB \u202efdp.exe", "EOB fdp.exe"),
        ("Zoë \u2013 عربي.pdf", "Zoë \u2013 عربي.pdf"),
        (" ... ", "document"),
    ],
)
def test_what_a_system_refuses_is_left_out(wanted: str, name: str) -> None:
    assert file_name(wanted, otherwise="document") == name


def test_a_long_name_keeps_its_ending_and_whole_letters() -> None:
    name = file_name("\N{PILL}" * 200 + ".pdf", otherwise="document")
    assert name.endswith("\N{PILL}.pdf")
    assert 100 < len(name.encode()) <= 120
    assert file_name("long " * 100, otherwise="x", most=80) == ("long " * 16).strip()


@given(st.text(max_size=300))
def test_any_words_make_a_name_for_windows_too(wanted: str) -> None:
    name = file_name(wanted, otherwise="document")
    assert name
    assert not name.endswith((" ", "."))
    assert not PureWindowsPath(name).is_reserved()
    assert PureWindowsPath(f"C:/folder/{name}").name == name
    assert len(name.encode("utf-8", "replace")) <= 125
