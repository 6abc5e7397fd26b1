import getpass
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backdrop_tui.errors import DataFolderError, UnusableFileError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.intake.draft.edits import Change, Edits
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.review import review
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.intake.matching.fills import WORKED_OUT, Fill
from backdrop_tui.intake.reading.delimiters import delimiter_named
from backdrop_tui.intake.reading.encoding.encodings import encoding_named
from backdrop_tui.intake.reading.sheet import ReadOptions
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.store.folder import DataFolder
from tests.intake.conftest import Begin
from tests.intake.draft.test_edits import CHANGES, state
from tests.support.made_up import CONTEXT, NOW, STAFF, STUDENTS, stored, student, table

PUPILS = table(student(n) for n in range(4))
EDIT = Change("Surname in row 2", cells=((2, "surname", "Núñez"),))
OUT = Change("Left out 1 row", left_out=(3,))


def reopened(data: DataFolder, draft: Draft) -> Draft:
    """The draft as another process finds it after this one was killed: the lock is free, and nothing was closed."""
    draft._lock.release()
    return Draft.open(data, draft.facts.id)


def modes(folder: Path) -> set[tuple[bool, str]]:
    return {(path.is_dir(), oct(path.stat().st_mode & 0o777)) for path in (folder, *folder.rglob("*"))}


def test_a_draft_keeps_the_file_byte_for_byte(begin: Begin, data: DataFolder, tmp_path: Path) -> None:
    draft = begin(PUPILS)
    assert (data.drafts / draft.facts.id / "source").read_bytes() == PUPILS
    assert draft.facts.file == "pupils.csv"
    assert draft.facts.paths == (str(tmp_path / "pupils.csv"),)
    assert draft.texts.height == 4


def test_only_its_owner_can_read_a_draft(begin: Begin, data: DataFolder) -> None:
    begin(PUPILS).do(EDIT)
    assert modes(data.path) == {(True, "0o700"), (False, "0o600")}


def test_edits_undo_and_redo_are_there_after_a_kill(begin: Begin, data: DataFolder) -> None:
    draft = begin(PUPILS)
    draft.do(EDIT)
    draft.do(OUT)
    draft.do(Change("y", accepted=((4, None, "duplicate-person"),)))
    draft.undo()
    draft.undo()
    draft.redo()
    draft.save_facts(stage="fix", row=3)
    again = reopened(data, draft)
    assert (again.edits.done, again.edits.undone) == ([EDIT, OUT], draft.edits.undone)
    assert again.facts == draft.facts
    assert again.undo() == OUT
    assert again.redo() == OUT
    again.close()


def test_matching_is_there_after_a_kill_with_the_reason_for_each_column(
    begin: Begin, data: DataFolder
) -> None:
    draft = begin(PUPILS)
    draft.save_matching(draft.matching.with_target(3, None))
    again = reopened(data, draft)
    assert again.matching.targets == draft.matching.targets
    assert [c.how for c in again.matching.columns][2:5] == ["heading", "chosen", "heading"]
    again.close()


def test_what_every_row_gets_is_there_after_a_kill(begin: Begin, data: DataFolder) -> None:
    draft = begin("Forename,Surname,DOB\nAda,Okoro,14/03/2012\n")
    fills = {"year_group": WORKED_OUT, "registration_group": Fill("10B")}
    draft.save_matching(draft.matching.with_fills(fills, {"gender": Fill("F")}))
    again = reopened(data, draft)
    assert again.matching.fills == fills
    assert again.matching.open_offers == {"gender": Fill("F")}
    assert again.texts["registration_group"].to_list() == ["10B"]
    again.close()


def test_a_draft_that_no_longer_exists_is_refused_and_not_created(data: DataFolder) -> None:
    data.subfolder(data.drafts)
    with pytest.raises(DataFolderError, match="no longer exists"):
        Draft.open(data, "20260302-093000-abcdef")
    assert not list(data.drafts.iterdir())


