"""Reading a file: from its bytes to a table of text, with nobody lost on the way."""
