"""Measures what the program promises about speed and memory; run by hand, never in the test suite.

    .venv/bin/python tests/benchmarks/measure.py [--rounds 5]

Every figure of a start is taken in a process of its own, beside a bare PySide6 window and one with
SQLAlchemy imported, in the same run, so that the machine's mood cancels out. Where there is no screen
it starts Xvfb if it is installed, else measures offscreen.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    """Print a table of starts, then one of what happens inside."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="ledger-bench-") as folder:
        sample, big = Path(folder) / "sample.ledger", Path(folder) / "big.ledger"
        _make(sample, big)
        screen = _screen()
        try:
            _starts(sample, big, rounds)
            _inside(big)
        finally:
            if screen:
                screen.terminate()
    return 0


def _make(sample: Path, big: Path) -> None:
    from tests.benchmarks.make_big import make_big
    from tracker.services.sample import write_sample

    today = date.today()  # noqa: DTZ011 - the day on the wall
    write_sample(sample, year=today.year, today=today)
    make_big(big, today=today)


def _screen() -> subprocess.Popen[bytes] | None:
    if os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM") or sys.platform != "linux":
        return None
    if shutil.which("Xvfb") is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return None
    os.environ["DISPLAY"] = ":98"
    started = subprocess.Popen(
        ["Xvfb", ":98", "-screen", "0", "1400x1000x24"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 5
    while not Path(tempfile.gettempdir(), ".X11-unix", "X98").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return started


def _starts(sample: Path, big: Path, rounds: int) -> None:
    kinds = {
        "bare PySide6 window": ["bare"],
        "the same with SQLAlchemy": ["sqlalchemy"],
        "Overview, sample year": ["program", str(sample)],
        "Overview, 50,000 payments": ["program", str(big)],
    }
    found: dict[str, list[dict[str, float]]] = {name: [] for name in kinds}
    for _ in range(rounds + 1):
        for name, arguments in kinds.items():
            found[name].append(_start(arguments))
    sys.stdout.write(f"{'start':32}{'seconds':>10}{'MiB':>8}{'MiB 1 s on':>12}\n")
    for name, runs in found.items():
        kept = runs[1:]  # the first round warms the disk cache
        seconds, mib, later = (
            statistics.median(run[key] for run in kept) for key in ("seconds", "mib", "mib_later")
        )
        sys.stdout.write(f"{name:32}{seconds:10.3f}{mib:8.0f}{later:12.0f}\n")


def _start(arguments: list[str]) -> dict[str, float]:
    env = os.environ | {"PYTHONPATH": str(ROOT), "CL_STARTED": str(time.time())}
    done = subprocess.run(
        [sys.executable, str(HERE / "start_child.py"), *arguments], env=env, capture_output=True, check=True
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _inside(big: Path) -> None:
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, str(HERE / "inside.py"), str(big)], env=env, check=True)


if __name__ == "__main__":
    sys.exit(main())
