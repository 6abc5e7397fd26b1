"""How each field is read and checked, one module for each field that needs more than free text."""
