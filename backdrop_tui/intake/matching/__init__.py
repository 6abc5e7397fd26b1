"""Matching: which column of a file goes to which field."""
