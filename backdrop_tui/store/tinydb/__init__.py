"""Durable storage in TinyDB files: a snapshot and a checksummed journal, written by one process at a time."""
