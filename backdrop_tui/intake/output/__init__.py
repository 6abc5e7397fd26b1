"""CSV files written for people: templates, exports and errors files."""
