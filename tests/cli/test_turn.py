"""`backdrop turn`: the move to a new school year with a file and without one, and undoing it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from backdrop_tui.people.changes import change_people
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.imports import colleague, import_people, person_id
from tests.support.made_up import STAFF, STUDENTS, table
from tests.support.turning import older, pupil

LAST_YEAR = [pupil(n, n % 6, 2024) for n in range(18)]
THIS_YEAR = [*map(older, LAST_YEAR[2:]), pupil(50, 0)]
"""Sixteen have moved up, two are missing, and one is new."""


def write(path: Path, people: Iterable[Mapping[str, str]]) -> Path:
    labels = {field.key: field.label for field in STUDENTS.fields}
    path.write_bytes(table([{labels[key]: value for key, value in row.items()} for row in people]))
    path.chmod(0o600)
    return path


@pytest.fixture
def stored(backdrop: Run, tmp_path: Path, signed_up: None) -> None:  # noqa: ARG001 - signed up first
    """Last year's students."""
    last = write(tmp_path / "last.csv", LAST_YEAR)
    assert backdrop("import", last, "--academic-year", "2024").status == 0


@pytest.fixture
def this_year(tmp_path: Path) -> Path:
    """This year's file."""
    return write(tmp_path / "this.csv", THIS_YEAR)


def state(school: School) -> dict[str, tuple[str, str | None, str | None]]:
    """Everyone's year group, status and day of leaving, by id."""
    columns = ("id", "year_group", "status", "left_on")
    return {person: (*rest,) for person, *rest in school.stored(STUDENTS).select(columns).iter_rows()}


@pytest.mark.usefixtures("stored")
def test_a_turn_stores_all_of_it_and_undo_takes_all_of_it_back(
    backdrop: Run, school: School, this_year: Path
) -> None:
    before = state(school)
    ran = backdrop("turn", this_year, "--left-on", "20/02/2026", "--format", "json")
    assert ran.status == 0
    result = ran.json
    by_year = result.pop("by_year")
    assert result == {
        "staying": 0, "moving_up": 16, "joining": 1, "returning": 0, "leaving": 2, "unclear": 0,
        "dry_run": False, "notes": [], "added": 1, "updated": 16, "unchanged": 0, "left_out": 0, "repeated": 0,
        "rights_raised": [],
        "errors_file": None,
    }  # fmt: skip
    assert by_year["R"]["joining"] == 1
    after = state(school)
    assert [values for values in after.values() if values[1] == "left"] == [
        ("R", "left", "2026-02-20"),
        ("1", "left", "2026-02-20"),
    ]
    assert after.keys() > before.keys()
    assert backdrop("undo").out.startswith(
        "The move to a new school year with this.csv has been undone: 1 student removed"
    )
    assert state(school) == before


@pytest.mark.usefixtures("stored")
def test_a_second_turn_with_the_same_file_changes_nothing(
    backdrop: Run, school: School, this_year: Path
) -> None:
    backdrop("turn", this_year)
    after = state(school)
    ran = backdrop("turn", this_year, "--format", "json")
    counts = {
        key: ran.json[key] for key in ("staying", "moving_up", "joining", "leaving", "updated", "added")
    }
    assert counts == {"staying": 17, "moving_up": 0, "joining": 0, "leaving": 0, "updated": 0, "added": 0}
    assert state(school) == after
    backdrop("undo")
    assert len(state(school)) == len(LAST_YEAR)


@pytest.mark.usefixtures("stored")
def test_a_dry_run_only_shows_it(backdrop: Run, school: School, tmp_path: Path, this_year: Path) -> None:
    before = state(school)
    ran = backdrop("turn", this_year, "--dry-run")
    assert ran.status == 0
    assert ran.out.startswith("This is what would be done. Nothing has been stored.")
    assert "2 students would leave on 2 March 2026." in ran.out
    assert LAST_YEAR[0]["surname"] in ran.out
    bad = write(tmp_path / "bad.csv", [THIS_YEAR[0] | {"gender": "Boy"}, *THIS_YEAR[1:]])
    assert backdrop("turn", bad, "--dry-run", "--format", "json").json["unclear"] == 1
    assert (state(school), len(import_records(school))) == (before, 1)
    assert not list(tmp_path.glob("*_errors*.csv"))


@pytest.mark.usefixtures("stored")
def test_errors_stop_a_turn_and_its_errors_file_is_written(
    backdrop: Run, school: School, tmp_path: Path
) -> None:
    before = state(school)
    bad = write(tmp_path / "bad.csv", [row | {"gender": "Boy"} for row in THIS_YEAR])
    ran = backdrop("turn", bad, "--format", "json")
    assert (ran.status, ran.json["unclear"], ran.json["leaving"]) == (1, 16, 2)
    assert Path(ran.json["errors_file"]).exists()
    assert state(school) == before


