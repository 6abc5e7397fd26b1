"""The recipe: how a file was fixed, so that the next file with the same headings can be fixed in the same way.

It has values of closed fields with what they became, the date order, and the remedies that were applied to findings. It
never has a name, a date or a number of anybody.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from backdrop_tui.records.birth_dates.file_dates import AGE
from backdrop_tui.records.fields.year_group import NUMBERS, YEAR_GROUP
from backdrop_tui.records.rights.user_groups import PATTERN_GROUP, STANDARD_GROUPS, default_rights
from backdrop_tui.records.schema.columns import FilePeople
from backdrop_tui.records.schema.context import DateOrder
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.findings import Finding, FindingType, Remedy
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import cell_text
from backdrop_tui.wording import counted, listed

SAME_AS_LAST_TIME = FindingType(
    "same-as-last-time", "Fixed in the same way last time", "note", is_remembered=False
)

_FEWEST_ROWS = 3
_MOST_NAMED = 4
_LONGEST = 40
_NUMBER_OR_DATE = r"\d{5}|\d[/.\-]\d{1,2}[/.\-]\d"


@dataclass(frozen=True)
class Recipe:
    """How a file was fixed."""

    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By the key of a closed field: values of the file, each with what it became."""
    date_order: DateOrder = "dmy"
    """The order in which dates were read."""
    applied: frozenset[str] = frozenset()
    """The codes of the findings whose remedies were applied."""

    def __bool__(self) -> bool:
        """Whether it has anything to do again."""
        return bool(self.values or self.applied or self.date_order != "dmy")

    def updated(self, later: "Recipe") -> "Recipe":
        """This recipe with what a later file adds to it or changes."""
        keys = dict.fromkeys((*self.values, *later.values))
        return Recipe(
            values={key: {**self.values.get(key, {}), **later.values.get(key, {})} for key in keys},
            date_order=later.date_order,
            applied=self.applied | later.applied,
        )


def closed_fields(kind: RecordKind) -> tuple[Field, ...]:
    """The fields of a kind that have a few possible values, so that a value says nothing about a person."""
    return tuple(field for field in kind.fields if field.choices is not None)


def fixed_values(
    kind: RecordKind, before: pl.DataFrame, after: pl.DataFrame, edited: Collection[tuple[int, str]]
) -> dict[str, dict[str, str]]:
    """The values of closed fields that were changed, each always to the same value.

    A value that has a name of the file in it, or looks like a date or a number, is passed over.

    Args:
        kind: The kind of people.
        before: The rows without the edits: `row` (UInt32) and raw text (String) by key.
        after: The people of the rows that are imported: `row` and stored forms (String) by key.
        edited: The cells that were edited: row, field's key.
    """
    values = {}
    for closed in closed_fields(kind):
        rows = [row for row, key in edited if key == closed.key]
        if rows and closed.key in before.columns:
            changed = _always_the_same(closed, before, after, rows)
            values[closed.key] = {old: new for old, new in changed if not _is_personal(old, before)}
    return {key: changed for key, changed in values.items() if changed}


def _always_the_same(
    closed: Field, before: pl.DataFrame, after: pl.DataFrame, rows: list[int]
) -> list[tuple[str, str]]:
    """The old and the new value of edited cells, where all cells with the old one now have the new one."""
    texts = before.select("row", old=cell_text(pl.col(closed.key)))
    edited = texts.filter(pl.col("row").is_in(rows), pl.col("old") != "")["old"]
    now = texts.filter(pl.col("old").is_in(edited.implode())).join(
        after.select("row", new=closed.col), on="row"
    )
    became = now.group_by("old", maintain_order=True).agg(pl.col("new").unique(maintain_order=True))
    return [
        (old, new[0])
        for old, new in became.iter_rows()
        if len(new) == 1 and new[0] is not None and new[0] != old and len(old) <= _LONGEST
    ]


def _is_personal(text: str, texts: pl.DataFrame) -> bool:
    """Whether a value could tell something about a person of the file."""
    if pl.select(pl.lit(text).str.contains(_NUMBER_OR_DATE)).item():
        return True
    words = [word for word in text.lower().split() if len(word) > 1]
    names = (texts[key].str.to_lowercase() for key in ("first_name", "surname") if key in texts.columns)
    return any(column.str.split(" ").explode().is_in(words).any() for column in names)