def test_a_draft_is_open_in_one_process_only(begin: Begin, data: DataFolder) -> None:
    draft = begin(PUPILS)
    code = (
        "import sys; from pathlib import Path\n"
        "from backdrop_tui.intake.draft.draft import Draft; from backdrop_tui.store.folder import DataFolder\n"
        "from backdrop_tui.errors import DataFolderError\n"
        "try: Draft.open(DataFolder(Path(sys.argv[1])), sys.argv[2])\n"
        "except DataFolderError as error: print(error.message)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(data.path), draft.facts.id],
        capture_output=True,
        text=True,
        check=True,
    )
    message = f"This file is open in another window, by {getpass.getuser()}. Close that window, or choose another file."
    assert ran.stdout == f"{message}\n"
    with pytest.raises(DataFolderError, match="another window"):
        Draft.open(data, draft.facts.id)


def test_a_draft_created_in_one_thread_is_closed_in_another(data: DataFolder, tmp_path: Path) -> None:
    made: list[Draft] = []
    thread = threading.Thread(
        target=lambda: made.append(
            Draft.create(data, STUDENTS, [SourceFile.at(tmp_path / "pupils.csv", PUPILS)], NOW)
        )
    )
    thread.start()
    thread.join()
    made[0].close()
    Draft.open(data, made[0].facts.id).close()


def test_a_file_that_cannot_be_read_leaves_nothing(data: DataFolder, tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError):
        Draft.create(
            data, STUDENTS, [SourceFile.at(tmp_path / "pupils.csv", b"PK\x03\x04" + bytes(100))], NOW
        )
    assert not data.path.exists()


@pytest.mark.parametrize(
    "failing", ["atomic_write", "draft_lock.acquire_and_sign", "EditsFile.create", "DraftFacts.save"]
)
def test_a_draft_that_cannot_be_written_leaves_nothing(
    data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def fail(*_: Any) -> None:  # noqa: ANN401 - whatever it is called with
        raise DataFolderError("There is no room left.")

    monkeypatch.setattr(f"backdrop_tui.intake.draft.draft.{failing}", fail)
    with pytest.raises(DataFolderError, match="no room"):
        Draft.create(data, STUDENTS, [SourceFile.at(tmp_path / "pupils.csv", PUPILS)], NOW)
    assert list(data.drafts.iterdir()) == []


def test_a_change_that_can_not_be_written_is_not_made(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = begin(PUPILS)
    draft.do(EDIT)
    facts = draft.facts

    def fail(*_: Any, **__: Any) -> None:  # noqa: ANN401 - whatever it is called with
        raise DataFolderError("There is no room left.")

    monkeypatch.setattr("backdrop_tui.intake.draft.draft_facts.write_json", fail)
    monkeypatch.setattr("backdrop_tui.intake.draft.edits_file.append_checked_lines", fail)
    semicolons = ReadOptions(delimiter=delimiter_named(";"))
    for attempt in (
        lambda: draft.do(OUT),
        draft.undo,
        lambda: draft.save_facts(row=9),
        lambda: draft.save_matching(draft.matching.with_target(0, None)),
        lambda: draft.reread(semicolons, draft.read_as(semicolons)),
    ):
        with pytest.raises(DataFolderError):
            attempt()
    assert (draft.facts, draft.edits.done, draft.edits.undone) == (facts, [EDIT], [])
    assert draft.matching.targets[0] == "first_name"
    assert draft.sheet.delimiter.character == ","


def test_a_discarded_draft_leaves_nothing_behind(begin: Begin, data: DataFolder) -> None:
    draft = begin(PUPILS)
    draft.do(EDIT)
    draft.discard()
    assert list(data.drafts.iterdir()) == []
    assert open_drafts(data) == []


def test_drafts_are_listed_newest_first_and_nothing_else_is(begin: Begin, data: DataFolder) -> None:
    drafts = [begin(PUPILS), begin(PUPILS)]
    (data.drafts / "20260101-000000-abcdef").mkdir()
    (data.drafts / "stray").write_bytes(b"")
    assert [d.facts for d in open_drafts(data)] == sorted(
        (d.facts for d in drafts), key=lambda facts: facts.id, reverse=True
    )
    assert open_drafts(DataFolder(data.path / "nowhere")) == []


def test_reading_with_wrong_options_and_back_keeps_the_edits(begin: Begin, data: DataFolder) -> None:
    draft = begin(table([student(n) for n in range(4)], delimiter=";"))
    assert draft.sheet.delimiter.character == ";"
    draft.do(EDIT)
    wrongly = ReadOptions(encoding_named("cp1252"), delimiter_named("|"), header_row=3)
    draft.reread(wrongly, draft.read_as(wrongly))
    wrong = review(draft.intake(), Basis(CONTEXT, stored(STUDENTS)))
    assert wrong.texts.height == 2
    draft.reread(ReadOptions(), draft.read_as(ReadOptions()))
    right = review(draft.intake(), Basis(CONTEXT, stored(STUDENTS)))
    assert right.texts["surname"][0] == "Núñez"
    assert right.counts.ready == 4
    again = reopened(data, draft)
    assert again.sheet.headings == draft.sheet.headings
    again.close()


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "cp850", "cp1250"])
def test_a_chosen_encoding_is_there_after_a_kill(begin: Begin, data: DataFolder, encoding: str) -> None:
    draft = begin(
        table([student(0, first_name="René"), student(1, surname="Böhm")]).decode().encode(encoding)
    )
    wrongly, rightly = (ReadOptions(encoding_named(name)) for name in ("utf-16", encoding))
    with suppress(UnusableFileError):
        draft.reread(wrongly, draft.read_as(wrongly))
    draft.reread(rightly, draft.read_as(rightly))
    again = reopened(data, draft)
    assert again.sheet.encoding.name == encoding
    assert again.sheet.guess is None
    assert (again.texts["first_name"][0], again.texts["surname"][1]) == ("René", "Böhm")
    again.close()


