import csv

from backdrop_tui.intake.output.export import export, template
from tests.support.made_up import STAFF, STUDENTS, stored


def test_templates_have_the_labels_of_the_fields_as_headings() -> None:
    assert (
        template(STUDENTS) == b"First Name,Surname,Date of Birth,Gender,Year Group,Registration Group,UPN\n"
    )
    assert template(STAFF) == b"First Name,Surname,Job Role,User Group,Email\n"


def test_an_export_has_stored_values_and_blank_cells() -> None:
    people = stored(STUDENTS, {"first_name": "Zoë", "surname": "=cmd", "date_of_birth": "2012-03-14"})
    (row,) = csv.DictReader(export(STUDENTS, people).decode().splitlines())
    assert (row["First Name"], row["Surname"], row["Date of Birth"]) == ("Zoë", "'=cmd", "2012-03-14")
    assert row["UPN"] == ""
