"""The road from a bare Python to a running program: what can be checked of it without walking it."""

from __future__ import annotations

import datetime
import importlib.machinery
import importlib.util
import io
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "packaging"
SCRIPTS = ("run", "test", "lock")


def load(name: str, file: str) -> ModuleType:
    """A script of the folder as a module; the folder itself must not become a package."""
    loader = importlib.machinery.SourceFileLoader(name, str(FOLDER / file))
    spec = importlib.util.spec_from_loader(name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = written
    return module


@pytest.fixture(scope="module")
def setup_env() -> ModuleType:
    return load("setup_env", "setup_env.py")


@pytest.fixture(scope="module")
def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture
def script(setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`packaging/run`, without the trace it leaves in the module search path."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    return load("packaging_run", "run")


@pytest.fixture
def venv(setup_env: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand for an environment, and two small lock files."""
    locks = {"run": tmp_path / "run.lock", "dev": tmp_path / "dev.lock"}
    for kind, lock in locks.items():
        lock.write_text(f"{kind}\n", encoding="utf-8")
    monkeypatch.setattr(setup_env, "LOCKS", locks)
    folder = tmp_path / "venv"
    (folder / "bin").mkdir(parents=True)
    return folder


# --- the files --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_can_be_started(name: str) -> None:
    path = FOLDER / name
    assert path.read_text(encoding="utf-8").startswith("#!/usr/bin/env python3\n")
    assert os.name == "nt" or os.access(path, os.X_OK)


def test_the_ci_script_can_be_started() -> None:
    path = ROOT / ".ci" / "run"
    text = path.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in text
    assert os.name == "nt" or os.access(path, os.X_OK)


def test_the_licence_is_there() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("MIT License")
    assert "2026 Concierge Ledger contributors" in text


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.startswith("# Changelog\n")
    assert "\n## [Unreleased]\n" in text


# --- locked versions --------------------------------------------------------------------------


def locked(name: str) -> dict[str, tuple[Requirement, list[str]]]:
    """The requirements of a lock file with the hashes of each."""
    text = (FOLDER / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            requirement = Requirement(line.split(" --hash=")[0])
            found[canonicalize_name(requirement.name)] = (requirement, re.findall(r"--hash=(\S+)", line))
    return found


LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_version_is_exact_and_hashed(name: str) -> None:
    for requirement, hashes in locked(name).values():
        assert [pin.operator for pin in requirement.specifier] == ["=="], requirement
        assert hashes, requirement
        assert len(set(hashes)) == len(hashes)
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_place(name: str) -> None:
    """Neither an index nor a folder: the same file must do for everybody."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if not line.startswith("#")]
    assert [line for line in said if "/" in line or ":" in line.replace("sha256:", "")] == []
    assert [line for line in said if line.startswith("-")] == []
    assert not any("://" in line or "find-links" in line or "index-url" in line for line in lines)


def test_the_tools_are_locked_on_top_of_the_same_versions() -> None:
    runtime, tools = locked(LOCKS[0]), locked(LOCKS[1])
    assert {name: tools.get(name) for name in runtime} == runtime


def test_locked_versions_are_those_the_project_allows(project: dict) -> None:
    for name, wanted in (
        (LOCKS[0], project["dependencies"]),
        (LOCKS[1], project["dependencies"] + project["optional-dependencies"]["dev"]),
    ):
        found = locked(name)
        for requirement in map(Requirement, wanted):
            (pin,) = found[canonicalize_name(requirement.name)][0].specifier
            assert pin.version in requirement.specifier, requirement


def test_the_program_does_not_run_on_tools() -> None:
    assert not {"pytest", "ruff", "mypy", "setuptools", "matplotlib"} & set(locked(LOCKS[0]))


def test_what_only_windows_needs_is_locked_for_windows_only() -> None:
    requirement, _ = locked(LOCKS[1])["colorama"]
    assert str(requirement.marker) == 'sys_platform == "win32"'


# --- one environment, filled once -------------------------------------------------------------


def test_an_environment_without_a_stamp_is_not_filled(setup_env: ModuleType, venv: Path) -> None:
    assert not setup_env.is_filled(venv, "run")


@pytest.mark.parametrize(("installed", "run", "dev"), [("run", True, False), ("dev", True, True)])
def test_the_tools_bring_the_program_with_them(
    setup_env: ModuleType, venv: Path, installed: str, run: bool, dev: bool
) -> None:
    setup_env.write_stamp(venv, installed)
    assert setup_env.is_filled(venv, "run") is run
    assert setup_env.is_filled(venv, "dev") is dev


def test_a_changed_lock_file_fills_the_environment_again(setup_env: ModuleType, venv: Path) -> None:
    setup_env.write_stamp(venv, "dev")
    setup_env.LOCKS["dev"].write_text("dev, newer\n", encoding="utf-8")
    assert setup_env.is_filled(venv, "run")
    assert not setup_env.is_filled(venv, "dev")


def test_installing_the_program_alone_forgets_the_tools(setup_env: ModuleType, venv: Path) -> None:
    """Their lock file may have wanted other versions of what was just replaced."""
    setup_env.write_stamp(venv, "dev")
    setup_env.write_stamp(venv, "run")
    assert not setup_env.is_filled(venv, "dev")


@pytest.mark.parametrize("text", ["", "{", "[]", "12", '"run"'])
def test_a_damaged_stamp_counts_as_none(setup_env: ModuleType, venv: Path, text: str) -> None:
    (venv / setup_env.STAMP_NAME).write_text(text, encoding="utf-8")
    assert not setup_env.is_filled(venv, "run")


def test_line_endings_do_not_change_a_lock(setup_env: ModuleType, tmp_path: Path) -> None:
    one, other = tmp_path / "unix", tmp_path / "windows"
    one.write_bytes(b"a==1\nb==2\n")
    other.write_bytes(b"a==1\r\nb==2\r\n")
    assert setup_env.lock_hash(one) == setup_env.lock_hash(other)


def test_a_failed_install_leaves_no_stamp(
    setup_env: ModuleType, venv: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup_env.write_stamp(venv, "run")
    monkeypatch.setattr(setup_env.subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=1))
    with pytest.raises(setup_env.SetupError, match="network"):
        setup_env.install_locked(venv, "run")
    assert not setup_env.is_filled(venv, "run")


def test_nothing_but_an_environment_is_ever_replaced(setup_env: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / ".venv"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(setup_env.SetupError, match="Move it away"):
        setup_env.make_venv(folder)
    assert (folder / "letter.txt").exists()


def test_a_missing_environment_has_no_packages(setup_env: ModuleType, tmp_path: Path) -> None:
    assert setup_env.site_packages(tmp_path / "nowhere") is None


def test_children_stay_inside_the_environment(setup_env: ModuleType) -> None:
    given = {"PATH": "p", "PYTHONPATH": "x", "PYTHONHOME": "x", "PIP_USER": "1", "PIP_INDEX_URL": "kept"}
    assert setup_env.child_environment(given) == {"PATH": "p", "PIP_INDEX_URL": "kept"}


def test_the_command_of_the_environment_is_the_entry_point(setup_env: ModuleType, project: dict) -> None:
    (command, entry), *others = project["scripts"].items()
    module, function = entry.split(":")
    assert others == []
    assert (
        f"sys.argv[0] = '{command}'; from {module} import {function}; sys.exit({function}())"
        in setup_env.START
    )


def test_linking_makes_the_project_importable(setup_env: ModuleType, venv: Path, tmp_path: Path) -> None:
    root, packages = tmp_path / "the project", tmp_path / "packages"
    packages.mkdir()
    setup_env.link_project(venv, packages, root)
    assert (packages / setup_env.LINK_NAME).read_text(encoding="utf-8") == f"{root}\n"


def test_a_folder_that_python_cannot_be_told_of_is_said(
    setup_env: ModuleType, venv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows with Python 3.11, where only the letters of the system's code page work."""
    monkeypatch.setattr(setup_env, "locale_encoding", lambda: "cp1252")
    monkeypatch.setattr(setup_env.sys, "version_info", (3, 11))
    setup_env.link_project(venv, tmp_path, tmp_path / "Zoë")
    assert (tmp_path / setup_env.LINK_NAME).read_bytes() == f"{tmp_path / 'Zoë'}\n".encode("cp1252")
    with pytest.raises(setup_env.SetupError, match="a folder with a plain name"):
        setup_env.link_project(venv, tmp_path, tmp_path / "Łódź")


def test_a_console_that_knows_few_letters_gets_marks_for_the_others(
    setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    console = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(console, encoding="cp1252"))
    setup_env.speak_anything()
    setup_env.say("Written: Łódź")
    assert console.getvalue().split() == [b"Written:", b"?\xf3d?"]


@pytest.mark.skipif(os.name == "nt", reason="the command is a shell script elsewhere only")
def test_the_command_passes_on_arguments_and_exit_code(
    setup_env: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With quotes and spaces in every place where they could break it."""
    venv, core = tmp_path / "it's here" / ".venv", tmp_path / "tracker" / "cli"
    (venv / "bin").mkdir(parents=True)
    core.mkdir(parents=True)
    (core / "main.py").write_text("import sys\ndef main(): print(*sys.argv, sep='|'); return 7\n")
    (venv / "bin" / "python").symlink_to(sys.executable)
    setup_env.link_project(venv, tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    answer = subprocess.run(
        [venv / "bin" / "concierge-ledger", "a b", "$HOME"], capture_output=True, text=True
    )
    assert (answer.returncode, answer.stdout) == (7, "concierge-ledger|a b|$HOME\n"), answer.stderr


def test_windows_has_its_own_places(setup_env: ModuleType, tmp_path: Path) -> None:
    assert setup_env.venv_python(tmp_path, "win32") == tmp_path / "Scripts" / "python.exe"
    path, text = setup_env.launcher(tmp_path, "win32")
    assert path.name == "concierge-ledger.cmd"
    assert text.count('"') == 4  # the code itself is quoted with the other kind


# --- what the system must have ----------------------------------------------------------------


def test_nothing_is_missing_where_everything_loads(setup_env: ModuleType) -> None:
    assert setup_env.missing_libraries(["always", "x11", "wayland"], lambda _: True) == []


def test_only_what_does_not_load_is_missing(setup_env: ModuleType) -> None:
    missing = setup_env.missing_libraries(["always", "x11"], lambda name: name != "libxcb-cursor.so.0")
    assert [library.packages for library in missing] == [("libxcb-cursor0",)]
    assert setup_env.missing_libraries(["always"], lambda name: name != "libxcb-cursor.so.0") == []


@pytest.mark.parametrize(
    ("environ", "groups"),
    [
        ({}, ["always"]),
        ({"DISPLAY": ":0"}, ["always", "x11"]),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ["always", "wayland"]),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, ["always"]),
    ],
)
def test_a_screen_decides_which_libraries_count(
    setup_env: ModuleType, environ: dict[str, str], groups: list[str]
) -> None:
    assert setup_env.library_groups(environ) == groups


def test_a_package_goes_by_the_name_the_system_knows(setup_env: ModuleType) -> None:
    wanted = [("libglib2.0-0t64", "libglib2.0-0"), ("libegl1",)]
    assert setup_env.package_names(wanted, lambda name: True) == ["libglib2.0-0t64", "libegl1"]
    assert setup_env.package_names(wanted, lambda name: False) == ["libglib2.0-0", "libegl1"]


@pytest.mark.parametrize(
    ("administrator", "command"),
    [
        (True, "apt-get install -y --no-install-recommends libegl1 libgl1"),
        (False, "sudo apt-get install -y --no-install-recommends libegl1 libgl1"),
    ],
)
def test_the_command_is_complete(setup_env: ModuleType, administrator: bool, command: str) -> None:
    assert shlex.join(setup_env.install_command(["libegl1", "libgl1"], administrator)) == command


def test_without_leave_to_install_the_command_is_shown(
    setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup_env.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(setup_env.shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(setup_env, "apt_knows", lambda _: True)
    assert not setup_env.install_packages([("libegl1",)], "Qt misses libEGL.so.1.")
    shown = capsys.readouterr().out
    assert "Qt misses libEGL.so.1." in shown
    assert "sudo apt-get install -y --no-install-recommends libegl1" in shown


@pytest.mark.parametrize(("lost", "stops"), [("libEGL.so.1", True), ("libxcb-cursor.so.0", False)])
def test_only_what_nothing_works_without_stops(
    setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch, lost: str, stops: bool
) -> None:
    library = next(each for each in setup_env.LIBRARIES if each.file == lost)
    monkeypatch.setattr(setup_env, "missing_libraries", lambda _: [library])
    monkeypatch.setattr(setup_env, "install_packages", lambda *_: False)
    if stops:
        with pytest.raises(setup_env.SetupError, match="cannot start"):
            setup_env.ensure_libraries({"DISPLAY": ":0"}, "linux")
    else:
        setup_env.ensure_libraries({"DISPLAY": ":0"}, "linux")


def test_other_systems_bring_their_own_libraries(
    setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup_env, "missing_libraries", lambda _: pytest.fail("asked"))
    setup_env.ensure_libraries({}, "darwin")


def test_a_font_is_found_where_fonts_are_kept(
    setup_env: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    environ = {"XDG_DATA_DIRS": str(tmp_path / "share")}
    assert not setup_env.has_font(environ)
    folder = tmp_path / "share" / "fonts" / "truetype"
    folder.mkdir(parents=True)
    (folder / "Some.TTF").touch()
    assert setup_env.has_font(environ) is (os.name != "nt")


@pytest.mark.parametrize(
    ("platform", "environ", "screen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": "", "WAYLAND_DISPLAY": ""}, False),
        ("linux", {"QT_QPA_PLATFORM": "xcb"}, False),
        ("linux", {"QT_QPA_PLATFORM": "wayland;xcb"}, False),
        ("linux", {"QT_QPA_PLATFORM": "vnc:size=1280x800"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, False),
        ("darwin", {}, True),
        ("win32", {}, True),
        ("win32", {"QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_a_screen_is_seen(
    setup_env: ModuleType, platform: str, environ: dict[str, str], screen: bool
) -> None:
    assert setup_env.has_screen(environ, platform) is screen


# --- packaging/run ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--ledger", "a.ledger"], True),
        (["--ledger=a.ledger"], True),
        (["--ledger", "a.ledger", "status"], False),
        (["--ledger=a.ledger", "budget", "export", "2026", "o.xlsx"], False),
        (["status", "--json"], False),
        (["--help"], False),
    ],
)
def test_it_is_known_what_opens_a_window(script: ModuleType, arguments: list[str], window: bool) -> None:
    assert script.opens_window(arguments) is window


def test_the_sample_is_about_this_year(script: ModuleType) -> None:
    assert script.sample_year() in {datetime.datetime.now().astimezone().year}


def test_a_sample_that_is_there_is_kept(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr(script, "program", lambda _, arguments: calls.append(arguments) or 0)
    ledger = tmp_path / "data" / "sample.ledger"
    assert script.make_sample(Path("python"), ledger, 2026) == 0
    assert calls == [["sample", str(ledger), "--year", "2026"]]
    ledger.touch()
    assert script.make_sample(Path("python"), ledger, 2026) == 0
    assert len(calls) == 1


@pytest.fixture
def no_screen(
    script: ModuleType, setup_env: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Path:
    """A machine without a screen on which everything is prepared already."""
    monkeypatch.setattr(setup_env, "has_screen", lambda: False)
    monkeypatch.setattr(setup_env, "prepare", lambda _: Path("python"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_a_screen_the_sample_is_written_into_files(
    script: ModuleType, no_screen: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr(script, "program", lambda _, arguments: calls.append(arguments) or 0)
    monkeypatch.setattr(script, "sample_year", lambda: 2026)

    def run(command: list[str], env: dict[str, str]) -> SimpleNamespace:
        assert env["QT_QPA_PLATFORM"] == "offscreen"
        calls.append(command)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(script.subprocess, "run", run)
    assert script.main(["--sample"]) == 0
    folder = no_screen / "concierge-ledger-sample"
    ledger = str(folder / "sample-2026.ledger")
    assert calls == [
        ["sample", ledger, "--year", "2026"],
        ["--ledger", ledger, "budget", "export", "2026", str(folder / "Budget 2026.xlsx")],
        ["--ledger", ledger, "review", "print", "2026", str(folder / "Year in review 2026.pdf")],
        ["python", "-P", "-m", "ui.pictures", ledger, str(folder / "pages")],
    ]
    shown = capsys.readouterr().out
    assert "no screen" in shown
    assert all(name in shown for name in ("Budget 2026.xlsx", "Year in review 2026.pdf", "pages"))


def test_a_part_of_the_sample_that_fails_is_named(
    script: ModuleType, no_screen: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script, "program", lambda _, arguments: int("review" in arguments))
    monkeypatch.setattr(script.subprocess, "run", lambda *_, **__: SimpleNamespace(returncode=0))
    assert script.main(["--sample"]) == 1
    shown = capsys.readouterr()
    assert "The review could not be written." in shown.err
    assert "Budget" in shown.out
    assert "review" not in shown.out


def test_without_a_screen_no_window_is_tried(
    script: ModuleType, no_screen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main([]) == 1
    assert "--sample" in capsys.readouterr().err


def test_arguments_are_handed_on_and_the_exit_code_back(
    script: ModuleType, no_screen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        script, "program", lambda _, arguments: 2 if arguments == ["status", "--jsno"] else 0
    )
    assert script.main(["status", "--jsno"]) == 2


def test_the_sample_takes_no_other_arguments(script: ModuleType, no_screen: Path) -> None:
    assert script.main(["--sample", "status"]) == 2
