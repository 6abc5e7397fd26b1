"""What several tests of `--plain` share."""

from pathlib import Path

from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.imports import import_people


def write(name: str, data: bytes | str) -> None:
    """Write a file that nobody else can read."""
    Path(name).write_bytes(data.encode() if isinstance(data, str) else data)
    Path(name).chmod(0o600)


def names(school: School) -> list[str]:
    """The names of all students."""
    return [" ".join(name) for name in school.stored(STUDENTS).select("first_name", "surname").iter_rows()]


def stored(data: DataFolder, *rows: dict[str, str | None]) -> None:
    """Store students."""
    with School(data) as school:
        import_people(school, *rows)
