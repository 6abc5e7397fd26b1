"""The people stored, in a table that is searched and sorted."""

from dataclasses import dataclass, field

import polars as pl
from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Input, Label, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.absent_people import Leavers, leavers
from backdrop_tui.people.directory import Directory, Order
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.cell_editor import CellEditor
from backdrop_tui.tui.widgets.people_lines import PeopleLines
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.window_table import WindowTable

_WIDEST_SEARCH = 40


@dataclass(frozen=True)
class Wanted:
    """What the list is to show."""

    words: str = ""
    """What is searched for."""
    order: Order = field(default_factory=Order)
    """How it is sorted."""
    leavers: bool = False
    """Whether only those are shown who may have left."""


class PeopleListScreen(StepScreen[str]):
    """A table of everybody of one kind, what is searched for in it, and how it is sorted."""

    CSS_PATH = stylesheet("people")
    AUTO_FOCUS = (
        "#people"  # the search stands above it, and letters meant for the table would be searched for
    )
    table = getters.query_one("#people", WindowTable)
    search = getters.query_one("#search", Input)
    state = getters.query_one("#state", Static)
    message = getters.query_one("#message", Static)
    editor = getters.query_one("#editor", CellEditor)

    @dataclass
    class Found(Message):
        """It is known who is to be shown."""

        turn: int
        """Which look it was."""
        directory: Directory
        """Everybody."""
        people: pl.DataFrame
        """Who is shown: `id` and the fields' keys (String)."""
        leavers: Leavers | None
        """Who may have left."""
        context: Context
        """What choices depend on."""

    def __init__(self, kind: RecordKind) -> None:
        super().__init__()
        self.kind = kind
        """What they are."""
        self.wanted = Wanted()
        """What the list is to show."""
        self.people = pl.DataFrame(schema=dict.fromkeys(("id", *kind.keys), pl.String))
        """Who is shown."""
        self.marked: set[str] = set()
        """The ids of those who are marked."""
        self.leavers: Leavers | None = None
        """Who may have left."""
        self.context: Context | None = None
        """What choices depend on; None until it is known."""
        self._directory: Directory | None = None
        self._turn = 0
        self.holds_keys = True

    def compose(self) -> ComposeResult:
        """How many there are, the search, the table, and the editor."""
        yield Breadcrumb(f"Administration: {self.kind.many}")
        yield Static("Looking …", id="state")
        with Horizontal(id="find"):
            yield Label(" / Search: ")
            yield Input(id="search", compact=True, placeholder="a name, a group, a date: press / and type")
        yield WindowTable(id="people")
        yield Static(id="message")
        yield CellEditor(id="editor")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Show everybody."""
        self.look()

    def look(self, wanted: Wanted | None = None) -> None:
        """Find out whom to show."""
        self.wanted = wanted or self.wanted
        self._turn += 1
        self._look(self.wanted, self._directory, self._turn)

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def _look(self, wanted: Wanted, before: Directory | None, turn: int) -> None:
        host = self.host  # asked for first: a screen that has been left has no app
        school, today = host.school, host.today
        try:
            people = school.stored(self.kind)
            directory = (
                before if before is not None and before.people is people else Directory(self.kind, people)
            )
            gone = leavers(school, self.kind)
            only = gone.ids if wanted.leavers and gone is not None else None
            found = directory.find(wanted.words, wanted.order, only)
            context = school.context(today)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Found(turn, directory, found, gone, context))

    @on(Found)
    def show_found(self, event: Found) -> None:
        """Show them, unless somebody has looked again since. The cursor stays on its person."""
        if event.turn != self._turn:
            return
        self.holds_keys = False
        here, first = self.id_here, self._directory is None
        self._directory, self.people = event.directory, event.people
        self.leavers, self.context = event.leavers, event.context
        self.marked &= set(event.directory.people["id"]) if self.marked else set()
        self.draw()
        place = self.people["id"].index_of(here) if here is not None else None
        if first and self.people.height:
            self.table.go_to(0, self.kind.keys[0])
        elif place is not None:
            self.table.go_to(place)
        self.refresh_bindings()

    def draw(self) -> None:
        """Draw the table and how it stands."""
        lines = PeopleLines(self.kind, self.people, self.marked)
        order = self.wanted.order
        self.table.set_columns(lambda width: lines.columns(width, order))
        self.table.show(pl.Series("row", range(self.people.height), dtype=pl.UInt32), lines)
        self.state.update(self._standing())

    def _standing(self) -> Content:
        everybody = self._directory.people.height if self._directory else 0
        if not everybody:
            return Content(f" Nobody is stored yet. Press a to add a {self.kind.one}, or import a CSV file.")
        parts = [Content.styled(f" {self.kind.counted(everybody)}", "bold")]
        if self.wanted.leavers and self.leavers is not None:
            parts.append(
                Content.assemble("not in ", plain(self.leavers.file, 30), f": {len(self.leavers.ids):,}")
            )
        if self.wanted.words:
            words = plain(self.wanted.words, _WIDEST_SEARCH)
            parts.append(Content.assemble(f"{self.people.height:,} with “", words, "”"))
        if self.marked:
            hidden = f" ({self.hidden_marks:,} not in this list)" if self.hidden_marks else ""
            parts.append(Content.styled(f"■ {len(self.marked):,} marked{hidden}", "bold"))
        return Content(" · ").join(parts)

    @property
    def listed_marks(self) -> set[str]:
        """The ids of those who are marked and listed."""
        return self.marked & set(self.people["id"])

    @property
    def hidden_marks(self) -> int:
        """The number of people who are marked but not listed, because of the search."""
        return len(self.marked) - len(self.listed_marks)

    @property
    def person_here(self) -> dict[str, str | None] | None:
        """The person whom the cursor is on; None in an empty table."""
        place = self.table.row_here
        return (
            self.people.row(place, named=True) if place is not None and place < self.people.height else None
        )

    @property
    def id_here(self) -> str | None:
        """Their id."""
        person = self.person_here
        return person["id"] if person else None

    @on(Input.Changed, "#search")
    def search_for(self, event: Input.Changed) -> None:
        """Search as it is typed."""
        words = event.value.strip()
        if words != self.wanted.words:
            self.look(Wanted(words, self.wanted.order, self.wanted.leavers))

    @on(Input.Submitted, "#search")
    def to_table(self) -> None:
        """Enter goes on to those who were found."""
        self.table.focus()
