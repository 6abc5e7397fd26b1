"""People grouped under headings such as `Registration Group: 10A`, which say what they have in a field."""

from collections.abc import Collection
from dataclasses import replace

import polars as pl

from backdrop_tui.intake.checking import report_lines
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.matching.section_headings import SAMPLE, section_keys, thin_rows
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.fields.titles import BEGINS_LIKE_TITLE
from backdrop_tui.records.schema.field import Field
from backdrop_tui.records.schema.findings import Finding, FindingType, Remedy
from backdrop_tui.records.schema.row_names import ROWS_PER_FILE
from backdrop_tui.records.schema.text import cell_text
from backdrop_tui.wording import counted, listed

SECTION_HEADINGS = FindingType("section-headings", "Given in headings above the rows", "warning")

_WIDE = 2
"""Columns that are used from which a row with a single cell can't be a person."""
_MOST_NAMED = 3
_FILE = pl.col("row") // ROWS_PER_FILE


def find_section_headings(sheet: Sheet, matching: Matching, people: Collection[int]) -> pl.DataFrame:
    """The headings between the rows of a file, and other lines that end a section.

    Args:
        sheet: The file.
        matching: Where its columns go. A value that is alone in its row, in its field's own column, is a heading too.
        people: Rows that are people because the user has said so.

    Returns:
        `row` (UInt32, ascending), `cells` (String: those that aren't blank, a line each), and by the keys of `section_keys`
        the value (String) that the people below get: null where the row says nothing about that field, empty where it is
        unknown from here on.
    """
    sample = _section_headings(replace(sheet, cells=sheet.cells.head(SAMPLE)), matching, people)
    return _section_headings(sheet, matching, people) if len(section_rows(sample)) else sample.clear()


def section_rows(headings: pl.DataFrame) -> pl.Series:
    """The rows (UInt32) that are headings of sections, given what `find_section_headings` returns."""
    return headings.filter(pl.any_horizontal(pl.col(headings.columns[2:]) != ""))["row"]


def _section_headings(sheet: Sheet, matching: Matching, people: Collection[int]) -> pl.DataFrame:
    keys = section_keys(matching.kind)
    thin = thin_rows(sheet, matching.kind).filter(~pl.col("row").is_in(list(people)))
    if thin.is_empty():
        return thin
    is_heading = pl.any_horizontal(pl.col(key).is_not_null() for key in keys)
    others = thin.filter(~is_heading & _is_line())
    used = [target for target in matching.targets if target]
    in_own_columns = _in_own_columns(sheet, matching, others)
    unknown = others.filter(_ends_section(sheet)).join(in_own_columns, on="row", how="anti")
    unknown = unknown.with_columns(pl.lit("").alias(key) for key in keys)
    ends = unknown if len(used) >= _WIDE else unknown.clear()
    return pl.concat([thin.filter(is_heading), in_own_columns, ends]).sort("row")


def _ends_section(sheet: Sheet) -> pl.Expr:
    """Whether a line that can't be read may begin another section (Boolean), over `row` and `cells`."""
    is_below = pl.col("row").is_in(sheet.cells["row"].implode())
    cells = pl.col("cells")
    return is_below & ~cells.str.contains(report_lines.FIGURE) & ~cells.str.contains(BEGINS_LIKE_TITLE)


def _is_line() -> pl.Expr:
    """Whether a row has a single cell, which is neither labelled nor a total or the like (Boolean), over `cells`."""
    cells = pl.col("cells")
    return (cells != "") & ~cells.str.contains(r"[\n:]") & ~cells.str.contains(report_lines.FOOTER)


def _in_own_columns(sheet: Sheet, matching: Matching, lines: pl.DataFrame) -> pl.DataFrame:
    """The lines whose only cell is in the column of a field by which reports group people, with it as that field's value."""
    rows = lines["row"].filter(lines["row"].is_in(sheet.cells["row"].implode()))
    cells = sheet.cells[sheet.cells["row"].search_sorted(rows)]
    columns = {target: name for name, target in zip(sheet.columns, matching.targets, strict=True) if target}
    values = {}
    for key in section_keys(matching.kind):
        field = matching.kind.by_key[key]
        text = cell_text(pl.col(columns[key])) if key in columns else pl.lit("")
        # Without a letter, the text may be a count.
        pattern = r"\p{L}" if field.choices is None else field.value_pattern or ""
        values[key] = pl.when((text != "") & text.str.contains(pattern)).then(text)
    with_values = cells.select("row", **values).filter(
        pl.any_horizontal(pl.col(key).is_not_null() for key in values)
    )
    return lines.select("row", "cells").join(with_values, on="row")


