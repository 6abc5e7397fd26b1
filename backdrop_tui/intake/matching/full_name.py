"""One column with the whole name in it, split in two."""

import polars as pl

from backdrop_tui.records.schema.field import folded_headings
from backdrop_tui.records.schema.text import cleaned

FULL_NAME = "full_name"
"""What stands for “first name and surname” among the targets of columns."""
FULL_NAME_LABEL = "Full Name"
"""What it is called on screen."""
LEGAL_NAME = "legalname"
"""The heading that goes before the others, and before preferred names."""
FULL_NAME_HEADINGS = folded_headings(
    "name fullname pupilname studentname legalname surnameforename forenamesurname surnamefirstname firstnamesurname "
    "pupilfullname studentfullname legalfullname staffname employeename"
)
"""Known headings of such a column, folded."""

_PARTICLES = (
    "van|von|vom|zu|zum|zur|de|der|den|del|della|di|da|do|dos|das|du|des|la|le|lo|el|al|bin|ibn|bint|ap|st|st\\.|"
    "ten|ter|te|af|av|mac|mc|o|ó|ní|ni|nic|uí"
)
_SURNAME_LAST = rf"(?i)^(.*?) ((?:(?:{_PARTICLES}) )*[^ ]+)$"


def split_full_name(name: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """First name and surname (String) out of `Surname, Forename` or `Forename Surname`.

    Without a comma the last word is the surname, with `van`, `de` and the like in front of it. One word alone is a
    surname, so that the missing first name is noticed.
    """
    whole = cleaned(name)
    comma = whole.str.contains(",", literal=True)
    before = cleaned(whole.str.extract(r"^([^,]*),"))
    after = cleaned(whole.str.extract(r"^[^,]*,(.*)$"))
    words = whole.str.extract_groups(_SURNAME_LAST)
    first = pl.when(comma).then(after).otherwise(words.struct.field("1"))
    last = pl.when(comma).then(before).otherwise(pl.coalesce(words.struct.field("2"), whole))
    return first.fill_null(""), last.fill_null("")
