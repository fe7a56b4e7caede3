"""A line of code knows its room by what it may import, and no room knows more than it needs.

The rules are a table, `RULES`; the rest of this file reads imports and compares.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("tracker", "ui")

QT = ("PySide6", "shiboken6")
DATABASE = ("sqlalchemy", "alembic", "sqlite3")
DISK = ("os", "pathlib", "io", "shutil", "tempfile", "glob", "subprocess", "socket", "platformdirs")
HEAVY = ("matplotlib", "openpyxl", "alembic", "numpy", "pypdf", "icalendar")


@dataclass(frozen=True)
class Rule:
    """What the modules of some packages never import, and where that does not count."""

    says: str
    inside: tuple[str, ...]
    never: tuple[str, ...]
    but_not_in: tuple[str, ...] = ()
    at_import_only: bool = False  # importing inside a function is fine


RULES = (
    Rule("the core knows no screen", ("tracker",), (*QT, "ui"), but_not_in=("tracker.cli",)),
    Rule("the command line leaves Qt to ui", ("tracker.cli",), QT),
    Rule("the command line loads ui only for a window", ("tracker.cli",), ("ui",), at_import_only=True),
    Rule(
        "rules and reports are pure",
        ("tracker.domain", "tracker.reports"),
        (
            *DATABASE,
            *DISK,
            "tracker.storage",
            "tracker.services",
            "tracker.cli",
            "tracker.imports",
            "tracker.exports",
        ),
    ),
    Rule(
        "storage knows facts and no rule",
        ("tracker.storage",),
        (
            "tracker.domain",
            "tracker.reports",
            "tracker.services",
            "tracker.imports",
            "tracker.exports",
            "tracker.cli",
        ),
    ),
    Rule("services know no front end", ("tracker.services",), ("tracker.cli",)),
    Rule(
        "SQL stays behind services",
        ("tracker", "ui"),
        ("sqlalchemy",),
        but_not_in=("tracker.storage", "tracker.services"),
    ),
    Rule("pages see no tables", ("ui",), (*DATABASE, "tracker.storage.schema")),
    Rule(
        "the window does not wait for heavy libraries",
        ("tracker", "ui"),
        HEAVY,
        but_not_in=("tracker.storage.migrations",),
        at_import_only=True,
    ),
)

#: Rooms in which nothing opens a file either.
NO_FILES = ("tracker.domain", "tracker.reports")
FILE_CALLS = {"open", "read_text", "write_text", "read_bytes", "write_bytes"}


@dataclass(frozen=True)
class Import:
    """One imported name, in full, and whether it is fetched as soon as the file is imported."""

    name: str
    line: int
    at_import: bool


def is_within(name: str, packages: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of these or lies below one of them."""
    return any(name == package or name.startswith(package + ".") for package in packages)


