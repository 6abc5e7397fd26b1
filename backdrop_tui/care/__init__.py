"""Caring for what is stored: checking it, backing it up, restoring it."""
