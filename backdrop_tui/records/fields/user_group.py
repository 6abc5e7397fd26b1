"""The user group of a member of staff: an existing one, or the name of a new one."""

import polars as pl

from backdrop_tui.records.fields.job_role import group_for
from backdrop_tui.records.rights.group_names import GroupNames, fold
from backdrop_tui.records.rights.user_groups import PATTERN_GROUP
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import SHOWN, TEXT, Checks, Rule, sentence

GROUP_NEAR = ProblemType("group-near", "{field} looks like an existing group")
GROUP_NEW = ProblemType("group-new", "{field} is new", "warning")

_MATCH = pl.Struct({"named": pl.String(), "near": pl.String(), "folded": pl.String()})


def user_group_checks(context: Context) -> Checks:
    """The reading of a user group, and its rules `group-near` and `group-new`.

    Different spellings of one new group are stored as the first of them is spelt.
    """
    names = GroupNames(context.groups, context.former_groups)

    def match(texts: pl.Series) -> pl.Series:
        """`named`: the group that a text names; `near`: one that it only resembles; `folded`: its spelling, folded."""
        matches = []
        for text in texts:
            named = names.named(text) if text else None
            near = names.resembling(text) if text and not named and text not in context.new_groups else None
            matches.append({"named": named, "near": near, "folded": fold(text)})
        return pl.Series(texts.name, matches, dtype=_MATCH)

    part = pl.col("match").struct.field
    new = (TEXT != "") & part("named").is_null() & part("near").is_null()
    suggested = group_for_role(TEXT, context)
    return Checks(
        steps=(
            {"match": TEXT.map_batches(match, return_dtype=_MATCH)},
            {"new": pl.when(new).then(TEXT.first().over(part("folded")))},
        ),
        stored=pl.coalesce(part("named"), pl.col("new")),
        rules=(
            Rule(
                GROUP_NEAR,
                fails=part("near").is_not_null(),
                message=sentence(
                    "There is no user group “{}”, but it looks like {}. Choose that one, or accept it as a new group.",
                    SHOWN,
                    part("near"),
                ),
                suggestion=part("near"),
            ),
            Rule(
                GROUP_NEW,
                fails=new,
                message=sentence(f"There is no user group “{{}}” yet. It will be created with the same rights as {PATTERN_GROUP}."),
                suggestion=suggested,
            ),
        ),
    )  # fmt: skip


def group_for_role(role: pl.Expr, context: Context) -> pl.Expr:
    """The user group that a job role suggests, by its present name (String); null if it suggests none."""
    group = group_for(role)
    if context.former_groups:
        group = group.replace(dict(context.former_groups))
    return pl.when(group.is_in(context.groups)).then(group)


def group_choices(context: Context) -> tuple[str, ...]:
    """The user groups that a form offers."""
    return context.groups
