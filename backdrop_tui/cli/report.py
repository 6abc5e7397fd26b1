"""What `check` and `import` say of a file: as text for people, as JSON for scripts."""

import os
from io import BytesIO
from typing import TYPE_CHECKING, Any

import orjson
import polars as pl

from backdrop_tui.cli.intake import Taken
from backdrop_tui.cli.output import write
from backdrop_tui.intake.linking.plan import Plan
from backdrop_tui.intake.matching.match import Column
from backdrop_tui.records.rights.user_groups import PATTERN_GROUP
from backdrop_tui.records.schema.kind import RecordKind

if TYPE_CHECKING:  # `check` does without all that importing needs
    from backdrop_tui.imports.pipeline import Outcome

_MOST_LINES = 200
_AT_ONCE = 2_000


def write_check(taken: Taken) -> None:
    """The object that `check --format json` prints, its problems some at a time: they can be larger than the file."""
    write(orjson.dumps(_facts(taken)).removesuffix(b"}") + b',"problems":[')
    problems = _labelled(taken.kind, taken.checked.problems)
    for start in range(0, problems.height, _AT_ONCE):
        some = BytesIO()
        problems.slice(start, _AT_ONCE).write_json(some)
        if start:
            write(b",")
        write(some.getbuffer()[1:-1])
    write(b"]}\n")


def _facts(taken: Taken) -> dict[str, Any]:
    """What that object says besides the problems."""
    sheet, matching, counts = taken.sheet, taken.matching, taken.checked.counts
    return {
        "file": _as_json_text(sheet.file),
        "kind": taken.kind.name,
        "encoding": sheet.encoding.name,
        "delimiter": sheet.delimiter.character,
        "header_row": sheet.header_row,
        "rows": taken.texts.height,
        "columns": [
            {"heading": column.heading, "field": matching.label(column.target) if column.target else None}
            for column in matching.columns
        ],
        "counts": {"ready": counts.ready, "errors": counts.errors, "warnings": counts.warnings},
    }


def import_in_words(plan: Plan) -> str:
    """What an import would do with people who are stored already; empty where nobody of the file is."""
    if not plan.present:
        return ""
    would = f"An import would add {plan.added.height:,}, update {plan.updated:,}, and leave {plan.unchanged:,} as they are."
    others = int(plan.other_first_name.sum())
    return "\n".join([would, *([_other_first_name(others, "would get")] if others else [])])


def _other_first_name(count: int, verb: str) -> str:
    return (
        f"{count:,} of those updated {verb} another first name. Look whether the file has somebody else's UPN or e-mail "
        "address in their row; the app shows who they are before it completes."
    )


def as_text(taken: Taken, would: str = "") -> str:
    """The same for people: how the file was read, how many rows are how, and each problem in a line.

    Args:
        taken: The file.
        would: What an import would do, in words.
    """
    counts = taken.checked.counts
    lines = [
        f"{taken.sheet.file}: {taken.kind.counted(taken.texts.height)}. {taken.sheet.how_read}",
        *taken.sheet.notes,
        *_columns(taken),
        f"{counts.ready:,} ready, {counts.errors:,} with errors, {counts.warnings:,} with warnings only.",
        *filter(None, [would]),
    ]
    problems = taken.checked.problems
    if problems.height:
        lines += ["", *_kinds(taken.kind, problems), "", *_each(taken.kind, problems)]
    return "\n".join(lines)


def write_json(value: object) -> None:
    """One JSON object on standard output."""
    write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))


def _as_json_text(name: str) -> str:
    """A file's name as JSON can have it: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(name).decode(errors="replace")


def _labelled(kind: RecordKind, problems: pl.DataFrame) -> pl.DataFrame:
    labels = {field.key: field.label for field in kind.fields}
    return problems.with_columns(pl.col("field").replace_strict(labels, default=None, return_dtype=pl.String))


def _columns(taken: Taken) -> list[str]:
    columns = taken.matching.columns
    lines = [f"Columns: {', '.join(_used(taken, column) for column in columns if column.target)}."]
    if unused := [_unused(taken, column) for column in columns if not column.target]:
        lines.append(f"Not used: {', '.join(unused)}.")
    return [*lines, *(f"{column.heading}: {column.note}" for column in columns if column.note)]


def _used(taken: Taken, column: Column) -> str:
    label = taken.matching.label(column.target)
    how = {
        "remembered": " (as last time)",
        "likeness": f" ({column.guess.likeness}% alike)" if column.guess else "",
    }
    return f"{column.heading} → {label}{how.get(column.how, '')}"


def _unused(taken: Taken, column: Column) -> str:
    if column.guess is None:
        return column.heading
    likely = "alike" if column.guess.by == "heading" else "of its values look so"
    return f"{column.heading} (could be {taken.matching.label(column.guess.target)}: {column.guess.likeness}% {likely})"


def _kinds(kind: RecordKind, problems: pl.DataFrame) -> list[str]:
    counted = (
        problems.group_by("field", "code", "level", maintain_order=True)
        .len()
        .sort("level", "len", descending=[False, True])
    )
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


def outcome_as_json(outcome: "Outcome") -> dict[str, Any]:
    """The object that `import --format json` prints."""
    return {
        "added": outcome.added,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "left_out": outcome.left_out,
        "errors_file": _as_json_text(str(outcome.errors_file)) if outcome.errors_file else None,
    }


def outcome_as_text(taken: Taken, outcome: "Outcome") -> str:
    """What an import did."""
    done = (
        f"{outcome.added:,} added, {outcome.updated:,} updated, {outcome.unchanged:,} unchanged, "
        f"{outcome.left_out:,} left out."
    )
    unused = [_unused(taken, column) for column in taken.matching.columns if not column.target]
    lines = [f"{taken.sheet.file}: {done}{_where(outcome)}", *taken.sheet.notes]
    if outcome.other_first_name:
        lines.append(_other_first_name(outcome.other_first_name, "got"))
    if outcome.groups:
        lines.append(f"User groups made, with the rights of {PATTERN_GROUP}: {', '.join(outcome.groups)}.")
    if unused:
        lines.append(f"Columns not used: {', '.join(unused)}.")
    if warned := taken.checked.counts.warnings:
        rows = "1 row has" if warned == 1 else f"{warned:,} rows have"
        lines.append(f"{rows} something to look at; backdrop check lists that.")
    return "\n".join(lines)


def stopped_as_text(taken: Taken, outcome: "Outcome") -> str:
    """What stopped an import, and how to go on."""
    others = outcome.added + outcome.updated + outcome.unchanged
    way = (
        f" Put them right, or store the other {taken.kind.counted(others)} with --skip-errors."
        if others
        else ""
    )
    problems = taken.checked.problems.filter(pl.col("level") == "error")
    return "\n".join([*_each(taken.kind, problems), "", f"{_where(outcome).strip()}{way}"])


def why_stopped(outcome: "Outcome") -> str:
    """The same in one sentence."""
    rows = "1 row has" if outcome.left_out == 1 else f"{outcome.left_out:,} rows have"
    return f"Nothing was stored, because {rows} errors."


def _where(outcome: "Outcome") -> str:
    return f" Rows with errors are in {outcome.errors_file}." if outcome.errors_file else ""
