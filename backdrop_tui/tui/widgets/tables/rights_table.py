"""A table of ticks: rights down, user groups across."""

import textwrap

from rich.text import Text
from textual.coordinate import Coordinate
from textual.widgets import DataTable

from backdrop_tui.people.group_summary import GroupSummary
from backdrop_tui.people.rights_draft import RightsDraft
from backdrop_tui.printable import printable
from backdrop_tui.records.rights.user_groups import RIGHTS, RIGHTS_BY_KEY
from backdrop_tui.tui.widgets.plain import cell, shortened
from backdrop_tui.wording import counted

HAS, HAS_NOT, UNSAVED, NOT_DEFAULT = "✓", "·", "*", "≠"
"""Signs in a cell."""
LEGEND = f"{HAS} has it   {HAS_NOT} doesn't have it   {UNSAVED} not saved yet   {NOT_DEFAULT} not the default"
"""What the signs mean."""
_HEADING_LINES = 3
_NARROWEST, _WIDEST = 3, 14
_TITLES = max(len(right.title) for right in RIGHTS)


class RightsTable(DataTable[Text]):
    """Shows which group has which right. The screen changes the draft and then has the tick redrawn."""

    def __init__(self, rights: RightsDraft, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(
            id=id, fixed_columns=1, cell_padding=0, header_height=_HEADING_LINES, show_row_labels=False
        )
        self._rights = rights
        self._groups: tuple[GroupSummary, ...] = ()

    def on_resize(self) -> None:
        """Keep the cursor in view at the new size."""
        self._scroll_cursor_into_view()

    @property
    def selected_group(self) -> GroupSummary | None:
        """The group whose column the cursor is in; None in the column of titles."""
        place = self.cursor_column - 1
        return self._groups[place] if 0 <= place < len(self._groups) else None

    @property
    def selected_right(self) -> str | None:
        """The key of the right whose row the cursor is in; None in the row of members."""
        return RIGHTS[self.cursor_row].key if self.cursor_row < len(RIGHTS) else None

    @property
    def description(self) -> str:
        """The group under the cursor, and whether it has the right under the cursor; empty if there is no group."""
        group, right = self.selected_group, self.selected_right
        if group is None:
            return ""
        name = f"{printable(group.name)} ({counted(group.members, 'member')})"
        if right is None:
            return f"{name}."
        has = "yes" if self._rights.has(group, right) else "no"
        unsaved = ", not saved yet" if self._rights.is_unsaved(group, right) else ""
        default = "yes" if right in group.group.defaults else "no"
        return f"{name}. {RIGHTS_BY_KEY[right].title}: {has}{unsaved}. By default: {default}."

    def show_groups(self) -> None:
        """Show all groups of the draft; the cursor stays on its group and right."""
        selected, row, column = self.selected_group, self.cursor_row, self.cursor_column
        self._groups = groups = self._rights.groups
        with self.app.batch_update():
            self.clear(columns=True)
            keys = f"← → go through {counted(len(groups), 'group')}\nSpace ticks or unticks"
            self.add_column(Text(f"{keys}\nRight"), width=_TITLES, key="right")
            for group in groups:
                lines = _heading(group.name)
                width = max(_NARROWEST, *map(len, lines)) + 1
                self.add_column(Text("\n".join(f" {line}" for line in lines)), width=width, key=group.name)
            for right in RIGHTS:
                ticks = (self._tick(group, right.key) for group in groups)
                self.add_row(cell(right.title), *ticks, key=right.key)
            counts = (cell(f" {group.members:,}", "muted") for group in groups)
            self.add_row(cell("Members", "muted"), *counts, key="members")
            names = [group.name for group in groups]
            if selected is not None and selected.name in names:
                column = names.index(selected.name) + 1
            self.move_cursor(row=row, column=min(max(column, 1), len(names)), animate=False)

    def redraw_tick(self, group: GroupSummary, right: str) -> None:
        """Show one tick as it is in the draft now."""
        self.update_cell(right, group.name, self._tick(group, right))

    def go_to(self, name: str, right: str | None = None) -> None:
        """Put the cursor on a group, and on a right of it."""
        row = self.cursor_row if right is None else self.get_row_index(right)
        self.move_cursor(row=row, column=self.get_column_index(name), animate=False)

    def next_non_default(self) -> tuple[str, str] | None:
        """Find the next tick that is not the default, continuing at the first group; returns group name and right key."""
        places = [
            Coordinate(row, column)
            for column, group in enumerate(self._groups, start=1)
            for row, right in enumerate(RIGHTS)
            if not self._rights.is_default(group, right.key)
        ]
        cursor = self.cursor_coordinate
        after = [place for place in places if (place.column, place.row) > (cursor.column, cursor.row)]
        place = next(iter([*after, *places]), None)
        return (self._groups[place.column - 1].name, RIGHTS[place.row].key) if place else None

    def _tick(self, group: GroupSummary, right: str) -> Text:
        has, unsaved = self._rights.has(group, right), self._rights.is_unsaved(group, right)
        differs = not self._rights.is_default(group, right)
        signs = f" {HAS if has else HAS_NOT}{UNSAVED * unsaved}{NOT_DEFAULT * differs}"
        return cell(signs, "warning" if unsaved else "bold" if has else "muted")


def _heading(name: str) -> list[str]:
    """Break a group's name into three lines, as narrow as possible; unused lines are blank and come first."""
    text = printable(name)
    for width in range(_NARROWEST, _WIDEST + 1):
        lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        if len(lines) <= _HEADING_LINES and all(len(line) <= width for line in lines):
            break
    else:
        lines = textwrap.wrap(text, _WIDEST)
        rest = " ".join(lines[_HEADING_LINES - 1 :])
        lines = [*lines[: _HEADING_LINES - 1], *([shortened(rest, _WIDEST)] if rest else [])]
    return [""] * (_HEADING_LINES - len(lines)) + lines
