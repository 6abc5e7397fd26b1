"""Tables: one over any number of rows, and those built on it; and the table of rights."""
