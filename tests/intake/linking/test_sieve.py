"""The quick look at which rows of a very large file could be about someone stored."""

from dataclasses import replace

import polars as pl
import pytest

from backdrop_tui.intake.checking.check import check
from backdrop_tui.intake.linking import sieve
from backdrop_tui.intake.linking.answers import Answers, KeptAnswers
from backdrop_tui.intake.linking.link import link
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.records.leaving import as_current
from tests.benchmarks.generate import ACADEMIC_YEAR, made_up_file
from tests.support.made_up import CONTEXT, STUDENTS, read

_ROWS = 3_000


def test_no_row_that_is_linked_or_asked_about_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = read(made_up_file(_ROWS).data)
    raw = match_columns(sheet, STUDENTS).texts(sheet)
    context = replace(CONTEXT, academic_year=ACADEMIC_YEAR)
    nobody = as_current(STUDENTS, pl.DataFrame(schema=dict.fromkeys(("id", *STUDENTS.keys), pl.String)))
    people = check(STUDENTS, raw, context, nobody).columns
    whole = people.people.drop_nulls(["first_name", "surname", "date_of_birth"])
    sample = whole.filter(pl.col("row") % 29 == 0).select(STUDENTS.keys)
    changed = sample.with_row_index("n").with_columns(
        id=pl.format("bd-{}", "n"),
        surname=pl.when(pl.col("n") % 3 == 0).then(pl.col("surname").str.to_uppercase()).otherwise("surname"),
        upn=pl.when(pl.col("n") % 4 == 0).then(None).otherwise("upn"),
        date_of_birth=pl.when(pl.col("n") % 5 == 0)
        .then(pl.col("date_of_birth").str.to_date().dt.offset_by("9d").dt.to_string("%Y-%m-%d"))
        .otherwise("date_of_birth"),
    )
    stored = as_current(STUDENTS, changed.drop("n").select("id", *STUDENTS.keys))
    whole_file = link(STUDENTS, people, stored, context, Answers(), KeptAnswers())
    monkeypatch.setattr(sieve, "_MANY_ROWS", 100)
    sieved = link(STUDENTS, people, stored, context, Answers(), KeptAnswers())
    assert sieved.links.equals(whole_file.links)
    assert sieved.offered.equals(whole_file.offered)
    assert whole_file.links.height > 50
    assert whole_file.offered.height > 5
