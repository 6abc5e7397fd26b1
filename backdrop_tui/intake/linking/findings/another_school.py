"""The finding that a file is another school's: hardly anyone in it is stored, in age groups that the school has."""

import polars as pl

from backdrop_tui.intake.linking.decide import Decided
from backdrop_tui.intake.linking.finding_types import ANOTHER_SCHOOL
from backdrop_tui.intake.linking.identities import Identity
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.wording import counted

_STORED = 100
"""The number of people stored from which a file can be told to be another school's."""
_IN_GROUP = 10
"""The number of people stored from which an age group counts."""
_ROWS = 20
"""The number of rows in the age groups that count, from which the file is judged."""
_KNOWN = 0.05
"""The share of these rows below which the file is another school's."""


def age_group(born: pl.Expr) -> pl.Expr:
    """The year in which an age group's first children were born (Int32), given birth dates: from September to the next August."""
    return born.dt.year() - (born.dt.month() < 9).cast(pl.Int32)


def another_school(
    identity: Identity, people: FilePeople, current: pl.DataFrame, decided: Decided
) -> list[Finding]:
    """The finding that a file is another school's; none if it isn't.

    A list of joiners, or of a new intake, is not: few are stored in its age groups, or it has far fewer rows than people are stored.

    Args:
        identity: What people are recognised by.
        people: The file's people, checked.
        current: What `Identity.people` returns, without people who have left.
        decided: Who the rows are about.
    """
    if identity.birth_date is None or current.height < _STORED:
        return []
    combinations = people.combinations(identity.birth_date)
    born = identity.birth_date.col.str.to_date("%Y-%m-%d", strict=False)
    of_file = combinations.different.with_columns(group=age_group(born))
    stored = (
        current.group_by(group=age_group(pl.col("born"))).len("stored").filter(pl.col("stored") >= _IN_GROUP)
    )
    counts = of_file.group_by("group").agg(rows=pl.col("len").sum()).join(stored, on="group")
    compared = counts.filter(pl.col("rows") * 2 >= pl.col("stored"))
    rows = int(compared["rows"].sum())
    if rows < _ROWS:
        return []
    linked = pl.concat([decided.links["row"], decided.offered["row"]]).unique()
    places = people.frame()["row"].search_sorted(linked.sort())
    births = pl.DataFrame({"combination": combinations.of_rows[places]}).group_by("combination").len("linked")
    of_groups = births.join(of_file.select("combination", "group"), on="combination").join(
        compared, on="group"
    )
    known = int(of_groups["linked"].sum())
    if known >= rows * _KNOWN:
        return []
    message = (
        f"Only {known:,} of {counted(rows, 'row')} may be about people already stored, in age groups in which "
        f"{int(compared['stored'].sum()):,} are. Check that this is a file of your school."
    )
    unknown = (
        people.frame(identity.birth_date)
        .filter(~pl.col("row").is_in(linked.implode()))
        .select("row", group=age_group(born))
    )
    affected = unknown.join(compared, on="group", how="semi", maintain_order="left")["row"]
    return [Finding(ANOTHER_SCHOOL, message, affected, len(affected), known)]
