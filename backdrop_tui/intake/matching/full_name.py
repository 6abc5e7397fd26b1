"""The target of a column with full names in it, and the headings of such columns."""

from backdrop_tui.records.schema.field import folded_headings

FULL_NAME = "full_name"
"""The target of a column that has both first name and surname."""
FULL_NAME_LABEL = "Full Name"
"""The name of that target on screen."""
FULL_NAME_HEADINGS = folded_headings(
    "name fullname legalname legalfullname surnameforename forenamesurname surnamefirstname firstnamesurname lastnamefirstname firstnamelastname "
    "enw enwllawn"
)
"""Known headings of such a column, folded, without words that say whose names they are."""
FULL_NAME_WORDS = folded_headings("fullname wholename completename enwllawn")
"""Names of such a column, folded, by which a longer heading is recognised: `What is your child's full name?`."""
FULL_NAME_FALLBACKS = folded_headings("preferredname displayname")
"""Known headings of such a column that give way to any other."""
