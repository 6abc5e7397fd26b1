"""Stored people looked after by hand: changes, user groups, invitations."""
