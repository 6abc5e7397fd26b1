"""What has to hold whatever a file is like. Each check raises `BrokenPromiseError` if it doesn't."""

import io
import json
import re
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import replace

import polars as pl

from backdrop_tui.cli.files.check_json import write_check
from backdrop_tui.cli.files.check_text import check_text
from backdrop_tui.cli.output import plain
from backdrop_tui.intake.checking.examine import examine
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.linking.plan import plan_import
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.text import CONTROL, cell_text
from tests.fuzz.files import MARK

_DANGEROUS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
"""Characters that could control a terminal or reverse text."""


class BrokenPromiseError(AssertionError):
    """Something that has to hold doesn't."""


def hold(promise: str, *, kept: bool) -> None:
    """Raise `BrokenPromiseError` with a sentence unless it is kept."""
    if not kept:
        raise BrokenPromiseError(promise)


def text_is_safe(text: str, what: str) -> None:
    """A text for users has no control character."""
    hold(f"{what} has a control character: {text!r}", kept=not _DANGEROUS.search(text))


def marks_in(text: str) -> Counter[str]:
    """The marks in a text, read without NUL bytes and what an errors file has in their place."""
    return Counter(MARK.findall(text.replace("\x00", "").replace("\ufffd", "")))


def marks_of_rows(sheet: Sheet) -> dict[int, Counter[str]]:
    """The marks in each row of a sheet, cells beyond the last column included."""
    rows = {}
    for row, *cells in sheet.cells.rows():
        rows[row] = marks_in("\n".join([*(cell or "" for cell in cells), *sheet.extra.get(row, ())]))
    return rows


def nobody_is_lost_in_reading(data: bytes, sheet: Sheet) -> None:
    """Every mark in the bytes of a file is in a row, and in a file without quotes every line with a mark is a row of its own."""
    by_row = marks_of_rows(sheet)
    read = sum(by_row.values(), Counter[str]())
    # A byte-order mark decides, even in front of a file in another encoding.
    raw = data.decode("utf-16" if sheet.encoding.name == "utf-16" else "latin-1", "replace")
    heads = "\n".join([*sheet.headings, *(cell for _, cells in sheet.above for cell in cells)])
    # The note about the headings says which rows were skipped above them.
    raw_lines = re.split("\r\n|\r|\n", raw)
    above_headings = raw_lines[: max((sheet.header_row or 0) - 1, 0)]
    missing = marks_in(raw) - read - marks_in(heads) - marks_in("\n".join(above_headings))
    hold(f"Read without {sorted(missing)}", kept=not missing)
    if '"' not in raw and "\x00" not in raw:
        lines = sum(bool(MARK.search(line)) for line in raw_lines[len(above_headings) :])
        above = ["\n".join(cells) for _, cells in sheet.above]
        rows = sum(map(bool, by_row.values())) + sum(
            bool(marks_in(text)) for text in [*sheet.headings, *above]
        )
        hold(f"{lines} lines with a person became {rows} rows", kept=rows >= lines)
    numbers = sheet.cells["row"]
    hold("Rows aren't in order", kept=numbers.is_sorted() and numbers.n_unique() == len(numbers))


def rows_add_up(seen: Review) -> None:
    """Every row of the sheet is ready, has an error, repeats another or is left out; and only one of these."""
    counts, sheet = seen.counts, seen.intake.sheet
    hold(
        f"{counts} aren't {sheet.cells.height} rows",
        kept=counts.ready + counts.errors + counts.repeated + counts.left_out == sheet.cells.height,
    )
    ready, unready = set(seen.ready["row"]), set(seen.unready["row"])
    repeated = set(seen.intake.repeated["row"])
    hold("A row is in two places, or in none", kept=not ready & unready and not repeated & (ready | unready))
    hold("Rows were lost or made up", kept=ready | unready | repeated == set(sheet.cells["row"]))
    hold("Ready people don't add up", kept=len(ready) == counts.ready == seen.ready.height)
    hold(
        "A problem is in no row that counts",
        kept=set(seen.problem_rows) <= set(seen.texts["row"]) - seen.left_out,
    )
    for finding in seen.findings:
        hold(f"{finding.code} is about no row of the file", kept=set(finding.rows) <= set(sheet.cells["row"]))


