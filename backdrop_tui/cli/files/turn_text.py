"""What `backdrop turn` prints: who stays, moves up, joins, returns and leaves, by year group and by name."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from backdrop_tui.imports.turn.in_words import group_in_words, new_last_year
from backdrop_tui.imports.turn.movements import TITLES, Movement, Turn
from backdrop_tui.records.fields.dates import in_words as date_in_words
from backdrop_tui.records.fields.year_group import YEAR_GROUP
from backdrop_tui.records.schema.context import academic_year_in_words

_LISTED = (Movement.UNCLEAR, Movement.LEAVING, Movement.RETURNING)
"""The movements whose people are listed by name. Everybody who joins is in the file."""
_WIDTH = 80
"""The most columns that the table may have."""
_EXPLAINED = {
    Movement.UNCLEAR: "Unclear. They may be in rows that are not imported, and stay as they are:",
    Movement.LEAVING: "Leaving:",
    Movement.RETURNING: "Returning:",
}


def turn_json(turn: Turn, *, dry_run: bool) -> dict[str, object]:
    """The part of the object that `turn --format json` prints that `import` doesn't have."""
    counts: dict[str, object] = {str(movement): count for movement, count in turn.counts.items()}
    by_year = {
        group or "none": {"before": of_group.before, "after": of_group.after}
        | {str(movement): count for movement, count in of_group.movements.items()}
        for group, of_group in turn.by_group.items()
    }
    findings = [{"code": finding.code, "message": finding.message} for finding in turn.findings]
    return counts | {"by_year": by_year, "dry_run": dry_run, "notes": findings}


def turn_text(turn: Turn, left_on: date, *, is_done: bool) -> str:
    """The counts by year group, then the names of those who leave, return or are unclear.

    Args:
        turn: What the turn does.
        left_on: The day on which people leave.
        is_done: Whether it is stored.
    """
    lines = [] if is_done else ["This is what would be done. Nothing has been stored."]
    lines += [*_table(turn), ""]
    lines += [
        f"{finding.message} If they have really left, use --dismiss {finding.code}."
        for finding in turn.findings
    ]
    if turn.counts[Movement.LEAVING]:
        leaves = "left" if is_done else "would leave"
        lines.append(
            f"{turn.kind.counted(turn.counts[Movement.LEAVING])} {leaves} on {date_in_words(left_on)}."
        )
    if turn.academic_year is not None:
        becomes = "is now" if is_done else "would be"
        lines.append(f"The school's academic year {becomes} {academic_year_in_words(turn.academic_year)}.")
    if note := new_last_year(turn):
        lines.append(note)
    lines += _with_notes(turn)
    for movement in _LISTED:
        people = turn.moved(movement)
        if people.height:
            lines += ["", _EXPLAINED[movement], *map(_line, people.iter_rows(named=True))]
    return "\n".join(lines).rstrip()


def _table(turn: Turn) -> Iterator[str]:
    """The counts of each group, a line each, in at most 80 columns. The words of a heading are below each other."""
    has_years = YEAR_GROUP in turn.kind.fields
    shown = [each for each in TITLES if has_years or turn.counts[each] or each != Movement.MOVING_UP]
    titles = ["Before", "After", *(TITLES[movement] for movement in shown)]
    groups = [*turn.by_group.values()]
    names = [*map(group_in_words, turn.by_group), "All"]
    rows = [
        [counts.before, counts.after, *(counts.movements[movement] for movement in shown)]
        for counts in groups
    ]
    before_and_after = (sum(counts.before for counts in groups), sum(counts.after for counts in groups))
    totals = [*before_and_after, *(turn.counts[movement] for movement in shown)]
    widths = [
        max(len(f"{total:,}"), *map(len, title.split())) for total, title in zip(totals, titles, strict=True)
    ]
    first = "Year group" if has_years else "User group"
    widest = max(map(len, [first, *names]))
    gap = 2 if widest + sum(widths) + 2 * len(widths) <= _WIDTH else 1
    width = min(widest, _WIDTH - sum(widths) - gap * len(widths))
    lines = [title.split() for title in titles]
    most = max(map(len, lines))
    for place in range(-most, 0):
        words = [words[place] if len(words) >= -place else "" for words in lines]
        yield _row(first if place == -1 else "", words, width, widths, gap)
    for name, numbers in zip(names, [*rows, totals], strict=True):
        yield _row(name, [f"{number:,}" for number in numbers], width, widths, gap)


def _row(name: str, cells: Iterable[str], width: int, widths: Iterable[int], gap: int) -> str:
    """A line of the table; a name that is too long is cut."""
    cut = name if len(name) <= width else f"{name[: width - 1]}…"
    padded = (f"{cell:>{column}}" for cell, column in zip(cells, widths, strict=True))
    return (" " * gap).join([f"{cut:<{width}}", *padded]).rstrip()


def _with_notes(turn: Turn) -> Iterator[str]:
    """Those who move up and about whom there is something to know."""
    moving = turn.moved(Movement.MOVING_UP)
    noted = moving.filter(moving["note"].is_not_null())
    if noted.height:
        yield ""
        yield f"{turn.kind.counted(noted.height)} {'keeps' if noted.height == 1 else 'keep'} the registration group:"
        yield from map(_line, noted.iter_rows(named=True))


def _line(person: dict[str, Any]) -> str:
    """A person's id and name, their group, and what to know."""
    group = person["before"] or person["after"]
    name = " ".join(filter(None, (person["first_name"], person["surname"])))
    return "  ".join(filter(None, (person["id"], name, group and group_in_words(group), person["note"])))
