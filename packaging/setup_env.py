"""What `run` and `test` share: from a bare Python to an environment that can start the program.

Standard library only, since nothing else is there yet. Everything is done once: `.venv` remembers
which lock file it was filled from, so a second start asks no network for anything.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import io
import json
import locale
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
VENV = ROOT / ".venv"

MINIMUM_PYTHON = (3, 11)
LOCKS = {"run": HERE / "requirements.lock", "dev": HERE / "requirements-dev.lock"}
STAMP_NAME = "concierge-ledger.json"
LINK_NAME = "concierge_ledger.pth"

#: What the console script of an installed copy does. Started with -P, so that a folder called
#: `tracker` or `ui` in the current directory is never taken for the program's own.
START = "import sys; sys.argv[0] = 'concierge-ledger'; from tracker.cli.main import main; sys.exit(main())"


class SetupError(Exception):
    """Something the person has to put right first; the text says what happened and what to do."""


@dataclass(frozen=True)
class Library:
    """A system library Qt loads and the Debian packages that bring it, newest name first."""

    file: str
    packages: tuple[str, ...]
    when: str = "always"


#: Read from the NEEDED entries of Qt's libraries and platform plugins.
LIBRARIES = (
    Library("libEGL.so.1", ("libegl1",)),
    Library("libGL.so.1", ("libgl1",)),
    Library("libX11.so.6", ("libx11-6",)),
    Library("libxkbcommon.so.0", ("libxkbcommon0",)),
    Library("libdbus-1.so.3", ("libdbus-1-3",)),
    Library("libfontconfig.so.1", ("libfontconfig1",)),
    Library("libfreetype.so.6", ("libfreetype6",)),
    Library("libglib-2.0.so.0", ("libglib2.0-0t64", "libglib2.0-0")),
    Library("libX11-xcb.so.1", ("libx11-xcb1",), "x11"),
    Library("libxkbcommon-x11.so.0", ("libxkbcommon-x11-0",), "x11"),
    Library("libxcb-cursor.so.0", ("libxcb-cursor0",), "x11"),
    Library("libxcb-icccm.so.4", ("libxcb-icccm4",), "x11"),
    Library("libxcb-image.so.0", ("libxcb-image0",), "x11"),
    Library("libxcb-keysyms.so.1", ("libxcb-keysyms1",), "x11"),
    Library("libxcb-randr.so.0", ("libxcb-randr0",), "x11"),
    Library("libxcb-render.so.0", ("libxcb-render0",), "x11"),
    Library("libxcb-render-util.so.0", ("libxcb-render-util0",), "x11"),
    Library("libxcb-shape.so.0", ("libxcb-shape0",), "x11"),
    Library("libxcb-shm.so.0", ("libxcb-shm0",), "x11"),
    Library("libxcb-sync.so.1", ("libxcb-sync1",), "x11"),
    Library("libxcb-util.so.1", ("libxcb-util1",), "x11"),
    Library("libxcb-xfixes.so.0", ("libxcb-xfixes0",), "x11"),
    Library("libxcb-xkb.so.1", ("libxcb-xkb1",), "x11"),
    Library("libwayland-client.so.0", ("libwayland-client0",), "wayland"),
    Library("libwayland-cursor.so.0", ("libwayland-cursor0",), "wayland"),
    Library("libwayland-egl.so.1", ("libwayland-egl1",), "wayland"),
)
FONT_PACKAGE = ("fonts-dejavu-core",)
FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".pfb")


def say(text: str) -> None:
    """One line about what is going on, shown at once even when the output is a pipe."""
    print(text, flush=True)


def speak_anything() -> None:
    """Let a path with letters the console does not know be shown with marks instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


# --- the environment --------------------------------------------------------------------------


def venv_python(venv: Path = VENV, platform: str = sys.platform) -> Path:
    """Where an environment keeps its interpreter."""
    return venv / "Scripts" / "python.exe" if platform == "win32" else venv / "bin" / "python"


