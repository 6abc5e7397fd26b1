"""A file being fixed: edits with undo, kept on disk until it is imported or discarded."""
