"""The Action Plan: the steps of set-up with their states, drafts to carry on with, and what to do next."""

import signal
from functools import partial
from pkgutil import resolve_name

import click

from backdrop_tui.care.report.page import page_of
from backdrop_tui.care.report.text import as_text
from backdrop_tui.cli.options import data_folder
from backdrop_tui.cli.output import say
from backdrop_tui.cli.plain.dialogue import KEPT, Action, NoMoreAnswersError, StoppedWhileAskingError
from backdrop_tui.cli.plain.files import add_people, carry_on, discard, in_words
from backdrop_tui.cli.plain.people.leavers import go_through_leavers
from backdrop_tui.cli.plain.people.stored import go_through_people
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.cli.plain.turn import move_everyone_up
from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.recovery import recover
from backdrop_tui.imports.undo import preview_undo, undo
from backdrop_tui.imports.untold_undo import note_undo_told
from backdrop_tui.intake.draft.draft_listing import open_drafts
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.staff import STAFF
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.import_history import import_records
from backdrop_tui.school.school import School
from backdrop_tui.steps.locks import LockedError
from backdrop_tui.steps.progress import SetUpProgress, StepStatus, set_up_progress
from backdrop_tui.wording import listed


class StoppedError(BackdropError):
    """The user has stopped the dialogue with Ctrl+C while nothing was being done."""

    title = "Stopped"
    exit_status = 128 + signal.SIGINT

    def __init__(self) -> None:
        super().__init__(f"Stopped. {KEPT}")


def run_plain(context: click.Context) -> None:
    """Go through set-up as a dialogue, until the user quits or the input ends. What was accepted is kept.

    Raises:
        StoppedError: The user has pressed Ctrl+C instead of an answer.
    """
    folder = data_folder(context)
    try:
        with School(folder) as school:
            session = Session(school)
            session.dialogue.say(
                "Back:drop set-up, as questions and numbered lists. Everything that you confirm is kept at once, so you can stop "
                "at any time and carry on later, here or in the app.",
            )
            _settle(session)
            _action_plan(session)
            session.dialogue.say(f"Goodbye. {KEPT}")
    except NoMoreAnswersError:
        say(f"\nThe input has ended. {KEPT}")
    except StoppedWhileAskingError:
        raise StoppedError from None


def _settle(session: Session) -> None:
    """Settle what an interrupted import has left, and say so; and say what isn't as it was stored."""
    if not session.school.folder.path.exists():
        return
    with session.telling_errors():
        for record in recover(session.school):
            session.dialogue.say("", record.message)
        for fault in session.school.store.faults():
            session.dialogue.say("", fault.message)


def _action_plan(session: Session) -> None:
    """Show the Action Plan and go where the user wants, until they quit."""
    while True:
        progress = set_up_progress(session.school)
        actions = _actions(session, progress)
        school = f"{progress.organisation}. " if progress.organisation else ""
        step = progress.next_step
        following = f" Next: {step.title}." if step else " Set-up is complete." if progress.is_known else ""
        title = f"Action Plan. {school}Stored so far: {progress.stored}.{following}"
        action = session.dialogue.choose_action(title, actions, back="Quit")
        if action is None:
            return
        with session.telling_errors():
            action()


def _actions(session: Session, progress: SetUpProgress) -> list[Action]:
    """Where the user can go: the steps, drafts, the last import and the page for the head."""
    actions: list[Action] = [
        (_step_label(status), partial(_go_to, session, status)) for status in progress.steps
    ]
    drafts = open_drafts(session.school.folder)
    actions += [(f"Carry on with {in_words(draft)}", partial(carry_on, session, draft)) for draft in drafts]
    if drafts:
        actions.append(("Discard what you have begun", partial(discard, session)))
    records = [record for record in import_records(session.school) if not record.is_unfinished]
    if records:
        actions.append(
            ("Hear the imports", lambda: session.dialogue.say("", *(record.summary for record in records)))
        )
    if progress.students:
        actions.append(("Start a new school year", partial(_start_year, session)))
    actions += [
        (f"Find and change {kind.plural} who are stored", partial(go_through_people, session, kind))
        for kind, number in ((STUDENTS, progress.students), (STAFF, progress.staff))
        if number or session.changes_of(kind).done
    ]
    if progress.leavers:
        actions.append(("People who have left: what is outstanding", partial(go_through_leavers, session)))
    if any(record.can_be_undone for record in records):
        actions.append(("Undo the last import", partial(_undo, session)))
    if progress.steps[0].state == "done":
        actions.append(("Hear the page for the head, without names", partial(_report, session)))
    return actions


def _step_label(status: StepStatus) -> str:
    """A step with its state, and what to complete first if it is locked."""
    state = status.state.replace("-", " ")
    if status.state == "locked":
        return f"{status.step.title}: locked. First: {listed(step.title for step in status.blockers)}."
    remark = f" {status.remark.capitalize()}." if status.remark else ""
    return f"{status.step.title}: {state}.{remark}"


def _go_to(session: Session, status: StepStatus) -> None:
    """Do a step, unless it is locked."""
    if not status.is_open:
        raise LockedError(status.step.title, status.blockers)
    if status.step.kind:
        add_people(session, KINDS[status.step.kind])
    elif status.step.plain:
        resolve_name(status.step.plain)(session)
    else:
        session.dialogue.say(f"To do this, run “backdrop {status.step.usage}”.")


def _start_year(session: Session) -> None:
    """Ask how the school moves to a new school year, and do that."""

    def with_file() -> None:
        session.dialogue.say(
            "",
            "Choose a file that has the whole school in it. When you come to Check, choose “New school year”.",
        )
        add_people(session, STUDENTS)

    actions: list[Action] = [
        ("With this year's file of the whole school: who joins, moves up and leaves", with_file),
        ("Without a file: move everyone up a year", partial(move_everyone_up, session)),
    ]
    if action := session.dialogue.choose_action("How do you want to start the new school year?", actions):
        action()


def _undo(session: Session) -> None:
    """Undo the last import, after saying what that would do."""
    preview = preview_undo(session.school)
    if preview is None:
        session.dialogue.say("There is no import to undo.")
        return
    session.dialogue.say("", *preview.in_words)
    if session.dialogue.confirm("Undo it?"):
        result = undo(session.school, force=bool(preview.edited), only=preview.record.id)
        session.dialogue.say(f"Undone: {' '.join(result.in_words)}")
        note_undo_told(session.school, result.record)


def _report(session: Session) -> None:
    session.dialogue.read_out(f"\n{as_text(page_of(session.school, session.now))}")
