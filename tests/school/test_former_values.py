"""What is kept of what people were called before."""

import polars as pl
import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.school.former_values import (
    TABLE,
    forget_former_values,
    former_values,
    keep_former_values,
)
from backdrop_tui.school.school import School
from backdrop_tui.store.new_ids import new_ids
from tests.support.made_up import STUDENTS, stored

ADA = {"first_name": "Ada", "surname": "Old", "upn": None, "gender": "F"}


def people(**values: str | None) -> pl.DataFrame:
    return stored(STUDENTS, ADA | values)


def surnames(school: School) -> list[str | None]:
    return [version["surname"] for version in former_values(school)]


def test_only_values_that_identified_someone_are_kept_and_none_twice(school: School) -> None:
    for before, after in (
        (people(), people(gender="M")),
        (people(), people(upn="U1")),
        (people(), people(surname="New")),
        (people(surname="New"), people()),
        (people(), people(surname="Newer")),
    ):
        keep_former_values(school, before, after)
    assert surnames(school) == ["Old", "New"]
    assert next(former_values(school)).keys() == {"id", "first_name", "surname", "date_of_birth", "upn"}


@pytest.mark.parametrize("versions", [None, [1], [{"id": "bd-1"}], [ADA], [ADA | {"id": "bd-1", "upn": 7}]])
def test_what_cannot_be_understood_is_reported(school: School, versions: object) -> None:
    school.store.table(TABLE).put("-1", {"versions": versions})
    with pytest.raises(DataFolderError, match="damaged"):
        surnames(school)


def test_people_who_are_only_in_one_frame_are_skipped(school: School) -> None:
    keep_former_values(school, people(), people().with_columns(id=pl.lit("bd-2")))
    keep_former_values(school, people().select("id"), people())
    assert surnames(school) == []


def test_however_many_are_changed_there_are_only_so_many_documents(school: School) -> None:
    before = people().drop("id").join(new_ids(600).to_frame(), how="cross")
    keep_former_values(school, before, before.with_columns(surname=pl.lit("New")))
    assert len(surnames(school)) == 600
    assert len(school.store.table(TABLE).keys()) <= 256
    forgotten = forget_former_values(school, before["id"].to_list()[:500])
    assert (len(forgotten), len(surnames(school))) == (500, 100)
    forget_former_values(school, before["id"].to_list())
    assert school.store.table(TABLE).keys() == []
