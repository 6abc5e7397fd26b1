"""Findings about the texts of a whole file: garbled ones, and names in capitals."""
