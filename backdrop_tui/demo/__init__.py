"""The made-up school of `backdrop demo`."""
