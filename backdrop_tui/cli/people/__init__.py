"""The commands for people who are stored: listing them, and changing one of them."""