def child_environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment without what would lead Python or pip out of `.venv`.

    Byte code is always kept: compiling every module anew would add a tenth of a second to each start.
    """
    astray = {
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONHOME",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "PIP_USER",
        "PIP_TARGET",
        "PIP_PREFIX",
        "PIP_ROOT",
    }
    return {name: value for name, value in environ.items() if name not in astray}


def lock_hash(lock: Path) -> str:
    """What a lock file says, as a short text to compare; line endings do not count."""
    return hashlib.sha256(lock.read_text(encoding="utf-8").encode("utf-8")).hexdigest()


def read_stamp(venv: Path) -> dict[str, str]:
    """Which lock files an environment was filled from; nothing when that is unknown."""
    try:
        stamp = json.loads((venv / STAMP_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(venv: Path, kind: str) -> None:
    """Note that `kind` is installed. The development lock holds everything the other one holds."""
    kinds = ("run", "dev") if kind == "dev" else ("run",)
    part = venv / (STAMP_NAME + ".part")
    part.write_text(json.dumps({each: lock_hash(LOCKS[each]) for each in kinds}), encoding="utf-8")
    part.replace(venv / STAMP_NAME)


def is_filled(venv: Path, kind: str) -> bool:
    """Whether the environment already has exactly what the lock file asks for."""
    return read_stamp(venv).get(kind) == lock_hash(LOCKS[kind])


def ask(python: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Let an interpreter run a line of code, away from the current folder, and catch what it prints."""
    return subprocess.run(
        [python, "-P", "-c", code],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env=child_environment() | {"PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
    )


def site_packages(venv: Path) -> Path | None:
    """Where the environment keeps its packages, or None when it is missing, broken or too old."""
    good = f"sys.version_info >= {MINIMUM_PYTHON}"
    look = f"import sys, sysconfig, pip; print({good}, sysconfig.get_paths()['purelib'], sep='|')"
    try:
        answer = ask(venv_python(venv), look)
    except OSError:
        return None
    usable, _, folder = answer.stdout.strip().partition("|")
    return Path(folder) if answer.returncode == 0 and usable == "True" else None


def make_venv(venv: Path) -> Path:
    """Create the environment, in place of a broken one if need be, and say where its packages go."""
    if os.path.lexists(venv):
        if venv.is_symlink() or not (venv.is_dir() and (venv / "pyvenv.cfg").exists()):
            raise SetupError(f"{venv} is not an environment this script made. Move it away and try again.")
        say(f"The environment in {venv.name} does not work any more; making it anew.")
        shutil.rmtree(venv)
    if importlib.util.find_spec("ensurepip") is None:
        package = (f"python{sys.version_info[0]}.{sys.version_info[1]}-venv", "python3-venv")
        if not install_packages([package], "Python here lacks the part that makes environments."):
            raise SetupError("Install Python's venv and ensurepip modules, then try again.")
    say(f"Making {venv.name} with Python {sys.version.split()[0]}.")
    made = subprocess.run(
        [sys.executable, "-m", "venv", venv], env=child_environment(), stdin=subprocess.DEVNULL
    )
    folder = site_packages(venv) if made.returncode == 0 else None
    if folder is None:
        raise SetupError(f"Python could not make an environment in {venv}.")
    return folder


def install_locked(venv: Path, kind: str) -> None:
    """Install the locked versions, nothing else, each file checked against its hash."""
    say(f"Installing the packages of {LOCKS[kind].name}.")
    command: list[str | Path] = [venv_python(venv), "-m", "pip", "install", "--quiet", "--no-input"]
    command += ["--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--require-hashes"]
    # Without its stamp an environment that was left half filled is filled again next time.
    (venv / STAMP_NAME).unlink(missing_ok=True)
    done = subprocess.run([*command, "-r", LOCKS[kind]], env=child_environment(), stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise SetupError("The packages could not be installed; pip says above why. Is the network there?")
    write_stamp(venv, kind)


def launcher(venv: Path, platform: str = sys.platform) -> tuple[Path, str]:
    """The file that makes `concierge-ledger` a command of the environment, and its text."""
    if platform == "win32":
        return venv / "Scripts" / "concierge-ledger.cmd", f'@"%~dp0python.exe" -P -c "{START}" %*\n'
    python = shlex.quote(str(venv_python(venv, platform)))
    return venv / "bin" / "concierge-ledger", f'#!/bin/sh\nexec {python} -P -c {shlex.quote(START)} "$@"\n'


def link_project(venv: Path, folder: Path, root: Path = ROOT) -> None:
    """Let the environment import the project from where it lies and start it by its name.

    This is what an editable install would bring, without a build tool, a build or a network.
    """
    # Python before 3.13 reads these files in the locale's encoding only.
    encoding = "utf-8" if sys.version_info >= (3, 13) else locale_encoding()
    link = folder / LINK_NAME
    try:
        line = f"{root}\n".encode(encoding)
    except UnicodeEncodeError:
        raise SetupError(
            f"Python here cannot read the name of the folder {root}. Move the project to a folder with a "
            "plain name, or use Python 3.13 or newer."
        ) from None
    if not link.exists() or link.read_bytes() != line:
        link.write_bytes(line)
    command, text = launcher(venv)
    if not command.exists() or command.read_text(encoding="utf-8") != text:
        command.write_text(text, encoding="utf-8")
        command.chmod(0o755)


def locale_encoding() -> str:
    """The encoding in which Python before 3.13 reads the names of folders to import from."""
    return locale.getencoding()


def prepare(kind: str, environ: Mapping[str, str] = os.environ) -> Path:
    """Make everything ready for `kind` ("run" or "dev") and return the interpreter to use."""
    ensure_libraries(environ)
    folder = site_packages(VENV) or make_venv(VENV)
    fresh = not is_filled(VENV, kind)
    if fresh:
        install_locked(VENV, kind)
    link_project(VENV, folder)
    if fresh:
        probe_qt()
    return venv_python()


def probe_qt() -> None:
    """Qt says only when it is loaded what it misses, so load it once, where a crash does no harm."""
    tried = ask(venv_python(), "import PySide6.QtWidgets, PySide6.QtPrintSupport, PySide6.QtSvg")
    if tried.returncode != 0:
        reason = (tried.stderr.strip().splitlines() or [f"exit code {tried.returncode}"])[-1]
        raise SetupError(f"Qt cannot be loaded here: {reason}")


# --- the system -------------------------------------------------------------------------------


def can_load(file: str) -> bool:
    """Whether the system's loader finds a library; asking it is the only test that cannot be wrong."""
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def missing_libraries(groups: Iterable[str], loads: Callable[[str], bool] = can_load) -> list[Library]:
    """The libraries of these groups that are not there."""
    wanted = set(groups)
    return [library for library in LIBRARIES if library.when in wanted and not loads(library.file)]


def library_groups(environ: Mapping[str, str]) -> list[str]:
    """Which kinds of library are needed: those of a screen only where there is one."""
    if not has_screen(environ, "linux"):
        return ["always"]
    if environ.get("DISPLAY"):
        return ["always", "x11"]
    return ["always", "wayland"] if environ.get("WAYLAND_DISPLAY") else ["always"]


def has_font(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether any font is installed; without one every text is a row of empty boxes."""
    shared = (environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    folders = [Path(place, "fonts") for place in shared if place]
    folders += [Path.home() / ".fonts", Path.home() / ".local" / "share" / "fonts"]
    files = (name for folder in folders for _, _, names in os.walk(folder) for name in names)
    return any(name.lower().endswith(FONT_ENDINGS) for name in files)


def package_names(wanted: Sequence[tuple[str, ...]], known: Callable[[str], bool]) -> list[str]:
    """One name for each package: the first this system knows, else the oldest name."""
    return [next((name for name in names if known(name)), names[-1]) for names in wanted]


def install_command(packages: Sequence[str], administrator: bool) -> list[str]:
    """The command that brings system packages, as this person would have to type it."""
    sudo = [] if administrator else ["sudo"]
    return [*sudo, "apt-get", "install", "-y", "--no-install-recommends", *packages]


def apt_knows(package: str) -> bool:
    """Whether the system's package lists have a package of this name."""
    return subprocess.run(["apt-cache", "show", package], capture_output=True).returncode == 0


def install_packages(wanted: Sequence[tuple[str, ...]], why: str) -> bool:
    """Install system packages where that is allowed without asking; else say how. True when done."""
    say(why)
    if shutil.which("apt-get") is None:
        say("Please install what these Debian packages hold: " + " ".join(names[-1] for names in wanted))
        return False
    administrator = hasattr(os, "geteuid") and os.geteuid() == 0
    allowed = administrator or (
        shutil.which("sudo") is not None
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, stdin=subprocess.DEVNULL).returncode
        == 0
    )
    if not allowed:
        say("Please run: " + shlex.join(install_command(package_names(wanted, apt_knows), False)))
        return False
    front = [] if administrator else ["sudo", "-n"]
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    # The lists may be there though the network is not, so a failure here is not yet the end.
    subprocess.run([*front, "apt-get", "update", "-qq"], stdin=subprocess.DEVNULL)
    packages = package_names(wanted, apt_knows)
    say("Installing " + " ".join(packages))
    install = [*front, *quiet, *install_command(packages, True), "-qq"]
    if subprocess.run(install, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode == 0:
        return True
    say("That did not work. Please run: " + shlex.join(install_command(packages, administrator)))
    return False


def ensure_libraries(environ: Mapping[str, str], platform: str = sys.platform) -> None:
    """On Linux, bring what Qt needs from the system. Stop only if nothing could work without it."""
    if not platform.startswith("linux"):
        return
    groups = library_groups(environ)
    missing = missing_libraries(groups)
    wanted = [library.packages for library in missing] + ([] if has_font(environ) else [FONT_PACKAGE])
    if not wanted:
        return
    what = ", ".join([library.file for library in missing] or ["a font"])
    if install_packages(wanted, f"Qt misses {what}."):
        return
    if any(library.when == "always" for library in missing):
        raise SetupError("Without these libraries the program cannot start.")


def has_screen(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window could be seen. Only Linux may lack a screen; there the environment tells."""
    plugin = environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if plugin in {"offscreen", "minimal"}:
        return False
    if not platform.startswith("linux") or plugin not in {"", "xcb", "wayland", "wayland-egl"}:
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
