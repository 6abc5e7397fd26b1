"""How a file is read: encoding, delimiter, row of headings; with three rows that change as they do."""

from dataclasses import dataclass
from typing import cast

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Grid, Vertical
from textual.message import Message
from textual.widgets import Button, DataTable, Input, Label, Select, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.reading.delimiters import DELIMITERS, Delimiter
from backdrop_tui.intake.reading.encodings import ENCODINGS, Encoding
from backdrop_tui.intake.reading.sheet import ReadOptions, Sheet
from backdrop_tui.tui.shell.base_screens import DialogScreen
from backdrop_tui.tui.widgets.plain import cell, plain

_SHOWN_COLUMNS = 8
_SHOWN_ROWS = 3


@dataclass(frozen=True)
class Reading:
    """A way to read the file, and what comes of it."""

    options: ReadOptions
    """The way."""
    sheet: Sheet
    """What comes of it."""


class ReadingScreen(DialogScreen[Reading]):
    """Overrules what was found out about a file."""

    table = getters.query_one("#three", DataTable)
    message = getters.query_one("#message", Static)

    @dataclass
    class Tried(Message):
        """The file was read in this way."""

        options: ReadOptions
        """The way."""
        sheet: Sheet
        """What came of it."""

    @dataclass
    class Refused(Message):
        """The file can't be read in this way."""

        options: ReadOptions
        """The way."""
        error: BackdropError
        """Why."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._tried: Reading | None = None
        self._refused: ReadOptions | None = None
        self._accepts = False

    def compose(self) -> ComposeResult:
        """Three choices, three rows."""
        sheet = self._draft.sheet
        with Vertical(classes="window wide") as window:
            window.border_title = "How the file is read"
            window.border_subtitle = "Esc cancels"
            with Grid(id="choices"):
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
                "The first three rows, read so (0 as the row of headings says that there are none):",
                classes="samples",
            )
            yield DataTable(id="three", show_cursor=False, cell_padding=1)
            yield Static(id="message")
            yield Button("Read it so", variant="primary", id="ok", compact=True)

    def on_mount(self) -> None:
        """Show the rows as they are read now."""
        self.query_one("#encoding").focus()
        self._show(self._draft.sheet)

    @property
    def options(self) -> ReadOptions:
        """What is chosen."""
        header = self.query_one("#header", Input).value.strip()
        return ReadOptions(
            encoding=cast("Encoding", self.query_one("#encoding", Select).value),
            delimiter=cast("Delimiter", self.query_one("#delimiter", Select).value),
            header_row=int(header) if header.isdecimal() else None,
        )

    @on(Select.Changed)
    @on(Input.Changed)
    def changed(self) -> None:
        """Read the file in the new way."""
        self._accepts = False
        self.attempt(self.options)

    @work(thread=True, exclusive=True, group="try", exit_on_error=False)
    def attempt(self, options: ReadOptions) -> None:
        """Read the file, away from the screen."""
        try:
            sheet = self._draft.read_as(options)
        except BackdropError as error:
            self.post_message(self.Refused(options, error))
        else:
            self.post_message(self.Tried(options, sheet))

    @on(Tried)
    def tried(self, event: Tried) -> None:
        """Show the rows, unless something else is chosen by now."""
        if event.options != self.options:
            return
        self._tried = Reading(event.options, event.sheet)
        self._show(event.sheet)
        self.query_one("#ok").disabled = False
        if self._accepts:
            self.accept()

    @on(Refused)
    def refused(self, event: Refused) -> None:
        """Say why it can't be read so."""
        if event.options != self.options:
            return
        self._accepts, self._refused = False, event.options
        self.message.update(plain(event.error.message))
        self.table.clear(columns=True)
        self.query_one("#ok").disabled = True

    def _show(self, sheet: Sheet) -> None:
        self.message.update(plain(f"{sheet.cells.height:,} rows, {len(sheet.headings):,} columns."))
        self.table.clear(columns=True)
        for n, name in enumerate(sheet.column_names[:_SHOWN_COLUMNS]):
            self.table.add_column(cell(name, most=16), key=str(n))
        for values in sheet.cells.head(_SHOWN_ROWS).fill_null("").iter_rows():
            self.table.add_row(
                *(cell(value, most=16) for value in values[1 : 1 + _SHOWN_COLUMNS]), key=str(values[0])
            )

    @on(Button.Pressed, "#ok")
    @on(Input.Submitted)
    def accept(self) -> None:
        """Leave with what is chosen, once the file has been read so."""
        if self._tried is not None and self._tried.options == self.options:
            self.dismiss(self._tried)
        elif self.options != self._refused:
            self._accepts = True
            self.attempt(self.options)
