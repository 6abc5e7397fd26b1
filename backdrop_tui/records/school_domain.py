"""Suggestions for cells with several e-mail addresses: the one with the school's own domain."""

import polars as pl

from backdrop_tui.records.fields.email_address import EMAIL_INVALID, normal_address
from backdrop_tui.records.leaving import current_people
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.kind import SuggestionRule
from backdrop_tui.records.schema.rules import POSSIBLE

_ADDRESS = r"[^\s<>()\[\];,|/\"'@:]+@[^\s<>()\[\];,|/\"'@:]+"
_DOMAIN = r"@([^@]+)$"
_PUBLIC = (
    r"^(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|btinternet|talktalk|sky|virginmedia|proton|"
    r"protonmail|gmx|mail)\."
)
"""Pattern of the domains of providers at which anyone can have an address."""


def address_of_school(email: Field) -> SuggestionRule:
    """The rule that suggests, of several addresses in one cell, the only one with the school's own domain.

    That is the domain which more than half of the valid addresses have, in the file and among the people at the school.
    """

    def suggest(
        faulty: pl.DataFrame, people: FilePeople, stored: pl.DataFrame, _context: Context
    ) -> pl.DataFrame:
        addresses = (
            faulty.filter(pl.col("suggestion").is_null())
            .select("row", address=pl.col("value").str.extract_all(_ADDRESS))
            .filter(pl.col("address").list.len() > 1)
            .explode("address")
        )
        valid = pl.concat([people.frame(email).select(email.col), current_people(stored).select(email.col)])
        domain = _domain_of_most(valid[email.key]) if addresses.height else None
        of_school = (
            addresses.with_columns(pl.col("address").str.strip_chars("."))
            .filter(pl.col("address").str.extract(_DOMAIN).str.to_lowercase() == pl.lit(domain, pl.String))
            .with_columns(folded=pl.col("address").str.to_lowercase())
            .unique(["row", "folded"], keep="first", maintain_order=True)
            .filter(pl.len().over("row") == 1)
        )
        normal = [normal_address(address) for address in of_school["address"]]
        suggested = of_school.select("row", suggestion=pl.Series(normal, dtype=pl.String), sure=POSSIBLE)
        return suggested.drop_nulls("suggestion")

    return SuggestionRule(email, frozenset({EMAIL_INVALID}), suggest)


def _domain_of_most(addresses: pl.Series) -> str | None:
    """The domain, in lower case, that more than half of some addresses have; None if it is a public provider's."""
    domains = addresses.drop_nulls().str.extract(_DOMAIN).str.to_lowercase()
    commonest = domains.value_counts(sort=True, name="count").head(1)
    is_most = (pl.col("count") * 2 > len(domains)) & ~pl.col(addresses.name).str.contains(_PUBLIC)
    likely = commonest.filter(is_most)[addresses.name]
    return str(likely[0]) if len(likely) else None
