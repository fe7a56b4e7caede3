"""One start, measured inside its own process; run by `measure.py`.

    start_child.py bare|sqlalchemy|program [LEDGER]

Prints seconds from the moment the parent started it (CL_STARTED) until the window was painted and
idle, and the peak memory then and one second later, after what only writing needs was loaded.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path


def elapsed() -> float:
    return time.time() - float(os.environ["CL_STARTED"])


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    kind = sys.argv[1]
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    if kind == "sqlalchemy":
        import sqlalchemy.orm  # noqa: F401
    figures: dict[str, float] = {}
    keep: list[object] = []
    if kind == "program":
        from ui.bootstrap import Program

        app = QApplication(sys.argv[:1])
        folder = tempfile.TemporaryDirectory()
        program = Program(Path(folder.name) / "settings.json", None)
        program.start(Path(sys.argv[2]))
        assert program.session is not None
        window: QMainWindow = program.session.window
        keep += [folder, program]
    else:
        app = QApplication(sys.argv[:1])
        window = QMainWindow()
        window.setCentralWidget(QLabel("A window"))
        window.resize(1320, 900)
        window.show()

    def idle() -> None:
        figures["seconds"] = elapsed()
        figures["mib"] = peak_mib()
        QTimer.singleShot(1000, done)

    def done() -> None:
        figures["mib_later"] = peak_mib()
        window.close()
        app.quit()

    # Twice through the event loop: the first round delivers the paint, the second comes after it.
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, idle))
    app.exec()
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    os._exit(0)  # the figures are out; how long taking down takes is another question


if __name__ == "__main__":
    main()
