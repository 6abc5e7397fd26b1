"""Job roles, from which a user group can be suggested."""

import polars as pl

from backdrop_tui.records.rights.user_groups import ADMIN, BUSINESS, DSLS, GOVERNORS, SLTS, TAS, TEACHERS

_SIGNS: tuple[tuple[str, str], ...] = (
    (DSLS, r"\bd?dsls?\b|designated safeguarding|\bsafeguarding lead"),
    (ADMIN, r"\b(?:assistant|deputy|trainee)\b.*\b(?:business manager|bursar|sbm)\b"),
    (BUSINESS, r"\bsbm\b|\bbursar\b|\bbusiness (?:manager|leader|director)\b"),
    (ADMIN, (r"\bpa\b|\bp\.a\.|secretary|receptionist|\breception\b|\badmin|\boffice\b|\bclerk|\bclerical|\bfinance\b"
             r"|\b(?:data|exams?) (?:manager|officer)|\battendance officer|\bregistrar\b|\bhr\b")),
    (TAS, r"\b(?:hl)?tas?\b|\blsas?\b|\b(?:teaching|classroom|learning support|class|sen|send) assistant|\bteaching support"),
    (GOVERNORS, r"\bgovernor|\btrustee"),
    (TEACHERS, r"\bheads? of (?:\w+ )*(?:year|house|department|faculty|key stage|sixth form|subject|maths|english|science)\b"),
    (SLTS, (r"\bhead ?(?:teacher|master|mistress)|^(?:(?:executive|deputy|assistant|associate|acting|interim|co)[ \-])*head$"
            r"|\bhead of school\b|\bprincipal\b|\bslt\b|\bsenior leader")),
    (TEACHERS, (r"teacher|\btutor\b|\blecturer\b|\bect\b|\bnqt\b|\bsend?co\b|\b(?:subject|phase|year|curriculum) lead"
                r"|\bheads? of\b")),
)  # fmt: skip
"""User groups with patterns of job roles, the first match first: `Headteacher's PA` matches Admin Team before SLTs."""


def group_for(role: pl.Expr) -> pl.Expr:
    """The standard user group that a job role (String) suggests; null if it suggests none."""
    folded = role.str.to_lowercase()
    return pl.coalesce(
        *(pl.when(folded.str.contains(pattern)).then(pl.lit(group)) for group, pattern in _SIGNS)
    )
