"""Where ledgers, settings and logs live on each system. Nothing is created by asking."""

from __future__ import annotations

from pathlib import Path

APP_NAME = "Concierge Ledger"
LEDGER_SUFFIX = ".ledger"


def default_ledger() -> Path:
    """The ledger a new member is offered: in the documents folder, where backups usually look."""
    import platformdirs

    return platformdirs.user_documents_path() / APP_NAME / f"My ledger{LEDGER_SUFFIX}"


def sample_ledger(year: int) -> Path:
    """The sample year opened by *Explore with a sample year*."""
    import platformdirs

    return platformdirs.user_data_path(APP_NAME, appauthor=False) / f"sample-{year}{LEDGER_SUFFIX}"


def settings_file() -> Path:
    """What the person prefers on this computer."""
    return _config_folder() / "settings.json"


def window_state_file() -> Path:
    """Window size, filters and column widths; losing it loses no fact."""
    return _config_folder() / "window.ini"


def log_file() -> Path:
    """What went wrong, without names or amounts."""
    import platformdirs

    return platformdirs.user_log_path(APP_NAME, appauthor=False) / "concierge-ledger.log"


def _config_folder() -> Path:
    import platformdirs

    return platformdirs.user_config_path(APP_NAME, appauthor=False)
