"""Changing how a file is read: its encoding, its delimiter and its row of headings.

Three names change with the encoding, already while the user moves through the list; the rows above and below the
headings change with every setting.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Grid, Vertical
from textual.message import Message
from textual.widgets import Button, Input, Label, OptionList, Select, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change
from backdrop_tui.intake.reading.delimiters import DELIMITERS, Delimiter
from backdrop_tui.intake.reading.encoding.encodings import ENCODINGS, Encoding
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet
from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.shell.draft_screen import DraftScreen
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.tables.headings_preview import HeadingsPreview
from backdrop_tui.wording import counted


@dataclass(frozen=True)
class Reading:
    """A file as it is read with certain options."""

    options: ReadOptions
    """The options."""
    sheet: Sheet
    """The sheet as read with these options."""


class ReadingScreen(DialogScreen[Reading]):
    """Lets the user choose how a file is read, and shows its first rows as read with the options chosen."""

    names = getters.query_one("#names", Static)
    encoding: getters.query_one[Select[Encoding]] = getters.query_one("#encoding", Select)
    listed = getters.query_one("#encoding OptionList", OptionList)
    preview = getters.query_one("#preview", HeadingsPreview)
    message = getters.query_one("#message", Static)

    @dataclass
    class Tried(Message):
        """The file has been read with some options."""

        options: ReadOptions
        """The options."""
        sheet: Sheet
        """The sheet as read with these options."""

    @dataclass
    class Refused(Message):
        """The file can't be read with some options."""

        options: ReadOptions
        """The options."""
        error: BackdropError
        """Why the file can't be read with these options."""

    @dataclass
    class Sampled(Message):
        """The names to show have been chosen."""

        names: Mapping[Encoding, tuple[str, ...]]
        """Some names with accents as each encoding reads them; none if the file has no such names."""

    def __init__(self, draft: Draft) -> None:
        """Create the dialog.

        Args:
            draft: The draft whose file is read. It is not changed.
        """
        super().__init__()
        self._draft = draft
        self._chosen = ReadOptions.from_json(draft.facts.read)
        self._reading: Reading | None = None
        self._names: Mapping[Encoding, tuple[str, ...]] | None = None
        self._refused: ReadOptions | None = None
        self._accepts_when_read = False

    def compose(self) -> ComposeResult:
        """Lay out the options and the preview."""
        sheet = self._draft.sheet
        with Vertical(classes="window wide") as window:
            window.border_title = "How the file is read"
            window.border_subtitle = "Esc to cancel"
            with Grid(id="options"):
                # Above the list of encodings, which covers what is below it.
                yield Label("Accented names")
                yield Static(id="names")
                yield Label("Encoding")
                encodings = [(encoding.label, encoding) for encoding in ENCODINGS]
                yield Select(encodings, value=sheet.encoding, allow_blank=False, id="encoding", compact=True)
                yield Label("Between cells")
                delimiters = [(delimiter.label, delimiter) for delimiter in DELIMITERS]
                yield Select(
                    delimiters, value=sheet.delimiter, allow_blank=False, id="delimiter", compact=True
                )
                yield Label("Row of headings")
                yield Input(
                    str(sheet.header_row or 0),
                    type="integer",
                    max_length=7,
                    id="header",
                    compact=True,
                    placeholder="0 for none",
                )
            yield Static(
                "The rows above and below the headings with these settings (enter 0 if there are no headings):",
                classes="samples",
            )
            yield HeadingsPreview(id="preview")
            yield Static(id="message")
            yield Button("Use these settings", variant="primary", id="ok", compact=True)

    def on_mount(self) -> None:
        """Show the rows as they are read so far."""
        self.encoding.focus()
        self._show_preview(self._draft.sheet)
        # Textual keeps the messages about moving through the list to itself.
        self.watch(self.listed, "highlighted", self.show_names)
        self.watch(self.encoding, "expanded", self.show_names)
        self.sample()

    @property
    def options(self) -> ReadOptions:
        """The options that are chosen. An encoding that was detected, and is left as it is, counts as not chosen."""
        header = self.query_one("#header", Input).value.strip()
        encoding, sheet = cast("Encoding", self.encoding.value), self._draft.sheet
        return ReadOptions(
            encoding=encoding if self._chosen.encoding or encoding is not sheet.encoding else None,
            delimiter=cast("Delimiter", self.query_one("#delimiter", Select).value),
            header_row=int(header) if header.isdecimal() else None,
        )

    @work(thread=True, exclusive=True, group="sample", exit_on_error=False)
    def sample(self) -> None:
        """Choose the names to show, in a worker."""
        try:
            names = self._draft.sample_names()
        except BackdropError:
            return  # reading the file with any options fails too, and says why
        self.post_message(self.Sampled(names))

    @on(Sampled)
    def show_sample(self, event: Sampled) -> None:
        """Show the names from now on."""
        self._names = event.names
        self.show_names()

    def show_names(self) -> None:
        """Show the names as the highlighted encoding reads them, or the chosen one if the list isn't open."""
        if self._names is None:
            return
        encoding = cast("Encoding", self.encoding.value)
        if self.encoding.expanded and (highlighted := self.listed.highlighted) is not None:
            encoding = ENCODINGS[highlighted]
        self.names.update(plain(", ".join(self._names[encoding]) or "none in this file"))

    @on(Select.Changed)
    @on(Input.Changed)
    def changed(self) -> None:
        """Read the file again when an option changes."""
        self.show_names()
        self._accepts_when_read = False
        self.attempt(self.options)

    @work(thread=True, exclusive=True, group="try", exit_on_error=False)
    def attempt(self, options: ReadOptions) -> None:
        """Read the file with some options, in a worker."""
        try:
            sheet = self._draft.read_as(options)
        except BackdropError as error:
            self.post_message(self.Refused(options, error))
        else:
            self.post_message(self.Tried(options, sheet))

    @on(Tried)
    def show_reading(self, event: Tried) -> None:
        """Show the rows, unless other options have been chosen since."""
        if event.options != self.options:
            return
        self._reading = Reading(event.options, event.sheet)
        self._show_preview(event.sheet)
        self.query_one("#ok").disabled = False
        if self._accepts_when_read:
            self.accept()

    @on(Refused)
    def show_refusal(self, event: Refused) -> None:
        """Show why the file can't be read, unless other options have been chosen since."""
        if event.options != self.options:
            return
        self._accepts_when_read, self._refused = False, event.options
        self.message.update(plain(event.error.message))
        self.preview.clear(columns=True)
        self.query_one("#ok").disabled = True

    def _show_preview(self, sheet: Sheet) -> None:
        self.message.update(plain(f"{sheet.cells.height:,} rows, {len(sheet.headings):,} columns."))
        self.preview.show(sheet)

    @on(Button.Pressed, "#ok")
    @on(Input.Submitted)
    def accept(self) -> None:
        """Close with the options chosen, as soon as the file has been read with them."""
        if self._reading is not None and self._reading.options == self.options:
            self.dismiss(self._reading)
        elif self.options != self._refused:
            self._accepts_when_read = True
            self.attempt(self.options)


def change_reading(screen: DraftScreen[Any], then: Callable[[], None]) -> None:
    """Ask how the file of a screen's draft is to be read, and read it like that.

    Args:
        screen: The screen.
        then: Called when the user has chosen how.
    """
    draft, before = screen.draft, screen.draft.sheet

    def chosen(reading: Reading | None) -> None:
        if reading is None:
            return
        try:
            change = draft.reread(reading.options, reading.sheet)
        except BackdropError as error:
            screen.show_error(error)
        else:
            if notice := _what_changed(before, draft.sheet, change):
                screen.notify(notice, markup=False)
        then()

    screen.app.push_screen(ReadingScreen(draft), chosen)


def _what_changed(before: Sheet, after: Sheet, change: Change | None) -> str:
    """What is different after reading a file anew, in sentences; empty if nothing is that the user might not see."""
    sentences = [f"Read as {after.encoding.label}."] if after.encoding is not before.encoding else []
    if change is not None:
        number = len(change.cells)
        sentences.append(
            f"{counted(number, 'cell')} that you had edited {'has' if number == 1 else 'have'} the text of the file again, "
            "because it is read differently now. To undo that, press u on Put right."
        )
    return " ".join(sentences)
