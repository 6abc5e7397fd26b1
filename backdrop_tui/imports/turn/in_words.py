"""What a move to a new school year does, in words, for the screen and for the command line."""

from collections.abc import Mapping
from datetime import date

from backdrop_tui.imports.turn.movements import TITLES, Movement, Turn
from backdrop_tui.records.fields.dates import in_words as date_in_words
from backdrop_tui.records.fields.year_group import NUMBERS, YEAR_GROUP, YEAR_GROUPS, in_words

_MEANINGS: Mapping[Movement, str] = {
    Movement.STAYING: "in the same year group, or not in the file",
    Movement.MOVING_UP: "in a higher year group",
    Movement.JOINING: "new",
    Movement.RETURNING: "had left, and have their old record again",
    Movement.LEAVING: "marked as having left; nothing is deleted",
    Movement.UNCLEAR: "may be in a row that isn't imported; they stay",
}
_MEANT_OF_ALL = {Movement.LEAVING, Movement.UNCLEAR, Movement.RETURNING}


def meaning_of(turn: Turn, movement: Movement) -> str:
    """What a movement means, in a few words; empty where year groups have no part in it, as with staff."""
    has_years = YEAR_GROUP in turn.kind.fields
    return _MEANINGS[movement] if has_years or movement in _MEANT_OF_ALL else ""


def group_in_words(group: str) -> str:
    """A year group in words, or the name of a user group."""
    if not group:
        return "No group"
    return in_words(group) if group in YEAR_GROUPS else group


def new_last_year(turn: Turn) -> str:
    """A sentence if moving up takes the oldest into a year group in which nobody is now; empty if it doesn't, or there is a file."""
    years = [group for group in turn.by_group if group in NUMBERS]
    if turn.counts[Movement.JOINING] or not years or YEAR_GROUP not in turn.kind.fields:
        return ""
    last = turn.by_group[years[-1]]
    if last.before or last.after != last.movements[Movement.MOVING_UP]:
        return ""
    return (
        f"{in_words(years[-1])} is new: nobody is in it now. If those who would move up to it leave, set the school's phase in the "
        "system settings first."
    )


def what_will_happen(turn: Turn, left_on: date) -> list[str]:
    """What a turn will do, in sentences, to be confirmed.

    Args:
        turn: What the turn does.
        left_on: The day on which people leave.
    """
    counts = {movement: f"{turn.counts[movement]:,}" for movement in TITLES}
    lines = [
        f"{counts[Movement.JOINING]} join, {counts[Movement.MOVING_UP]} move up.",
        f"{counts[Movement.STAYING]} stay, {counts[Movement.RETURNING]} come back.",
        f"{turn.kind.counted(turn.counts[Movement.LEAVING])} will be marked as having left on {date_in_words(left_on)}.",
    ]
    if turn.counts[Movement.UNCLEAR]:
        lines.append(f"{counts[Movement.UNCLEAR]} unclear stay as they are.")
    if turn.kind.name == "staff" and turn.counts[Movement.LEAVING]:
        lines.append("They lose their rights at once. Nothing is deleted.")
    return lines
