"""What is logged while a command runs goes to the program's log, so that a terminal never shows it."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def logged() -> Iterator[None]:
    """Send records to the log file until the end of the block; the file is made by the first of them."""
    handler = _LogFile()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)


class _LogFile(logging.Handler):
    """Opens the file for each record: there are few, and none is lost when a command is broken off."""

    def emit(self, record: logging.LogRecord) -> None:
        from tracker import paths

        with contextlib.suppress(OSError):  # without a place to write, the command runs without a log
            place = paths.log_file()
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(self.format(record) + "\n")
