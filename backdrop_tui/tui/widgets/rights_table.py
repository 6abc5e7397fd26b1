"""A table of ticks: rights down, user groups across."""

import textwrap

from rich.text import Text
from textual.coordinate import Coordinate
from textual.widgets import DataTable

from backdrop_tui.people.group_summary import GroupSummary
from backdrop_tui.people.rights_draft import RightsDraft
from backdrop_tui.records.rights.user_groups import RIGHTS
from backdrop_tui.tui.widgets.plain import cell, printable, shortened

HAS, HAS_NOT, UNSAVED, NOT_DEFAULT = "✓", "·", "*", "≠"
"""Signs in a cell."""
LEGEND = f"{HAS} has it   {HAS_NOT} has it not   {UNSAVED} not saved yet   {NOT_DEFAULT} not its default"
"""What they mean."""
_HEADING_LINES = 3
_NARROWEST, _WIDEST = 3, 14
_TITLES = max(len(right.title) for right in RIGHTS)


class RightsTable(DataTable[Text]):
    """Shows which group has which right. Where the cursor is, is for the screen to ask."""

    def __init__(self, ticks: RightsDraft, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(
            id=id, fixed_columns=1, cell_padding=0, header_height=_HEADING_LINES, show_row_labels=False
        )
        self._ticks = ticks
        self._shown: tuple[GroupSummary, ...] = ()

    @property
    def group_here(self) -> GroupSummary | None:
        """The group that the cursor is on; None beside all of them."""
        place = self.cursor_column - 1
        return self._shown[place] if 0 <= place < len(self._shown) else None

    @property
    def right_here(self) -> str | None:
        """The key of the right that the cursor is on; None below all of them."""
        return RIGHTS[self.cursor_row].key if self.cursor_row < len(RIGHTS) else None

    def show(self) -> None:
        """Show all groups anew; the cursor stays on its group and right."""
        here, row, column = self.group_here, self.cursor_row, self.cursor_column
        self._shown = groups = self._ticks.groups
        with self.app.batch_update():
            self.clear(columns=True)
            self.add_column(Text(f"{len(groups)} groups: ← →\n\nRight"), width=_TITLES, key="right")
            for now in groups:
                lines = _heading(now.name)
                width = max(_NARROWEST, *map(len, lines)) + 1
                self.add_column(Text("\n".join(f" {line}" for line in lines)), width=width, key=now.name)
            for right in RIGHTS:
                self.add_row(
                    cell(right.title), *(self._tick(now, right.key) for now in groups), key=right.key
                )
            counts = (cell(f" {now.members:,}", "dim") for now in groups)
            self.add_row(cell("Members", "dim"), *counts, key="members")
            names = [now.name for now in groups]
            column = names.index(here.name) + 1 if here and here.name in names else column
            self.move_cursor(row=row, column=min(max(column, 1), len(names)), animate=False)

    def renew(self, now: GroupSummary, right: str) -> None:
        """Show one tick again."""
        self.update_cell(right, now.name, self._tick(now, right))

    def go_to(self, name: str, right: str | None = None) -> None:
        """Put the cursor on a group, and on a right of it."""
        row = self.cursor_row if right is None else self.get_row_index(right)
        self.move_cursor(row=row, column=self.get_column_index(name), animate=False)

    def next_different(self) -> tuple[str, str] | None:
        """The next group and right, seen from the cursor, that are not as by default; round the end if need be."""
        places = [
            Coordinate(row, column)
            for column, now in enumerate(self._shown, start=1)
            for row, right in enumerate(RIGHTS)
            if not self._ticks.is_default(now, right.key)
        ]
        here = self.cursor_coordinate
        behind = [place for place in places if (place.column, place.row) > (here.column, here.row)]
        found = next(iter([*behind, *places]), None)
        return (self._shown[found.column - 1].name, RIGHTS[found.row].key) if found else None

    def _tick(self, now: GroupSummary, right: str) -> Text:
        has, unsaved = self._ticks.has(now, right), self._ticks.is_unsaved(now, right)
        different = not self._ticks.is_default(now, right)
        signs = f" {HAS if has else HAS_NOT}{UNSAVED * unsaved}{NOT_DEFAULT * different}"
        return cell(signs, "bold yellow" if unsaved else "bold" if has else "dim")


def _heading(name: str) -> list[str]:
    """A group's name in three lines, in as few columns as that takes; blank lines stand above it."""
    words = printable(name)
    for width in range(_NARROWEST, _WIDEST + 1):
        lines = textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False)
        if len(lines) <= _HEADING_LINES and all(len(line) <= width for line in lines):
            break
    else:
        lines = textwrap.wrap(words, _WIDEST)
        last = " ".join(lines[_HEADING_LINES - 1 :])
        lines = [*lines[: _HEADING_LINES - 1], *([shortened(last, _WIDEST)] if last else [])]
    return [""] * (_HEADING_LINES - len(lines)) + lines