def texts_are_safe(seen: Review) -> None:
    """No message, title or suggestion has a control character, nor does anything that is stored."""
    for row, message, suggestion in seen.problems.select("row", "message", "suggestion").iter_rows():
        text_is_safe(message, f"A message in row {row}")
        text_is_safe(suggestion or "", f"A suggestion in row {row}")
    for finding in seen.findings:
        text_is_safe(finding.message, finding.code)
        for remedy in finding.remedies:
            text_is_safe(remedy.title, finding.code)
    stored = seen.ready.select(pl.exclude("row").str.contains(CONTROL).any())
    hold("A control character would be stored", kept=not any(stored.row(0)) if stored.width else True)


def output_of(seen: Review) -> tuple[str, str]:
    """What `check` prints as text and as JSON, which both are safe to print; the JSON is valid, and its counts are right."""
    plan = plan_import(seen.kind, seen.ready, seen.linkage, seen.basis.stored, "update")
    hold(
        "The plan isn't about the ready rows",
        kept=plan.added.height + plan.updated + plan.unchanged == seen.ready.height,
    )
    text = plain(check_text(seen, plan))
    text_is_safe(text, "The text of check")
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(printed):
        write_check(seen)
    as_json = printed.buffer.getvalue().decode()
    hold("The JSON has characters that can't be seen", kept=as_json.removesuffix("\n").isprintable())
    report = json.loads(as_json)
    hold("The JSON has another number of rows", kept=report["rows"] == seen.intake.sheet.cells.height)
    hold("The JSON has other problems", kept=len(report["problems"]) == seen.problems.height)
    return text, as_json


def same(first: Review, second: Review) -> None:
    """Two checks of the same rows say the same."""
    hold("The texts differ", kept=first.texts.equals(second.texts))
    hold("The problems differ", kept=first.problems.equals(second.problems))
    hold("The ready rows differ", kept=first.ready.equals(second.ready))
    hold("The rows left out differ", kept=first.left_out == second.left_out)
    hold(
        "The findings differ",
        kept=[(f.code, f.message) for f in first.findings] == [(f.code, f.message) for f in second.findings],
    )


def only_what_was_named_has_changed(before: Review, change: Change, after: Review) -> None:
    """A change has given the cells that it names their new texts, and left all others and other rows alone."""
    worked_out = before.intake.matching.worked_out
    named = {(row, key): text for row, key, text in change.cells}
    hold("Rows came or went", kept=before.texts["row"].equals(after.texts["row"]))
    for key in after.texts.columns[1:]:
        if key in worked_out:
            continue
        old = before.texts[key].fill_null("") if key in before.texts.columns else None
        new = after.texts[key].fill_null("")
        typed = after.as_typed(key, new)  # a file that is read month first has typed dates in another form
        for place, row in enumerate(after.texts["row"]):
            was = "" if old is None else old[place]
            if (row, key) in named:
                hold(
                    f"{key} in row {row} isn't what {change.title} says",
                    kept=named[row, key] in {new[place], typed[place]}
                    or _are_one_date(after, key, named[row, key], new[place]),
                )
            else:
                hold(f"{change.title} has changed {key} in row {row}", kept=new[place] == was)
    kept_out = (before.left_out | set(change.left_out)) - set(change.taken_back)
    hold(f"{change.title} has left other rows out", kept=after.left_out == kept_out)


def _are_one_date(seen: Review, key: str, typed: str, text: str) -> bool:
    """Whether what was typed, always day first, and a cell are the same date in two forms."""
    field, context = seen.kind.by_key[key], replace(seen.context, date_order="dmy")
    if not field.is_date:
        return False
    of_typed, of_text = examine(field, pl.Series([typed, text]), context).stored
    return of_typed is not None and of_typed == of_text


def errors_file_is_the_rest(seen: Review, again: Sheet) -> None:
    """An errors file read again has the rows that are to be fixed later, each with what it had in the file."""
    rest, sheet = seen.to_fix_later, seen.intake.sheet
    hold(f"{rest.height} rows came back as {again.cells.height}", kept=again.cells.height == rest.height)
    was, now = marks_of_rows(sheet), list(marks_of_rows(again).values())
    if not seen.intake.edits.cells:
        for row, marks in zip(rest["row"], now, strict=True):
            hold(f"Row {row} came back as someone else", kept=not was[row] - marks)
        columns = sheet.columns[: again.width - 1]
        if "Errors" not in sheet.headings:
            kept = sheet.cells.filter(pl.col("row").is_in(rest["row"].implode()))
            for column in columns:
                old, new = (
                    each.select(cell_text(pl.col(column))).to_series() for each in (kept, again.cells)
                )
                hold(f"Column {column} came back with other texts", kept=old.equals(new))
