"""Tests of caring for the data."""
