"""What data care offers, a screen each."""
