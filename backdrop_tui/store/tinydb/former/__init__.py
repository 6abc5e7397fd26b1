"""Data folders of earlier versions, and what is known of a folder that has no journal."""
