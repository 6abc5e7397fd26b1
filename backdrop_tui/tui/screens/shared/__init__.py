"""Base screens and forms that several parts of the app build on."""