@pytest.mark.usefixtures("stored")
def test_with_skip_errors_nobody_behind_those_rows_leaves(
    backdrop: Run, school: School, tmp_path: Path
) -> None:
    bad = write(tmp_path / "bad.csv", [THIS_YEAR[0] | {"gender": "Boy"}, *THIS_YEAR[1:]])
    ran = backdrop("turn", bad, "--skip-errors")
    assert ran.status == 0
    assert "Unclear. They may be in rows that are not imported, and stay as they are:" in ran.out
    assert "may be in row 2" in ran.out
    assert sum(values[1] == "left" for values in state(school).values()) == 2


@pytest.mark.usefixtures("stored")
def test_part_of_the_school_makes_nobody_a_leaver_unless_that_is_dismissed(
    backdrop: Run, school: School, tmp_path: Path
) -> None:
    part = write(tmp_path / "part.csv", [row for row in THIS_YEAR if row["year_group"] == "3"])
    ran = backdrop("turn", part, "--dry-run", "--format", "json")
    assert (ran.json["leaving"], [note["code"] for note in ran.json["notes"]]) == (0, ["part-of-school"])
    ran = backdrop("turn", part, "--dismiss", "part-of-school", "--format", "json")
    assert (ran.json["leaving"], ran.err) == (15, "")
    assert sum(values[1] == "left" for values in state(school).values()) == 15


@pytest.mark.usefixtures("stored")
def test_moving_up_without_a_file_sets_the_next_academic_year_and_is_undone_with_it(
    backdrop: Run, school: School
) -> None:
    backdrop("settings", "academic-year", "2024")
    backdrop("settings", "phase", "primary")
    before = state(school)
    assert backdrop("turn", "--up", "--dry-run", "--format", "json").json["moving_up"] == 18
    assert state(school) == before
    ran = backdrop("turn", "--up")
    assert ran.status == 0
    assert "The school's academic year is now 2025/26." in ran.out
    assert backdrop("settings", "academic-year").out == "2025\n"
    assert "move to a new school year without a file" in backdrop("undo").out
    assert backdrop("settings", "academic-year").out == "2024\n"
    assert state(school) == before


@pytest.mark.usefixtures("stored")
def test_a_setting_that_had_no_value_has_none_again(backdrop: Run, school: School) -> None:
    assert school.settings.stored_value("academic-year") is None
    assert backdrop("turn", "--up").status == 0
    assert backdrop("undo").status == 0
    assert school.settings.stored_value("academic-year") is None


@pytest.mark.usefixtures("stored")
def test_an_undo_refuses_if_someone_who_left_has_been_edited_since(
    backdrop: Run, data: DataFolder, school: School, this_year: Path
) -> None:
    backdrop("turn", this_year)
    turn = import_records(school)[0].id
    with School(data) as by_hand:
        leaver = person_id(by_hand, LAST_YEAR[0]["surname"])
        change_people(by_hand, STUDENTS, [leaver], {"destination": "Elsewhere"})
    ran = backdrop("undo", "--import", turn)
    assert (
        ran.status,
        "1 student has been edited since the move to a new school year with this.csv" in ran.err,
    ) == (
        2,
        True,
    )
    assert backdrop("undo", "--import", turn, "--force").status == 0
    assert all(values[1] == "current" for values in state(school).values())


