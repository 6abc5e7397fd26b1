"""A made-up school for `backdrop demo`."""
