"""Everything that is stored about someone, wherever it is, and what is stored without it."""
