"""Signing up and verifying the e-mail address."""
