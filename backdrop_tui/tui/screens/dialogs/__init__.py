"""Dialogs: a question, a choice, a text, help, and the list of steps."""
