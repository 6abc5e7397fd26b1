"""Questions about who rows are, asked and answered on the command line."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from backdrop_tui.school.school import School
from tests.cli import Ran, Run
from tests.support.made_up import STAFF, STUDENTS, student, table, upn

pytestmark = pytest.mark.usefixtures("signed_up")

ROSA = student(0, first_name="Rosa", surname="Hill", upn="")
"""A student without a UPN."""
RENAMED = ROSA | {"Surname": "Marsh"}
"""Perhaps the same student, with a new surname."""


def write(name: str, *rows: Mapping[str, str]) -> str:
    Path(name).write_bytes(table(rows))
    return name


def staff(*rows: str) -> str:
    Path("staff.csv").write_text("\n".join(["First Name,Surname,Job Role,User Group,Email", *rows, ""]))
    return "staff.csv"


def person(school: School, first_name: str) -> str:
    """The id of the student or member of staff with a first name."""
    people = pl.concat([school.stored(kind).select("id", "first_name") for kind in (STUDENTS, STAFF)])
    return str(people.filter(pl.col("first_name") == first_name)["id"].item())


def problems(ran: Ran) -> dict[int, str]:
    """The code of the problem in each row that has one, from JSON."""
    return {problem["row"]: problem["code"] for problem in ran.json["problems"]}


@pytest.fixture
def rosa(backdrop: Run, school: School) -> str:
    """The id of Rosa, who is stored."""
    assert backdrop("import", write("old.csv", ROSA)).status == 0
    return person(school, "Rosa")


def test_the_message_of_a_question_ends_with_the_options_that_answer_it(backdrop: Run, rosa: str) -> None:
    ran = backdrop("check", write("new.csv", RENAMED))
    assert ran.status == 1
    assert f"Check whether this is the same student. Use --same 2={rosa} or --new 2.\n" in ran.out
    message = backdrop("check", "new.csv", "--format", "json").json["problems"][0]["message"]
    assert message.endswith(f"Use --same 2={rosa} or --new 2.")
    assert f"Use --same 2={rosa} or --new 2." in backdrop("import", "new.csv").out


def test_nothing_is_stored_while_a_question_is_open_unless_errors_are_skipped(
    backdrop: Run, school: School, rosa: str
) -> None:
    path = write("new.csv", RENAMED, student(1))
    assert backdrop("import", path).status == 1
    ran = backdrop("import", path, "--skip-errors", "--format", "json")
    assert (ran.status, ran.json["added"], ran.json["left_out"]) == (0, 1, 1)
    assert set(school.stored(STUDENTS)["surname"]) == {"Hill", student(1)["Surname"]}
    assert person(school, "Rosa") == rosa


def test_same_changes_the_person_stored(backdrop: Run, school: School, rosa: str) -> None:
    ran = backdrop("import", write("new.csv", RENAMED), "--same", f"2={rosa}")
    assert (ran.status, ran.err) == (0, "")
    assert school.stored(STUDENTS).select("id", "surname").rows() == [(rosa, "Marsh")]


def test_new_adds_somebody(backdrop: Run, school: School, rosa: str) -> None:
    assert backdrop("import", write("new.csv", RENAMED), "--new", "2").status == 0
    assert dict(school.stored(STUDENTS).select("surname", "id").iter_rows())["Hill"] == rosa
    assert school.stored(STUDENTS).height == 2


def test_nobody_is_asked_the_same_again(backdrop: Run, school: School, rosa: str) -> None:
    assert rosa
    path = write("new.csv", RENAMED)
    assert backdrop("import", path, "--new", "2").status == 0
    assert backdrop("check", path).status == 0
    assert backdrop("import", path, "--format", "json").json["unchanged"] == 1
    assert backdrop("undo").status == 0
    assert school.stored(STUDENTS).height == 1
    assert backdrop("check", path).status == 1


def test_what_was_said_about_a_namesake_is_not_believed_of_another(backdrop: Run, school: School) -> None:
    twice = [student(0, upn=upn(n), registration_group=form) for n, form in enumerate(("7A", "7B"))]
    assert backdrop("import", write("old.csv", *twice)).status == 0
    ids = dict(school.stored(STUDENTS).select("registration_group", "id").iter_rows())
    path = write("new.csv", *({**row, "UPN": ""} for row in twice))
    answers = ["--same", f"2={ids['7A']}", "--same", f"3={ids['7B']}"]
    assert backdrop("import", path, *answers).status == 0
    ran = backdrop("check", write("next.csv", twice[0] | {"UPN": ""}), "--format", "json")
    assert problems(ran) == {2: "person-ambiguous"}


def test_someone_recognised_can_be_somebody_else(backdrop: Run, school: School, rosa: str) -> None:
    assert backdrop("import", write("with_upn.csv", ROSA | {"UPN": upn(7)})).status == 0
    other = ROSA | {"UPN": upn(7), "Date of Birth": "09/11/2011"}
    found = backdrop("check", write("new.csv", other), "--format", "json").json["problems"]
    assert "person-changed" in [problem["code"] for problem in found]
    assert backdrop("import", "new.csv", "--new", "2").err == ""
    stored = {person["id"]: person["upn"] for person in school.stored(STUDENTS).iter_rows(named=True)}
    assert len(stored) == 2
    assert stored.pop(rosa) == upn(7)
    assert [*stored.values()] == [None]


def test_a_backdrop_id_beside_another_childs_facts_changes_nobody(backdrop: Run, school: School) -> None:
    twins = [student(0, first_name=name, upn="") for name in ("Ayaan", "Amina")]
    assert backdrop("import", write("old.csv", *twins)).status == 0
    ids = [person(school, name) for name in ("Amina", "Ayaan")]
    path = write("new.csv", *(row | {"Back:drop ID": other} for row, other in zip(twins, ids, strict=True)))
    assert backdrop("import", path, "--format", "json").json["unchanged"] == 2


def test_a_backdrop_id_beside_another_colleagues_name_is_a_question(backdrop: Run, school: School) -> None:
    lines = ["Ann,Khan,Teacher,Teachers,", "Ben,Khan,Teacher,Teachers,"]
    assert backdrop("import", staff(*lines), "--kind", "staff").status == 0
    ids = [person(school, name) for name in ("Ben", "Ann")]
    head = "First Name,Surname,Job Role,User Group,Email,Back:drop ID"
    rows = [head, *(f"{line},{other}" for line, other in zip(lines, ids, strict=True)), ""]
    Path("export.csv").write_text("\n".join(rows))
    ran = backdrop("check", "export.csv", "--kind", "staff", "--format", "json")
    assert problems(ran) == {2: "person-ambiguous", 3: "person-ambiguous"}


def test_whoever_had_left_comes_back_with_the_rights_agreed_to_or_not_at_all(
    backdrop: Run, school: School
) -> None:
    ann, bob = "Ann,Lee,DSL,DSLs,ann@b.org", "Bob,Ray,Teacher,Teachers,bob@b.org"
    assert backdrop("import", staff(ann, bob), "--kind", "staff").status == 0
    assert backdrop("turn", staff(bob), "--kind", "staff").status == 0
    path = staff("Ann,Lee,Supply teacher,Teachers,ann@b.org", bob)
    for command, existing in (("import", "update"), ("import", "fill"), ("turn", "skip")):
        options = ["--kind", "staff", "--existing", existing, "--dismiss", "rights-raised"]
        assert backdrop(command, path, *options).status == 0
        assert list(school.current(STAFF)["first_name"]) == ["Bob"]
    options = ["--kind", "staff", "--existing", "fill", "--apply", "rights-raised", "--format", "json"]
    given = [{"row": 2, "from": "no user group", "to": "Teachers"}]
    assert backdrop("import", path, *options).json["rights_raised"] == given
    groups = school.current(STAFF).select("first_name", "user_group")
    assert dict(groups.iter_rows()) == {"Ann": "Teachers", "Bob": "Teachers"}


@pytest.mark.parametrize("existing", ["fill", "skip"])
def test_nobody_is_asked_about_rights_that_would_not_change(backdrop: Run, existing: str) -> None:
    assert backdrop("import", staff("Ann,Lee,Teacher,Teachers,ann@b.org"), "--kind", "staff").status == 0
    path = staff("Ann,Lee,Teacher,DSLs,ann@b.org")
    ran = backdrop("import", path, "--kind", "staff", "--existing", existing, "--format", "json")
    assert (ran.status, ran.json["unchanged"]) == (0, 1)


def test_an_id_that_was_not_offered_is_refused_with_those_that_were(
    backdrop: Run, school: School, rosa: str
) -> None:
    assert backdrop("import", write("other.csv", student(5))).status == 0
    other = person(school, student(5)["First Name"])
    ran = backdrop("import", write("new.csv", RENAMED), "--same", f"2={other}")
    assert ran.status == 2
    assert ran.error_line == f"--same 2={other} can't be used. Use --same 2={rosa} or --new 2."


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--new", "3"], "--new 3 was skipped: there is no question about this row."),
        (["--same", "3=bd-1"], "--same 3=bd-1 was skipped: there is no question about this row."),
        (["--new", "77"], "--new 77 was skipped: the file has no such row."),
        (["--new", "x.csv:2"], "--new x.csv:2 was skipped: the file has no such row."),
        (["--same-all", "upn-taken"], "--same-all upn-taken was skipped: there is no such question in this file."),
        (["--same-all", "upn-length"], "--same-all upn-length was skipped: no question has this code."),
    ],
)  # fmt: skip
def test_an_answer_without_a_question_is_skipped_with_a_sentence(
    backdrop: Run, rosa: str, options: list[str], reason: str
) -> None:
    assert rosa
    ran = backdrop("check", write("new.csv", RENAMED, student(1)), *options)
    assert (ran.status, ran.error_line) == (1, reason)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--same", "2"], "Write --same as “ROW=ID”, not “2”."),
        (["--same", "=bd-1"], "Write --same as “ROW=ID”, not “=bd-1”."),
        (["--same", "2=bd-1", "--new", "2"], "Use --same or --new only once for row 2."),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(backdrop: Run, options: list[str], sentence: str) -> None:
    ran = backdrop("check", write("new.csv", RENAMED), *options)
    assert (ran.status, ran.error_line) == (2, sentence)


def test_with_several_files_a_row_is_named_with_its_file(backdrop: Run, school: School, rosa: str) -> None:
    files = [write("7A.csv", student(1)), write("7B.csv", student(2), RENAMED)]
    assert f"Use --same 7B.csv:3={rosa} or --new 7B.csv:3." in backdrop("check", *files).out
    assert backdrop("import", *files, "--same", f"7B.csv:3={rosa}").status == 0
    assert school.stored(STUDENTS).filter(pl.col("id") == rosa)["surname"].item() == "Marsh"


def test_many_questions_are_answered_at_once(backdrop: Run, school: School) -> None:
    old = [student(number, upn="") for number in range(3)]
    assert backdrop("import", write("old.csv", *old)).status == 0
    ids = set(school.stored(STUDENTS)["id"])
    path = write(
        "new.csv", *({**row, "Surname": name} for row, name in zip(old, ("Ash", "Beech", "Elm"), strict=True))
    )
    assert "    --same-all person-near: 3 rows\n" in backdrop("check", path).out
    assert backdrop("import", path, "--same-all", "person-near").status == 0
    assert set(school.stored(STUDENTS)["id"]) == ids
    assert set(school.stored(STUDENTS)["surname"]) == {"Ash", "Beech", "Elm"}


def test_a_possible_twin_is_not_answered_together_with_others(backdrop: Run, rosa: str) -> None:
    assert rosa
    twin = ROSA | {"First Name": "Ida", "Gender": ""}
    assert backdrop("import", write("other.csv", student(5, upn=""))).status == 0
    path = write("new.csv", twin, student(5, upn="", surname="Marsh"))
    ran = backdrop("check", path, "--same-all", "person-near", "--format", "json")
    assert problems(ran) == {2: "person-near"}
    assert ran.error_line == "--same-all person-near doesn't answer row 2: answer each with --same or --new."


def test_a_question_about_a_upn_is_answered_row_by_row(backdrop: Run) -> None:
    assert backdrop("import", write("old.csv", student(0))).status == 0
    sister = student(0, first_name="Yasmin", date_of_birth="05/06/2013")
    ran = backdrop("check", write("new.csv", sister), "--same-all", "upn-taken")
    assert ran.status == 2
    assert "have to be answered row by row, with --same and --new" in ran.error_line


def test_a_new_student_does_not_get_the_upn_of_another(backdrop: Run, school: School) -> None:
    assert backdrop("import", write("old.csv", student(0))).status == 0
    sister = student(0, first_name="Yasmin", date_of_birth="05/06/2013")
    assert problems(backdrop("check", write("new.csv", sister), "--format", "json")) == {2: "upn-taken"}
    assert backdrop("import", "new.csv", "--new", "2").status == 0
    upns = dict(school.stored(STUDENTS).select("first_name", "upn").iter_rows())
    assert upns == {"Amira": upn(0), "Yasmin": None}


def test_of_two_rows_about_one_person_same_keeps_one_and_leaves_the_other_out(
    backdrop: Run, school: School
) -> None:
    assert backdrop("import", write("old.csv", ROSA)).status == 0
    rosa = person(school, "Rosa")
    path = write("new.csv", ROSA | {"Registration Group": "7B"}, ROSA | {"Registration Group": "7C"})
    ran = backdrop("check", path)
    assert ran.status == 1
    assert f"Use --same 3={rosa} or --new 3." in ran.out
    ran = backdrop("import", path, "--same", f"3={rosa}", "--format", "json")
    assert (ran.status, ran.json["updated"], ran.json["left_out"]) == (0, 1, 1)
    assert school.stored(STUDENTS)["registration_group"].to_list() == ["7C"]


def test_of_two_rows_about_one_person_new_says_that_one_is_somebody_else(
    backdrop: Run, school: School
) -> None:
    assert backdrop("import", write("old.csv", ROSA)).status == 0
    rosa = person(school, "Rosa")
    path = write("new.csv", ROSA | {"Registration Group": "7B"}, ROSA | {"Registration Group": "7C"})
    ran = backdrop("import", path, "--same", f"2={rosa}", "--new", "3", "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    assert (ran.json["added"], ran.json["updated"], ran.json["left_out"]) == (1, 1, 0)


def test_two_staff_of_one_name_are_told_apart_at_the_first_import(backdrop: Run, school: School) -> None:
    path = staff("Jo,Lee,Teacher,Teachers,", "Jo,Lee,Coach,TAs,")
    ran = backdrop("check", path, "--kind", "staff")
    assert ran.status == 1
    assert "Use --new 3." in ran.out
    assert backdrop("import", path, "--kind", "staff", "--new", "3").status == 0
    assert school.stored(STAFF).height == 2


def test_more_rights_are_reported_and_given_only_if_agreed(backdrop: Run, school: School) -> None:
    assert backdrop("import", staff("Ann,Lee,Teacher,Teachers,ann@a.org"), "--kind", "staff").status == 0
    path = staff("Ann,Lee,Deputy Head,DSLs,ann@a.org")
    raised = [{"row": 2, "from": "Teachers", "to": "DSLs"}]
    for options in ([], ["--skip-errors"]):
        ran = backdrop("import", path, "--kind", "staff", "--format", "json", *options)
        assert (ran.status, ran.json["rights_raised"]) == (1, raised)
    ran = backdrop("check", path, "--kind", "staff")
    assert "--dismiss rights-raised: Keep the user groups that they have" in ran.out
    ran = backdrop("import", path, "--kind", "staff", "--dismiss", "rights-raised", "--format", "json")
    assert (ran.status, ran.json["rights_raised"]) == (0, [])
    assert school.stored(STAFF).select("job_role", "user_group").rows() == [("Deputy Head", "Teachers")]
    agreed = ("--kind", "staff", "--apply", "rights-raised", "--format", "json")
    assert backdrop("import", path, *agreed, "--existing", "skip").json["rights_raised"] == []
    ran = backdrop("import", path, *agreed)
    assert (ran.status, ran.json["rights_raised"]) == (0, raised)
    assert school.stored(STAFF)["user_group"].to_list() == ["DSLs"]


def test_rights_that_only_an_answer_raises_can_be_agreed_to_in_the_same_command(
    backdrop: Run, school: School
) -> None:
    assert backdrop("import", staff("Ann,Lee,Teacher,Teachers,ann@a.org"), "--kind", "staff").status == 0
    ann = person(school, "Ann")
    path = staff("Ann,Lee,Safeguarding Lead,DSLs,a.lee@b.org")
    assert problems(backdrop("check", path, "--kind", "staff", "--format", "json")) == {2: "person-near"}
    ran = backdrop("import", path, "--kind", "staff", "--same", f"2={ann}")
    assert ran.status == 1
    assert "1 person would get more rights" in ran.out
    ran = backdrop("import", path, "--kind", "staff", "--same", f"2={ann}", "--apply", "rights-raised")
    assert (ran.status, ran.err) == (0, "")
    assert school.stored(STAFF).select("id", "email").rows() == [(ann, "a.lee@b.org")]


def test_a_column_that_has_slipped_can_only_be_dismissed(backdrop: Run, school: School) -> None:
    old = [student(number) for number in range(30)]
    assert backdrop("import", write("old.csv", *old)).status == 0
    slipped = [{**row, "UPN": old[number - 1]["UPN"]} for number, row in enumerate(old)]
    path = write("new.csv", *slipped)
    findings = backdrop("check", path, "--format", "json").json["findings"]
    assert [finding["code"] for finding in findings if finding["level"] == "error"] == ["column-slipped"]
    assert backdrop("check", path, "--apply", "column-slipped").status == 2
    first = school.stored(STUDENTS)["id"][0]
    ran = backdrop("check", path, "--new", "2")
    assert "what the file as a whole says has to be answered first" in ran.error_line
    ran = backdrop("check", path, "--dismiss", "column-slipped", "--format", "json")
    assert set(problems(ran).values()) == {"upn-taken"}
    assert backdrop("check", path, "--dismiss", "column-slipped", "--same", f"2={first}").status == 1


def test_exchanged_names_are_put_right(backdrop: Run, school: School) -> None:
    old = [student(number) for number in range(12)]
    assert backdrop("import", write("old.csv", *old)).status == 0
    path = write(
        "new.csv", *({**row, "First Name": row["Surname"], "Surname": row["First Name"]} for row in old)
    )
    assert backdrop("check", path).status == 1
    ran = backdrop("import", path, "--apply", "names-exchanged", "--format", "json")
    assert (ran.status, ran.json["unchanged"]) == (0, 12)
    assert school.stored(STUDENTS)["first_name"][0] == old[0]["First Name"]


def test_first_names_that_are_short_forms_can_be_left_as_they_are_stored(
    backdrop: Run, school: School
) -> None:
    old = [student(number, first_name="Thomas", gender="M") for number in range(12)]
    assert backdrop("import", write("old.csv", *old)).status == 0
    path = write("new.csv", *({**row, "First Name": "Tom"} for row in old))
    assert backdrop("check", path).status == 1
    ran = backdrop("import", path, "--apply", "first-names-alike", "--format", "json")
    assert (ran.status, ran.json["unchanged"]) == (0, 12)
    assert backdrop("import", path, "--dismiss", "first-names-alike").status == 0
    assert set(school.stored(STUDENTS)["first_name"]) == {"Tom"}


def test_a_list_of_another_school_can_be_dismissed(backdrop: Run, school: School) -> None:
    def pupils(start: int) -> list[dict[str, str]]:
        """120 students, each with a surname of their own."""
        numbers = range(start, start + 120)
        return [student(n, surname=f"{chr(65 + n % 26)}{chr(97 + n // 26)}lee") for n in numbers]

    assert backdrop("import", write("old.csv", *pupils(0))).status == 0
    path = write("new.csv", *pupils(500))
    findings = backdrop("check", path, "--format", "json").json["findings"]
    assert "another-school" in [finding["code"] for finding in findings]
    assert backdrop("import", path).status == 1
    assert backdrop("import", path, "--apply", "another-school").status == 2
    assert backdrop("import", path, "--dismiss", "another-school", "--skip-errors").status == 0
    assert school.stored(STUDENTS).height > 120
