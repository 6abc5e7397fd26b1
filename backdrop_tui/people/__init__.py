"""What an admin does with stored people: changes, search, user groups, settings, invitations."""
