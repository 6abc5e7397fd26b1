"""Inviting staff: who gets a welcome e-mail, what it says, and its outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.widgets import DataTable, Input, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.people.invitation_results import remove_stale_invitations
from backdrop_tui.people.invitation_sending import MailRoute, SendingOutcome, mail_route, preview
from backdrop_tui.people.invitees import (
    Invitee,
    invitees,
    missing_leads_warning,
    selections,
)
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.screens.invitations.address import AddressScreen
from backdrop_tui.tui.screens.invitations.selection import InviteeSelection
from backdrop_tui.tui.screens.invitations.sending import SendingScreen
from backdrop_tui.tui.screens.invitations.texts import sending_question, sending_results
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain, plain_lines
from backdrop_tui.tui.widgets.tables.invitee_table import InviteeTable
from backdrop_tui.tui.widgets.tables.window_table import WindowTable


class InviteScreen(StepScreen[None]):
    """A table of the staff, in which the user ticks who gets a message."""

    CSS_PATH = stylesheet("invite")
    TITLE = "Invite staff"
    HELP = (
        "Tick the people who should get a welcome e-mail, then press s to send it (you are asked first). "
        "Nobody gets a second one unless you tick them again.\n"
        "The last column shows the result for each person, and the line below the table has the details. "
        "If someone has no address, press e to add one. Nobody is sent a password: tell them how to sign in.\n"
        "You can stop at any time, and send the rest later."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick", id="invite.tick", tooltip="Tick this person, or untick them"),
        Binding("a", "tick_new", "All new", id="invite.all", tooltip="Tick everyone who hasn't been invited yet, or untick them"),
        Binding("t", "tick_selection", "Tick …", id="invite.some", tooltip="Tick a user group, those whose message was refused, or nobody"),
        Binding("slash", "search", "Find", id="invite.find", tooltip="Find people by their name, role, group, address or result"),
        Binding("p", "preview", "Message", id="invite.preview", tooltip="Show this person's message; so does Enter"),
        Binding("e", "address", "Address", id="invite.address", tooltip="Type in this person's address"),
        Binding("s", "send", "Send", id="invite.send", tooltip="Send to everyone ticked (you are asked first)"),
    ]  # fmt: skip

    table = getters.query_one(InviteeTable)
    summary = getters.query_one("#summary", Static)
    warning = getters.query_one("#warning", Static)
    details = getters.query_one("#details", Static)
    search_input = getters.query_one("#search", Input)

    @dataclass
    class StaffRead(Message):
        """The staff have been read from the store."""

        staff: Sequence[Invitee]
        """All staff, sorted by surname."""
        route: MailRoute
        """How messages will be sent."""
        warning: str
        """A warning if nobody is a safeguarding lead; empty if someone is."""

    @dataclass
    class Composed(Message):
        """The message for one person has been composed, to be looked at."""

        name: str
        """The person's name."""
        text: str
        """The message as text."""

    def __init__(self) -> None:
        super().__init__()
        self.selection = InviteeSelection()
        """The staff, and who of them is shown and ticked."""
        self._route: MailRoute | None = None
        self._warning = ""
        self._stop = Event()
        self._shown_actions: dict[str, bool] = {}

    def compose(self) -> ComposeResult:
        """Lay out the counts, the search, the table, and the details of one person."""
        yield Breadcrumb("Invite staff")
        yield Static("Looking up the staff …", id="summary")
        yield Static(id="warning")
        yield Input(
            id="search",
            placeholder="Find a name, role, group, address or result; Enter, then a or Space",
            compact=True,
        )
        with Container(classes="beside"):
            yield titled(InviteeTable(id="staff"), "Staff")
            yield titled(Static(id="details", classes="about"), "This person")
        yield Footer("send")

    def on_mount(self) -> None:
        """Start to read the staff."""
        self.table.focus()
        self.read_staff()

    @work(thread=True, exclusive=True, group="staff", exit_on_error=False)
    def read_staff(self) -> None:
        """Read the staff and their invitations from the store, in a worker."""
        school = self.host.school
        try:
            remove_stale_invitations(school)
            staff = invitees(school)
            warning = missing_leads_warning(school, staff) if staff else ""
            self.post_message(self.StaffRead(staff, mail_route(school), warning))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(StaffRead)
    def show_staff(self, event: StaffRead) -> None:
        """Show the staff; ticks stay, except those of people who can no longer be invited."""
        self._route, self._warning = event.route, event.warning
        self.selection = InviteeSelection(event.staff, self.selection.ticked, self.search_input.value)
        self.warning.update(plain(f"! {event.warning}"))
        self.warning.display = bool(event.warning)
        self._refresh_table()
        self._show_details()

    @on(Input.Changed, "#search")
    def _search(self) -> None:
        self.selection.search(self.search_input.value)
        self._refresh_table()
        self._show_details()

    def _refresh_table(self) -> None:
        """Show who is ticked now, and the counts."""
        self.table.show_invitees(self.selection.staff, self.selection.shown, self.selection.ticked)
        self.summary.update(plain(f" {self.selection.summary}"))
        self._refresh_keys()

    @on(WindowTable.CursorMoved)
    def _show_details(self) -> None:
        """Show the outcome for the person that the cursor is on, or why the table is empty."""
        invitee = self._current
        if invitee is not None:
            advice = " Press e to type one in." if invitee.obstacle else ""
            texts = filter(None, (invitee.name, invitee.job_role, invitee.group, invitee.address))
            self.details.update(plain(f"{', '.join(texts)}. {invitee.status}{advice}"))
        elif self._route is None:
            self.details.update("")
        elif self.selection.staff:
            self.details.update("No matches. Press Esc to show everyone.")
        else:
            self.details.update("No staff are stored yet. Press F3, then choose Staff.")
        self._refresh_keys()

    @property
    def _current(self) -> Invitee | None:
        """The person that the cursor is on."""
        row = self.table.selected_row
        return self.selection.staff[row] if row is not None and row < len(self.selection.staff) else None

    def action_tick(self) -> None:
        """Tick this person or take the tick away, and move to the next one."""
        invitee = self._current
        if invitee is None:
            return
        if invitee.obstacle:
            message = plain(f"{invitee.obstacle} Press e to type one in.").plain
            self.notify(message, severity="warning", markup=False)
            return
        self.selection.toggle(invitee)
        self._refresh_table()
        self.table.action_cursor_down()

    def action_tick_new(self) -> None:
        """Tick everyone shown who hasn't been invited yet, or take their ticks away."""
        if not self.selection.toggle_new():
            self.notify(
                "There is a message for everyone here who has an address. Press Space to tick someone again."
            )
        self._refresh_table()

    def action_tick_selection(self) -> None:
        """Tick a user group or another selection of staff, or nobody."""
        choices = selections(self.selection.staff)

        def chosen(index: int | None) -> None:
            if index is not None:
                ticked = self.selection.ticked | choices[index].ids if index < len(choices) else set()
                self.selection.ticked = ticked
                self._end_search()
                self._refresh_table()

        labels = [
            *(f"{len(choice.ids):>6,}  {choice.label}" for choice in choices),
            f"{0:>6}  nobody: clear all ticks",
        ]
        self.app.push_screen(ChooseScreen("Who to tick", labels), chosen)

    def action_search(self) -> None:
        """Open the input for the search."""
        self.search_input.add_class("-open")
        self.search_input.focus()

    @on(Input.Submitted, "#search")
    def focus_table(self) -> None:
        """Go back to the table, which goes on showing the matches."""
        self.search_input.set_class(bool(self.search_input.value), "-open")
        self.table.focus()

    def action_back(self) -> None:
        """End the search, or go back one step if there is none."""
        if self.search_input.has_focus or self.search_input.value:
            self._end_search()
        else:
            self.dismiss(None)

    def _end_search(self) -> None:
        """Show everyone again."""
        self.search_input.value = ""
        self.focus_table()

    @on(DataTable.RowSelected)
    def action_preview(self) -> None:
        """Show the message for this person."""
        if self._current is not None:
            self.compose_message(self._current)

    @work(thread=True, exclusive=True, group="compose", exit_on_error=False)
    def compose_message(self, invitee: Invitee) -> None:
        """Compose the message for a person, in a worker."""
        try:
            self.post_message(self.Composed(invitee.name, preview(self.host.school, invitee)))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(Composed)
    def show_message(self, event: Composed) -> None:
        """Show a message that has been composed."""
        self.app.push_screen(ShowTextScreen(f"Message for {event.name}", plain_lines(event.text)))

    def action_address(self) -> None:
        """Type in the address of this person."""

        def stored(address: str | None) -> None:
            if address is not None:
                self.read_staff()

        if self._current is not None:
            self.app.push_screen(AddressScreen(self._current), stored)

    def action_send(self) -> None:
        """Send to everyone who is ticked and shown, after asking."""
        recipients, route = self.selection.recipients, self._route
        if not recipients or route is None:
            self.notify(
                "Everyone you ticked is hidden by the search. Press Esc to show everyone."
                if self.selection.ticked
                else "Tick someone first. Press a to tick everyone who hasn't been invited yet.",
                severity="warning",
            )
            return
        text = sending_question(recipients, self.selection.hidden_ticks, route, self._warning)
        question = ConfirmScreen("Send welcome e-mails?", text, f"Send {len(recipients):,}", "Not yet")
        ask(self.app, question, yes=lambda: self._send(recipients))

    def _send(self, recipients: Sequence[Invitee]) -> None:
        self._stop = Event()
        self.app.push_screen(SendingScreen(recipients, self._stop), self._show_results)

    def _show_results(self, outcome: SendingOutcome | None) -> None:
        """Show the results of sending; those whose message was tried are no longer ticked."""
        if outcome is not None:
            self.selection.ticked -= {result.invitee.id for result in outcome.results}
            self.app.push_screen(ShowTextScreen("Results", sending_results(outcome)))
        self.read_staff()
        self.host.refresh_progress()

    def release(self) -> None:
        """Stop sending after the current message."""
        self._stop.set()

    def _refresh_keys(self) -> None:
        """Update the footer if other actions are possible now; drawing it takes longer than all the rest."""
        has_staff, has_current = bool(self.selection.staff), self._current is not None
        possible = {
            "tick": has_current,
            "preview": has_current,
            "address": has_current,
            "tick_new": has_staff,
            "tick_selection": has_staff,
            "search": has_staff,
            "send": bool(self.selection.ticked),
        }
        if possible != self._shown_actions:
            self._shown_actions = possible
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey out what can't be done now."""
        return True if self._shown_actions.get(action, True) else None
