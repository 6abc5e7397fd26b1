"""Damaged files sent the whole way from bytes to an errors file, to find what breaks a promise. See `tests.fuzz.__main__`."""
