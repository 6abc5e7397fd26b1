"""The fields: one module each, with its rules."""
