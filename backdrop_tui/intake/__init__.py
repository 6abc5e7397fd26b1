"""A file's way in: reading, matching, checking, linking, the draft in which it is fixed, and the errors file."""
