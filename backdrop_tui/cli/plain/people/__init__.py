"""`--plain`: people who are stored, and those who have left."""
