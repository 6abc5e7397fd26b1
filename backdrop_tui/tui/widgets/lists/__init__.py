"""Lists of options."""
