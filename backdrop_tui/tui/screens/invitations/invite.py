"""Inviting staff: who gets a welcome e-mail, what it says, and what became of it."""

from dataclasses import dataclass
from threading import Event
from typing import ClassVar

import polars as pl
from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import DataTable, Footer, Input, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.invitation_sending import MailRoute, SendingOutcome, mail_route, preview
from backdrop_tui.people.invitees import (
    Invitee,
    invitees,
    missing_leads_warning,
    remove_stale_invitations,
    selections,
)
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.screens.invitations.invite_address import AddressScreen
from backdrop_tui.tui.screens.invitations.invite_sending import SendingScreen, outcome
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.plain import plain, plain_lines
from backdrop_tui.tui.widgets.tables.invitee_table import InviteeTable
from backdrop_tui.tui.widgets.tables.invitee_table import outcome as outcome_of
from backdrop_tui.tui.widgets.tables.window_table import WindowTable
from backdrop_tui.wording import counted, listed

_NAMED = 5


class InviteScreen(StepScreen[None]):
    """A table of the staff: ticked are those who get a message."""

    CSS_PATH = stylesheet("invite")
    TITLE = "Invite staff"
    HELP = (
        "Tick who is to get a welcome e-mail, then s sends them; you are asked first. "
        "Nobody gets a second one unless you tick them again.\n"
        "What became of each stands in the last column, and in full below the table. "
        "Whoever has no address gets one with e. Nobody is told a password: say yourself how to sign in.\n"
        "Sending can be stopped, or cut off, at any moment: what was sent is kept, and the rest can be sent later."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick", id="invite.tick", tooltip="Tick the person here, or take the tick away"),
        Binding("a", "tick_new", "All new", id="invite.all", tooltip="Tick everybody who was not invited yet; again takes the ticks away"),
        Binding("t", "tick_some", "Tick …", id="invite.some", tooltip="Tick a user group, those who were refused, or nobody"),
        Binding("slash", "find", "Find", id="invite.find", tooltip="Show only those in whom a text is found: name, role, group, address, outcome"),
        Binding("p", "preview", "Message", id="invite.preview", tooltip="Show the message for the person here; Enter does the same"),
        Binding("e", "address", "Address", id="invite.address", tooltip="Type in the address of the person here"),
        Binding("s", "send", "Send", id="invite.send", tooltip="Send to those ticked; asks first"),
    ]  # fmt: skip

    table = getters.query_one(InviteeTable)
    state = getters.query_one("#state", Static)
    warning = getters.query_one("#warning", Static)
    about = getters.query_one("#about", Static)
    box = getters.query_one("#find", Input)

    @dataclass
    class Found(Message):
        """The staff have been looked up."""

        staff: list[Invitee]
        """They, by surname."""
        way: MailRoute
        """How messages go out."""
        warning: str
        """What is said where nobody is a safeguarding lead; empty where somebody is."""

    @dataclass
    class Composed(Message):
        """A message to look at has been made."""

        name: str
        """Whom it is for."""
        text: str
        """It, as text."""

    def __init__(self) -> None:
        super().__init__()
        self._staff: list[Invitee] = []
        self._way: MailRoute | None = None
        self._warning = ""
        self._ticked: set[str] = set()
        self._shown = pl.Series("row", [], dtype=pl.UInt32)
        self._stop = Event()
        self._possible: dict[str, bool] = {}

    def compose(self) -> ComposeResult:
        """How many there are, the table, and more on the person here."""
        yield Breadcrumb("Invite staff")
        yield Static("Looking up the staff …", id="state")
        yield Static(id="warning")
        yield Input(
            id="find",
            placeholder="Find a name, role, group, address or outcome; Enter, then a or Space",
            compact=True,
        )
        yield InviteeTable(id="staff")
        yield Static(id="about")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Look the staff up."""
        self.table.focus()
        self.look()

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def look(self) -> None:
        """Look the staff up, away from the screen."""
        school = self.host.school
        try:
            remove_stale_invitations(school)
            staff = invitees(school)
            self.post_message(
                self.Found(staff, mail_route(school), missing_leads_warning(school, staff) if staff else "")
            )
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(Found)
    def found(self, event: Found) -> None:
        """Show them."""
        self._staff, self._way = event.staff, event.way
        self._ticked &= {one.id for one in self._staff if not one.obstacle}
        self._warning = event.warning
        self.warning.update(plain(f"! {event.warning}"))
        self.warning.display = bool(event.warning)
        self._show()

    @on(Input.Changed, "#find")
    def _show(self) -> None:
        """Show those in whom the text to find is."""
        wanted = self.box.value.casefold().split()
        rows = [
            n for n, one in enumerate(self._staff) if not wanted or all(w in _searched(one) for w in wanted)
        ]
        self._shown = pl.Series("row", rows, dtype=pl.UInt32)
        self.table.show_invitees(self._staff, self._shown, self._ticked)
        self._say_how_many()
        self._say_about()

    def _say_how_many(self) -> None:
        staff = self._staff
        hidden = len(self._ticked) - len(self._recipients)
        counts = (
            (len(self._ticked), f"ticked ({hidden:,} not shown)" if hidden else "ticked"),
            (sum(one.is_new for one in staff), "not invited yet"),
            (sum(one.was_invited for one in staff), "invited"),
            (sum(one.is_new and one.invitation is not None for one in staff), "refused"),
            (sum(bool(one.obstacle) for one in staff), "without address"),
        )
        parts = [f"{len(staff):,} staff", *(f"{count:,} {words}" for count, words in counts if count)]
        if len(self._shown) < len(staff):
            parts.insert(1, f"{len(self._shown):,} shown")
        self.state.update(plain(f" {' · '.join(parts)}"))
        self._renew_keys()

    @on(WindowTable.CursorMoved)
    def _say_about(self) -> None:
        here = self._here
        if here is None:
            none = (
                "Nobody is found. Esc shows all."
                if self._staff
                else "No staff are stored yet. F3 goes to Staff."
            )
            self.about.update(none if self._way is not None else "")
        else:
            way = "" if not here.obstacle else " Press e to type one in."
            self.about.update(plain(f"{here.name}, {here.job_role}, {here.group}. {here.status}{way}"))
        self._renew_keys()

    @property
    def _here(self) -> Invitee | None:
        row = self.table.selected_row
        return self._staff[row] if row is not None and row < len(self._staff) else None

    def action_tick(self) -> None:
        """Tick the person here, or take the tick away, and go on to the next."""
        here = self._here
        if here is None:
            return
        if here.obstacle:
            self.notify(
                plain(f"{here.obstacle} Press e to type one in.").plain, severity="warning", markup=False
            )
            return
        self._ticked ^= {here.id}
        self._renew()
        self.table.action_cursor_down()

    def action_tick_new(self) -> None:
        """Tick everybody shown who was not invited yet; where they are ticked already, take the ticks away."""
        new = {one.id for one in map(self._staff.__getitem__, self._shown) if one.is_new}
        if not new:
            self.notify("Everybody here who has an address was invited already. Space ticks somebody again.")
        self._ticked = self._ticked - new if new <= self._ticked else self._ticked | new
        self._renew()

    def action_tick_some(self) -> None:
        """Choose whom to tick."""
        some = selections(self._staff)

        def chosen(place: int | None) -> None:
            if place is not None:
                self._ticked = self._ticked | some[place].ids if place < len(some) else set()
                self._end_search()
                self._renew()

        labels = [
            *(f"{len(one.ids):>6,}  {one.label}" for one in some),
            f"{0:>6}  nobody: take all ticks away",
        ]
        self.app.push_screen(ChooseScreen("Whom to tick", labels), chosen)

    def _renew(self) -> None:
        self.table.show_invitees(self._staff, self._shown, self._ticked)
        self._say_how_many()

    def action_find(self) -> None:
        """Type what to find."""
        self.box.add_class("-open")
        self.box.focus()

    @on(Input.Submitted, "#find")
    def to_the_table(self) -> None:
        """Enter goes back to the table, which shows those found."""
        self.box.set_class(bool(self.box.value), "-open")
        self.table.focus()

    def action_back(self) -> None:
        """Show all again; where all are shown, go one step back."""
        if self.box.has_focus or self.box.value:
            self._end_search()
        else:
            self.dismiss(None)

    def _end_search(self) -> None:
        """Show everyone again."""
        self.box.value = ""
        self.to_the_table()

    @on(DataTable.RowSelected)
    def action_preview(self) -> None:
        """Show the message for the person here."""
        if self._here is not None:
            self.make(self._here)

    @work(thread=True, exclusive=True, group="make", exit_on_error=False)
    def make(self, invitee: Invitee) -> None:
        """Make a message to look at, away from the screen."""
        try:
            self.post_message(self.Composed(invitee.name, preview(self.host.school, invitee)))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(Composed)
    def show_message(self, event: Composed) -> None:
        """Show a message."""
        self.app.push_screen(ShowTextScreen(f"Message for {event.name}", plain_lines(event.text)))

    def action_address(self) -> None:
        """Type in the address of the person here."""

        def stored(address: str | None) -> None:
            if address is not None:
                self.look()

        if self._here is not None:
            self.app.push_screen(AddressScreen(self._here), stored)

    @property
    def _recipients(self) -> list[Invitee]:
        """Those who are ticked and shown; ticked people whom the search hides get no message."""
        shown = map(self._staff.__getitem__, self._shown)
        return [invitee for invitee in shown if invitee.id in self._ticked]

    def action_send(self) -> None:
        """Ask, then send to those ticked."""
        people, way = self._recipients, self._way
        if not people or way is None:
            self.notify(
                "Everyone you ticked is hidden by the search. Press Esc to show everyone."
                if self._ticked
                else "Tick somebody first: a ticks everybody who was not invited yet.",
                severity="warning",
            )
            return

        def answered(yes: bool | None) -> None:  # noqa: FBT001 - a screen's result
            if yes:
                self._stop = Event()
                self.app.push_screen(SendingScreen(people, self._stop), self._sent)

        question = _question(people, len(self._ticked) - len(people), way, self._warning)
        self.app.push_screen(
            ConfirmScreen("Send welcome e-mails?", question, f"Send {len(people):,}", "Not yet"), answered
        )

    def _sent(self, sending: SendingOutcome | None) -> None:
        """Say what became of the messages."""
        if sending is not None:
            self._ticked -= {result.invitee.id for result in sending.results}
            self.app.push_screen(ShowTextScreen("What became of the messages", outcome(sending)))
        self.look()
        self.host.refresh_progress()

    def release(self) -> None:
        """Begin no further message."""
        self._stop.set()

    def _renew_keys(self) -> None:
        """Grey other keys, where others can be used now. Drawing the footer anew takes longer than all the rest."""
        here, some = self._here is not None, bool(self._staff)
        possible = {
            "tick": here,
            "preview": here,
            "address": here,
            "tick_new": some,
            "tick_some": some,
            "find": some,
            "send": bool(self._ticked),
        }
        if possible != self._possible:
            self._possible = possible
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey what can't be done now."""
        return True if self._possible.get(action, True) else None


