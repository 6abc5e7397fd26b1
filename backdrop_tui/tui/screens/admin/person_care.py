"""Two keys that every list of people has: show everything that is held about a person, and erase it."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message

from backdrop_tui.care.erase import erase, look_for
from backdrop_tui.care.erase_texts import receipt_text, warning, warning_about_many
from backdrop_tui.care.retention import still_due
from backdrop_tui.care.subject_access import held_about
from backdrop_tui.care.subject_access_text import subject_access_text
from backdrop_tui.care.traces.known_versions import UnknownPersonError
from backdrop_tui.errors import BackdropError
from backdrop_tui.school.audit_log import Event
from backdrop_tui.tui.screens.dialogs.confirm import ConfirmScreen, ask
from backdrop_tui.tui.screens.dialogs.show_text import ShowTextScreen
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.widgets.plain import plain_lines

_GONE = "Nothing is stored about this person any more."
"""What is said about someone who has been erased elsewhere since they were listed."""


class PersonCareScreen(StepScreen[str]):
    """A screen on which a person can be erased, and everything that is held about them be shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "held", "Held", id="care.held", show=False, tooltip="Show everything that is held about this person, to be handed over on request"),
        Binding("ctrl+e", "erase", "Erase", id="care.erase", show=False, tooltip="Erase this person everywhere, for good (you are asked first)"),
    ]  # fmt: skip

    @dataclass
    class Examined(Message):
        """What erasing people would do has been worked out."""

        ids: list[str]
        """The people's ids."""
        question: str
        """What to know before it is done."""
        event: Event
        """What is noted in the log if it is done."""

    @dataclass
    class Erased(Message):
        """People have been erased."""

        receipt: list[str]
        """What was erased, a sentence each, with numbers only."""

    @dataclass
    class Collected(Message):
        """Everything that is held about a person has been collected."""

        person_id: str
        """The person's id."""
        text: str
        """What is held."""

    @property
    @abstractmethod
    def person_id(self) -> str | None:
        """The id of the person under the cursor; None if there is nobody."""

    @abstractmethod
    def show_erased(self, receipt: Sequence[str]) -> None:
        """Show the people without those who have been erased.

        Args:
            receipt: What was erased, a sentence each.
        """

    def action_erase(self) -> None:
        """Work out what erasing this person would do, then ask."""
        if self.person_id is not None:
            self.examine([self.person_id], Event.ERASED)

    def action_held(self) -> None:
        """Show everything that is held about this person."""
        if self.person_id is not None:
            self.collect(self.person_id)

    @work(thread=True, exclusive=True, group="look-over", exit_on_error=False)
    def examine(self, ids: list[str], event: Event) -> None:
        """Work out what erasing people would do, in a worker."""
        host = self.host  # asked for first: a screen that has been left has no app
        try:
            traces = look_for(host.school, ids)
            if not traces.subjects:
                self.post_message(self.Erased([_GONE]))
                return
            is_one = event is Event.ERASED
            paragraphs = warning(host.school, traces, host.today) if is_one else warning_about_many(traces)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Examined(ids, "\n\n".join(paragraphs), event))

    @on(Examined)
    def ask_before_erasing(self, event: Examined) -> None:
        """Ask whether people are to be erased."""
        title = "Erase this person for good?"
        if event.event is Event.RETENTION:
            title = f"Remove {len(event.ids):,} for good?"
        dialog = ConfirmScreen(title, event.question, "Erase", "Keep")
        ask(self.app, dialog, yes=partial(self._start_erasing, event.ids, event.event))

    def _start_erasing(self, ids: list[str], event: Event) -> None:
        self.holds_keys = True
        self.erase(ids, event)

    @work(thread=True, group="do", exit_on_error=False)
    def erase(self, ids: list[str], event: Event) -> None:
        """Erase people, in a worker."""
        host = self.host  # asked for first: a screen that has been left has no app
        try:
            if event is Event.RETENTION:
                ids = still_due(host.school, ids, host.today)
            receipt = erase(host.school, ids, event)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Erased(receipt_text(receipt)))

    @on(Erased)
    def give_receipt(self, event: Erased) -> None:
        """Show the people who are left, and the receipt."""
        self.holds_keys = False
        self.show_erased(event.receipt)
        self.host.refresh_progress()

    @work(thread=True, exclusive=True, group="look-over", exit_on_error=False)
    def collect(self, person_id: str) -> None:
        """Collect everything that is held about a person, in a worker."""
        host = self.host  # asked for first: a screen that has been left has no app
        try:
            held = held_about(host.school, person_id)
            text = subject_access_text(held, host.school.settings.text("organisation") or "", host.today)
        except UnknownPersonError:
            self.post_message(self.Erased([_GONE]))
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Collected(person_id, text))

    @on(Collected)
    def show_held(self, event: Collected) -> None:
        """Show everything that is held about a person."""
        file = f"{event.person_id}.txt", f"{event.text}\n".encode()
        self.app.push_screen(
            ShowTextScreen("Everything held about this person", plain_lines(event.text), file)
        )
