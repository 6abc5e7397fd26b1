"""Tests of the commands that care for the data."""
