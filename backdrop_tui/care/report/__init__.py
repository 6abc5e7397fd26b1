"""The page for the head or the safeguarding lead: who is stored, what changed last, and what is left to do."""
