"""The careful cutter: from lines to records, one after another, so that no stray quote swallows anybody."""
