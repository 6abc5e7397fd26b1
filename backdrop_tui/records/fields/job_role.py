"""Job roles, from which a user group can be suggested."""

import polars as pl

from backdrop_tui.records.rights.job_titles import group_for_title


def group_for(role: pl.Expr) -> pl.Expr:
    """The standard user group that a job role (String) suggests; null if it suggests none."""
    return role.map_batches(_groups, return_dtype=pl.String)


def _groups(roles: pl.Series) -> pl.Series:
    """The group for each role (String); a role that many people have is looked at once."""
    different = roles.drop_nulls().unique()
    groups = {role: group_for_title(role) for role in different}
    return roles.replace_strict(groups, default=None, return_dtype=pl.String)
