"""Tests of the commands for people who are stored."""
