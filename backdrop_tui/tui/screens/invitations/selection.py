"""The staff on the invite screen: who matches the search, and who is ticked."""

from collections.abc import Collection, Sequence

import polars as pl

from backdrop_tui.people.invitees import Invitee
from backdrop_tui.tui.widgets.tables.invitee_table import outcome


class InviteeSelection:
    """Staff in a fixed order, of whom some are shown and some are ticked. Only people who can be invited are ticked."""

    def __init__(self, staff: Sequence[Invitee] = (), ticked: Collection[str] = (), search: str = "") -> None:
        """Create a selection.

        Args:
            staff: Everyone who may be shown, in order.
            ticked: The ids of those who are ticked. People who can't be invited are left out.
            search: Words that a person must have to be shown.
        """
        self.staff = staff
        """Everyone who may be shown, in order."""
        self.ticked = {invitee.id for invitee in staff if invitee.id in ticked and not invitee.obstacle}
        """The ids of those who are ticked."""
        self.shown = pl.Series("row", [], dtype=pl.UInt32)
        """The places of those who are shown (UInt32, ascending)."""
        self.search(search)

    def search(self, text: str) -> None:
        """Show only people who have every word of a text in their name, role, group, address or outcome."""
        words = text.casefold().split()
        places = [
            place
            for place, invitee in enumerate(self.staff)
            if all(word in _searchable_text(invitee) for word in words)
        ]
        self.shown = pl.Series("row", places, dtype=pl.UInt32)

    def toggle(self, invitee: Invitee) -> None:
        """Tick a person who can be invited, or take the tick away."""
        self.ticked ^= {invitee.id}

    def toggle_new(self) -> bool:
        """Tick everyone shown who hasn't been invited yet; if they are all ticked, take the ticks away.

        Returns:
            Whether there is anyone like that.
        """
        new = {invitee.id for invitee in self._shown_staff if invitee.is_new}
        self.ticked = self.ticked - new if new <= self.ticked else self.ticked | new
        return bool(new)

    @property
    def recipients(self) -> list[Invitee]:
        """Those who are ticked and shown. Ticked people whom the search hides get no message."""
        return [invitee for invitee in self._shown_staff if invitee.id in self.ticked]

    @property
    def hidden_ticks(self) -> int:
        """The number of people who are ticked but not shown."""
        return len(self.ticked) - len(self.recipients)

    @property
    def summary(self) -> str:
        """The number of staff, and how many of them are shown, ticked, invited and so on, in one line."""
        hidden = self.hidden_ticks
        counts = (
            (len(self.ticked), f"ticked ({hidden:,} not shown)" if hidden else "ticked"),
            (sum(invitee.is_new for invitee in self.staff), "not invited yet"),
            (sum(invitee.was_invited and not invitee.is_in_outbox for invitee in self.staff), "invited"),
            (sum(invitee.is_in_outbox for invitee in self.staff), "only in the outbox"),
            (sum(invitee.is_new and invitee.is_in_state("refused") for invitee in self.staff), "refused"),
            (sum(bool(invitee.obstacle) for invitee in self.staff), "without an address"),
        )
        parts = [f"{len(self.staff):,} staff", *(f"{count:,} {words}" for count, words in counts if count)]
        if len(self.shown) < len(self.staff):
            parts.insert(1, f"{len(self.shown):,} shown")
        return " · ".join(parts)

    @property
    def _shown_staff(self) -> list[Invitee]:
        return [self.staff[place] for place in self.shown]


def _searchable_text(invitee: Invitee) -> str:
    """Everything that a search can match, in lower case."""
    label, _ = outcome(invitee)
    parts = (invitee.name, invitee.job_role, invitee.group, invitee.address, label)
    return " ".join(parts).casefold()
