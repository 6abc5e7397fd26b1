"""Back:drop set-up: a school's students and staff, from its own CSV into the store, in a terminal."""

__version__ = "0.1.0"
