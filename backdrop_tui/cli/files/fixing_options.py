"""The exact options that would fix what a check has found, at the end of what `check` and `import` print."""

import re
import shlex
from collections.abc import Iterator

import polars as pl

from backdrop_tui.cli.files.fills_text import fill_options
from backdrop_tui.cli.files.questions_text import group_options
from backdrop_tui.imports.answers import remedy_codes
from backdrop_tui.intake.draft.encoding_finding import asks_about_encoding
from backdrop_tui.intake.draft.recipe import closed_fields
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.records.staff import USER_GROUP
from backdrop_tui.wording import and_more, counted

_MOST_REPLACEMENTS = 20
_HARMLESS = re.compile(r"[^\"$`\\!]*")
"""Texts in which the shell changes nothing between double quotes."""


def option_lines(review: Review) -> list[str]:
    """A heading, and a line for each option that would fix something; nothing if none would."""
    options = [
        *(line for finding in review.findings for line in _of_finding(finding)),
        *fill_options(review),
        *_of_problems(review),
        *_replacements(review),
        *group_options(review),
    ]
    return ["Options that would fix these:", *options] if options else []


def _of_finding(finding: Finding) -> Iterator[str]:
    """A line for each remedy, and one for dismissing a finding that stops the import."""
    for code, remedy in zip(remedy_codes(finding), finding.remedies, strict=True):
        yield f"    --apply {code}: {remedy.title}"
    if asks_about_encoding(finding):
        yield "    --encoding NAME: Read the file in another encoding"
    if finding.is_error:
        meaning = finding.type.dismissing or "Go on without changing anything"
        yield f"    --dismiss {finding.code}: {meaning}"


def _of_problems(review: Review) -> Iterator[str]:
    """A line for each kind of problem whose suggestions `--apply` takes."""
    numbers: dict[str, int] = {}
    for kind in review.problem_kinds:
        takes_all = review.kind.problem_types[kind.code].applies_possible
        numbers[kind.code] = numbers.get(kind.code, 0) + (kind.suggestions if takes_all else kind.sure)
    for code, number in numbers.items():
        if number:
            yield f"    --apply {code}: {counted(number, 'cell')}"


def _replacements(review: Review) -> list[str]:
    """A line for each value of a field with a few possible values and what is suggested for it.

    A user group is only replaced by one that is surely meant, because it gives rights.
    """
    labels = {field.key: field.label for field in closed_fields(review.kind)}
    is_told = (pl.col("value") != "") & ~pl.col("value").str.contains("=", literal=True)
    is_safe = pl.col("sure") | (pl.col("field") != USER_GROUP.key)
    counts = (
        review.problems.filter(
            pl.col("field").is_in(list(labels)), pl.col("suggestion").is_not_null(), is_told, is_safe
        )
        .group_by("field", "value", "suggestion", maintain_order=True)
        .len()
        .sort("len", descending=True, maintain_order=True)
    )
    lines = [
        f"    --replace {_quoted(f'{labels[key]}:{value}={suggestion}')}: {counted(number, 'cell')}"
        for key, value, suggestion, number in counts.head(_MOST_REPLACEMENTS).iter_rows()
    ]
    rest = counts.height - len(lines)
    return [*lines, f"    {and_more(rest)}"] if rest else lines


def _quoted(text: str) -> str:
    """A text as the shell takes it as one word."""
    return f'"{text}"' if _HARMLESS.fullmatch(text) else shlex.quote(text)
