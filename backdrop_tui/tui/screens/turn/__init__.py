"""The move to a new school year: what happens to whom, before it is stored."""
