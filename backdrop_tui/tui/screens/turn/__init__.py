"""The year's turn: what happens to whom, before it is stored."""