def same_again(
    recipe: Recipe, kind: RecordKind, people: FilePeople, problems: pl.DataFrame, findings: Sequence[Finding]
) -> Finding | None:
    """What can be done again as with the last file; None if that is next to nothing.

    A user group that has more rights than Teachers is never given again unasked, nor is a year group that is more than a year
    from what a child's birth date says.

    Args:
        recipe: How the last file with these headings was fixed.
        kind: The kind of people.
        people: The people of the file, checked.
        problems: The open problems (see `records.schema.problems.SCHEMA`).
        findings: The open findings.
    """
    values = _values_again(recipe, kind, problems)
    values = values.filter(~pl.col("row").is_in(_at_another_age(values, people).implode()))
    remedies = [
        (finding, finding.remedies[0])
        for finding in findings
        if finding.code in recipe.applied and finding.type.is_remembered and len(finding.remedies) == 1
    ]
    remedy = _together(recipe, values, remedies)
    rows = pl.concat([values["row"], *(_changed_by(*pair) for pair in remedies)]).unique().sort()
    if len(rows) < _FEWEST_ROWS:
        return None
    named = [
        *(f"“{old}” → {new} ({count:,})" for old, new, count in _counted_values(values)),
        *(f"{remedy.title[:1].lower()}{remedy.title[1:]}" for _, remedy in remedies),
    ]
    message = (
        f"{counted(len(rows), 'row')} can be fixed as in your last file with these headings: "
        f"{listed(named, at_most=_MOST_NAMED)}."
    )
    return Finding(SAME_AS_LAST_TIME, message, rows, len(rows), 0, (remedy,))


def _changed_by(finding: Finding, remedy: Remedy) -> pl.Series:
    """The rows that a remedy changes (UInt32): all of the finding's if it changes how they are read."""
    if remedy.cells is None and remedy.left_out is None:
        return finding.rows
    parts = [pl.Series(dtype=pl.UInt32) if remedy.cells is None else remedy.cells["row"], remedy.left_out]
    return pl.concat([part for part in parts if part is not None])


def _values_again(recipe: Recipe, kind: RecordKind, problems: pl.DataFrame) -> pl.DataFrame:
    """The cells with a problem whose value was changed last time: `row`, `field`, `value` and `text` (the new value)."""
    parts = [problems.clear().select("row", "field", "value", text="value")]
    for closed in closed_fields(kind):
        again = {
            old: closed.to_show(new)
            for old, new in recipe.values.get(closed.key, {}).items()
            if closed.key != "user_group" or _is_harmless(new)
        }
        cells = problems.filter(pl.col("field") == closed.key, pl.col("value").is_in(list(again)))
        text = pl.col("value").replace_strict(again, default=None, return_dtype=pl.String)
        parts.append(cells.select("row", "field", "value", text=text).unique("row", maintain_order=True))
    return pl.concat(parts)


def _at_another_age(values: pl.DataFrame, people: FilePeople) -> pl.Series:
    """The rows (UInt32) that would get a year group more than a year from what the birth date says.

    A year out may be right: a child may be taught in another year, and the list may be last year's.
    """
    years = values.filter(pl.col("field") == YEAR_GROUP.key)
    if years.is_empty():
        return years["row"]
    number = pl.col("text").replace_strict(NUMBERS, default=None, return_dtype=pl.Int16)
    ages = people.frame_at(years["row"], AGE)
    return years.join(ages, on="row").filter((number - (AGE.col - 4)).abs() > 1)["row"]


def _is_harmless(group: str) -> bool:
    """Whether a user group can be given again unasked: a standard group with no more rights than Teachers."""
    return group in STANDARD_GROUPS and default_rights(group) <= default_rights(PATTERN_GROUP)


def _counted_values(values: pl.DataFrame) -> list[tuple[str, str, int]]:
    """Old value, new value and number of rows, the most frequent first."""
    counts = values.group_by("value", "text", maintain_order=True).len()
    return list(counts.sort("len", descending=True, maintain_order=True).iter_rows())


def _together(recipe: Recipe, values: pl.DataFrame, remedies: Sequence[tuple[Finding, Remedy]]) -> Remedy:
    """One remedy that does all of it. A cell that several remedies change gets the text of the first."""
    cells = [values.select("row", "field", "text"), *(r.cells for _, r in remedies if r.cells is not None)]
    left_out = [r.left_out for _, r in remedies if r.left_out is not None]
    orders = [r.date_order for _, r in remedies if r.date_order]
    return Remedy(
        "Do the same again",
        cells=pl.concat(frame.select("row", "field", "text") for frame in cells).unique(
            ["row", "field"], keep="first", maintain_order=True
        ),
        left_out=pl.concat(left_out).unique().sort() if left_out else None,
        date_order=orders[0] if orders else ("ymd" if recipe.date_order == "ymd" else None),
        also_applies=tuple(finding.code for finding, _ in remedies),
    )
