"""Small windows that ask or show one thing."""
