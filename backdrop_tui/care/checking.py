"""Checking that everything is as it was stored."""

from backdrop_tui.errors import DataFolderError
from backdrop_tui.intake.draft.draft_listing import ListedDraft, damaged_drafts
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import try_to_log
from backdrop_tui.school.import_history import date_time_in_words, import_records
from backdrop_tui.school.school import School


def problems_of(school: School) -> list[str]:
    """A sentence for everything that isn't as it was stored, or can't be read. Reads everything.

    Raises:
        DataFolderError: Not even that can be found out.
    """
    problems = [fault.message for fault in school.store.faults(thorough=True)]
    if not problems:
        try:
            for _ in school.store.items():
                pass
            import_records(school)
        except DataFolderError as error:
            problems.append(error.message)
    return [*problems, *map(_draft_problem, damaged_drafts(school.folder))]


def _draft_problem(draft: ListedDraft) -> str:
    return (
        f"The draft started on {date_time_in_words(draft.started)} is damaged, or one of its files is missing. "
        "Open it in the app to carry on with what can be read, or discard it there."
    )


def accept_data(school: School, problems: int) -> str:
    """Take what is there as what was stored, and note that in the audit log. Copies of the files as they are now are kept.

    Args:
        school: The school.
        problems: The number of problems that are accepted.

    Returns:
        What could not be noted, in a sentence; otherwise nothing.

    Raises:
        DataFolderError: It can't be done.
    """
    school.store.accept()
    return try_to_log(school, Event.DATA_ACCEPTED, problems=problems)
