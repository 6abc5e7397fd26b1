"""Putting a file right: the screen, its keys, and what it asks before it changes many cells."""
