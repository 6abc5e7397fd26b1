"""Registration groups across rows: those spelt in several ways, and those that a spreadsheet has changed."""
