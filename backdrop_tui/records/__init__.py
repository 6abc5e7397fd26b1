"""What a student and a member of staff are: their fields, known headings and rules."""
