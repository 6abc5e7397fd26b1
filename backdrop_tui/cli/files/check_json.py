"""The JSON object that `check` prints."""

from io import BytesIO
from typing import Any

import polars as pl

from backdrop_tui.cli.files.questions_text import with_row_options
from backdrop_tui.cli.output import json_bytes, json_text, write
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.printable import escaped_bytes
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.row_names import RowNames

_PROBLEMS_AT_ONCE = 2_000


def write_check(review: Review) -> None:
    """Print the object, its problems in portions: together they can be larger than the file."""
    write(json_bytes(_head(review)).removesuffix(b"}") + b',"problems":[')
    problems = with_row_options(review, review.problems)
    problems = _as_printed(review.kind, problems, review.intake.sheet.row_names)
    for start in range(0, problems.height, _PROBLEMS_AT_ONCE):
        portion = BytesIO()
        problems.slice(start, _PROBLEMS_AT_ONCE).write_json(portion)
        if start:
            write(b",")
        write(escaped_bytes(portion.getvalue()[1:-1]))
    write(b"]}\n")


def _head(review: Review) -> dict[str, Any]:
    """Everything in the object except the problems."""
    sheet, matching, counts = review.intake.sheet, review.intake.matching, review.counts
    return {
        "file": list(map(json_text, sheet.files)) or json_text(sheet.file),
        "kind": review.kind.name,
        "encoding": sheet.encoding.name,
        "delimiter": sheet.delimiter.character,
        "header_row": sheet.header_row,
        "rows": counts.rows,
        "columns": [
            {"heading": column.heading, "field": matching.label(column.target) if column.target else None}
            for column in matching.columns
        ],
        "counts": {
            "ready": counts.ready,
            "errors": counts.errors,
            "warnings": counts.warnings,
            "repeated": counts.repeated,
            "left_out": counts.left_out,
        },
        "findings": [_finding(finding, sheet.row_names) for finding in review.findings],
    }


def _finding(finding: Finding, row_names: RowNames) -> dict[str, Any]:
    return {
        "code": finding.code,
        "level": finding.type.level,
        "message": json_text(finding.message),
        "rows": len(finding.rows),
        "row_numbers": _row_numbers(finding.rows, row_names),
        "for": finding.evidence_for,
        "against": finding.evidence_against,
        "remedy": bool(finding.remedies),
    }


def _row_numbers(rows: pl.Series, row_names: RowNames) -> list[int] | list[str]:
    """Rows by their numbers, or of several files by their names."""
    return (
        rows.to_frame("row").select(row_names.names(pl.col("row"))).to_series().to_list()
        if row_names.files
        else rows.to_list()
    )


def _as_printed(kind: RecordKind, problems: pl.DataFrame, row_names: RowNames) -> pl.DataFrame:
    """Problems with the labels of fields in place of their keys, and of several files each with its own."""
    labels = {field.key: field.label for field in kind.file_fields}
    field = pl.col("field").replace_strict(labels, default=None, return_dtype=pl.String)
    file = [row_names.file_of(pl.col("row")).alias("file")] if row_names.files else []
    return problems.select(*file, row_names.number_of(pl.col("row")), field, pl.exclude("row", "field"))
