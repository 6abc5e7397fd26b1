"""Staff who may be invited, as lines of a table."""

from collections.abc import Collection, Sequence
from datetime import datetime

from backdrop_tui.people.invitees import Invitee
from backdrop_tui.tui.widgets.plain import cell
from backdrop_tui.tui.widgets.window_table import Line, TableColumn

_TICK, _OUTCOME = 3, 14
_SHARES = (("name", " Name", 0.28), ("job_role", " Job Role", 0.18), ("group", " User Group", 0.18))
"""Columns that share what width is left, and how much of it each takes; the address has the rest."""


def columns(width: int) -> list[TableColumn]:
    """The columns of the table, made to fit a width."""
    room = max(width - _TICK - _OUTCOME, 40)
    shared = [TableColumn(key, label, int(room * share)) for key, label, share in _SHARES]
    rest = room - sum(column.width for column in shared)
    return [
        TableColumn("tick", "", _TICK),
        *shared,
        TableColumn("address", " Address", rest),
        TableColumn("outcome", " Invited", _OUTCOME),
    ]


def outcome(invitee: Invitee) -> tuple[str, str]:
    """What became of somebody's invitation, in a word or two, and its colour."""
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


class InviteeLines:
    """Called with places among the staff, gives their lines."""

    def __init__(self, staff: Sequence[Invitee], ticked: Collection[str]) -> None:
        self._staff = staff
        self._ticked = ticked

    def __call__(self, rows: Sequence[int]) -> list[Line]:
        """The lines of some of them."""
        return [self._line(self._staff[row]) for row in rows]

    def _line(self, invitee: Invitee) -> Line:
        ticked = invitee.id in self._ticked
        tick = "   " if invitee.obstacle else "[x]" if ticked else "[ ]"
        word, colour = outcome(invitee)
        texts = (invitee.name, invitee.job_role, invitee.group, invitee.address)
        return [
            cell(tick, "bold" if ticked else ""),
            *(cell(f" {text}", "bold" if ticked else "") for text in texts),
            cell(f" {word}", colour),
        ]