def test_a_matching_is_kept_if_the_headings_stay_the_same(begin: Begin) -> None:
    draft = begin(table([student(0, first_name="René")]).decode().encode("mac-roman"))
    draft.save_matching(draft.matching.with_target(3, None))
    chosen = draft.matching.targets
    rightly, otherwise_separated = (
        ReadOptions(encoding_named("cp1252")),
        ReadOptions(None, delimiter_named(";")),
    )
    draft.reread(rightly, draft.read_as(rightly))
    assert draft.matching.targets == chosen
    draft.reread(otherwise_separated, draft.read_as(otherwise_separated))
    assert len(draft.matching.targets) == 1


def test_edited_cells_have_the_text_of_the_file_again_where_that_is_read_differently(begin: Begin) -> None:
    people = [student(0, first_name="René"), student(1, surname="Böhm"), student(2)]
    draft = begin(table(people).decode().encode("mac-roman"))
    wrongly, rightly = (ReadOptions(encoding_named(name)) for name in ("cp1252", "mac-roman"))
    draft.reread(wrongly, draft.read_as(wrongly))
    assert draft.texts["first_name"][0] != "René"
    edit = Change("x", cells=((2, "first_name", "RENŽ"), (3, "first_name", "Bo"), (4, "surname", "Lee")))
    draft.do(edit)
    change = draft.reread(rightly, draft.read_as(rightly))
    assert change == Change("Text of the file in 1 edited cell", cells=((2, "first_name", "René"),))
    checked = review(draft.intake(), Basis(CONTEXT, stored(STUDENTS)))
    assert checked.texts["first_name"].to_list()[:2] == ["René", "Bo"]
    assert checked.texts["surname"].to_list()[1:] == ["Böhm", "Lee"]
    draft.undo()
    assert draft.edits.cells[2, "first_name"] == "RENŽ"
    assert draft.reread(rightly, draft.read_as(rightly)) is None


