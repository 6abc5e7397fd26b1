"""Imports of made-up people for tests."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from backdrop_tui.imports.completion import Terms, complete
from backdrop_tui.imports.consent import as_seen
from backdrop_tui.imports.jobs import Job, recorded_import
from backdrop_tui.imports.pipeline import basis_of
from backdrop_tui.imports.result import ImportResult
from backdrop_tui.imports.stages import Progress, no_progress
from backdrop_tui.imports.undo import UndoResult, undo
from backdrop_tui.imports.untold_undo import note_undo_told
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.intake.linking.plan import Existing, plan_import
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.account import account_of
from backdrop_tui.school.import_history import ImportRecord, import_records
from backdrop_tui.school.school import School
from tests.support.linking import linked
from tests.support.made_up import NOW, STAFF, STUDENTS, TODAY, people, student, table

Row = Mapping[str, str | None]


def pupil(surname: str, **changes: str | None) -> dict[str, str | None]:
    """A student by the fields' keys, without a UPN."""
    return {
        "first_name": "Zoë",
        "surname": surname,
        "date_of_birth": "2014-05-06",
        "year_group": "7",
    } | changes


def colleague(surname: str, group: str) -> dict[str, str | None]:
    """A member of staff by the fields' keys."""
    return {"first_name": "Jo", "surname": surname, "job_role": "Teacher", "user_group": group}


def sign_up(school: School, *, verified: bool = True) -> None:
    """Store an account as signing up and verifying do."""
    account = {
        "name": "Jo",
        "email": "jo@example.org",
        "signed_up": 1.0,
        "verified": 2.0 if verified else None,
    }
    school.store.table("account").put("account", account)
    school.settings.put("organisation", "Hill Top")


def import_people(
    school: School,
    *rows: Row,
    file: str = "pupils.csv",
    kind: RecordKind = STUDENTS,
    existing: Existing = "update",
) -> ImportRecord:
    """Import people without checking them, after signing up if need be. Returns the record of the import."""
    if account_of(school) is None:
        sign_up(school)
    with recorded_import(school, kind, file) as job:
        store_rows(school, job, kind, *rows, existing=existing)
    return import_records(school)[0]


def store_rows(school: School, job: Job, kind: RecordKind, *rows: Row, existing: Existing = "update") -> None:
    """Plan, store and record people as part of an import."""
    with school.store.transaction():
        ready, stored = people(kind, *rows), school.stored(kind)
        plan = plan_import(kind, ready, linked(kind, ready, stored), stored, existing)
        job.store(kind, plan)
    job.finish()


def states(school: School) -> list[str]:
    """The states of the imports, the newest first."""
    return [record.state for record in import_records(school)]


def groups(school: School, kind: RecordKind = STUDENTS) -> dict[str, str]:
    """Everyone's registration group, or user group for staff, by surname."""
    key = "user_group" if kind is STAFF else "registration_group"
    return dict(school.stored(kind).select("surname", pl.col(key).fill_null("")).iter_rows())


def person_id(school: School, surname: str, kind: RecordKind = STUDENTS) -> str:
    """The id of the person with this surname, a student unless another kind is given."""
    value: Any = school.stored(kind).filter(pl.col("surname") == surname)["id"].item()
    return str(value)


def draft_with_three_ready(school: School, folder: Path) -> Draft:
    """Sign up, and make a draft of four students, one of whom has an error."""
    sign_up(school)
    rows = [student(0), student(1), student(2, gender="Boy"), student(3)]
    return Draft.create(school.folder, STUDENTS, [SourceFile.at(folder / "pupils.csv", table(rows))], NOW)


def checked(school: School, draft: Draft) -> Review:
    """Check a draft against what is stored now."""
    return review(draft.intake(), basis_of(school, draft.kind, TODAY))


def complete_draft(
    school: School, draft: Draft, seen: Review | None = None, progress: Progress = no_progress
) -> ImportResult:
    """Complete a draft as the app does, after checking it now unless a review is given."""
    seen = seen or checked(school, draft)
    return complete(school, seen, Terms(as_seen, "update"), today=TODAY, draft=draft, progress=progress)


def undo_record_ids(school: School) -> list[str]:
    """The ids of the imports that have an undo record."""
    return sorted(document["key"] for document in school.store.table("undo").all())


def undo_and_tell(school: School, *, force: bool = False) -> UndoResult:
    """Undo the last import, and tell the user."""
    result = undo(school, force=force)
    note_undo_told(school, result.record)
    return result
