"""Characters that nobody sees, and that must never make two texts look different."""

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Invisible characters, for use in a character class of Python or polars: those that Unicode says can be ignored by default
(`Default_Ignorable_Code_Point`: zero-width spaces, soft hyphens, variation selectors, tags and fillers), and the blank
character of braille. Characters that also change the direction of text are control characters instead, see `text.CONTROL`."""
