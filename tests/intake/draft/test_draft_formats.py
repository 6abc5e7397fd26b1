"""Drafts of an older version are brought up to date; those of a newer one are refused and left alone."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.store.checked_lines import checked_lines
from backdrop_tui.store.errors import NewerFormatError
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.store.migrations import current_format
from tests.intake.conftest import Begin
from tests.intake.draft.test_draft import EDIT, OUT, PUPILS, reopened
from tests.intake.draft.test_draft_damage import half_a_line, nul_filled
from tests.store import contents
from tests.support import old_folders
from tests.support.disk_states import DiskStates

OLD_DRAFTS = old_folders.PLACE / "format-1" / "drafts"
FIXING, PREVIEW = sorted(path.name for path in OLD_DRAFTS.iterdir())


def old_draft(data: DataFolder, name: str, damage: Callable[[bytes], bytes] = bytes) -> Path:
    """The folder of a draft that an older version saved."""
    folder = data.subfolder(data.drafts) / name
    shutil.copytree(OLD_DRAFTS / name, folder)
    (folder / "edits").write_bytes(damage((folder / "edits").read_bytes()))
    return folder


def test_a_draft_of_an_older_version_is_read_and_brought_up_to_date(data: DataFolder) -> None:
    before = contents(OLD_DRAFTS / FIXING)
    folder = old_draft(data, FIXING)
    draft = Draft.open(data, FIXING)
    assert [change.title for change in draft.edits.done] == ["Surname in row 2", "Left out 1 row"]
    assert [change.title for change in draft.edits.undone] == ["Gender in row 4"]
    assert (draft.facts.stage, draft.facts.row, draft.warning) == ("fix", 4, "")
    draft.redo()
    again = reopened(data, draft)
    assert len(again.edits.done) == 3
    again.close()
    assert orjson.loads((folder / "draft.json").read_bytes())["format"] == current_format("draft")
    for name in ("draft.json", "edits"):
        assert (folder / f"{name}.format-1").read_bytes() == before[name]


def test_how_a_file_is_read_and_matched_is_kept_from_an_older_version(data: DataFolder) -> None:
    old_draft(data, PREVIEW)
    for _ in range(2):
        draft = Draft.open(data, PREVIEW)
        assert (draft.facts.stage, draft.facts.existing) == ("preview", "fill")
        assert (draft.sheet.delimiter.character, draft.sheet.encoding.name) == (";", "cp1252")
        assert draft.matching.targets[4:] == ("year_group", None, "upn")
        assert draft.edits.date_order == "mdy"
        draft.close()


@pytest.mark.parametrize(
    ("damage", "kept"),
    [
        (nul_filled, 4),
        (half_a_line, 4),
        (lambda edits: edits[:-4], 3),
        (lambda edits: edits.replace(b'"left_out"', b'\0left_out"'), 1),
        (lambda edits: edits.replace(b'{"undo":1}', b'{"undp":1}'), 3),
    ],
)
def test_damage_to_a_draft_of_an_older_version_leaves_what_comes_before_it(
    data: DataFolder, damage: Callable[[bytes], bytes], kept: int
) -> None:
    folder = old_draft(data, FIXING, damage)
    damaged = (folder / "edits").read_bytes()
    draft = Draft.open(data, FIXING)
    assert (folder / "edits.format-1").read_bytes() == damaged
    steps = {1: 1, 3: 3, 4: 2}[kept]
    assert (len(draft.edits.done), bool(draft.warning)) == (steps, True)
    draft.do(OUT)
    again = reopened(data, draft)
    assert again.edits.done[-1] == OUT
    again.close()


def test_a_kill_while_an_older_draft_is_brought_up_to_date_loses_nothing(
    data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_draft(data, FIXING)
    states = DiskStates(data.path, tmp_path / "killed")
    states.record(monkeypatch, lambda: Draft.open(data, FIXING).close())
    draft = Draft.open(data, FIXING)
    draft.close()
    assert len(states.copies) > 10
    for copy in states.copies:
        again = Draft.open(DataFolder(copy), FIXING)
        facts = replace(again.facts, saved=draft.facts.saved)  # the moment in which it was opened
        assert (again.edits, facts, again.warning) == (draft.edits, draft.facts, "")
        again.close()
        for name in ("draft.json", "edits"):
            kept = copy / "drafts" / FIXING / f"{name}.format-1"
            assert kept.read_bytes() == (OLD_DRAFTS / FIXING / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("draft.json", b'{"format":99,"kind":"students","file":"pupils.csv","path":"/pupils.csv","started":"2026-03-02T09:30:00"}'),
        ("edits", checked_lines([{"format": 99}, "whatever a newer version may have here"])[0]),
    ],
)  # fmt: skip
def test_a_draft_of_a_newer_version_is_listed_refused_and_left_alone(
    begin: Begin, data: DataFolder, name: str, content: bytes
) -> None:
    draft = begin(PUPILS)
    draft.do(EDIT)
    draft.close()
    folder = data.drafts / draft.facts.id
    (folder / name).write_bytes(content)
    (folder / "owner").write_bytes(b"someone-else")
    before = contents(data.path)
    assert [facts.id for facts in open_drafts(data)] == [draft.facts.id]
    for _ in range(2):
        with pytest.raises(NewerFormatError, match="newer version") as caught:
            Draft.open(data, draft.facts.id)
        assert caught.value.exit_status == 4
    assert contents(data.path) == before
