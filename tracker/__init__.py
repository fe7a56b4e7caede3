"""The core of Concierge Ledger: facts, rules and reports, with no screen anywhere in it."""

__version__ = "0.1.0"
