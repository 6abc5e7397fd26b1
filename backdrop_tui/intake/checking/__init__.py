"""Checking: every cell and row against the rules of its field and kind."""
