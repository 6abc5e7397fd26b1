"""What `check` and `import` say of a file: as text for people, as JSON for scripts."""

from typing import Any

import click
import orjson
import polars as pl

from backdrop_tui.cli.intake import Taken
from backdrop_tui.intake.sheet import Sheet
from backdrop_tui.records.kind import RecordKind
from backdrop_tui.setup.importing import Outcome

_MOST_LINES = 200
_ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 with a mark", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def as_json(taken: Taken) -> dict[str, Any]:
    """The object that `check --format json` prints."""
    sheet, matching, counts = taken.sheet, taken.matching, taken.checked.counts
    return {
        "file": sheet.file,
        "kind": taken.kind.name,
        "encoding": sheet.encoding,
        "delimiter": sheet.delimiter,
        "header_row": sheet.header_row,
        "rows": taken.texts.height,
        "columns": [
            {"heading": column.heading, "field": matching.label(column.target) if column.target else None}
            for column in matching.columns
        ],
        "counts": {"ready": counts.ready, "errors": counts.errors, "warnings": counts.warnings},
        "problems": orjson.Fragment(_labelled(taken.kind, taken.checked.problems).write_json()),
    }


def as_text(taken: Taken) -> str:
    """The same for people: how the file was read, how many rows are how, and each problem in a line."""
    counts = taken.checked.counts
    lines = [
        f"{taken.sheet.file}: {taken.kind.counted(taken.texts.height)}. {how_read(taken.sheet)}",
        *taken.sheet.notes,
        *_columns(taken),
        f"{counts.ready:,} ready, {counts.errors:,} with errors, {counts.warnings:,} with warnings only.",
    ]
    problems = taken.checked.problems
    if problems.height:
        lines += ["", *_kinds(taken.kind, problems), "", *_each(taken.kind, problems)]
    return "\n".join(lines)


def how_read(sheet: Sheet) -> str:
    """How a file was read, in a sentence."""
    headings = f"headings in row {sheet.header_row}" if sheet.header_row else "no headings"
    return f"Read as {_ENCODINGS[sheet.encoding]} with {_DELIMITERS[sheet.delimiter]}, {headings}."


def write_json(value: object) -> None:
    """One JSON object on standard output."""
    out = click.get_binary_stream("stdout")
    out.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))
    out.flush()


def _labelled(kind: RecordKind, problems: pl.DataFrame) -> pl.DataFrame:
    labels = {field.key: field.label for field in kind.fields}
    return problems.with_columns(pl.col("field").replace_strict(labels, default=None, return_dtype=pl.String))


def _columns(taken: Taken) -> list[str]:
    used = [f"{c.heading} → {taken.matching.label(c.target)}" for c in taken.matching.columns if c.target]
    unused = [c.heading for c in taken.matching.columns if not c.target]
    return [f"Columns: {', '.join(used)}.", *([f"Not used: {', '.join(unused)}."] if unused else [])]


def _kinds(kind: RecordKind, problems: pl.DataFrame) -> list[str]:
    counted = problems.group_by("field", "code", "level", maintain_order=True).len().sort("level", "len", descending=[False, True])
    return [
        f"{count:>7,}  {level:<7}  {kind.problem_title(key, code)}" for key, code, level, count in counted.iter_rows()
    ]  # fmt: skip


def _each(kind: RecordKind, problems: pl.DataFrame) -> list[str]:
    lines = []
    for row, key, _, level, _, message, suggestion in problems.head(_MOST_LINES).iter_rows():
        where = f"Row {row}, {kind.label(key)}" if key else f"Row {row}"
        hint = f" Suggested: {suggestion}" if suggestion else ""
        mark = "" if level == "error" else "Warning: "
        lines.append(f"{where}: {mark}{message}{hint}")
    if problems.height > _MOST_LINES:
        lines.append(f"… and {problems.height - _MOST_LINES:,} more. --format json lists them all.")
    return lines


def outcome_as_json(outcome: Outcome) -> dict[str, Any]:
    """The object that `import --format json` prints."""
    return {
        "added": outcome.added,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "left_out": outcome.left_out,
        "errors_file": str(outcome.errors_file) if outcome.errors_file else None,
    }


def outcome_as_text(taken: Taken, outcome: Outcome, *, stopped: bool) -> str:
    """What an import did, or would have done where errors stopped it."""
    kind = taken.kind
    counts = f"{outcome.added:,} added, {outcome.updated:,} updated, {outcome.unchanged:,} unchanged, {outcome.left_out:,} left out."
    where = f" Rows with errors are in {outcome.errors_file}." if outcome.errors_file else ""
    if not stopped:
        return f"{taken.sheet.file}: {counts}{where}"
    rows = "1 row has" if outcome.left_out == 1 else f"{outcome.left_out:,} rows have"
    problems = taken.checked.problems.filter(pl.col("level") == "error")
    return "\n".join(
        [
            f"Nothing was stored: {rows} errors.{where}",
            f"Put them right, or store the other {kind.counted(outcome.added + outcome.updated + outcome.unchanged)} "
            "with --skip-errors.",
            "",
            *_each(kind, problems),
        ]
    )
