"""Rows of a file that aren't people: totals, page numbers, repeated headings, instructions, examples, comments."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

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

_FIRST_ROWS = 3
"""Rows below the headings that are looked at even if nothing is wrong with them: they may be examples."""
_FEW_CELLS = 4
"""Cells that a line between people has at most, if it has only one problem."""
_LONGEST_SHOWN = 60
_MOST_NAMED = 3
_MOST = 0.6


def find_not_people(
    sheet: Sheet,
    matching: Matching,
    problems: pl.DataFrame,
    section_rows: pl.Series,
    ignored: AbstractSet[int],
) -> pl.DataFrame:
    """The rows that aren't people, with what they say.

    Only rows that have a problem are looked at, and the first few.

    Args:
        sheet: The file.
        matching: Where its columns go.
        problems: The problems of its rows; see `records.schema.problems.SCHEMA`.
        section_rows: Headings between the rows (UInt32), none of which is a person.
        ignored: Rows that are left out, and rows that are people because the user has said so.

    Returns:
        `row` (UInt32, ascending) and `text` (String: the row's cells, cut short).
    """
    suspicious, several, early = _rows_to_look_at(sheet, problems, ignored)
    sections = section_rows.filter(_is_in_order(section_rows, sheet.cells["row"]))
    settled = pl.concat([_no_people_of_kind(sheet, matching, problems), sections])
    settled = settled.filter(~settled.is_in(list(ignored)))
    rows = pl.concat([suspicious, early, settled]).unique().sort()
    columns = [pl.col(name) for name in sheet.columns]
    cells = sheet.cells[sheet.cells["row"].search_sorted(rows)].lazy()
    # Anything else that lacks a single cell isn't worth the time.
    is_short = pl.sum_horizontal(column != "" for column in columns) <= _FEW_CELLS
    worth_it = pl.concat([several, early, settled])
    cells = cells.filter(is_short | pl.col("row").is_in(worth_it.implode()))
    used = [column for column, target in zip(columns, matching.targets, strict=True) if target]
    headings = dict(zip(sheet.columns, sheet.headings, strict=True))
    is_heading = [
        column.str.to_lowercase() == heading.lower()
        for column in used
        if (heading := headings[column.meta.output_name()])
    ]
    text = pl.col("filled").list.join(" ")
    shown = pl.when(text.str.len_chars() > _LONGEST_SHOWN).then(text.str.head(_LONGEST_SHOWN) + "…")
    return (
        cells.select("row", *map(cleaned, columns))
        .with_columns(
            filled=_filled(columns),
            used=_filled(used or columns[:1]),
            is_first_used=pl.lit(bool(matching.targets[0])),
            headings=pl.sum_horizontal(is_heading) if is_heading else 0,
            is_comment=_begins_comment(columns[0]),
            is_early=pl.col("row").is_in(early.implode()),
        )
        .filter(
            _is_example()
            | pl.col("row").is_in(settled.implode())
            | (pl.col("row").is_in(suspicious.implode()) & _is_no_person(matching.kind))
        )
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


def _rows_to_look_at(
    sheet: Sheet, problems: pl.DataFrame, ignored: AbstractSet[int]
) -> tuple[pl.Series, pl.Series, pl.Series]:
    """The rows in which something is missing or that have several problems, the latter alone, and the first rows (UInt32)."""
    of_rows = problems.group_by("row").agg((pl.col("code") == REQUIRED.code).any(), several=pl.len() > 1)
    doubtful = of_rows.filter(pl.col("code") | pl.col("several"))["row"]
    others = pl.Series(sorted(ignored), dtype=pl.UInt32).implode()
    suspicious = doubtful.filter(_is_in_order(doubtful, sheet.cells["row"]) & ~doubtful.is_in(others))
    early = sheet.cells["row"].head(_FIRST_ROWS)
    return suspicious, of_rows.filter("several")["row"], early.filter(~early.is_in(others))


def _is_in_order(rows: pl.Series, ascending: pl.Series) -> pl.Series:
    """Whether rows are among others that are in ascending order (Boolean); faster than `is_in` if the others are many."""
    if ascending.is_empty():
        return pl.repeat(value=False, n=len(rows), eager=True)
    places = ascending.search_sorted(rows)
    return ascending[places.clip(upper_bound=len(ascending) - 1)] == rows


def _no_people_of_kind(sheet: Sheet, matching: Matching, problems: pl.DataFrame) -> pl.Series:
    """The rows that are no people by the rules of their kind (UInt32)."""
    file_rows = sheet.cells["row"]
    no_people = [file_rows.clear()]
    for rule in matching.kind.not_a_person:
        warned = problems.filter(pl.col("code") == rule.warning.code)["row"].unique().sort()
        warned = warned.filter(warned.is_in(file_rows.implode()))
        cells = sheet.cells[file_rows.search_sorted(warned)]
        texts = matching.texts(replace(sheet, cells=cells)).with_columns(cleaned(pl.exclude("row")))
        no_people.append(texts.filter(rule.is_no_person)["row"])
    return pl.concat(no_people)


def _filled(columns: Sequence[pl.Expr]) -> pl.Expr:
    """The cells that aren't blank (List of String)."""
    return pl.concat_list(columns).list.filter(pl.element() != "")


def _cells_like(cells: str, *patterns: str) -> pl.Expr:
    """How many of a row's cells, in a column of lists, match one of these patterns."""
    is_like = pl.any_horizontal(pl.element().str.contains(pattern) for pattern in patterns)
    return pl.col(cells).list.eval(is_like).list.sum()


def _is_example() -> pl.Expr:
    """Whether a row is an example or a comment, even if nothing is wrong with it (Boolean), over the columns of `find_not_people`."""
    is_example_row = pl.col("filled").list.first().str.contains(report_lines.EXAMPLE_ROW)
    is_comment = pl.col("is_comment") & pl.col("is_first_used")
    return pl.col("is_early") & (
        is_example_row | is_comment | (_cells_like("used", report_lines.EXAMPLE) > 0)
    )


def _begins_comment(cell: pl.Expr) -> pl.Expr:
    """Whether a row with this cell in front is a comment (Boolean)."""
    return cell.str.contains(report_lines.COMMENT) & ~cell.str.contains(report_lines.SPREADSHEET_ERROR)


def _is_no_person(kind: RecordKind) -> pl.Expr:
    """Whether a row with problems can't be a person (Boolean), over the columns that `find_not_people` adds."""
    filled, used = pl.col("filled"), pl.col("used").list.len()
    count, first = filled.list.len(), filled.list.first()
    # In a column that isn't used, such a text may be about the person beside it.
    is_in_front = (used == 0) | (first == pl.col("used").list.first())
    of_groups = [
        first.str.contains(field.value_pattern)
        for field in kind.fields
        if field.can_be_uniform and field.recognised_by_values and field.value_pattern
    ]
    return pl.any_horizontal(
        (_cells_like("filled", report_lines.FOOTER) > 0)
        & (_cells_like("filled", report_lines.FOOTER, report_lines.FIGURE) == count),
        is_in_front & (count <= 4) & first.str.contains(report_lines.PRINTED),
        is_in_front
        & (count <= 2)
        & (first.str.contains(report_lines.LABELLED) | first.str.contains(report_lines.GROUP)),
        is_in_front & (count == 1) & pl.any_horizontal(first.str.contains(report_lines.PROSE), *of_groups),
        _cells_like("used", report_lines.INSTRUCTION) >= pl.max_horizontal(2, used / 2),
        _cells_like("used", report_lines.EXAMPLE) > 0,
        pl.col("is_comment") & (pl.col("is_first_used") | (used <= 2)),
        pl.col("headings") >= pl.max_horizontal(2, used * _MOST),
    )
