"""Findings that need the file itself: columns that go to no field, and blank cells as they are in the file."""

from collections.abc import Iterator, Sequence

import polars as pl

from backdrop_tui.intake.checking.repeated_rows import ROWS_REPEATED, repeats_finding
from backdrop_tui.intake.checking.sections import SECTION_HEADINGS, sections_finding
from backdrop_tui.intake.draft.encoding_finding import ENCODING_GUESSED, encoding_finding
from backdrop_tui.intake.draft.recipe import SAME_AS_LAST_TIME
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.findings import Finding, FindingType, Remedy
from backdrop_tui.records.schema.text import cell_text, fold_heading
from backdrop_tui.wording import counted, listed

STATUS_COLUMN = FindingType("status-column", "People who aren't current", "warning")
BLANKS_BELOW = FindingType("blanks-below", "Filled in only in the first row of each block", "warning")

FILE_FINDINGS = frozenset({
    ENCODING_GUESSED.code, ROWS_REPEATED.code, STATUS_COLUMN.code, BLANKS_BELOW.code, SECTION_HEADINGS.code,
    SAME_AS_LAST_TIME.code,
})  # fmt: skip
"""The codes of the findings that no rule of a kind of people reports."""

_STATUS_HEADINGS = frozenset({
    "status", "enrolmentstatus", "enrollmentstatus", "rollstatus", "pupilstatus", "studentstatus", "staffstatus",
    "employmentstatus", "onroll", "onrollstatus", "currentstatus", "membershipstatus",
})  # fmt: skip
_NOT_CURRENT = (
    "leaver", "left", "leavers", "former", "past", "inactive", "archived", "guest", "visitor", "withdrawn", "off roll",
    "not on roll", "no longer on roll", "off-roll", "deleted", "deregistered", "excluded", "applicant", "applied", "future",
    "prospective", "pre-admission", "pre admission", "pre-admissions", "accepted", "offered", "offer", "waiting list",
    "reserve", "resigned", "retired", "transferred",
)  # fmt: skip
_FEWEST_BLANKS = 2
_SAMPLE = 1_000
_MOST_NAMED = 4
_CAN_BE_FILLED_DOWN = ("year_group", "registration_group")


def file_findings(
    matching: Matching, sheet: Sheet, texts: pl.DataFrame, repeated: pl.DataFrame, headings: pl.DataFrame
) -> list[Finding]:
    """What the file says apart from its fields' values.

    Args:
        matching: Where its columns go.
        sheet: The file.
        texts: The rows that are not left out, edited: `row` (UInt32) and raw text (String) by key.
        repeated: The rows that repeat another (see `without_repeats`).
        headings: The headings between its rows; see `find_section_headings`.
    """
    guessed = encoding_finding(matching.kind, sheet, texts)
    return [
        *([guessed] if guessed else []),
        *repeats_finding(repeated["row"]),
        *_status_columns(matching, sheet, texts["row"]),
        *sections_finding(sheet, matching, texts, headings),
        *_blanks_below(matching, texts),
    ]


def _status_columns(matching: Matching, sheet: Sheet, rows: pl.Series) -> Iterator[Finding]:
    """People whose status, in a column that isn't used, says that they have left or aren't there yet."""
    for name, heading, target in zip(sheet.columns, sheet.headings, matching.targets, strict=True):
        if target is not None or fold_heading(heading) not in _STATUS_HEADINGS:
            continue
        status = sheet.cells.filter(pl.col("row").is_in(rows.implode())).select(
            "row", status=cell_text(pl.col(name))
        )
        others = status.filter(pl.col("status").str.to_lowercase().is_in(_NOT_CURRENT))
        if not others.height or others.height == status.height:
            continue
        counts = others.group_by("status", maintain_order=True).len().sort("len", descending=True)
        named = listed(
            (f"{word} in {counted(n, 'row')}" for word, n in counts.iter_rows()), at_most=_MOST_NAMED
        )
        yield Finding(
            STATUS_COLUMN,
            f"“{heading}” says {named}. Leave out whoever isn't at the school now.",
            others["row"],
            evidence_for=others.height,
            evidence_against=status.height - others.height,
            remedies=(Remedy(f"Leave out {counted(others.height, 'row')}", left_out=others["row"]),),
        )
        return


def _blanks_below(matching: Matching, texts: pl.DataFrame) -> list[Finding]:
    """Fields that are filled in only in the first row of each block, as merged cells are saved."""
    fields = [matching.kind.by_key[key] for key in _CAN_BE_FILLED_DOWN if key in texts.columns]
    if not _merged(fields, texts.head(_SAMPLE)):
        return []  # the beginning of most files is enough to see that nothing was merged
    fillings = {field: _filled_down(field, texts) for field in _merged(fields, texts)}
    if not fillings:
        return []
    cells = pl.concat(
        filling.select("row", pl.lit(field.key).alias("field"), "text") for field, filling in fillings.items()
    )
    labels = listed(field.label for field in fillings)
    rows = cells["row"].unique().sort()
    remedy = Remedy(f"Fill down {counted(cells.height, 'cell')}", cells=cells)
    is_are = "is" if len(fillings) == 1 else "are"
    message = (
        f"{labels} {is_are} filled in only in the first row of each block, and blank in the {counted(len(rows), 'row')} "
        "below, as if cells had been merged."
    )
    return [Finding(BLANKS_BELOW, message, rows, evidence_for=len(rows), remedies=(remedy,))]


def _merged(fields: Sequence[Field], texts: pl.DataFrame) -> list[Field]:
    """The fields that are filled in only in the first row of each block.

    That is so if the first row has a value, at least half of the cells are blank, and no value is the same as the one before
    it; or if it is filled in in the very rows in which another such field is.
    """
    filled = {field: texts.select(cell_text(pl.col(field.key)) != "").to_series() for field in fields}
    possible = [
        field
        for field, rows in filled.items()
        if len(rows) and rows[0] and (~rows).sum() >= max(_FEWEST_BLANKS, rows.sum())
    ]
    certain = [
        field for field in possible if not _has_neighbours_alike(texts[field.key].filter(filled[field]))
    ]
    return [field for field in possible if any(filled[field].equals(filled[other]) for other in certain)]


def _has_neighbours_alike(values: pl.Series) -> bool:
    return bool((values == values.shift(1)).any())


def _filled_down(field: Field, texts: pl.DataFrame) -> pl.DataFrame:
    """The blank cells of a column with the value above them: `row` (UInt32) and `text` (String)."""
    column = texts.select("row", text=cell_text(pl.col(field.key)))
    above = pl.when(pl.col("text") != "").then("text").forward_fill().alias("above")
    return column.with_columns(above).filter(pl.col("text") == "").select("row", text="above")
