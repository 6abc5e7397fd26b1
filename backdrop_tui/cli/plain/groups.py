"""Looking through the user groups and their rights, changing them, and confirming them."""

from backdrop_tui.cli.plain.state import Session
from backdrop_tui.people.group_management import change_rights
from backdrop_tui.people.group_summary import HEAD_ONLY_NOTE, GroupSummary, group_summaries, review_notes
from backdrop_tui.records.rights.user_groups import RIGHTS
from backdrop_tui.steps.listing import REVIEW_GROUPS
from backdrop_tui.steps.marks import mark_reviewed
from backdrop_tui.wording import counted, listed


def review_groups(session: Session) -> None:
    """List the groups with their rights, and change these until the user confirms or goes back."""
    dialogue = session.dialogue
    while True:
        groups = group_summaries(session.school)
        choices = [_label(summary) for summary in groups]
        confirm = "Confirm that you have reviewed the user groups"
        choice = dialogue.choose("User groups. Choose one to change its rights.", [*choices, confirm])
        if choice is None:
            return
        with session.telling_errors():
            if choice < len(groups):
                _change_rights(session, groups[choice].name)
                continue
            dialogue.say("", *review_notes(groups), HEAD_ONLY_NOTE)
            if dialogue.confirm("Are the user groups right?"):
                mark_reviewed(session.school, REVIEW_GROUPS)
                dialogue.say("The user groups are confirmed as reviewed.")
                return


def _label(summary: GroupSummary) -> str:
    rights = listed(right.title.lower() for right in summary.rights) or "nothing"
    return f"{summary.name}, {counted(summary.members, 'member')}: {rights}"


def _change_rights(session: Session, name: str) -> None:
    """Give rights to a group or take them away, one after the other; each is confirmed."""
    while True:
        summary = next((each for each in group_summaries(session.school) if each.name == name), None)
        if summary is None:
            return
        has = {right.key for right in summary.rights}
        choices = [f"{right.title}: {'yes' if right.key in has else 'no'}" for right in RIGHTS]
        choice = session.dialogue.choose(
            f"Rights of {name}. Choose one to change it.", choices, back="Go back to the groups"
        )
        if choice is None:
            return
        right = RIGHTS[choice]
        gives = right.key not in has
        change = f"give “{right.title}” to {name}" if gives else f"take “{right.title}” away from {name}"
        if session.dialogue.confirm(
            f"Save this: {change}? It concerns {counted(summary.members, 'person', 'people')}."
        ):
            with session.telling_errors():
                change_rights(session.school, {name: {right.key: gives}})
                session.dialogue.say(f"Saved: {change}.")
