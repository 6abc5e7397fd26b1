"""The table of staff who can be invited, with a box to tick for each."""

from collections.abc import Collection, Sequence
from datetime import datetime

import polars as pl

from backdrop_tui.people.invitees import Invitee
from backdrop_tui.tui.widgets.plain import cell
from backdrop_tui.tui.widgets.tables.window_table import Cells, TableColumn, WindowTable

_TICK, _OUTCOME = 3, 14
_SHARES = (("name", " Name", 0.28), ("job_role", " Job Role", 0.18), ("group", " User Group", 0.18))
"""Columns that share the remaining width, and the share of each; the address gets the rest."""


class InviteeTable(WindowTable):
    """Shows staff by their places in a list: who is ticked, and the outcome of the last invitation."""

    def on_mount(self) -> None:
        """Set the columns, and let the cursor select whole rows."""
        self.cursor_type = "row"
        self.set_columns(_columns)

    def show_invitees(self, staff: Sequence[Invitee], places: pl.Series, ticked: Collection[str]) -> None:
        """Show the staff at some places of the list (UInt32, ascending); `ticked` has the ids of those ticked."""
        self.show(places, lambda window: [_draw(staff[place], ticked) for place in window])


def _columns(width: int) -> list[TableColumn]:
    """Lay out the columns for a width in characters."""
    room = max(width - _TICK - _OUTCOME, 40)
    shared = [TableColumn(key, label, int(room * share)) for key, label, share in _SHARES]
    rest = room - sum(column.width for column in shared)
    return [
        TableColumn("tick", "", _TICK),
        *shared,
        TableColumn("address", " Address", rest),
        TableColumn("outcome", " Invited", _OUTCOME),
    ]


def _draw(invitee: Invitee, ticked: Collection[str]) -> Cells:
    is_ticked = invitee.id in ticked
    tick_box = "   " if invitee.obstacle else "[x]" if is_ticked else "[ ]"
    style = "bold" if is_ticked else ""
    text, colour = outcome(invitee)
    texts = (invitee.name, invitee.job_role, invitee.group, invitee.address)
    return [cell(tick_box, style), *(cell(f" {value}", style) for value in texts), cell(f" {text}", colour)]


def outcome(invitee: Invitee) -> tuple[str, str]:
    """The outcome of someone's last invitation in a word or two, and its colour."""
    if invitee.obstacle:
        return invitee.obstacle_label, "red"
    if invitee.invitation is None:
        return "not yet", ""
    if invitee.address_changed:
        return "old address", "yellow"
    at = datetime.fromtimestamp(invitee.invitation.at).astimezone()
    return {
        "sent": (f"{at.day} {at:%b %Y}", "green"),
        "outbox": (f"outbox {at.day} {at:%b}", "green"),
        "refused": ("refused", "red"),
        "unsure": ("not known", "yellow"),
    }[invitee.invitation.state]
