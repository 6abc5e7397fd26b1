"""One column with full names in it, split into first names and surnames."""

import polars as pl

from backdrop_tui.records.fields.titles import TITLES
from backdrop_tui.records.schema.field import folded_headings
from backdrop_tui.records.schema.garbled_text import repaired
from backdrop_tui.records.schema.text import cell_text_but_for_broken_bytes

FULL_NAME = "full_name"
"""The target of a column that has both first name and surname."""
FULL_NAME_LABEL = "Full Name"
"""The name of that target on screen."""
FULL_NAME_HEADINGS = folded_headings(
    "name fullname legalname legalfullname surnameforename forenamesurname surnamefirstname firstnamesurname lastnamefirstname firstnamelastname "
    "enw enwllawn"
)
"""Known headings of such a column, folded, without words that say whose names they are."""
FULL_NAME_FALLBACKS = folded_headings("preferredname displayname")
"""Known headings of such a column that give way to any other."""

_PARTICLES = (
    "van|von|vom|zu|zum|zur|de|der|den|del|della|di|da|do|dos|das|du|des|la|le|lo|el|al|bin|ibn|bint|ap|st|st\\.|"
    "ten|ter|te|af|av|mac|mc|o|ó|ní|ni|nic|uí"
)
_TITLE_BEHIND = rf"(?i)^([^,]*\S)\s*\(((?:{TITLES})\.?)\)\s*$"
_SPACES = " \t\r\n"
_SURNAME_LAST = rf"(?i)^(.*?) ((?:(?:{_PARTICLES}) )*[^ ]+)$"


def split_full_name(name: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """First name and surname (String) from `Surname, Forename` or `Forename Surname`.

    Without a comma the last word is the surname, together with `van`, `de` and the like before it. A single word is a
    surname, so that the missing first name is noticed. A title in brackets at the end goes to the front.

    The parts of a name that was garbled, or has lost a letter, still show it, so that checking them can report it.
    """
    whole = pl.when(repaired(name).is_null()).then(cell_text_but_for_broken_bytes(name)).otherwise(name)
    whole = whole.str.replace(_TITLE_BEHIND, "$2 $1").str.strip_chars(_SPACES)
    has_comma = whole.str.contains(",", literal=True)
    before = whole.str.extract(r"^([^,]*),").str.strip_chars(_SPACES)
    after = whole.str.extract(r"^[^,]*,(.*)$").str.strip_chars(_SPACES)
    words = whole.str.extract_groups(_SURNAME_LAST)
    first_name = pl.when(has_comma).then(after).otherwise(words.struct.field("1"))
    surname = pl.when(has_comma).then(before).otherwise(pl.coalesce(words.struct.field("2"), whole))
    return first_name.fill_null(""), surname.fill_null("")
