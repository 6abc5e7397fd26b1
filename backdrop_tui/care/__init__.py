"""Caring for what is stored: checking it, backing it up, restoring it, removing what isn't to be kept, and saying what is there."""
