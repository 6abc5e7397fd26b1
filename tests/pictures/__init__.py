"""Pictures of every screen, drawn by the app itself from made-up data."""
