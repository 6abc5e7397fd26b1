"""The screens, by part of the app."""
