"""The coverage examples that come with the program, read from `resources/rules/coverage_examples.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files

from tracker.domain.coverage.examples import Scenario, scenarios_of
from tracker.errors import WorldProblem


@cache
def coverage_examples() -> Mapping[str, Scenario]:
    """All examples by code; read once."""
    try:
        text = (files("resources") / "rules" / "coverage_examples.toml").read_text("utf-8")
    except OSError as why:
        raise WorldProblem(
            "The table of coverage examples could not be read.", "Install the program again."
        ) from why
    return scenarios_of(tomllib.loads(text, parse_float=Decimal))
