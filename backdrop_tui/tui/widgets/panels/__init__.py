"""Panels: parts of a screen with a title, and what they show beside a list."""
