"""The app: screens in a terminal."""
