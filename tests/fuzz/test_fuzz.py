"""The corpus and a short search; and that the search finds what is broken on purpose."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from backdrop_tui.intake.draft.edits import Change, Edits
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.matching.sheet_reading import read_sheet
from backdrop_tui.intake.output.errors_file import errors_file
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.schema.kind import RecordKind
from tests.fuzz import __main__ as command
from tests.fuzz import search, walk
from tests.fuzz.cases import CORPUS, Case, corpus
from tests.fuzz.files import mark
from tests.fuzz.promises import BrokenPromiseError, text_is_safe
from tests.support.made_up import student, table

_FAULTY = table(student(n, surname=f"Lee-{mark(n)}", gender="FX"[n % 2]) for n in range(1, 7))


def _walks() -> None:
    """What several users do with a file that has faults."""
    for user in range(8):
        walk.walk(Case(KINDS["students"], user, _FAULTY))


# All that was ever found, and some of the others; the command replays all of them.
_REPLAYED = [path for place, path in enumerate(corpus()) if place % 3 == 0 or path.name.startswith("found-")]


@pytest.mark.parametrize("path", _REPLAYED, ids=lambda path: path.stem)
def test_the_corpus_breaks_no_promise(path: Path) -> None:
    walk.walk(Case.at(path))


def test_a_short_search_finds_nothing() -> None:
    found = search.Search()
    found.run(first_seed=1, examples=60, only_read=True)
    found.run(first_seed=2, examples=5)
    assert not found.failures
    assert found.outcomes["put right"]


def _read_without_the_third_row(kind: RecordKind, data: bytes, name: str) -> Sheet:
    sheet = read_sheet(kind, data, name)
    return replace(sheet, cells=sheet.cells.filter(pl.int_range(pl.len()) != 2))


def _one_short(matching: Matching, sheet: Sheet, texts: pl.DataFrame, problems: pl.DataFrame) -> bytes:
    return errors_file(matching, sheet, texts.head(texts.height - 1), problems)


@pytest.mark.parametrize(
    ("name", "broken", "promise"),
    [
        ("read_sheet", _read_without_the_third_row, "Read without"),
        ("errors_file", _one_short, "rows came back as"),
        ("_change", lambda *_: Change("\x1b[2J"), "has a control character"),
    ],
)
def test_what_is_broken_on_purpose_is_found(
    name: str, broken: object, promise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, name, broken)
    with pytest.raises(BrokenPromiseError, match=promise):
        _walks()


def test_a_change_that_does_more_than_it_names_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    do = Edits.do

    def do_more(edits: Edits, change: Change) -> None:
        do(edits, replace(change, cells=(*change.cells, (3, "upn", "x"))))

    monkeypatch.setattr(Edits, "do", do_more)
    with pytest.raises(BrokenPromiseError, match="has changed upn in row 3"):
        _walks()


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\x9b", "\u202e", "\u2028"])
def test_a_control_character_is_not_safe(character: str) -> None:
    with pytest.raises(BrokenPromiseError):
        text_is_safe(f"a{character}b", "It")


def test_the_smallest_failing_case_is_saved_in_the_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails_for_semicolons(case: Case) -> str:
        if b";" in case.data:
            raise ZeroDivisionError
        return "checked"

    monkeypatch.setattr(search, "walk", fails_for_semicolons)
    monkeypatch.setattr(search, "read", fails_for_semicolons)
    monkeypatch.setattr(command, "corpus", list)
    monkeypatch.setattr(search, "corpus", list)
    monkeypatch.setattr(command, "CORPUS", tmp_path)
    monkeypatch.setattr("sys.argv", ["fuzz", "--minutes", "0.02", "--seed", "1"])
    assert command.main() == 1
    (saved,) = tmp_path.iterdir()
    assert saved.name.startswith("found-zerodivision-")
    assert b";" in Case.at(saved).data
    assert len(Case.at(saved).data) < 200
    assert "1 kind of failure" in capsys.readouterr().out


def test_the_command_ends_with_0_if_nothing_is_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(search, "walk", lambda _case: "checked")
    monkeypatch.setattr(search, "read", lambda _case: "read")
    monkeypatch.setattr("sys.argv", ["fuzz", "--minutes", "0", "--seed", "5"])
    assert command.main() == 0
    assert f"Seed 5: {len(list(CORPUS.glob('*.csv')))} cases" in capsys.readouterr().out
