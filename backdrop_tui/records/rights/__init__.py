"""User groups: their rights, their names, and which names look alike."""
