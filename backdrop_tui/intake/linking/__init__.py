"""Linking: which rows are about people who are already stored, and what importing would change."""
