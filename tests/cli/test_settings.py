"""`backdrop settings`, and what each setting does to the other commands."""

from pathlib import Path

import pytest

from backdrop_tui.mail.outbox import outbox_text
from backdrop_tui.mail.password import VARIABLE
from backdrop_tui.school.school import School
from backdrop_tui.school.settings import SETTINGS
from backdrop_tui.store.folder import DataFolder
from tests.cli import Run
from tests.support.imports import import_people, pupil
from tests.support.made_up import STUDENTS, student, table
from tests.support.mail_server import mail_server

SECRET = "correct-horse"  # noqa: S105 - of nothing


@pytest.mark.parametrize(
    "arguments", [[], ["phase"], ["phase", "primary"], ["--reviewed"], ["--test-mail"], ["colour"]]
)
def test_settings_are_locked_before_signing_up(backdrop: Run, data: DataFolder, arguments: list[str]) -> None:
    ran = backdrop("settings", *arguments)
    assert ran.status == 3
    assert "Complete “Sign up” first" in ran.error_line
    assert not data.path.exists()


@pytest.mark.usefixtures("signed_up")
def test_all_settings_are_listed_with_their_purpose_in_80_columns(
    backdrop: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)
    ran = backdrop("settings")
    assert ran.status == 0
    assert max(map(len, ran.out.splitlines())) < 80
    for name, setting in SETTINGS.items():
        assert f"\n{name}" in f"\n{ran.out}"
        assert setting.purpose in " ".join(ran.out.split())
    assert "\nkeep-transferred  1 (default)\n" in ran.out
    assert "    sixth form: Year 12 to Year 14\n" in ran.out
    assert "phase             all-through (default)\n" in ran.out
    assert "lead-name         not set\n" in ran.out
    assert f"Password: found in {VARIABLE}" in ran.out
    assert "Not confirmed as reviewed yet." in ran.out
    assert SECRET not in ran.out


@pytest.mark.usefixtures("signed_up")
def test_all_settings_are_listed_as_json(backdrop: Run) -> None:
    listing = backdrop("settings", "--format", "json").json
    assert [setting["name"] for setting in listing["settings"]] == list(SETTINGS)
    assert listing["settings"][2] == {
        "name": "academic-year",
        "value": 2025,
        "default": 2025,
        "is_default": True,
        "purpose": SETTINGS["academic-year"].purpose,
    }
    assert (listing["mail_password"], listing["reviewed"]) == (None, False)


@pytest.mark.usefixtures("signed_up")
def test_a_setting_is_printed_alone_changed_and_set_back(backdrop: Run) -> None:
    assert backdrop("settings", "phase").out == "all-through\n"
    assert backdrop("settings", "phase", "Sixth-Form").out == "phase is now sixth form.\n"
    ran = backdrop("settings", "phase")
    assert (ran.out, ran.err) == ("sixth form\n", "")
    assert "Its default is all-through." in backdrop("settings").out
    assert backdrop("settings", "phase", "sixth form").out == "phase is still sixth form.\n"
    assert backdrop("settings", "phase", "", "--format", "json").json["value"] == "all-through"


@pytest.mark.usefixtures("signed_up")
def test_what_is_printed_of_a_setting_sets_it_again(backdrop: Run) -> None:
    for name in SETTINGS:
        value = backdrop("settings", name).out.removesuffix("\n")
        assert "\n" not in value
        assert backdrop("settings", name, value).out.startswith(f"{name} is still "), name
    assert backdrop("settings", "academic-year").out == "2025\n"
    assert backdrop("settings", "lead-name").out == "\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["colour"], "There is no setting “colour”"),
        (["phase", "university"], "The phase can't be “university”"),
        (["organisation", ""], "can't be blank"),
        (["organisation", "Hill", "Top"], 'backdrop settings organisation "Hill Top"'),
        (["idle-minutes", "0"], "from 1 to 1440"),
        (["phase", "--reviewed"], "Use only one of these"),
        (["--test-mail", "head"], "not an e-mail address"),
        (["--colour"], "No such option"),
    ],
)
@pytest.mark.usefixtures("signed_up")
def test_unusable_arguments_end_with_2_and_one_sentence(
    backdrop: Run, arguments: list[str], message: str
) -> None:
    ran = backdrop("settings", *arguments)
    assert ran.status == 2
    assert message in ran.error_line
    assert ran.out == ""


