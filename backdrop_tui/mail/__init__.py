"""Mail: letters, the mail server or outbox that they go to, and the code that verifies an address."""
