"""Tests of the dialogue for people who listen."""
