"""What `backdrop turn` prints: who stays, moves up, joins, returns and leaves, by year group and by name."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from backdrop_tui.imports.turn.in_words import group_in_words, new_last_year
from backdrop_tui.imports.turn.movements import TITLES, Movement, Turn
from backdrop_tui.records.fields.dates import in_words as date_in_words
from backdrop_tui.records.fields.year_group import YEAR_GROUP
from backdrop_tui.records.schema.context import academic_year_in_words

_LISTED = (Movement.UNCLEAR, Movement.LEAVING, Movement.RETURNING)
"""The movements whose people are listed by name. Everybody who joins is in the file."""
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
    """The counts of each group, a line each."""
    first = "Year group" if YEAR_GROUP in turn.kind.fields else "User group"
    groups = {group_in_words(group): counts for group, counts in turn.by_group.items()}
    width = max(map(len, [first, "All", *groups]))
    titles = ["Before", "After", *TITLES.values()]
    yield "  ".join([f"{first:<{width}}", *titles])
    before = sum(counts.before for counts in groups.values())
    after = sum(counts.after for counts in groups.values())
    rows = [(group, counts.before, counts.after, counts.movements) for group, counts in groups.items()]
    for group, *both, movements in [*rows, ("All", before, after, turn.counts)]:
        numbers = zip(titles, [*both, *(movements[movement] for movement in TITLES)], strict=True)
        yield "  ".join([f"{group:<{width}}", *(f"{number:>{len(title)},}" for title, number in numbers)])


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
