"""Importing: from checked rows to the store, recorded, recoverable after a kill, and undoable."""
