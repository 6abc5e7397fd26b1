"""The school itself: account, settings, audit log, import history, list of user groups."""
