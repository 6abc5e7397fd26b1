"""The table of staff who can be invited, with a box to tick for each."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import polars as pl

from backdrop_tui.people.invitees import Invitee
from backdrop_tui.tui.widgets.plain import cell
from backdrop_tui.tui.widgets.tables.narrowing import narrow
from backdrop_tui.tui.widgets.tables.window_table import Cells, TableColumn, WindowTable

_TICK = 3
_WIDEST_GAP = 6
"""The most characters that are left free after a column of texts."""
_LABELS = {"name": " Name", "job_role": " Job Role", "group": " User Group", "address": " Address"}
"""The columns of texts."""
_GIVE_WAY = ({"address": 14}, {"address": 14, "group": 14, "name": 16}, dict.fromkeys(_LABELS, 10))
"""The columns that are narrowed if not all of them fit, and how far: addresses first, job roles last."""
_OUTCOME = " Invited"


class InviteeTable(WindowTable):
    """Shows staff by their places in a list: who is ticked, and the outcome of the last invitation."""

    def on_mount(self) -> None:
        """Let the cursor select whole rows."""
        self.cursor_type = "row"

    def show_invitees(self, staff: Sequence[Invitee], places: pl.Series, ticked: Collection[str]) -> None:
        """Show the staff at some places of the list (UInt32, ascending); `ticked` has the ids of those ticked."""
        needed = {
            key: 1 + max(len(label), *(len(getattr(invitee, key)) for invitee in staff), 0)
            for key, label in _LABELS.items()
        }
        outcomes = 1 + max(len(_OUTCOME.strip()), *(len(outcome(invitee)[0]) for invitee in staff), 0)
        self.show(
            places,
            lambda window: [_draw(staff[place], ticked) for place in window],
            lambda width: _columns(needed, outcomes, width - _TICK - outcomes),
        )


def _columns(needed: Mapping[str, int], outcomes: int, room: int) -> list[TableColumn]:
    """Lay out the columns.

    Args:
        needed: The width in which no text is cut, by the columns' keys.
        outcomes: The width of the column that says who has been invited.
        room: The width that there is for the columns of texts.
    """
    widths = dict(needed)
    for narrowest in _GIVE_WAY:
        narrow(widths, narrowest, room)
    gap = min(max(0, room - sum(widths.values())) // len(widths), _WIDEST_GAP)
    return [
        TableColumn("tick", "", _TICK),
        *(TableColumn(key, label, widths[key] + gap) for key, label in _LABELS.items()),
        TableColumn("outcome", _OUTCOME, outcomes),
    ]


def _draw(invitee: Invitee, ticked: Collection[str]) -> Cells:
    is_ticked = invitee.id in ticked
    tick_box = "   " if invitee.obstacle else "[x]" if is_ticked else "[ ]"
    style = "bold" if is_ticked else ""
    text, colour = outcome(invitee)
    texts = (invitee.name, invitee.job_role, invitee.group, invitee.address)
    return [cell(tick_box, style), *(cell(f" {value}", style) for value in texts), cell(f" {text}", colour)]


def outcome(invitee: Invitee) -> tuple[str, str]:
    """The outcome of someone's last invitation in a word or two, and its style."""
    if invitee.obstacle:
        return invitee.obstacle_label, "error"
    if invitee.invitation is None or invitee.message_is_gone:
        return "not yet", ""
    if invitee.address_changed:
        return "old address", "warning"
    at = datetime.fromtimestamp(invitee.invitation.at).astimezone()
    return {
        "sent": (f"{at.day} {at:%b %Y}", "success"),
        "outbox": (f"outbox {at.day} {at:%b}", "success"),
        "refused": ("refused", "error"),
        "unsure": ("not known", "warning"),
    }[invitee.invitation.state]
