"""Rows of a file that aren't people: totals, page numbers, repeated headings, instructions, examples, comments."""

from collections.abc import Set as AbstractSet

import polars as pl

from backdrop_tui.intake.checking import report_lines
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.findings import Finding, FindingType, Remedy
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.problems import NOT_A_PERSON, REQUIRED, SCHEMA
from backdrop_tui.records.schema.text import cleaned
from backdrop_tui.wording import counted, listed

NOT_PEOPLE = FindingType("not-people", "Rows that are not people", "warning")

_FIRST_ROWS = 10
"""Rows below the headings that are looked at even if nothing is wrong with them: they may be examples."""
_LONGEST_SHOWN = 60
_MOST_NAMED = 3
_MOST = 0.6


def find_not_people(
    sheet: Sheet, matching: Matching, problems: pl.DataFrame, ignored: AbstractSet[int]
) -> pl.DataFrame:
    """The rows that aren't people, with what they say.

    Only rows that have a problem are looked at, and the first few.

    Args:
        sheet: The file.
        matching: Where its columns go.
        problems: The problems of its rows; see `records.schema.problems.SCHEMA`.
        ignored: Rows that are left out, and rows that are people because the user has said so.

    Returns:
        `row` (UInt32, ascending) and `text` (String: the row's cells, cut short).
    """
    rows = _suspicious_rows(sheet, problems, ignored)
    cells = sheet.cells[sheet.cells["row"].search_sorted(rows)].lazy()
    columns = [pl.col(name) for name in sheet.columns]
    is_heading = [
        column.str.to_lowercase() == heading.lower()
        for column, heading in zip(columns, sheet.headings, strict=True)
        if heading
    ]
    text = pl.col("filled").list.join(" ")
    shown = pl.when(text.str.len_chars() > _LONGEST_SHOWN).then(text.str.head(_LONGEST_SHOWN) + "…")
    return (
        cells.select("row", *map(cleaned, columns))
        .with_columns(
            filled=pl.concat_list(columns).list.filter(pl.element() != ""),
            beginning=columns[0],
            headings=pl.sum_horizontal(is_heading) if is_heading else 0,
            is_early=pl.col("row") <= (sheet.header_row or 0) + _FIRST_ROWS,
        )
        .filter(_is_no_person(matching.kind))
        .select("row", text=shown.otherwise(text))
        .collect()
    )


def with_not_people(problems: pl.DataFrame, not_people: pl.DataFrame) -> pl.DataFrame:
    """Problems with a single one for each row that isn't a person.

    Args:
        problems: See `records.schema.problems.SCHEMA`; in the order of rows.
        not_people: What `find_not_people` returns.
    """
    if not not_people.height:
        return problems
    sentence = "“{}” doesn't look like a person. Leave this row out, or accept it if it is one."
    of_rows = not_people.select(
        "row",
        field=pl.lit(None, pl.String),
        value=pl.lit(None, pl.String),
        level=pl.lit(NOT_A_PERSON.level),
        code=pl.lit(NOT_A_PERSON.code),
        message=pl.format(sentence, pl.col("text")),
        suggestion=pl.lit(None, pl.String),
        sure=pl.lit(None, pl.Boolean),
    )
    others = problems.filter(~pl.col("row").is_in(not_people["row"].implode()))
    return pl.concat([others, of_rows.select(SCHEMA.names())]).sort("row", maintain_order=True)


def not_people_finding(not_people: pl.DataFrame) -> list[Finding]:
    """The finding about rows that aren't people; none if there are none.

    Args:
        not_people: What `find_not_people` returns.
    """
    count = not_people.height
    if not count:
        return []
    texts = listed((f"“{text}”" for text in not_people["text"]), at_most=_MOST_NAMED)
    are = "is not a person" if count == 1 else "are not people"
    rows = not_people["row"]
    remedy = Remedy(f"Leave out {counted(count, 'row')}", left_out=rows)
    message = f"{counted(count, 'row')} {are}: {texts}."
    return [Finding(NOT_PEOPLE, message, rows, evidence_for=count, remedies=(remedy,))]


def _suspicious_rows(sheet: Sheet, problems: pl.DataFrame, ignored: AbstractSet[int]) -> pl.Series:
    """The rows to look at (UInt32, ascending): with something missing, with two problems, or among the first."""
    is_missing = (pl.col("code") == REQUIRED.code).any()
    doubtful = problems.group_by("row").agg(is_missing | (pl.len() > 1)).filter("code")
    rows = pl.concat([doubtful["row"], sheet.cells["row"].head(_FIRST_ROWS)]).unique().sort()
    others = pl.Series(sorted(ignored), dtype=pl.UInt32)
    return rows.filter(rows.is_in(sheet.cells["row"].implode()) & ~rows.is_in(others.implode()))


def _is_no_person(kind: RecordKind) -> pl.Expr:
    """Whether a row can't be a person (Boolean), over the columns that `find_not_people` adds."""
    filled = pl.col("filled")
    count, first = filled.list.len(), filled.list.first()

    def cells_like(*patterns: str) -> pl.Expr:
        is_like = pl.any_horizontal(pl.element().str.contains(pattern) for pattern in patterns)
        return filled.list.eval(is_like).list.sum()

    of_groups = [
        first.str.contains(field.value_pattern)
        for field in kind.fields
        if field.can_be_uniform and field.recognised_by_values and field.value_pattern
    ]
    beginning = pl.col("beginning")
    return pl.any_horizontal(
        (cells_like(report_lines.FOOTER) > 0)
        & (cells_like(report_lines.FOOTER, report_lines.FIGURE) == count),
        (count <= 4) & first.str.contains(report_lines.PRINTED),
        (count <= 2) & (first.str.contains(report_lines.LABELLED) | first.str.contains(report_lines.GROUP)),
        (count == 1) & pl.any_horizontal(first.str.contains(report_lines.PROSE), *of_groups),
        cells_like(report_lines.INSTRUCTION) >= pl.max_horizontal(2, count / 2),
        cells_like(report_lines.EXAMPLE) > 0,
        pl.col("is_early") & first.str.contains(report_lines.EXAMPLE_ROW),
        beginning.str.contains(report_lines.COMMENT)
        & ~beginning.str.contains(report_lines.SPREADSHEET_ERROR),
        pl.col("headings") >= pl.max_horizontal(2, count * _MOST),
    )
