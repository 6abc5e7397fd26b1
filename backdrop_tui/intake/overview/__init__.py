"""A file at a glance: its first lines, its rows searched and sorted, its values counted."""
