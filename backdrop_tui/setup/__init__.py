"""A school's set-up: what is stored of it, and importing people."""
