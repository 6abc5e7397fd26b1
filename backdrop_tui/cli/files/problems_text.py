"""Problems as `check` and `import` print them: kind by kind, each with all of its rows, as one listens to them."""

from collections.abc import Iterator, Sequence

import polars as pl

from backdrop_tui.cli.files.questions_text import with_row_options
from backdrop_tui.intake.draft.review import ProblemKind, Review


def error_lines(review: Review) -> Iterator[str]:
    """Each kind of error with its count and its rows, then what is wrong in them. No error is left out."""
    for kind in review.problem_kinds:
        if kind.level == "error":
            yield from lines_of_kind(review, kind)


def lines_of_kind(review: Review, kind: ProblemKind) -> Iterator[str]:
    """A kind of problem with its count and its rows, then each thing that is wrong in them."""
    problems = _of_kind(review, kind)
    heading, messages = _heading(review, kind, problems), _by_message(review, problems)
    if len(messages) == 1:
        yield f"{heading}. {messages[0][0]}"
    else:
        yield f"{heading}:"
        yield from (f"    R{row_names(review, rows)[1:]}: {message}" for message, rows in messages)


def warning_lines(review: Review) -> Iterator[str]:
    """A line for each kind of warning, with its count, its rows, and what the first of them says."""
    for kind in review.problem_kinds:
        if kind.level == "warning":
            problems = _of_kind(review, kind)
            (message, rows), *others = _by_message(review, problems)
            which = f" In {row_names(review, rows[:1])}:" if others else ""
            yield f"{_heading(review, kind, problems)}.{which} {message}"


def row_names(review: Review, rows: Sequence[int]) -> str:
    """Rows in full, as part of a sentence: `row 3`, `rows 3, 4, 189`."""
    names = ", ".join(map(review.context.row_names.name, rows))
    return f"{'row' if len(rows) == 1 else 'rows'} {names}"


def _heading(review: Review, kind: ProblemKind, problems: pl.DataFrame) -> str:
    """`Error: Gender is not Male or Female. 2, in rows 3, 4`."""
    rows = problems["row"].unique().sort().to_list()
    return f"{kind.level.capitalize()}: {kind.title}. {kind.count:,}, in {row_names(review, rows)}"


def _of_kind(review: Review, kind: ProblemKind) -> pl.DataFrame:
    return review.problems_of(kind).filter(pl.col("level") == kind.level)


def _by_message(review: Review, problems: pl.DataFrame) -> list[tuple[str, list[int]]]:
    """Problems of one kind by what they say: each sentence, with what is suggested, and the rows that it is true of."""
    hint = pl.when(pl.col("sure")).then(pl.lit(" Suggested: ")).otherwise(pl.lit(" Possibly: "))
    suggested = pl.when(pl.col("suggestion").is_not_null()).then(hint + pl.col("suggestion"))
    told = with_row_options(review, problems).select("row", text=pl.col("message") + suggested.fill_null(""))
    grouped = told.group_by("text", maintain_order=True).agg(pl.col("row").unique(maintain_order=True))
    return list(grouped.iter_rows())
