"""A file's way in: read, matched, checked, put right, written out again."""
