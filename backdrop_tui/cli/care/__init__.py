"""The commands that care for the data: erasing, subject access, retention."""
