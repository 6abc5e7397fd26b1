"""Questions about who rows are, with the options that answer them."""

import polars as pl

from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.questions.groups import groups_of
from backdrop_tui.records.linkage_problems import DUPLICATE_PERSON, PERSON_NEAR, QUESTIONS
from backdrop_tui.wording import counted


def with_row_options(review: Review, problems: pl.DataFrame) -> pl.DataFrame:
    """Problems whose messages end with the options that answer them, such as `Use --same 12=bd-1 or --new 12`.

    Args:
        review: The rows, checked.
        problems: Some of their problems; see `records.schema.problems.SCHEMA`.
    """
    is_question = pl.col("code").is_in(QUESTIONS)
    is_duplicate = (pl.col("code") == DUPLICATE_PERSON.code) & (pl.col("level") == "error")
    asking = problems.select(is_question | is_duplicate).to_series()
    if not asking.any():
        return problems
    name = review.context.row_names.names(pl.col("row"))
    of_people = pl.concat([review.linkage.offered.select("row", "id"), _of_duplicates(review)])
    same = of_people.group_by("row", maintain_order=True).agg(
        pl.concat_str(pl.lit("--same "), name, pl.lit("="), "id").str.join(", ").alias("same")
    )
    options = pl.concat_str(
        "message",
        pl.lit(" Use "),
        pl.when(pl.col("same").is_not_null()).then(pl.col("same") + " or ").otherwise(pl.lit("")),
        pl.lit("--new "),
        name,
        pl.lit("."),
    )
    questions = problems.filter(asking).join(same, on="row", how="left", maintain_order="left")
    messages = problems["message"].scatter(asking.arg_true(), questions.select(options).to_series())
    return problems.with_columns(messages)


def _of_duplicates(review: Review) -> pl.DataFrame:
    """The rows that seem to be one person who is stored: `row` (UInt32) and `id` (String)."""
    return review.linkage.links.join(review.linkage.duplicates, on="row", how="semi", maintain_order="left")


def group_options(review: Review) -> list[str]:
    """The option that answers many questions at once, if there are any that can be."""
    rows = sum(group.pairs.height for group in groups_of(review))
    return [f"    --same-all {PERSON_NEAR.code}: {counted(rows, 'row')}"] if rows else []
