"""Alembic asks for this file; the program runs revisions through tracker.storage.migrate instead."""
