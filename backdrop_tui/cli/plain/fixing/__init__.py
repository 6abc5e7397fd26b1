"""`--plain`: putting the rows of a file right."""
