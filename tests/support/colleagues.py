"""Made-up staff for tests of inviting."""

from pathlib import Path

import polars as pl

from backdrop_tui.people.invitees import Invitee, invitees
from backdrop_tui.records.leaving import as_current
from backdrop_tui.records.staff import STAFF
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import REVIEW_GROUPS, REVIEW_SETTINGS
from backdrop_tui.steps.marks import mark_reviewed
from tests.support.imports import sign_up


def colleagues(school: School, *people: tuple[str, str | None], group: str = "Teachers") -> None:
    """Store staff by surname and address."""
    rows = [
        {"first_name": "Jo", "surname": surname, "job_role": "Teacher", "user_group": group, "email": email}
        for surname, email in people
    ]
    staff = pl.DataFrame(rows, schema_overrides={"email": pl.String})
    school.store.people("staff").apply(as_current(STAFF, staff))


def many(school: School, number: int, group: str = "Teachers") -> None:
    """Store a number of staff: Aaaa with aaaa@example.org, Aaab with aaab@example.org, and so on."""
    names = ("".join(chr(97 + n // 26**place % 26) for place in (3, 2, 1, 0)) for n in range(number))
    colleagues(school, *((name.title(), f"{name}@example.org") for name in names), group=group)


def opened(school: School) -> None:
    """Do all steps that inviting staff depends on: sign up, verify, review settings and groups."""
    sign_up(school)
    mark_reviewed(school, REVIEW_SETTINGS)
    mark_reviewed(school, REVIEW_GROUPS)


def of(school: School, surname: str) -> Invitee:
    """The member of staff with this surname."""
    return next(one for one in invitees(school) if one.name.endswith(f" {surname}"))


def outbox(school: School) -> list[Path]:
    """The message files in the outbox, oldest first."""
    return sorted(school.folder.outbox.glob("*.eml"))