def _values_below(headings: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """What rows get from the headings above them.

    Args:
        headings: What `find_section_headings` returns.
        rows: The rows that are people (UInt32, ascending).

    Returns:
        `row`, and the value (String) by the keys of the fields; null or empty where there is none.
    """
    keys = headings.columns[2:]
    innermost = max((key for key in keys if (headings[key] != "").any()), key=keys.index, default="")
    blocks = (
        headings.with_columns(file=_FILE, block=rows.search_sorted(headings["row"]))
        .group_by("file", "block", maintain_order=True)
        .agg(
            pl.col("row").last(),
            *(_last_value(key, is_innermost=key == innermost).alias(key) for key in keys),
        )
    )
    for place, key in enumerate(keys):
        # A new year group begins: the form above it isn't one of its forms.
        current = pl.col(key).forward_fill()
        begins = pl.col(key).is_not_null() & current.ne_missing(current.shift(1))
        blocks = blocks.with_columns(
            pl.when(pl.col(inner).is_null() & begins.over("file"))
            .then(pl.lit(""))
            .otherwise(inner)
            .alias(inner)
            for inner in keys[place + 1 :]
        )
    blocks = blocks.with_columns(pl.col(keys).forward_fill().over("file")).sort("row")
    people = rows.to_frame("row").with_columns(file=_FILE)
    return people.join_asof(blocks.drop("block"), on="row", by="file", check_sortedness=False).drop("file")


def _last_value(key: str, *, is_innermost: bool) -> pl.Expr:
    """The last value of a field in a block of headings; empty if a line ends what was above.

    A line below a heading may name a form in a way that can't be read, but the year group above it still holds.
    """
    values = pl.col(key)
    last = values.drop_nulls().last()
    return last if is_innermost else pl.coalesce(values.filter(values != "").last(), last)


def sections_finding(
    sheet: Sheet, matching: Matching, texts: pl.DataFrame, headings: pl.DataFrame
) -> list[Finding]:
    """The finding about values that are only in the headings between the rows; none if there are none.

    Args:
        sheet: The file.
        matching: Where its columns go.
        texts: The people of the file, edited: `row` (UInt32, ascending) and raw text (String) by key.
        headings: What `find_section_headings` returns.
    """
    if headings.is_empty():
        return []
    of_file = texts.filter(
        pl.col("row").is_in(sheet.cells["row"].implode()), ~pl.col("row").is_in(headings["row"].implode())
    )
    values = _values_below(headings, of_file["row"])
    cells = pl.concat(_blank_cells(matching.kind.by_key[key], of_file, values) for key in values.columns[1:])
    if cells.is_empty():
        return []
    return [_finding(matching, headings, cells)]


def _blank_cells(field: Field, texts: pl.DataFrame, values: pl.DataFrame) -> pl.DataFrame:
    """The blank cells of a field that have a heading above: `row`, `field` and `text`, as in `Remedy.cells`."""
    text = cell_text(pl.col(field.key)) if field.key in texts.columns else pl.lit("")
    is_blank = (text == "") | text.str.to_lowercase().is_in(list(field.blank_words))
    blank = values.filter(texts.select("row", is_blank=is_blank)["is_blank"] & (pl.col(field.key) != ""))
    return blank.select("row", field=pl.lit(field.key), text=field.key)


def _finding(matching: Matching, headings: pl.DataFrame, cells: pl.DataFrame) -> Finding:
    keys = cells["field"].unique(maintain_order=True)
    labels = listed(matching.kind.label(key) for key in keys)
    is_used = pl.any_horizontal((pl.col(key) != "").fill_null(value=False) for key in keys)
    texts = headings.filter(is_used)["cells"].unique(maintain_order=True).str.replace_all("\n", " ")
    named = listed((f"“{text}”" for text in texts), at_most=_MOST_NAMED)
    rows = cells["row"].unique().sort()
    message = (
        f"{labels} {'is' if len(keys) == 1 else 'are'} missing beside {counted(len(rows), 'person', 'people')}, "
        f"but given in {'a heading' if len(texts) == 1 else 'headings'} above them: {named}."
    )
    remedy = Remedy(f"Fill in {counted(cells.height, 'cell')} from the headings above them", cells=cells)
    return Finding(SECTION_HEADINGS, message, rows, evidence_for=len(rows), remedies=(remedy,))