@pytest.mark.usefixtures("signed_up")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Give the name of a file"),
        (("this.csv", "--up"), "--up moves up the students who are stored"),
        (("--up", "--kind", "staff"), "--up moves up the students who are stored"),
        (("--up",), "No students are stored"),
        (("--up", "--left-on", "soon"), "is not a date"),
        (("--up", "--left-on", "2027-01-01"), "can't be in the future"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(
    backdrop: Run, words: tuple[str, ...], sentence: str
) -> None:
    ran = backdrop("turn", *words)
    assert (ran.status, sentence in ran.err, ran.out) == (2, True, "")


@pytest.mark.usefixtures("signed_up")
def test_a_file_of_another_school_makes_nobody_a_leaver(
    backdrop: Run, tmp_path: Path, school: School
) -> None:
    last = write(tmp_path / "last.csv", (pupil(n, n % 6) for n in range(110)))
    others = ({**pupil(n + 400, n % 6), "first_name": "Zed"} for n in range(110))
    assert backdrop("import", last).status == 0
    ran = backdrop("turn", write(tmp_path / "others.csv", others))
    assert (ran.status, "hardly anyone in the file is stored" in ran.err.lower()) == (1, True)
    assert school.current(STUDENTS).height == 110


@pytest.mark.usefixtures("signed_up")
def test_staff_who_leave_and_held_child_protection_rights_are_listed_until_that_is_confirmed(
    backdrop: Run, tmp_path: Path
) -> None:
    staff = tmp_path / "staff.csv"
    heading = "First Name,Surname,Job Role,User Group,Email\n"
    sam = "Sam,Lee,Designated Safeguarding Lead,DSLs,s.lee@example.org\n"
    alex = "Alex,Moss,Teacher,Teachers,a.moss@example.org\n"
    staff.write_text(heading + sam + alex)
    assert backdrop("import", staff, "--kind", "staff").status == 0
    staff.write_text(heading + alex)
    ran = backdrop("turn", staff, "--kind", "staff", "--format", "json")
    assert (ran.json["staying"], ran.json["leaving"], list(ran.json["by_year"])) == (
        1,
        1,
        ["DSLs", "Teachers"],
    )
    listed = backdrop("list", "leavers", "--outstanding").out
    assert "Held child-protection rights" in listed
    assert "Sam Lee" in listed


@pytest.mark.usefixtures("stored")
def test_a_turn_is_logged_with_numbers_only(backdrop: Run, school: School, this_year: Path) -> None:
    backdrop("turn", this_year)
    entry = school.store.logged()[-1]
    kept = {key: entry[key] for key in ("event", "about", "added", "updated", "left", "returned", "unclear")}
    assert kept == {
        "event": "year-turned", "about": "students", "added": 1, "updated": 16, "left": 2, "returned": 0, "unclear": 0,
    }  # fmt: skip


def test_nothing_is_turned_before_the_address_is_verified(backdrop: Run, this_year: Path) -> None:
    assert backdrop("turn", this_year).status == 3
    assert backdrop("turn", "--up", "--dry-run").status == 3


@pytest.mark.usefixtures("stored")
def test_check_and_import_say_who_is_not_in_a_file_of_the_whole_school_and_name_turn(
    backdrop: Run, this_year: Path
) -> None:
    said = (
        "2 stored students are not in this file. An import leaves them as they are. If they may have left, "
        "run “backdrop turn FILE”: it moves the school to the new school year.\n"
    )
    assert said in backdrop("check", this_year).out
    assert said in backdrop("import", this_year).out
    few = write(this_year.with_name("few.csv"), THIS_YEAR[:3])
    assert "backdrop turn" not in backdrop("check", few).out + backdrop("import", few).out


@pytest.mark.usefixtures("stored")
def test_check_names_turn_only_when_no_row_is_left_that_whoever_is_missing_may_be_in(
    backdrop: Run, this_year: Path
) -> None:
    text = this_year.read_text()
    this_year.write_text(f"{text}Total: 17\n")
    assert "run “backdrop turn FILE”" in backdrop("check", this_year, "--apply", "not-people").out
    this_year.write_text(f"{text},Nobody,,,,\n")
    out = backdrop("check", this_year).out
    assert "2 stored students are not among the rows that are ready. Put the other rows right first" in out
    assert "backdrop turn" not in out


@pytest.mark.usefixtures("stored")
def test_the_table_fits_80_columns(backdrop: Run, data: DataFolder, tmp_path: Path, this_year: Path) -> None:
    out = backdrop("turn", this_year, "--dry-run").out.splitlines()
    assert out[1:3] == [
        "                                    Moving",
        "Year group  Before  After  Staying      up  Joining  Returning  Leaving  Unclear",
    ]
    with_x = write(tmp_path / "x.csv", [*THIS_YEAR, pupil(51, 0) | {"year_group": "X"}])
    out = backdrop("turn", with_x, "--dry-run").out.splitlines()
    assert out[2] == "Year group        Before After Staying     up Joining Returning Leaving Unclear"
    assert max(map(len, out[1:12])) <= 80
    with School(data) as school:
        import_people(school, colleague("Lee", "The people who help in the kitchen"), kind=STAFF)
    staff = tmp_path / "staff.csv"
    staff.write_text(
        f"First name,Surname,Job role,User group,Email\nJo,Lea,Cook,{'Long name ' * 3},a@example.org\n"
    )
    table = [
        line for line in backdrop("turn", staff, "--kind", "staff", "--dry-run").out.splitlines()[1:6] if line
    ]
    assert (table[0].split()[:2], "up" in table[0].split()) == (["User", "group"], False)
    assert max(map(len, table)) <= 80