def test_what_a_broken_byte_may_have_been_is_still_suggested_after_a_kill(
    begin: Begin, data: DataFolder
) -> None:
    good = table([student(n, surname="Müller") for n in range(12)])
    damaged = table([student(12, first_name="Ren@")]).splitlines(keepends=True)[1].replace(b"@", b"\xe9")
    again = reopened(data, begin(good + damaged))
    checked = review(again.intake(), Basis(CONTEXT, stored(STUDENTS)))
    (problem,) = checked.problems.filter(code="letter-lost").iter_rows(named=True)
    assert (problem["value"], problem["suggestion"], problem["sure"]) == ("Ren\ufffd", "René", False)
    assert checked.text_to_edit(problem["row"], "first_name") == "Ren\ufffd"
    assert checked.counts.ready == 12
    again.close()


def test_options_with_which_it_can_not_be_read_change_nothing(begin: Begin) -> None:
    draft = begin(PUPILS)
    before, facts = draft.sheet, draft.facts
    with pytest.raises(UnusableFileError):
        draft.read_as(ReadOptions(header_row=99))
    assert draft.sheet is before
    assert draft.facts == facts


def test_people_can_be_typed_in_by_hand(data: DataFolder) -> None:
    draft = Draft.create(data, STAFF, [], NOW)
    assert draft.facts.by_hand
    assert review(draft.intake(), Basis(CONTEXT, stored(STAFF))).ready.height == 0
    person = {
        "first_name": "Jo",
        "surname": "Lee",
        "job_role": "Teacher",
        "user_group": "teacher",
        "email": "",
    }
    draft.do(Change("Added row 1", added=(1,), cells=tuple((1, key, text) for key, text in person.items())))
    draft.do(Change("Added row 2", added=(2,), cells=((2, "first_name", "Al"),)))
    again = reopened(data, draft)
    checked = review(again.intake(), Basis(CONTEXT, stored(STAFF)))
    assert checked.ready["user_group"].to_list() == ["Teachers"]
    assert checked.error_rows.to_list() == [2]
    again.undo()
    assert review(again.intake(), Basis(CONTEXT, stored(STAFF))).texts["row"].to_list() == [1]
    again.discard()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(steps=st.lists(CHANGES | st.sampled_from(["undo", "redo", "kill"]), max_size=25))
def test_any_sequence_of_steps_survives_kills(
    data: DataFolder, tmp_path: Path, steps: list[Change | str]
) -> None:
    model = Edits()
    draft = Draft.create(data, STUDENTS, [SourceFile.at(tmp_path / "pupils.csv", PUPILS)], NOW)
    for step in steps:
        if isinstance(step, Change):
            draft.do(step)
            model.do(step)
        elif step == "undo":
            assert draft.undo() == model.undo()
        elif step == "redo":
            assert draft.redo() == model.redo()
        else:
            draft = reopened(data, draft)
        assert (draft.edits.done, draft.edits.undone) == (model.done, model.undone)
        assert state(draft.edits) == state(model)
    draft.discard()


def test_after_a_kill_the_user_is_on_the_row_changed_last(begin: Begin, data: DataFolder) -> None:
    draft = begin(PUPILS)
    draft.save_facts(row=2)
    draft.do(Change("x", cells=((5, "surname", "Lee"),)))
    draft.close()
    assert Draft.open(data, draft.facts.id).facts.row == 5


def test_the_row_saved_after_the_last_change_counts(begin: Begin, data: DataFolder) -> None:
    draft = begin(PUPILS)
    draft.do(Change("x", cells=((5, "surname", "Lee"),)))
    draft.save_facts(row=2)
    draft.close()
    assert Draft.open(data, draft.facts.id).facts.row == 2


def test_listing_drafts_does_not_disturb_others(data: DataFolder) -> None:
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            open_drafts(data)

    with ThreadPoolExecutor(2) as others:
        looks = [others.submit(look) for _ in range(2)]
        try:
            for _ in range(20):
                Draft.create(
                    data, KINDS["students"], [SourceFile.at(Path("pupils.csv"), PUPILS)], NOW
                ).discard()
        finally:
            ended.set()
        for listing in looks:
            listing.result()
    assert list(data.drafts.iterdir()) == []
