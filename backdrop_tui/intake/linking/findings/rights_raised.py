"""Staff who would get more rights than they have: that is for a person to decide."""

import polars as pl

from backdrop_tui.intake.linking.finding_types import RIGHTS_RAISED
from backdrop_tui.intake.linking.linkage import RAISED
from backdrop_tui.records.leaving import HAS_LEFT
from backdrop_tui.records.rights.user_groups import default_rights
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.findings import Finding, Remedy
from backdrop_tui.records.staff import USER_GROUP
from backdrop_tui.wording import counted, listed

NO_GROUP = "no user group"
"""What stands in `RAISED` for the group of someone who has none, or has left."""


def raised_rights(
    people: FilePeople, links: pl.DataFrame, stored: pl.DataFrame, context: Context
) -> pl.DataFrame:
    """The rows that would give someone stored more rights than they have now; see `RAISED`. People who have left have none.

    Args:
        people: The staff of the file, checked.
        links: `row` (UInt32) and `id` (String) of the rows about someone stored.
        stored: All staff stored.
        context: The rights of the school's user groups.
    """
    rights = dict(context.group_rights)
    now = stored.select(
        "id",
        name=pl.concat_str("first_name", pl.lit(" "), "surname"),
        group=pl.when(HAS_LEFT).then(None).otherwise(USER_GROUP.col),
    )
    moved = (
        links.join(people.frame(USER_GROUP), on="row", maintain_order="left")
        .join(now, on="id", maintain_order="left")
        .filter(USER_GROUP.col.is_not_null(), USER_GROUP.col.ne_missing(pl.col("group")))
    )
    kinds = moved.select(USER_GROUP.key, "group").unique()
    raising = [
        rights.get(after, default_rights(after))
        - (rights.get(before, default_rights(before)) if before else frozenset())
        for after, before in kinds.iter_rows()
    ]
    raised = kinds.filter(pl.Series([bool(more) for more in raising], dtype=pl.Boolean))
    return (
        moved.join(raised, on=[USER_GROUP.key, "group"], how="semi", nulls_equal=True, maintain_order="left")
        .select("row", "name", pl.col("group").fill_null(NO_GROUP).alias("from"), USER_GROUP.col.alias("to"))
        .cast(RAISED)
    )


def rights_finding(raised: pl.DataFrame, context: Context) -> list[Finding]:
    """The finding that people would get more rights; none if nobody would.

    Args:
        raised: What `raised_rights` returns, without the rows for which the user has agreed.
        context: How rows are named.
    """
    if raised.is_empty():
        return []
    each = [
        f"row {context.row_names.name(row)}, {name}, {before} → {after}"
        for row, name, before, after in raised.iter_rows()
    ]
    who = counted(raised.height, "person", "people")
    message = f"{who} would get more rights than they have now: {listed(each)}."
    if (raised["from"] == NO_GROUP).any():
        message += " Without them, whoever had left doesn't come back."
    remedy = Remedy(
        f"Give {who} these rights",
        accepted=tuple((row, USER_GROUP.key, RIGHTS_RAISED.code) for row in raised["row"]),
    )
    return [Finding(RIGHTS_RAISED, message, raised["row"].sort(), raised.height, 0, (remedy,))]
