"""Registration groups that are spelt in more than one way: the rule `group-variant`."""

import polars as pl

from backdrop_tui.records.fields.registration_group import REGISTRATION_GROUP, without_case
from backdrop_tui.records.registration_groups.written import written_groups
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.kind import AcrossRule, breaches, no_breaches
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import sentence

GROUP_VARIANT = ProblemType("group-variant", "{field} is spelt in more than one way", "warning")


def _variants(people: FilePeople, stored: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Rows whose registration group is usually spelt in another way, in the file and the store together.

    The usual spelling is sure if it differs only in case or accents, and has people in the same year group.
    """
    written = people.shared(written_groups, stored, context)
    spellings = written.groups.filter(pl.col("alike").is_duplicated())
    usual = spellings.group_by("alike", maintain_order=True).agg(
        usual=pl.col("group").first(), most=pl.col("count").first()
    )
    rare = spellings.join(usual, on="alike").filter(pl.col("count") < pl.col("most"))
    if rare.is_empty():
        return no_breaches()
    rows = written.rows_of(rare["group"]).join(rare.select("group", "usual"), on="group")
    differs_in_case = without_case(pl.col("group")) == without_case(pl.col("usual"))
    return breaches(
        rows,
        sentence("“{}” is usually written “{}”. Check whether it is the same group.", pl.col("group"), pl.col("usual")),
        pl.col("usual"),
        differs_in_case & pl.lit(written.fitting(rows, "usual")),
    )  # fmt: skip


VARIANTS = AcrossRule(GROUP_VARIANT, REGISTRATION_GROUP, _variants)
"""Reports registration groups that are usually spelt in another way."""
