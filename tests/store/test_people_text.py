"""People to and from the text of a TinyDB file."""

from pathlib import Path

import polars as pl
import pytest

from backdrop_tui.errors import DataFolderError
from backdrop_tui.store.tinydb import people_text
from backdrop_tui.store.tinydb.people_text import NUMBER, from_text, people_schema, to_text

KEYS = ("id", "name")
PEOPLE = pl.DataFrame(
    [(n, f"bd-{n}", name) for n, name in enumerate(["Zoë", None, 'O"Neill', "a:b,\nc", "", "日本"], start=1)],
    schema=people_schema(KEYS),
    orient="row",
)


def read(text: bytes) -> pl.DataFrame:
    return from_text(Path("people.json"), text, "students", KEYS)


@pytest.fixture(params=[1, 50, 100, 2_000_000], ids=lambda size: f"{size}-bytes")
def part(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets the size of the parts in which a file is read."""
    monkeypatch.setattr(people_text, "_PART", request.param)


@pytest.mark.usefixtures("part")
@pytest.mark.parametrize("count", range(PEOPLE.height + 1))
def test_people_are_read_as_they_were_written(count: int) -> None:
    assert read(to_text("students", PEOPLE[:count])).equals(PEOPLE[:count])


@pytest.mark.usefixtures("part")
def test_another_layout_is_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    text = to_text("students", PEOPLE)
    with monkeypatch.context() as patch:
        patch.setattr(people_text, "read_tables", lambda *_: pytest.fail("The layout was not recognised."))
        read(text)
    assert read(text.replace(b'"id":', b'"id": ', 1)).equals(PEOPLE)
    assert read(text.replace(b"\n", b"")).equals(PEOPLE)


@pytest.mark.usefixtures("part")
@pytest.mark.parametrize(
    ("sound", "damaged"),
    [(b'"bd-2"', b'"bd-1"'), (b'"bd-2"', b"2"), (b'"bd-2"', b"null"), (b'"name"', b'"nome"')],
)
def test_damaged_people_are_refused(sound: bytes, damaged: bytes) -> None:
    with pytest.raises(DataFolderError):
        read(to_text("students", PEOPLE).replace(sound, damaged, 1))


def test_numbers_are_those_of_the_file() -> None:
    people = PEOPLE.with_columns(pl.col(NUMBER) * 7)
    assert read(to_text("students", people)).equals(people)
