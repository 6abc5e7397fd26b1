"""The choices of the setting `theme`, in a module that loads nothing, so that the app can draw its first screen at once."""

THEMES = ("dark", "light", "high contrast")
"""The choices; the first is the default."""
