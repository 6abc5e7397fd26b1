"""Questions to ask before all suggestions of a kind are taken, where taking them could do harm."""

from collections.abc import Sequence

from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.wording import counted

_MOST_REPLACEMENTS = 6
"""The number of replacements that are listed before the others are counted."""


def groups_question(replacements: Sequence[tuple[str, str, int]]) -> ConfirmScreen:
    """Ask whether names stand for the groups suggested for them: a group gives its members rights.

    Args:
        replacements: Name in the file, suggested group, number of rows.
    """
    lines = [f"“{name}” becomes {group} ({count:,})" for name, group, count in replacements]
    if hidden := lines[_MOST_REPLACEMENTS:]:
        lines[_MOST_REPLACEMENTS:] = [f"and {counted(len(hidden), 'more name')}"]
    question = "\n".join([*lines, "", "Everyone gets the rights of their group."])
    return ConfirmScreen("Is each group the right one?", question, "Take all")


def dates_question(count: int) -> ConfirmScreen:
    """Ask whether all dates of a file have the month first when some certainly do; "yes" means all.

    Args:
        count: The number of dates that certainly have the month first.
    """
    dates = counted(count, "date has", "dates have")
    question = f"{dates} the month first. Then 03/04/2012 may well mean 4 March in this file, not 3 April."
    return ConfirmScreen(
        "How are the dates meant?", question, "Read all dates month first", "Change only these"
    )
