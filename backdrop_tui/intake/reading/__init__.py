"""Reading a file: from its bytes to a table of text, with nobody lost on the way."""

from backdrop_tui.intake.reading.read import read_bytes, read_file

__all__ = ["read_bytes", "read_file"]
