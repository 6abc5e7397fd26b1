"""Findings about a whole file, compared with the people stored."""
