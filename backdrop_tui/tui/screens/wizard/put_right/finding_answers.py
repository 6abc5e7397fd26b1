"""Answering a finding: with its remedy, or by saying that it doesn't apply."""

from collections.abc import Callable

from textual.app import App

from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.draft.encoding_finding import asks_about_encoding
from backdrop_tui.records.schema.findings import Finding
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.widgets.work_order import is_for_information


def apply_remedy(app: App[object], finding: Finding, fix: Callable[[Change], object]) -> None:
    """Apply the remedy of a finding, or the one that the user chooses; tell the user if it has none.

    Args:
        app: The app, which shows the choice.
        finding: The finding.
        fix: Makes the change.
    """
    remedies = finding.remedies

    def chosen(place: int | None) -> None:
        if place is not None:
            fix(fixes.apply_remedy(finding, remedies[place]))

    if len(remedies) > 1:
        app.push_screen(ChooseScreen(finding.type.title, [remedy.title for remedy in remedies]), chosen)
    elif remedies:
        chosen(0)
    else:
        reason = (
            "There is nothing to put right here."
            if is_for_information(finding)
            else "There is no key that puts this right."
        )
        app.notify(f"{reason} {how_to_answer(finding)}", severity="warning", markup=False)


def how_to_answer(finding: Finding) -> str:
    """Which keys answer a finding, in a sentence."""
    if finding.type.dismissing:
        return f"Press t to {_uncapitalised(finding.remedies[0].title)}, or d to {_uncapitalised(finding.type.dismissing)}."
    if finding.remedies:
        return "Press t to put it right, or d to go on without changing anything."
    if asks_about_encoding(finding):
        return "Press o to choose another encoding, or d if the names are right."
    if is_for_information(finding):
        return "Read it, then press d to go on."
    return "Look at the rows, then press d to go on without changing anything."


def _uncapitalised(label: str) -> str:
    """The label of a key inside a sentence."""
    return label[:1].lower() + label[1:]


def done_notice(change: Change) -> str:
    """What has been done, and how to undo it."""
    return f"{change.title}{': done' if change.applied else ''}. Press u to undo."
