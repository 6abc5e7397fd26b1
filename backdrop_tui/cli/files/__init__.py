"""`backdrop check` and `backdrop import`: what is done with a file."""
