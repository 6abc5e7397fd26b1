"""What an import or a move to a new school year would do, in words and bars."""
