"""A move to a new school year drawn: the school before beside the school after, by year group, and lists of names."""

from collections.abc import Mapping
from typing import Any

from textual.content import Content

from backdrop_tui.imports.turn.in_words import group_in_words, meaning_of
from backdrop_tui.imports.turn.movements import TITLES, GroupCounts, Movement, Turn
from backdrop_tui.records.fields.year_group import YEAR_GROUP
from backdrop_tui.tui.widgets.outcome.bars import bar
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.wording import and_more

SIGNS: Mapping[Movement, str] = {
    Movement.STAYING: "=",
    Movement.MOVING_UP: "↑",
    Movement.JOINING: "+",
    Movement.RETURNING: "«",
    Movement.LEAVING: "-",
    Movement.UNCLEAR: "?",
}
"""A sign for each movement, so that it can be told without colours."""
_STYLES: Mapping[Movement, str] = {
    Movement.JOINING: "$text-success",
    Movement.RETURNING: "$text-success",
    Movement.LEAVING: "$text-error",
    Movement.UNCLEAR: "$text-warning",
}
_MOST_NAMES = 2_000
_CHANGES_WIDTH = 24
_WIDEST_BAR = 36
_NUMBER_WIDTH = 6


def count_line(turn: Turn, movement: Movement) -> Content:
    """The number of one movement in a line, with its sign and what it means."""
    return Content.assemble(
        (f"{turn.counts[movement]:>7,} ", "bold"),
        (f"{SIGNS[movement]} {TITLES[movement]:<10}", _STYLES.get(movement, "")),
        (f" {meaning_of(turn, movement)}", "$text-muted"),
    )


def turn_chart(turn: Turn, width: int) -> Content:
    """Draw the people of each group before and after, with bars, numbers and what happens.

    Args:
        turn: What the turn does.
        width: The width of the chart in characters.
    """
    groups = {group_in_words(group): counts for group, counts in turn.by_group.items()}
    first = "Year group" if YEAR_GROUP in turn.kind.fields else "User group"
    label = min(max(map(len, (first, *groups))), max(12, width // 4))
    room = (width - label - _CHANGES_WIDTH - 2 * (_NUMBER_WIDTH + 2) - 1) // 2
    longest = max(4, min(room, _WIDEST_BAR))
    largest = max((max(counts.before, counts.after) for counts in groups.values()), default=0)
    part = _NUMBER_WIDTH + 1 + longest
    heading = f"{first[:label]:<{label}}  {'As stored':<{part}} {'Afterwards':<{part}}  What happens"
    lines = [Content.styled(heading[:width], "bold")]
    for name, counts in groups.items():
        before, after = (_bar(number, largest, longest) for number in (counts.before, counts.after))
        lines.append(
            Content.assemble(
                f"{plain(f'{name:<{label}}', label).plain} ", before, " ", after, "  ", _changes(counts)
            )
        )
    return Content("\n").join(lines)


def names_of(turn: Turn, movement: Movement) -> Content:
    """Everyone of one movement: their group before and after, and what to know about them."""
    people = turn.moved(movement)
    lines = [_person(person) for person in people.head(_MOST_NAMES).iter_rows(named=True)]
    if people.height > _MOST_NAMES:
        lines.append(Content(and_more(people.height - _MOST_NAMES)))
    return Content("\n").join(lines) if lines else Content("Nobody.")


def _bar(number: int, largest: int, width: int) -> Content:
    return Content.assemble(
        f"{number:>{_NUMBER_WIDTH},} ", (f"{bar(number, largest, width):<{width}}", "$accent")
    )


def _changes(counts: GroupCounts) -> Content:
    """What happens in a group, with signs: `↑29 +30 -1`."""
    parts = [
        (f"{SIGNS[movement]}{number:,}", _STYLES.get(movement, ""))
        for movement in TITLES
        if (number := counts.movements[movement])
    ]
    return Content(" ").join(Content.styled(text, style) if style else Content(text) for text, style in parts)


def _person(person: dict[str, Any]) -> Content:
    name = " ".join(filter(None, (person["first_name"], person["surname"])))
    groups = dict.fromkeys(
        group_in_words(group) for group in (person["before"], person["after"]) if group is not None
    )
    details = " → ".join(groups)
    note = f" · {person['note']}" if person["note"] else ""
    return Content.assemble((plain(name, 60).plain, "bold"), "  ", plain(f"{details}{note}", 80))
