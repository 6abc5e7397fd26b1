"""Move everybody up a year without a file, in one transaction."""

from datetime import date

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.imports.jobs import recorded_import
from backdrop_tui.imports.result import ImportResult
from backdrop_tui.imports.stages import PLANNING, Progress, no_progress
from backdrop_tui.imports.turn.movements import Turn
from backdrop_tui.imports.turn.moving_up import plan_moving_up
from backdrop_tui.imports.turn.terms import TurnTerms
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.steps.locks import require_unlocked


def preview_moving_up(school: School, today: date) -> Turn:
    """What moving everybody up would do.

    Raises:
        UnusableChoiceError: They have been moved up already, or nobody is stored.
        DataFolderError: What is stored can't be read.
    """
    if school.current(STUDENTS).is_empty():
        raise UnusableChoiceError("No students are stored, so there is nobody to move up.")
    return plan_moving_up(school.stored(STUDENTS), school.context(today))


def move_up(
    school: School, terms: TurnTerms, *, today: date, progress: Progress = no_progress
) -> ImportResult:
    """Move everybody up a year: the last year leaves, and the school's academic year is the next one.

    Args:
        school: The school.
        terms: What the user wants.
        today: The current date.
        progress: Called with each stage, in this thread.

    Raises:
        LockedError: Students can't be added yet.
        UnusableChoiceError: It isn't what the user has been shown, they have been moved up already, nobody is stored, or someone who
            leaves was born later than the day of leaving.
        DataFolderError: It can't be stored; nothing was.
    """
    require_unlocked(school, step_adding(STUDENTS))
    preview_moving_up(school, today).carried_out(terms.left_on)  # if that fails, it never began
    with recorded_import(school, STUDENTS, progress=progress) as job:
        with school.store.transaction():
            job.start(PLANNING)
            turn = preview_moving_up(school, today)
            terms.require_seen(turn)
            job.note_turn(turn)
            job.store(STUDENTS, turn.carried_out(terms.left_on), turn.academic_year)
        job.finish()
    return ImportResult(0, turn.plan.updated, turn.plan.unchanged, 0, turn=turn)
