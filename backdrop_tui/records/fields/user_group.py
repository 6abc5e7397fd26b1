"""The user group of a member of staff: one that there is, or the name of one to be made."""

from collections.abc import Mapping

import polars as pl

from backdrop_tui.records.fields.job_role import group_for
from backdrop_tui.records.rights.group_names import GroupNames, fold
from backdrop_tui.records.rights.user_groups import LONGEST, PATTERN_GROUP
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import TEXT, Checks, Rule, says, too_long
from backdrop_tui.records.schema.kind import FilePeople

_FOUND = pl.Struct({"named": pl.String(), "near": pl.String(), "folded": pl.String()})


def user_group_checks(context: Context) -> Checks:
    """The rules of a user group: `group-near`, warning `group-new`.

    That it is missing is for `missing_group` to say, which looks at the job role too. Several ways of writing one new
    group are stored as the first of them is written.
    """
    names = GroupNames(context.groups, context.former_groups)

    def find(texts: pl.Series) -> pl.Series:
        """`named`: the group that a text names; `near`: the one that it only resembles; `folded`: a key for new ones."""
        found = []
        for text in texts:
            named = names.named(text) if text else None
            near = names.resembling(text) if text and not named and text not in context.new_groups else None
            found.append({"named": named, "near": near, "folded": fold(text)})
        return pl.Series(texts.name, found, dtype=_FOUND)

    part = pl.col("found").struct.field
    new = (TEXT != "") & part("named").is_null() & part("near").is_null()
    suggested = _suggested(TEXT, context)
    return Checks(
        steps=(
            {"found": TEXT.map_batches(find, return_dtype=_FOUND)},
            {"new": pl.when(new).then(TEXT.first().over(part("folded")))},
        ),
        stored=pl.coalesce(part("named"), pl.col("new")),
        rules=(
            too_long("User Group", LONGEST),
            Rule(
                code="group-near",
                title="User Group is nearly the name of another",
                fails=part("near").is_not_null(),
                message=says(
                    "There is no user group “{}”, but it looks like {}. Choose that one; or accept it as a new group.",
                    "shown",
                    part("near"),
                ),
                suggestion=part("near"),
            ),
            Rule(
                code="group-new",
                title="User Group is new",
                fails=new,
                message=says(f"There is no user group “{{}}” yet. It will be made, with the rights of {PATTERN_GROUP}."),
                suggestion=suggested,
                level="warning",
            ),
        ),
    )  # fmt: skip


def _suggested(role: pl.Expr, context: Context) -> pl.Expr:
    """The group that a job role points to, by the name that it has now; null where there is none. Gives String."""
    group = group_for(role)
    if context.former_groups:
        group = group.replace(dict(context.former_groups))
    return pl.when(group.is_in(context.groups)).then(group)


def group_choices(context: Context) -> tuple[str, ...]:
    """The groups that a form offers."""
    return context.groups


def suggested_group(values: Mapping[str, str], context: Context) -> str:
    """The group that the job role of one person points to; empty where it points to none."""
    role = pl.lit(values.get("job_role", ""))
    return pl.select(_suggested(role, context)).item() or ""


def missing_group(people: FilePeople, _stored: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Rows without a user group, with the one that their job role points to. See `AcrossRule.find`."""
    return (
        people.frame("row", "job_role", "user_group")
        .filter(pl.col("user_group").is_null())
        .select(
            "row",
            pl.lit("User Group is missing. Choose one of the groups, like Teachers.").alias("message"),
            _suggested(pl.col("job_role"), context).alias("suggestion"),
        )
    )
