"""Caring for what is stored: checking it, backing it up, restoring it, and removing what is no longer to be kept."""
