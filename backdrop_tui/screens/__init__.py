"""One step of the wizard a file, and the small windows that ask one thing."""
