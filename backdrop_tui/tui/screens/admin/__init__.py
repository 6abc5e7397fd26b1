"""Administration: people, user groups, settings, import history."""