def imports_in(tree: ast.AST, at_import: bool = True) -> Iterator[Import]:
    """Every import below a node. `from a import b` counts as `a.b`, which may be a module."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, at_import)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield Import(f"{node.module}.{alias.name}", node.lineno, at_import)
        elif isinstance(node, ast.Call) and named(node.func) in {"import_module", "__import__"}:
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield Import(argument.value, node.lineno, at_import)
        inner = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for_types = isinstance(node, ast.If) and named(node.test) == "TYPE_CHECKING"
        yield from imports_in(node, at_import and not inner and not for_types)


def named(node: ast.expr) -> str:
    """The last part of a name: `import_module` of `importlib.import_module`."""
    return getattr(node, "attr", None) or getattr(node, "id", "")


def broken(rule: Rule, module: str, tree: ast.AST) -> list[str]:
    """How a module breaks a rule, one line for each import."""
    if not is_within(module, rule.inside) or is_within(module, rule.but_not_in):
        return []
    return [
        f"{module}:{found.line} imports {found.name}"
        for found in imports_in(tree)
        if is_within(found.name, rule.never) and (found.at_import or not rule.at_import_only)
    ]


def modules() -> dict[str, Path]:
    """Every Python file of the program by its dotted name."""
    files = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    parts = {path: path.relative_to(ROOT).with_suffix("").parts for path in files}
    return {".".join(p[:-1] if p[-1] == "__init__" else p): path for path, p in parts.items()}


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.AST]:
    """Every module of the program, parsed once."""
    return {
        name: ast.parse(path.read_text(encoding="utf-8"), str(path)) for name, path in modules().items()
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)
def test_every_module_keeps_the_rule(rule: Rule, trees: dict[str, ast.AST]) -> None:
    assert [line for name, tree in trees.items() for line in broken(rule, name, tree)] == []


def test_rules_and_reports_open_no_file(trees: dict[str, ast.AST]) -> None:
    calls = [
        f"{name}:{node.lineno} calls {named(node.func)}"
        for name, tree in trees.items()
        if is_within(name, NO_FILES)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and named(node.func) in FILE_CALLS
    ]
    assert calls == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)
def test_a_rule_speaks_of_places_that_exist(rule: Rule, trees: dict[str, ast.AST]) -> None:
    """A renamed package would otherwise slip out of its rule unnoticed."""
    for place in rule.inside:
        assert place in trees


@pytest.mark.parametrize(
    ("module", "source", "says"),
    [
        ("tracker.money", "import PySide6.QtCore", "the core knows no screen"),
        ("tracker.money", "def f():\n    from ui import app", "the core knows no screen"),
        (
            "tracker.cli.main",
            "from PySide6.QtWidgets import QApplication",
            "the command line leaves Qt to ui",
        ),
        ("tracker.cli.main", "from ui.app import main", "the command line loads ui only for a window"),
        ("tracker.domain.budget", "from tracker import storage", "rules and reports are pure"),
        ("tracker.reports.year", "import os.path", "rules and reports are pure"),
        ("tracker.storage.ledger", "from tracker.domain import budget", "storage knows facts and no rule"),
        ("ui.models.table", "from sqlalchemy import select", "SQL stays behind services"),
        ("ui.pages.overview", "from tracker.storage import schema", "pages see no tables"),
        (
            "tracker.exports.xlsx",
            "try:\n    import openpyxl\nexcept ImportError: ...",
            "the window does not wait",
        ),
        ("ui.charts.ink", "import importlib\nimportlib.import_module('numpy')", "the window does not wait"),
    ],
)
def test_a_broken_rule_is_seen(module: str, source: str, says: str) -> None:
    (rule,) = (rule for rule in RULES if rule.says.startswith(says))
    assert broken(rule, module, ast.parse(source))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("tracker.cli.main", "def window():\n    from ui.app import main"),
        ("tracker.exports.xlsx", "def write():\n    import openpyxl"),
        (
            "tracker.exports.xlsx",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import openpyxl",
        ),
        ("tracker.storage.migrations.versions.first", "from alembic import op"),
        ("tracker.storage.ledger", "from tracker.facts import Payment\nfrom tracker.money import Money"),
        ("tracker.domain.budget", "from osgood import pathlibrary"),
    ],
)
def test_what_is_allowed_passes(module: str, source: str) -> None:
    assert [line for rule in RULES for line in broken(rule, module, ast.parse(source))] == []


@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("tracker.cli.main", ("PySide6", "sqlalchemy", "openpyxl", "alembic", "matplotlib", "numpy")),
        ("ui.main_window", ("sqlalchemy", "openpyxl", "alembic", "matplotlib", "numpy")),
    ],
)
def test_importing_brings_in_nothing_heavy(module: str, without: tuple[str, ...], tmp_path: Path) -> None:
    """Asked of a fresh interpreter, since a library may also come in through a third module."""
    if module not in modules():
        pytest.skip(f"{module} is not there yet")
    code = f"import sys, {module}; print(*sorted(set({without!r}) & set(sys.modules)))"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=tmp_path
    )
    assert (answer.returncode, answer.stdout.strip()) == (0, ""), answer.stderr


def test_the_folder_packaging_is_no_package() -> None:
    """As a package it would hide the library of the same name, which pytest needs."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def project_files() -> list[Path]:
    """The files git knows or would take; outside a clone, those of the folders that matter."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        folders = (*PACKAGES, "resources", "packaging", "tests", "docs")
        found = [path for folder in folders for path in (ROOT / folder).rglob("*")]
        files = [*found, *ROOT.glob("*.*")]
    else:
        files = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in files if path.is_file() and "__pycache__" not in path.parts]


# Put together here, so that this file does not contain what it looks for.
MACHINE_PATH = re.compile(
    r"(?<![\w.~)}/-])/(?:" + "|".join(("work", "root", "home")) + r")(?=/|[\s\"'`),.;]|$)"
)


def test_no_file_speaks_of_a_folder_of_one_machine() -> None:
    spoken = []
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # not text
        spoken += [
            f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()[:120]}"
            for number, line in enumerate(text.splitlines(), start=1)
            if MACHINE_PATH.search(line)
        ]
    assert spoken == []


@pytest.mark.parametrize("folder", ["work", "root", "home"])
def test_a_folder_of_one_machine_is_recognised(folder: str) -> None:
    path = f"/{folder}"
    assert MACHINE_PATH.search(f'cd "{path}/main"')
    assert MACHINE_PATH.search(f"copied to {path}")
    assert not MACHINE_PATH.search(f"https://example.org{path}/page and at{path} or {path}ing")
