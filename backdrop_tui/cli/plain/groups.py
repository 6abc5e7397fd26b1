"""Looking through the user groups and their rights, adding, renaming, removing and changing them, and confirming them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from backdrop_tui.cli.plain.dialogue import GOING_BACK
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.people.group_input import SimilarNameError
from backdrop_tui.people.group_management import add_group, change_rights, remove_group, rename_group
from backdrop_tui.people.group_summary import HEAD_ONLY_NOTE, GroupSummary, group_summaries, review_notes
from backdrop_tui.records.rights.user_groups import PATTERN_GROUP, RIGHTS, Right
from backdrop_tui.records.staff import STAFF
from backdrop_tui.steps.listing import REVIEW_GROUPS
from backdrop_tui.steps.marks import mark_reviewed
from backdrop_tui.wording import counted, listed

if TYPE_CHECKING:
    from backdrop_tui.cli.plain.dialogue import Action


def review_groups(session: Session) -> None:
    """List the groups with their rights, and change these until the user confirms or goes back."""
    while True:
        groups = group_summaries(session.school)
        actions: list[Action] = [
            (_label(summary), partial(_change_group, session, summary.name)) for summary in groups
        ]
        actions += [
            ("Add a user group", partial(_add, session)),
            ("Confirm that you have reviewed the user groups", partial(_confirm, session, groups)),
        ]
        action = session.dialogue.choose_action("User groups. Choose one to change it.", actions)
        if action is None:
            return
        with session.telling_errors():
            if action() is True:
                return


def _label(summary: GroupSummary) -> str:
    rights = listed(right.title.lower() for right in summary.rights) or "nothing"
    return f"{summary.name}, {counted(summary.members, 'member')}: {rights}"


def _confirm(session: Session, groups: Sequence[GroupSummary]) -> bool:
    """Say what to know about the groups, and confirm them. Returns whether that was done."""
    session.dialogue.say("", *review_notes(groups), HEAD_ONLY_NOTE)
    if not session.dialogue.confirm("Are the user groups right?"):
        return False
    mark_reviewed(session.school, REVIEW_GROUPS)
    session.dialogue.say("The user groups are confirmed as reviewed.")
    return True


def _change_group(session: Session, name: str) -> None:
    """Give rights to a group or take them away, one after the other, rename it or remove it; each is confirmed."""
    while True:
        summary = next((each for each in group_summaries(session.school) if each.name == name), None)
        if summary is None:
            return
        has = {right.key for right in summary.rights}
        actions: list[Action] = [
            (
                f"{right.title}: {'yes' if right.key in has else 'no'}",
                partial(_change_right, session, summary, right),
            )
            for right in RIGHTS
        ]
        actions += [
            ("Rename this group", partial(_rename, session, name)),
            ("Remove this group", partial(_remove, session, summary)),
        ]
        action = session.dialogue.choose_action(
            f"{name}. Choose a right to change it, or what to do.", actions, back="Go back to the groups"
        )
        if action is None:
            return
        with session.telling_errors():
            action()


def _change_right(session: Session, summary: GroupSummary, right: Right) -> None:
    """Give a right to a group or take it away, after a question."""
    gives = right not in summary.rights
    change = (
        f"give “{right.title}” to {summary.name}"
        if gives
        else f"take “{right.title}” away from {summary.name}"
    )
    if session.dialogue.confirm(
        f"Save this: {change}? It concerns {counted(summary.members, 'person', 'people')}."
    ):
        change_rights(session.school, {summary.name: {right.key: gives}})
        session.dialogue.say(f"Saved: {change}.")


def _add(session: Session) -> None:
    """Ask for the name of another group, and add it."""

    def add(text: str, *, anyway: bool = False) -> str:
        return add_group(session.school, text, anyway=anyway)

    question = (
        f"What should the new user group be called? It will have the rights that {PATTERN_GROUP} have now."
    )
    if name := _ask_name(session, question, add):
        session.dialogue.say(f"Added: {name}.")


def _rename(session: Session, name: str) -> None:
    """Ask for another name for a group."""

    def rename(text: str, *, anyway: bool = False) -> str:
        return rename_group(session.school, name, text, anyway=anyway)[0]

    if new := _ask_name(session, f"What should {name} be called?", rename):
        session.dialogue.say(f"Saved: the user group is called {new}.")


def _ask_name(session: Session, question: str, save: Callable[..., str]) -> str | None:
    """Ask for the name of a group until it can be used; one that is similar to another's only after a question.

    Returns:
        The name as it is stored; None if the user goes back.
    """

    def save_or_ask(text: str) -> str:
        try:
            return save(text)
        except SimilarNameError as error:
            if session.dialogue.confirm(f"{error.message} Should it be a separate group?"):
                return save(text, anyway=True)
            raise UnusableChoiceError("Type another name.") from None

    return session.dialogue.text(question, save_or_ask, leaving=GOING_BACK)


def _remove(session: Session, summary: GroupSummary) -> None:
    """Remove a group after a question; if it has members, ask first where they go."""
    dialogue, target = session.dialogue, None
    if summary.members:
        others = [each.name for each in group_summaries(session.school) if each.name != summary.name]
        members = STAFF.counted(summary.members)
        choice = dialogue.choose(f"{members} in {summary.name}. Which group should they go to?", others)
        if choice is None:
            return
        target = others[choice]
    moved = f" {STAFF.counted(summary.members)} will be in {target}, with its rights." if target else ""
    if dialogue.confirm(f"Remove {summary.name}?{moved}"):
        remove_group(session.school, summary.name, target)
        dialogue.say(f"Removed: {summary.name}.")
