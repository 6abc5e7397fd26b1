"""Full names, split into first names and surnames."""

import polars as pl

from backdrop_tui.records.fields.titles import BEGINS_LIKE_TITLE, BEHIND, BETWEEN, IN_FRONT
from backdrop_tui.records.schema.garbled_text import repaired
from backdrop_tui.records.schema.text import cell_text_but_for_broken_bytes

_PARTICLES = (
    "van|von|vom|zu|zum|zur|de|der|den|del|della|di|da|do|dos|das|du|des|la|le|lo|el|al|bin|ibn|bint|ap|st|st\\.|"
    "ten|ter|te|af|av|mac|mc|o|ó|ní|ni|nic|uí|['’][nst]"
)
PARTICLES = rf"(?i)^(?:{_PARTICLES})(?: (?:{_PARTICLES}))*$"
"""A pattern of what belongs to the surname behind it and is no name by itself: `de`, `van der`."""
_SPACES = " \t\r\n"
_SURNAME_LAST = rf"(?i)^(.*?) ((?:(?:{_PARTICLES}) )*[^ ]+)$"
_CAPITALS = r"(?:Ma?c)?\p{Lu}[\p{Lu}'’.\-]*\p{Lu}"
_LAST_IN_CAPITALS = rf"^(.*?\p{{Ll}}.*?) ((?:(?:(?i:{_PARTICLES})|{_CAPITALS}) )*{_CAPITALS})$"
_OTHER_WORD = r"(?:\p{Lu}\.?|[^ ]*\p{Ll}[^ ]*)"
_FIRST_IN_CAPITALS = rf"^((?:{IN_FRONT.replace('^', '')})?)(['’]?(?:{_CAPITALS} )*{_CAPITALS}) ({_OTHER_WORD}(?: {_OTHER_WORD})*)$"
_TITLE_BETWEEN = rf"^(.+?)({BETWEEN}.+)$"
_LONGER_THAN_INITIALS = r"\p{Lu}{4}|\p{Lu}['’\-]\p{Lu}{2}|\p{Lu}{2} \p{Lu}{2}|^Ma?c\p{Lu}"
_ADDRESS = r"[\"']?\s*[<(\[]?\s*(?i:mailto:)?[^\s<>()\[\]@]+@[^\s<>()\[\]@]+\s*[>)\]]?"
_NAME = pl.col("name")
_PARTS = pl.Struct({"first_name": pl.String, "surname": pl.String})
_WORD = r"\p{Lu}\p{Ll}+(?:['’\-]\p{Lu}\p{Ll}+)*"
_PLAIN = rf"^{_WORD} (?:\p{{Lu}}['’])?{_WORD}$"


def split_full_name(name: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """First name and surname (String) from `Surname, Forename`, `Forename Surname` or `SURNAME Forename`.

    Without a comma the last word is the surname, together with `van`, `de` and the like before it, unless other words are in
    capitals and the rest isn't, or a title stands between the two. Titles stay with the first name, where the rules for names
    notice them. A single word is a surname, so that the missing first name is noticed. An e-mail address beside the name is
    dropped.

    The parts of a name that was garbled, or has lost a letter, still show it, so that checking them can report it.
    """
    whole = pl.when(repaired(name).is_null()).then(cell_text_but_for_broken_bytes(name)).otherwise(name)
    parts = whole.str.strip_chars(_SPACES).map_batches(_split, return_dtype=_PARTS)
    return parts.struct.field("first_name"), parts.struct.field("surname")


def _split(names: pl.Series) -> pl.Series:
    """First names and surnames (Struct) of full names without spaces round them. Each unusual name is looked at once."""
    is_plain = _NAME.str.contains(_PLAIN) & ~_NAME.str.contains(f"{BEGINS_LIKE_TITLE}|{BEHIND}")
    words = _NAME.str.splitn(" ", 2)
    frame = names.fill_null("").to_frame("name").with_columns(is_plain=is_plain)
    unusual = frame.filter(~pl.col("is_plain")).select("name").unique()
    plain_names = int(frame["is_plain"].sum())
    whole = _without_address(_NAME)
    has_comma = whole.str.contains(",", literal=True)
    split = pl.concat(
        [
            unusual.filter(has_comma).select("name", *_at_comma(whole)),
            unusual.filter(~has_comma).select("name", *_at_words(whole, plain_names)),
        ]
    )
    return (
        frame.join(split, on="name", how="left", maintain_order="left")
        .select(
            pl.struct(
                first_name=pl.coalesce("first_name", words.struct.field("field_0")),
                surname=pl.coalesce("surname", words.struct.field("field_1")),
            )
        )
        .to_series()
    )


def _without_address(name: pl.Expr) -> pl.Expr:
    """A name without the e-mail address beside it; a text that is nothing but an address stays as it is."""
    display_name = name.str.replace(_ADDRESS, "").str.strip_chars("\"' ")
    return (
        pl.when(name.str.contains("@", literal=True) & (display_name != ""))
        .then(display_name)
        .otherwise(name)
    )


def _at_comma(name: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """First name and surname, named so, from a name with a comma."""
    surname, first_name = (
        name.str.splitn(",", 2).struct.field(field).str.strip_chars(_SPACES)
        for field in ("field_0", "field_1")
    )
    return first_name.alias("first_name"), surname.alias("surname")


def _at_words(name: pl.Expr, plain_names: int) -> tuple[pl.Expr, pl.Expr]:
    """First name and surname, named so, from a name without a comma.

    Args:
        name: The unusual names (String).
        plain_names: The number of other names, all with the surname last.
    """
    title = name.str.extract(f"({BEHIND})").fill_null("")
    bare = name.str.replace(BEHIND, "")
    last = bare.str.extract_groups(_SURNAME_LAST).struct
    last_in_capitals = bare.str.extract_groups(_LAST_IN_CAPITALS).struct
    around_title = bare.str.extract_groups(_TITLE_BETWEEN).struct
    is_around = pl.when(~bare.str.contains(IN_FRONT))
    first_in_capitals = bare.str.extract_groups(_FIRST_IN_CAPITALS).struct
    is_certain = first_in_capitals.field("2").str.contains(_LONGER_THAN_INITIALS).fill_null(value=False)
    is_first = pl.when(is_certain | (is_certain.sum() > (plain_names + is_certain.len()) / 2))
    first_name = pl.coalesce(
        is_first.then(first_in_capitals.field("1") + first_in_capitals.field("3")),
        is_around.then(around_title.field("2").str.strip_chars()),
        last_in_capitals.field("1"),
        last.field("1"),
    )
    surname = pl.coalesce(
        is_first.then(first_in_capitals.field("2")),
        is_around.then(around_title.field("1")),
        last_in_capitals.field("2"),
        last.field("2"),
        bare,
    )
    whole_first_name = pl.coalesce(first_name + title, title.str.strip_chars(" ()"))
    return whole_first_name.alias("first_name"), surname.alias("surname")
