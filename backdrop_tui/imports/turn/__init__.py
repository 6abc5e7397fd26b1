"""The move to a new school year: who stays, moves up, joins, comes back and leaves, with a file of the whole school or without one."""
