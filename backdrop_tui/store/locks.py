"""Locks between processes."""

LOCK_SECONDS = 8.0
"""How long a writer waits for another one."""
