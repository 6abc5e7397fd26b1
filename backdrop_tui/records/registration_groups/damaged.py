"""Registration groups that a spreadsheet has turned into a number or a date: the rule `group-damaged`."""

import polars as pl

from backdrop_tui.records.fields.registration_group import REGISTRATION_GROUP, alike
from backdrop_tui.records.registration_groups.spreadsheet_forms import (
    LIKELY,
    SpreadsheetForm,
    is_day_number,
    spreadsheet_form,
)
from backdrop_tui.records.registration_groups.written import WrittenGroups, written_groups
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.kind import AcrossRule, breaches, no_breaches
from backdrop_tui.records.schema.problems import ProblemType
from backdrop_tui.records.schema.rules import sentence

GROUP_DAMAGED = ProblemType(
    "group-damaged", "{field} was changed by a spreadsheet", "warning", is_damage=True
)

_EXAMPLES = {"a number": "1E1", "a date": "2-1"}


def _damaged(people: FilePeople, stored: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Rows whose registration group looks like what a spreadsheet makes of another name.

    The name that is suggested is one that other rows, or people stored, have in the same year group, if there is only one.
    """
    written = people.shared(written_groups, stored, context)
    forms = _forms(written.groups["group"], context.today.year)
    if not forms:
        return no_breaches()
    groups = pl.Series("group", list(forms), dtype=pl.String)
    rows = written.rows_of(groups)
    suggested = _suggested(written, rows, forms)
    taken_for = pl.col("group").replace_strict({text: form.taken_for for text, form in forms.items()})
    return breaches(
        rows.join(suggested, on="row", how="left", maintain_order="left"),
        sentence(
            "“{}” looks like a group that a spreadsheet has turned into {}, as it does with {}. Check what it should be.",
            pl.col("group"),
            taken_for,
            taken_for.replace_strict(_EXAMPLES),
        ),
        pl.col("original"),
    )


def _forms(groups: pl.Series, year: int) -> dict[str, SpreadsheetForm]:
    """The groups that look damaged, with what they may have been.

    If the file has five-digit numbers that stand for no recent day, that is how the school's groups are called.
    """
    likely = groups.filter(groups.str.contains(LIKELY)).to_list()
    numbers = [text for text in likely if text.isdigit()]
    if not all(is_day_number(text, year) for text in numbers):
        likely = [text for text in likely if text not in numbers]
    return {text: form for text in likely if (form := spreadsheet_form(text, year))}


def _suggested(written: WrittenGroups, rows: pl.DataFrame, forms: dict[str, SpreadsheetForm]) -> pl.DataFrame:
    """`row` and `original` (String): the only group in the row's year group that a spreadsheet would change like this."""
    pairs = [(text, original) for text, form in forms.items() for original in form.originals]
    originals = pl.DataFrame(pairs, schema={"group": pl.String, "original": pl.String}, orient="row")
    undamaged = written.groups.filter(~pl.col("group").is_in(list(forms))).unique(
        "alike", keep="first", maintain_order=True
    )
    existing = originals.select("group", alike=alike(pl.col("original"))).unique().join(
        undamaged.select("alike", original="group"), on="alike"
    )  # fmt: skip
    candidates = rows.join(existing.drop("alike"), on="group")
    fitting = candidates.filter(written.fitting(candidates, "original"))
    return fitting.filter(pl.len().over("row") == 1).select("row", "original")


DAMAGED = AcrossRule(GROUP_DAMAGED, REGISTRATION_GROUP, _damaged)
"""Reports registration groups that a spreadsheet has turned into something else."""
