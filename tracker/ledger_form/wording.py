"""The fields of the nouns in few words: `text("note")`, `amount("billed")`, `link("plan_id", "plans")`."""

from __future__ import annotations

from enum import StrEnum

from tracker.ledger_form.kinds import (
    Amount,
    Count,
    Day,
    Flag,
    Id,
    Link,
    Name,
    Rate,
    Text,
    TextOrNone,
    Word,
)
from tracker.ledger_form.parts import Field
from tracker.money import Cents

_ID, _TEXT, _TEXT_OR_NONE, _NAME, _AMOUNT, _COUNT, _RATE, _DAY, _FLAG = (
    Id(),
    Text(),
    TextOrNone(),
    Name(),
    Amount(),
    Count(),
    Rate(),
    Day(),
    Flag(),
)

ID = Field("id", _ID, required=True)


def text(name: str) -> Field:
    return Field(name, _TEXT, default="")


def known_text(name: str) -> Field:
    """A text that other rows go by, so it has to be given; it may be empty."""
    return Field(name, _TEXT, required=True)


def text_or_none(name: str) -> Field:
    return Field(name, _TEXT_OR_NONE)


def name() -> Field:
    """What something is called: never empty."""
    return Field("name", _NAME, required=True)


def amount(name: str, default: Cents | None = None) -> Field:
    """An amount that may be unknown, or is `default` where it is not given."""
    return Field(name, _AMOUNT, default=default)


def known(name: str) -> Field:
    """An amount that has to be given."""
    return Field(name, _AMOUNT, required=True)


def number(name: str, default: int | None = None, *, column: str = "") -> Field:
    return Field(name, _COUNT, column, default=default)


def known_number(name: str) -> Field:
    return Field(name, _COUNT, required=True)


def rate(name: str, default: int | None = 0, *, column: str = "") -> Field:
    return Field(name, _RATE, column, default=default)


def day(name: str) -> Field:
    return Field(name, _DAY)


def known_day(name: str) -> Field:
    return Field(name, _DAY, required=True)


def flag(name: str, *, default: bool = False) -> Field:
    return Field(name, _FLAG, default=int(default))


def not_flag(name: str, column: str) -> Field:
    """True unless said otherwise, and stored as its contrary."""
    return Field(name, Flag(turned=True), column, default=0)


def word(name: str, usual: StrEnum, *, column: str = "") -> Field:
    """One of the words of a kind; `usual` where it is not given."""
    return Field(name, Word(type(usual), usual), column, default=usual.value)


def known_word(name: str, words: type[StrEnum]) -> Field:
    return Field(name, Word(words), required=True)


def link(name: str, noun: str) -> Field:
    return Field(name, Link(noun))


def known_link(name: str, noun: str) -> Field:
    return Field(name, Link(noun), required=True)
