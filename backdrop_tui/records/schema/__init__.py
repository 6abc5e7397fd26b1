"""What a field, a kind of record and a problem are, before anything is said about students or staff."""
