"""The JSON object that `check` prints."""

from io import BytesIO
from typing import Any

import orjson
import polars as pl

from backdrop_tui.cli.output import json_text, write
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.schema.kind import RecordKind

_PROBLEMS_AT_ONCE = 2_000


def write_check(review: Review) -> None:
    """Print the object, its problems in portions: together they can be larger than the file."""
    write(orjson.dumps(_head(review)).removesuffix(b"}") + b',"problems":[')
    problems = _with_labels(review.kind, review.problems)
    for start in range(0, problems.height, _PROBLEMS_AT_ONCE):
        portion = BytesIO()
        problems.slice(start, _PROBLEMS_AT_ONCE).write_json(portion)
        if start:
            write(b",")
        write(portion.getbuffer()[1:-1])
    write(b"]}\n")


def _head(review: Review) -> dict[str, Any]:
    """Everything in the object except the problems."""
    sheet, matching, counts = review.intake.sheet, review.intake.matching, review.counts
    return {
        "file": json_text(sheet.file),
        "kind": review.kind.name,
        "encoding": sheet.encoding.name,
        "delimiter": sheet.delimiter.character,
        "header_row": sheet.header_row,
        "rows": review.texts.height,
        "columns": [
            {"heading": column.heading, "field": matching.label(column.target) if column.target else None}
            for column in matching.columns
        ],
        "counts": {
            "ready": counts.ready,
            "errors": counts.errors,
            "warnings": counts.warnings,
            "left_out": len(review.left_out),
        },
        "findings": [_finding(finding) for finding in review.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "level": finding.type.level,
        "message": json_text(finding.message),
        "rows": len(finding.rows),
        "row_numbers": finding.rows.to_list(),
        "for": finding.evidence_for,
        "against": finding.evidence_against,
        "remedy": bool(finding.remedies),
    }


def _with_labels(kind: RecordKind, problems: pl.DataFrame) -> pl.DataFrame:
    """Problems with the labels of fields in place of their keys."""
    labels = {field.key: field.label for field in kind.fields}
    return problems.with_columns(pl.col("field").replace_strict(labels, default=None, return_dtype=pl.String))
