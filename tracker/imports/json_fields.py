"""Typed reading of JSON objects that people may have written by hand: every complaint names its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from tracker.errors import UserProblem
from tracker.money import LARGEST

E = TypeVar("E", bound=StrEnum)

_REQUIRED: Any = object()
"""Stands for "there is no default": the field has to be there."""


def malformed(where: str, why: str) -> NoReturn:
    raise UserProblem(f"{where} {why}.", "Correct the file and try again.")


@contextmanager
def named(where: str) -> Iterator[None]:
    """Put the place before what a value's own checks complain about."""
    try:
        yield
    except UserProblem as problem:
        if problem.what.startswith(where):
            raise
        raise UserProblem(f"{where}: {problem.what}", problem.todo, field=problem.field) from problem


class Fields:
    """One JSON object and the words for its place. A field that is absent or null has its default."""

    def __init__(self, raw: Any, where: str) -> None:
        if not isinstance(raw, dict):
            malformed(where, f"is {_kind(raw)} where an object with fields is meant")
        self.raw: Mapping[str, Any] = raw
        self.where = where

    def _get(self, key: str, default: Any) -> Any:
        value = self.raw.get(key)
        if value is None and default is _REQUIRED:
            malformed(self.where, f"has no {key}")
        return value

    def _wrong(self, key: str, value: Any, meant: str) -> NoReturn:
        shown = repr(value)
        shown = shown if len(shown) <= 40 else shown[:39] + "\u2026"
        malformed(self.where, f"has {key} {shown} where {meant} is meant")

    def text(self, key: str, *, default: Any = _REQUIRED) -> Any:
        value = self._get(key, default)
        if value is None:
            return default
        if not isinstance(value, str) or not value:
            self._wrong(key, value, "a text")
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._get(key, default)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._wrong(key, value, "true or false")
        return value

    def number(self, key: str, *, default: Any = _REQUIRED) -> Any:
        """A whole number."""
        value = self._get(key, default)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST:
            self._wrong(key, value, "a whole number")
        return value

    def amount(self, key: str, *, default: Any = _REQUIRED) -> Any:
        """Whole cents, zero or more."""
        value = self._get(key, default)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST:
            self._wrong(key, value, "an amount in whole cents from 0")
        return value

    def choice(self, key: str, kinds: type[E], *, default: Any = _REQUIRED) -> Any:
        value = self._get(key, default)
        if value is None:
            return default
        try:
            return kinds(value)
        except ValueError:
            self._wrong(key, value, f"one of {', '.join(kinds)}")

    def list(self, key: str, *, default: Any = _REQUIRED) -> list[Any]:
        value = self._get(key, default)
        if value is None:
            value = default
        if not isinstance(value, list):
            self._wrong(key, value, "a list")
        return value

    def table(self, key: str, *, default: Any = _REQUIRED) -> dict[str, Any]:
        value = self._get(key, default)
        if value is None:
            value = default
        if not isinstance(value, dict):
            self._wrong(key, value, "an object with fields")
        return value


def _kind(value: Any) -> str:
    names = {list: "a list", str: "a text", int: "a number", float: "a number", bool: "a flag"}
    return names.get(type(value), "nothing")