@pytest.mark.usefixtures("signed_up")
def test_a_damaged_data_folder_ends_with_4(backdrop: Run, data: DataFolder) -> None:
    data.setup.write_bytes(b"{")
    for arguments in (["phase"], ["phase", "primary"], ["--reviewed"]):
        assert backdrop("settings", *arguments).status == 4


@pytest.mark.usefixtures("signed_up")
def test_confirming_the_settings_is_stored(backdrop: Run) -> None:
    assert backdrop("settings", "--reviewed").out == "The system settings are confirmed as reviewed.\n"
    assert backdrop("settings").out.endswith("\nConfirmed as reviewed.\n")
    steps = backdrop("status", "--format", "json").json["steps"]
    assert {step["key"]: step["state"] for step in steps}["settings"] == "done"


@pytest.mark.usefixtures("signed_up")
def test_a_test_message_goes_to_the_account_or_to_a_given_address(backdrop: Run, data: DataFolder) -> None:
    to_account = backdrop("settings", "--test-mail")
    assert to_account.status == 0
    (path,) = data.outbox.iterdir()
    assert str(path) in to_account.out
    assert "jo@example.org" in to_account.out
    other = backdrop("settings", "--test-mail", "head@example.org", "--format", "json").json
    assert (other["to"], other["by"]) == ("head@example.org", "outbox")
    assert "Test message" in outbox_text(Path(other["path"]))


@pytest.mark.usefixtures("signed_up")
def test_the_mail_server_that_is_set_is_used(backdrop: Run) -> None:
    with mail_server() as box:
        for name, value in (
            ("host", "127.0.0.1"),
            ("port", str(box.port)),
            ("security", "none"),
            ("from", "office@example.org"),
        ):
            assert backdrop("settings", f"mail-{name}", value).status == 0
        backdrop("settings", "organisation", "Hill Side")
        ran = backdrop("settings", "--test-mail")
    assert f"The mail server (127.0.0.1, port {box.port}) accepted the test message" in ran.out
    assert box.messages[0]["From"] == "Hill Side <office@example.org>"
    assert "Hill Side" in box.messages[0]["Subject"]


@pytest.mark.usefixtures("signed_up")
def test_a_mail_server_that_does_not_answer_is_reported(backdrop: Run) -> None:
    backdrop("settings", "mail-host", "127.0.0.1")
    backdrop("settings", "mail-port", "1")
    ran = backdrop("settings", "--test-mail")
    assert ran.status == 2
    assert "No mail server answers" in ran.error_line


@pytest.mark.usefixtures("signed_up")
def test_year_groups_outside_the_phase_get_a_warning(backdrop: Run, students_csv: Path) -> None:
    assert "year-phase" not in backdrop("check", students_csv, "--format", "json").out
    backdrop("settings", "phase", "primary")
    assert "year-phase" in backdrop("check", students_csv, "--format", "json").out


@pytest.mark.usefixtures("signed_up")
def test_the_academic_year_decides_which_ages_fit(backdrop: Run, students_csv: Path) -> None:
    assert backdrop("check", students_csv, "--format", "json").json["counts"]["warnings"] == 0
    backdrop("settings", "academic-year", "2026")
    assert backdrop("check", students_csv, "--format", "json").json["counts"]["warnings"] == 10


def test_people_already_stored_are_treated_as_the_setting_says(
    backdrop: Run, data: DataFolder, tmp_path: Path
) -> None:
    data.create()
    with School(data) as school:
        import_people(
            school, pupil("O'Neill", first_name="Amira", date_of_birth="2014-01-01", registration_group="7A")
        )
    row = student(surname="O'Neill", first_name="Amira", date_of_birth="01/01/2014", registration_group="7B")
    (tmp_path / "p.csv").write_bytes(table([row | {"Year Group": "7"}]))
    backdrop("settings", "existing", "skip")
    assert backdrop("import", "p.csv", "--format", "json").json["unchanged"] == 1
    backdrop("settings", "existing", "")
    assert backdrop("import", "p.csv", "--format", "json").json["updated"] == 1
    with School(data, read_only=True) as school:
        assert school.stored(STUDENTS)["registration_group"].to_list() == ["7B"]


@pytest.mark.usefixtures("frozen_day")
def test_a_change_reports_what_it_means_for_people_already_stored(backdrop: Run, data: DataFolder) -> None:
    data.create()
    with School(data) as school:
        import_people(school, pupil("Lee"))
    ran = backdrop("settings", "phase", "primary")
    assert "1 student is in a year group that this phase does not have" in " ".join(ran.out.split())
    assert max(map(len, ran.out.splitlines())) < 80