def _searched(invitee: Invitee) -> str:
    """All that can be found of somebody."""
    parts = (
        invitee.name,
        invitee.job_role,
        invitee.group,
        invitee.address,
        outcome_of(invitee)[0],
    )
    return " ".join(parts).casefold()


def _question(people: list[Invitee], hidden: int, way: MailRoute, warning: str) -> str:
    """How many messages go out and where to, who gets them, and what may be wrong.

    Args:
        people: The recipients.
        hidden: The number of people who are ticked but not shown.
        way: How messages go out.
        warning: What is wrong with the staff as a whole; empty if nothing is.
    """
    messages = counted(len(people), "message goes", "messages go")
    names = listed((invitee.name for invitee in people), at_most=_NAMED)
    lines = [f"{messages} out {way.description}.", f"To: {names}."]
    if hidden:
        others = counted(hidden, "ticked person isn't", "ticked people aren't")
        lines.append(f"{others} in this list and won't get a message.")
    if again := sum(one.was_invited for one in people):
        lines.append(
            f"{again:,} of them {'was' if again == 1 else 'were'} invited before and will get it again."
        )
    if not way.has_lead_address:
        lines.append(
            "The safeguarding lead's address is not set, so answers come to the sender. See system settings."
        )
    if warning:
        lines.append(warning)
    return "\n\n".join(lines)
