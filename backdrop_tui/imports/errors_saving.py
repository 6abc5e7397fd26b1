"""Saving the rows that are not imported, so that they can be fixed and imported later."""

from pathlib import Path

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.output.errors_file import errors_file, errors_file_path
from backdrop_tui.school.school import School
from backdrop_tui.store.private_file import write_private


def save_errors(school: School, review: Review, path: Path | None = None) -> Path | None:
    """Save the rows that are not ready to an errors file, except those that aren't people.

    Args:
        school: The school. Its data folder takes the file if it can't be written beside the imported one.
        review: The rows, checked.
        path: Where the user wants the file; None for a new file beside the imported one, named after it. For several
            files that were read as one, it is named after the kind of people.

    Returns:
        The path of the file; None if every person is ready.

    Raises:
        UnusableChoiceError: It can't be written.
    """
    intake = review.intake
    if not review.to_fix_later.height:
        return None
    data = errors_file(intake.matching, intake.sheet, review.to_fix_later, review.problems)
    if path is not None:
        write_private(path, data)
        return path
    name = intake.path.name if intake.path and not intake.sheet.files else f"{intake.kind.name}.csv"
    if intake.path is not None:
        try:
            return _write_beside(intake.path.with_name(name), data)
        except UnusableChoiceError:
            pass  # the data folder can be written, unless nothing can
    return _write_beside(school.folder.path / name, data)


def _write_beside(file: Path, data: bytes) -> Path:
    """Write an errors file to a free name beside a file. Returns its path."""
    path = errors_file_path(file)
    write_private(path, data, replace=False)
    return path
