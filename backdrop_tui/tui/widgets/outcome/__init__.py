"""What an import or a year's turn would do, in words and bars."""
