"""Tests of the questions about who rows are."""
