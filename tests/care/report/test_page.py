"""What the page for the head says."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from backdrop_tui.care.report.page import page_of
from backdrop_tui.care.report.parts import Chart, Page, Section
from backdrop_tui.care.report.text import as_text
from backdrop_tui.imports.completion import Terms, complete
from backdrop_tui.imports.consent import whatever_is_ready
from backdrop_tui.imports.move_up import move_up
from backdrop_tui.imports.pipeline import basis_of, from_file, match
from backdrop_tui.imports.turn.terms import TurnTerms
from backdrop_tui.imports.undo_record import remove_undo_record
from backdrop_tui.intake.draft.review import review
from backdrop_tui.people.invitation_results import Invitation, save_invitation
from backdrop_tui.records.leaving import as_left
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.account import NoAccountError
from backdrop_tui.school.import_history import import_records, put_record
from backdrop_tui.school.school import School
from tests.support.imports import colleague, import_people, pupil, sign_up
from tests.support.made_up import STAFF, STUDENTS, TODAY, read, student, table

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def section(page: Page, title: str) -> Section:
    return next(section for section in page.sections if section.title == title)


def chart(page: Page, title: str) -> list[tuple[str, int, str]]:
    """The lines of a chart."""
    charts = [part for each in page.sections for part in each.parts if isinstance(part, Chart)]
    return [
        (bar.label, bar.number, bar.detail) for part in charts if part.title == title for bar in part.bars
    ]


def import_file(school: School, path: Path, kind: RecordKind = STUDENTS) -> None:
    """Import the rows of a file that have no errors."""
    sheet = read(path.read_bytes(), kind)
    seen = review(from_file(path, sheet, match(school, kind, sheet)), basis_of(school, kind, TODAY))
    complete(school, seen, Terms(whatever_is_ready, "update"), today=TODAY)


@pytest.fixture
def with_faults(school: School, tmp_path: Path) -> Path:
    """A file of four students, of whom two have been imported."""
    sign_up(school)
    path = tmp_path / "pupils.csv"
    rows = [student(0), student(1), student(2, surname="Nul\x00l"), student(3, gender="Boy", year_group="99")]
    path.write_bytes(table(rows))
    import_file(school, path)
    return path


def test_students_are_counted_by_year_and_form_in_the_order_of_school(school: School) -> None:
    rows = [("R", "Oak"), ("10", "10A"), ("7", "7B"), ("7", "7A"), ("7", "7B"), ("7", None)]
    people = [pupil(f"P{n}", year_group=year, registration_group=form) for n, (year, form) in enumerate(rows)]
    import_people(school, *people)
    assert chart(page_of(school, NOW), "Students by year group and form") == [
        ("Reception", 1, "Oak 1"),
        ("Year 7", 4, "7A 1, 7B 2, Not given 1"),
        ("Year 10", 1, "10A 1"),
    ]


@pytest.mark.usefixtures("with_faults")
def test_nobody_is_named_unless_that_is_asked_for_and_the_log_says_when_it_was(school: School) -> None:
    import_people(school, colleague("Quartermaine", "DSLs"), kind=STAFF)
    secret = ["Smith", "O'Neill", "Khan", "Quartermaine", "jo@example.org", "Amira", "Dev"]
    text = as_text(page_of(school, NOW))
    assert [name for name in secret if name in text] == []
    assert [entry["event"] for entry in school.store.logged()].count("report-names") == 0
    named = as_text(page_of(school, NOW, names=True))
    assert "Quartermaine, Teacher" in named
    *_, entry = school.store.logged()
    assert entry["event"] == "report-names"
    assert set(entry) == {"when", "user", "account", "event"}


def test_it_says_why_rows_were_left_out_and_with_names_who(school: School, with_faults: Path) -> None:
    page = page_of(school, NOW)
    assert chart(page, "Left out, and why") == [
        ("Surname has a control character", 1, ""),
        ("Gender is not Male or Female", 1, ""),
    ]
    named = as_text(page_of(school, NOW, names=True))
    assert "Who was left out, from pupils_errors.csv" in named
    assert "Dev O'Neill: “Boy” can't be stored as a gender." in named
    with_faults.with_name("pupils_errors.csv").write_bytes(b"\x00\xff")
    assert "which can't be read now" in as_text(page_of(school, NOW, names=True))
    with_faults.with_name("pupils_errors.csv").unlink()
    assert "is no longer where it was saved" in " ".join(as_text(page_of(school, NOW, names=True)).split())


@pytest.mark.usefixtures("with_faults")
def test_rows_left_out_by_an_earlier_version_have_no_reasons(school: School) -> None:
    (record,) = import_records(school)
    put_record(school, replace(record, left_out_for=(), errors_file=""))
    text = " ".join(as_text(page_of(school, NOW, names=True)).split())
    assert "2 rows left out" in text
    assert "Why rows were left out was not kept" in text
    assert "Their names were not kept" in text


def test_a_single_student_isn_t_all_students(school: School) -> None:
    import_people(school, pupil("Smith", upn="1"))
    assert "1 student joined with the last import." in as_text(page_of(school, NOW))


def test_it_says_what_the_last_import_changed_and_who_has_joined(school: School) -> None:
    import_people(school, pupil("Smith", upn="1"), pupil("Khan", upn="2"))
    assert "All 2 students were added by the last import." in as_text(page_of(school, NOW))
    import_people(
        school,
        pupil("Smith", upn="1", registration_group="7A"),
        pupil("Khan", upn="2", registration_group="7B", year_group="8"),
        pupil("Nowak", upn="3", year_group="9"),
    )
    page = page_of(school, NOW, names=True)
    assert chart(page, "What changed") == [("Year Group", 1, ""), ("Registration Group", 2, "")]
    assert chart(page, "Students who joined") == [("Year 9", 1, "")]
    assert "Zoë Nowak, Year 9" in as_text(page)
    last = import_records(school)[0].id
    school.store.table("undo").put(last, {"added": "damaged"})
    assert "1 student joined with the last import." in as_text(page_of(school, NOW))
    remove_undo_record(school, last)
    assert "1 student joined with the last import." in as_text(page_of(school, NOW))


def test_it_says_who_has_left_and_what_is_to_be_done_for_them(school: School) -> None:
    import_people(school, pupil("Smith", year_group="11"), pupil("Khan", year_group="9"))
    import_people(school, colleague("Adams", "DSLs"), colleague("Byrne", "Teachers"), kind=STAFF)
    for kind, left_on in ((STUDENTS, TODAY - timedelta(days=40)), (STAFF, TODAY)):
        people = school.stored(kind)
        school.store.people(kind.name).apply(changed=as_left(people, left_on))
    page = page_of(school, NOW, names=True)
    text = " ".join(as_text(page).split())
    assert "2 students left in the past 12 months." in text
    assert chart(page, "Students who left, by the year group that they were in") == [
        ("Year 9", 1, ""),
        ("Year 11", 1, ""),
    ]
    assert chart(page, "To be done for students who have left")[0][1:] == (2, "2 late")
    assert "Zoë Smith, Year 11; left on 21/01/2026; file: not asked yet" in text
    assert "1 person who left held child-protection rights" in text
    later = page_of(school, NOW + timedelta(days=400))
    assert "0 students left in the past 12 months." in as_text(later)


def test_a_years_turn_says_who_left_with_it(school: School) -> None:
    import_people(school, pupil("Smith", year_group="14"), pupil("Khan"))
    move_up(school, TurnTerms(date(2026, 3, 2)), today=TODAY)
    text = as_text(page_of(school, NOW))
    assert "The move to a new school year without a file" in text
    assert "1 left the school, 0 came back, 0 unclear." in " ".join(text.split())


def test_it_lists_the_groups_with_child_protection_rights_and_the_steps_to_do(school: School) -> None:
    sign_up(school)
    text = " ".join(as_text(page_of(school, NOW)).split())
    assert "DSLs: 0 people (view child protection and receive child-protection alerts)" in text
    assert "Nobody is in “DSLs” yet." in text
    assert "Students (to do): Import a CSV file, or add by hand." in text
    import_people(school, colleague("Adams", "DSLs"), kind=STAFF)
    assert (
        "DSLs: 1 person (view child protection and receive child-protection alerts): Teacher: 1"
        in " ".join(as_text(page_of(school, NOW)).split())
    )


def test_what_is_left_to_do_names_messages_that_nobody_has_received(school: School) -> None:
    sign_up(school)
    import_people(school, colleague("Adams", "DSLs"), colleague("Brown", "TAs"), kind=STAFF)
    first = school.stored(STAFF)["id"][0]
    save_invitation(school, first, Invitation("outbox", "adams@example.org", NOW.timestamp()))
    texts = [
        part for part in section(page_of(school, NOW), "What is left to do").parts if isinstance(part, str)
    ]
    assert texts == [
        "1 welcome e-mail is only a file in the outbox, because no mail server was set up.",
        "1 member of staff has not been sent a welcome e-mail.",
    ]


def test_there_is_no_page_before_someone_has_signed_up(school: School) -> None:
    with pytest.raises(NoAccountError):
        page_of(school, NOW)
