"""All rows of a draft at a glance: searched, sorted, and their values counted."""
