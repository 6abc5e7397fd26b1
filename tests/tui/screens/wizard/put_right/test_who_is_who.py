"""“Is this the same child?”: rows side by side with the people stored, or with each other."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from textual.widgets import Button

from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.linking.answers import Answers
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.wizard.put_right.screen import PutRightScreen
from backdrop_tui.tui.screens.wizard.put_right.who_is_who import WhoIsWhoScreen
from tests.support.imports import import_people
from tests.support.made_up import STAFF, STUDENTS, by_key, student, table
from tests.support.putting_right import cursor, putting_right
from tests.support.walk import Walk

NAMES = ("Ash", "Beech", "Elm")


def stored(data: DataFolder, *rows: Mapping[str, str]) -> list[str]:
    """Store students; returns their ids."""
    with School(data) as school:
        import_people(school, *map(by_key, rows))
        return school.stored(STUDENTS)["id"].to_list()


def written(folder: Path, *rows: Mapping[str, str]) -> Path:
    path = folder / "pupils.csv"
    path.write_bytes(table(rows))
    return path


@pytest.fixture
def ids(data: DataFolder) -> list[str]:
    """The ids of three students stored without UPNs."""
    return stored(data, *(student(number, upn="") for number in range(3)))


@pytest.fixture
def renamed(ids: list[str], tmp_path: Path) -> Path:
    """A file with those students, whose surnames are other ones now."""
    assert ids
    return written(tmp_path, *(student(n, upn="", surname=name) for n, name in enumerate(NAMES)))


def answers(screen: PutRightScreen) -> Answers:
    return screen.draft.edits.answers


async def asked(walk: Walk) -> tuple[int, str]:
    """The row that is asked about, and the title of the question."""
    screen = await walk.on(WhoIsWhoScreen)
    return screen.question.row, str(screen.query_one(".window").border_title)


async def test_enter_shows_the_row_beside_the_student_stored_with_a_sign_where_they_differ(
    data: DataFolder, renamed: Path
) -> None:
    async with putting_right(data, renamed) as (walk, _):
        assert walk.text_of("#hints").startswith("i compares them side by side")
        await walk.press("enter")
        assert await asked(walk) == (2, "Is this the same child?")
        lines = [" ".join(line.strip(" │!?✓").split()) for line in walk.text.splitlines()]
        assert any("Row 2 Stored Would be stored" in line for line in lines)
        for shown in ("≠ Surname Ash O'Neill Ash", "First Name Amira Amira Amira", "UPN – – –"):
            assert any(shown in line for line in lines)
        assert "Row 2, question 1 of 3. Esc to answer later" in walk.text
        marked = [part.style for part in walk.screen(WhoIsWhoScreen).comparison.render().spans]  # type: ignore[union-attr]
        assert any("$text-warning" in str(style) for style in marked)


async def test_y_n_and_undo_go_from_question_to_question(
    data: DataFolder, renamed: Path, ids: list[str]
) -> None:
    async with putting_right(data, renamed) as (walk, screen):
        await walk.press("enter", "y")
        assert (await asked(walk))[0] == 3
        assert answers(screen).same == {2: ids[0]}
        await walk.press("n")
        assert (await asked(walk))[0] == 4
        assert answers(screen).new == {3}
        await walk.press("u")
        assert (await asked(walk))[0] == 3
        assert answers(screen).new == frozenset()
        await walk.press("y", "y")
        assert walk.app.screen is screen
        assert answers(screen).same == dict(zip((2, 3, 4), ids, strict=True))
        await walk.press("u", "u", "u")
        assert answers(screen) == Answers()
        await walk.press("r")
        assert answers(screen).same == {2: ids[0]}


async def test_questions_can_be_left_open(data: DataFolder, renamed: Path) -> None:
    async with putting_right(data, renamed) as (walk, screen):
        await walk.press("enter", "right")
        assert (await asked(walk))[0] == 3
        await walk.press("left", "left")
        assert (await asked(walk))[0] == 4
        await walk.press("escape")
        assert walk.app.screen is screen
        assert answers(screen) == Answers()
        assert cursor(screen)[0] == 4
        assert screen.review is not None
        assert screen.review.counts.errors == 3


async def test_questions_that_are_alike_are_answered_at_once_after_their_list(
    data: DataFolder, renamed: Path, ids: list[str]
) -> None:
    async with putting_right(data, renamed) as (walk, screen):
        await walk.press("enter", "a")
        await walk.on(ConfirmScreen)
        assert "Row 3: Ben O'Neill → Ben Beech" in walk.text
        assert isinstance(walk.focus, Button)
        assert str(walk.focus.label) == "Answer one by one"
        assert (
            walk.app.screen.query_one("#yes", Button).variant == "default"
        )  # it must not look like the chosen one
        await walk.press("enter")
        assert (await asked(walk))[0] == 2
        await walk.press("a", "left", "enter")
        assert walk.app.screen is screen
        assert answers(screen).same == dict(zip((2, 3, 4), ids, strict=True))
        assert len(screen.draft.edits.done) == 1


async def test_answers_are_there_again_after_a_restart(
    data: DataFolder, renamed: Path, ids: list[str]
) -> None:
    async with putting_right(data, renamed) as (walk, screen):
        await walk.press("enter", "y", "escape")
        screen.draft.close()
    draft = Draft.open(data, screen.draft.facts.id)
    assert draft.edits.answers.same == {2: ids[0]}
    draft.close()


async def test_editing_what_a_row_is_recognised_by_withdraws_its_answer(
    data: DataFolder, renamed: Path
) -> None:
    async with putting_right(data, renamed) as (walk, screen):
        await walk.press("enter", "y", "escape")
        screen.browser.show_cell(2, "surname")
        await walk.press("e")
        await walk.replace("Oak")
        await walk.press("enter")
        assert answers(screen) == Answers()
        assert screen.review is not None
        assert screen.review.linkage.people_offered(2)


async def test_of_several_people_one_is_chosen_with_the_arrow_keys(data: DataFolder, tmp_path: Path) -> None:
    ids = stored(data, student(0, upn=""), student(0, upn="", registration_group="7B"))
    path = written(tmp_path, student(0, upn="", registration_group="7C"))
    async with putting_right(data, path) as (walk, screen):
        await walk.press("enter")
        assert await asked(walk) == (2, "Which child is this?")
        assert "↑↓ 1 of 2" in walk.text_of("#keys")
        await walk.press("down")
        assert "↑↓ 2 of 2" in walk.text_of("#keys")
        await walk.press("y")
        assert answers(screen).same == {2: ids[1]}


async def test_it_says_what_happens_to_a_upn_that_someone_else_has(data: DataFolder, tmp_path: Path) -> None:
    stored(data, student(0), student(1))
    path = written(tmp_path, student(0, upn=student(1)["UPN"]))
    async with putting_right(data, path) as (walk, screen):
        await walk.press("enter")
        notes = walk.text_of("#notes")
        assert "y: The UPN of this row is stored for someone else, so this student doesn't get it." in notes
        assert "n: A new student is added without UPN, because someone else has it." in notes
        assert f"≠ UPN {student(1)['UPN']} {student(0)['UPN']} {student(0)['UPN']}" in " ".join(
            walk.text.split()
        )
        await walk.press("y")
        assert screen.review is not None
        assert screen.review.counts.errors == 0


async def test_of_two_rows_about_one_student_one_is_kept(data: DataFolder, tmp_path: Path) -> None:
    ids = stored(data, student(0))
    row = student(0, upn="")
    path = written(tmp_path, row | {"Registration Group": "7B"}, row | {"Registration Group": "7C"})
    async with putting_right(data, path) as (walk, screen):
        await walk.press("enter")
        assert (await asked(walk))[1] == "Are these the same child?"
        assert "1 keep row 2 2 keep row 3 n two people: row 2 is not the one stored" in walk.text_of("#keys")
        await walk.press("2")
        assert screen.draft.edits.left_out == {2}
        assert answers(screen).same == {3: ids[0]}
        await walk.press("u", "i")
        assert (await asked(walk))[0] == 3
        await walk.press("n")
        assert screen.draft.edits.left_out == set()
        assert answers(screen).new == {3}
        assert screen.review is not None
        assert screen.review.counts.errors == 0


async def test_of_two_rows_with_one_upn_one_is_kept_or_the_upn_corrected(
    data: DataFolder, tmp_path: Path
) -> None:
    path = written(tmp_path, student(0), student(1, upn=student(0)["UPN"]), student(2))
    async with putting_right(data, path) as (walk, screen):
        await walk.press("enter")
        assert "n two people: correct the UPN" in walk.text_of("#keys")
        await walk.press("n")
        assert screen.editor.is_open
        await walk.press("escape", "enter", "1")
        assert screen.draft.edits.left_out == {3}
        assert screen.review is not None
        assert screen.review.counts.errors == 0


async def test_rows_with_one_name_are_different_people_if_the_user_says_so(
    data: DataFolder, tmp_path: Path
) -> None:
    row = student(0, upn="")
    path = written(tmp_path, row, row | {"Registration Group": "7B"})
    async with putting_right(data, path) as (walk, screen):
        await walk.press("enter", "n")
        assert screen.review is not None
        assert screen.review.counts.warnings == 0
        assert screen.review.ready.height == 2


async def test_a_row_whose_double_is_accepted_has_nothing_to_be_compared_with(
    data: DataFolder, tmp_path: Path
) -> None:
    row = student(0, upn="")
    path = written(tmp_path, row, row | {"Registration Group": "7B"})
    async with putting_right(data, path) as (walk, screen):
        await walk.press("a", "i")
        assert walk.app.screen is screen
        assert cursor(screen)[0] == 3
        await walk.press("enter")
        assert screen.editor.is_open


async def test_someone_recognised_whose_name_differs_can_be_compared_and_be_somebody_else(
    data: DataFolder, tmp_path: Path
) -> None:
    stored(data, student(0))
    path = written(tmp_path, student(0, surname="Marsh"), student(1))
    async with putting_right(data, path) as (walk, screen):
        assert "i compares them side by side" in walk.text_of("#hints")
        await walk.press("enter")
        assert await asked(walk) == (2, "Is this the same child?")
        assert "only to be sure" in walk.text
        await walk.press("n")
        await walk.on(PutRightScreen)
        assert screen.review is not None
        assert screen.review.linkage.links.is_empty()
        await walk.press("u", "i", "y")
        await walk.on(PutRightScreen)
        assert (answers(screen).new, [*answers(screen).same]) == (frozenset(), [2])
        assert "person-changed" not in screen.review.problems["code"]


async def test_e_edits_a_cell_of_a_row_with_a_question(data: DataFolder, renamed: Path) -> None:
    async with putting_right(data, renamed) as (walk, screen):
        await walk.press("right", "e")
        assert screen.editor.is_open


def staff_of(folder: Path) -> Path:
    path = folder / "staff.csv"
    path.write_text("First Name,Surname,Job Role,User Group,Email\nAnn,Lee,Deputy Head,DSLs,a.lee@b.org\n")
    return path


async def test_more_rights_are_agreed_to_or_refused_after_the_question(
    data: DataFolder, tmp_path: Path
) -> None:
    with School(data) as school:
        ann = {"first_name": "Ann", "surname": "Lee", "job_role": "Teacher", "user_group": "Teachers"}
        import_people(school, ann | {"email": "ann@a.org"}, kind=STAFF)
    async with putting_right(data, staff_of(tmp_path), STAFF) as (walk, screen):
        await walk.press("enter")
        assert (await asked(walk))[1] == "Is this the same person?"
        await walk.press("y")
        assert screen.browser.finding is not None
        assert "row 2, Ann Lee, Teachers → DSLs" in walk.text_of("#problem")
        assert walk.text_of("#hints") == "t Give 1 person these rights d Keep the user groups that they have"
        await walk.press("c")
        assert walk.app.screen is screen
        await walk.press("d")
        assert screen.review is not None
        assert screen.review.unanswered == ()
        assert screen.review.linkage.withheld.rows() == [(2, "user_group")]
        await walk.press("u", "t")
        assert screen.review.unanswered == ()
        assert screen.review.linkage.withheld.rows() == []
