"""What can be done with one or several people who are stored: another user group, having left, removing them."""

from collections.abc import Sequence
from functools import partial

from backdrop_tui.cli.plain.dialogue import GOING_BACK, Action
from backdrop_tui.cli.plain.people.history import keep
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.people.changes import PeopleChange, change_people, remove_people
from backdrop_tui.people.leaver_changes import mark_as_left, past_day
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF, USER_GROUP
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.wording import all_of


def change_actions(session: Session, kind: RecordKind, ids: Sequence[str], names: str) -> list[Action]:
    """What can be done with people, each with its label.

    Args:
        session: The session.
        kind: The kind of people.
        ids: Their ids.
        names: Their names, inside a sentence.
    """
    effect = " They stay stored, under “People who have left”."
    effect += "" if kind is STUDENTS else " They lose their rights at once."
    them = "them" if len(ids) == 1 else all_of(len(ids))
    return [
        (f"Mark {them} as having left", partial(mark_left, session, kind, ids, names, effect)),
        (f"Remove {them}", partial(_remove, session, kind, ids, names)),
    ]


def choose_group(session: Session, ids: Sequence[str], names: str, now: str = "") -> None:
    """Ask for a user group, and move staff there.

    Args:
        session: The session.
        ids: Their ids.
        names: Their names, inside a sentence.
        now: The user group in which all of them are; empty if that isn't known.
    """
    assert USER_GROUP.choices is not None  # noqa: S101 - for the type checker
    groups = USER_GROUP.choices(session.school.context(session.today))
    is_now = f" Now it is {now}." if now else ""
    choice = session.dialogue.choose(
        f"Which user group should {names} be in?{is_now}", groups, back="Change nothing"
    )
    if choice is not None:
        change = change_people(session.school, STAFF, ids, {USER_GROUP.key: groups[choice]})
        keep(session, change, f"Moved to {groups[choice]}: {names}.")


def mark_left(session: Session, kind: RecordKind, ids: Sequence[str], names: str, effect: str = "") -> None:
    """Ask for the day on which people left, and mark them as having left on it, or correct that day."""

    def store(text: str) -> PeopleChange:
        day = past_day(text, session.today, what="The date of leaving")
        return mark_as_left(session.school, kind, ids, day)

    question = f"When did {names} leave? Type a date like {session.today:%d/%m/%Y}.{effect}"
    if change := session.dialogue.text(question, store, leaving=GOING_BACK):
        keep(session, change, f"Marked as having left: {names}.")


def _remove(session: Session, kind: RecordKind, ids: Sequence[str], names: str) -> None:
    """Remove people after a question."""
    if session.dialogue.confirm(f"Remove {names}? This takes effect straight away."):
        keep(session, remove_people(session.school, kind, ids), f"Removed: {names}.")
