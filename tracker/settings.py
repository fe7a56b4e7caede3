"""What the person prefers on this computer. Facts about a ledger are kept in the ledger instead."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

THEMES = ("system", "light", "dark")
PAPERS = ("letter", "a4")


@dataclass(frozen=True, slots=True)
class Settings:
    """Defaults live here and nowhere else. `text_size` is in per cent of the normal size."""

    theme: str = "system"
    text_size: int = 100
    paper: str = "letter"
    last_ledger: str = ""

    def __post_init__(self) -> None:
        if self.theme not in THEMES:
            raise ValueError(f"theme: {self.theme!r}")
        if self.paper not in PAPERS:
            raise ValueError(f"paper: {self.paper!r}")
        if not 100 <= self.text_size <= 200:
            raise ValueError("text_size is 100 to 200")


class SettingsFile:
    """Reads and writes the settings; a damaged file costs preferences, never a start."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._unknown: dict[str, Any] = {}

    def load(self) -> Settings:
        """Bad values fall back to their default; keys of a newer version are kept for it."""
        try:
            raw = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, RecursionError):
            log.warning("settings unreadable, using defaults", exc_info=True)
            return Settings()
        settings = Settings()
        known = {field.name for field in fields(Settings)}
        for key, value in raw.items() if isinstance(raw, dict) else ():
            if key not in known:
                self._unknown[key] = value
            elif type(value) is not type(getattr(settings, key)):
                log.warning("setting %s ignored: wrong type", key)
            else:
                try:
                    settings = replace(settings, **{key: value})
                except ValueError as why:
                    log.warning("setting ignored: %s", why)
        return settings

    def save(self, settings: Settings) -> None:
        """Write all of it, whole or not at all. A folder that cannot be written to is logged only."""
        part = self._path.with_name(self._path.name + ".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps({**self._unknown, **asdict(settings)}, indent=2), "utf-8")
            os.replace(part, self._path)
        except OSError:
            log.warning("settings could not be saved", exc_info=True)
