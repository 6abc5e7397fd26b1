"""User groups: their rights, their names, and names that look alike."""
