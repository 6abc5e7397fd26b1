"""Matching the columns of a file with the fields of Back:drop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, DataTable, Static

from backdrop_tui.errors import BackdropError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.matching.fills import Fill
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.matching.row_lengths import obstacles_to
from backdrop_tui.intake.matching.wrong_file import WrongFile, wrong_file
from backdrop_tui.records.rights.user_groups import UserGroup
from backdrop_tui.records.schema.context import Context
from backdrop_tui.records.schema.field import Field
from backdrop_tui.school.remembered_matching import forget_matching
from backdrop_tui.tui.screens.wizard.choose_field import ChooseFieldScreen, FieldChoice
from backdrop_tui.tui.screens.wizard.fill_field import FieldFilling
from backdrop_tui.tui.screens.wizard.reading_options import change_reading
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.shell.draft_screen import DraftScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.fitted_text import FittedText, hanging
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.tui.widgets.problem_list import problem_text
from backdrop_tui.tui.widgets.tables.matching_table import MatchingTable
from backdrop_tui.tui.widgets.tables.window_table import WindowTable
from backdrop_tui.wording import counted, listed

if TYPE_CHECKING:
    from backdrop_tui.intake.reading.sheet import Sheet


class MatchScreen(DraftScreen[bool]):
    """Each column of the file with the field that it goes to and its first values. Dismissed with True to go on."""

    CSS_PATH = stylesheet("match")
    TITLE = "Match columns"
    HELP = (
        "Each line is a column of your file. Check that it goes to the right field; press Enter to change that.\n"
        "A field in brackets is a suggestion: press s to use it, or t to use all suggestions.\n"
        "Below the columns are the fields that no column goes to. Press Enter on one to choose what every row gets in it.\n"
        "When nothing is missing, press i to import the data."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "change", "Change", id="match.change", key_display="Enter", tooltip="Choose the field that this column goes to, or what every row gets in this field"),
        Binding("s", "take", "Suggest", id="match.take", tooltip="Take the suggestion for this column or field"),
        Binding("t", "take_all", "Take all", show=False, id="match.take_all", tooltip="Take all suggestions"),
        Binding("x", "unuse", "Not used", id="match.unuse", tooltip="This column is not used, or this field is left blank"),
        Binding("o", "reading", "Reading", id="match.reading", tooltip="How the file was read: change encoding, delimiter or the row of headings"),
        Binding("g", "forget", "Forget", id="match.forget", show=False, tooltip="Forget how columns were matched last time, and match them again"),
        Binding("i", "import_data", "Import Data", id="match.import", tooltip="Go on: check every row"),
    ]  # fmt: skip

    @dataclass
    class Rematched(Message):
        """The matching of earlier files with these headings has been forgotten."""

        matching: Matching
        """The columns matched by their headings and values alone."""

    @dataclass
    class SchoolRead(Message):
        """What the school has stored has been read."""

        context: Context
        """What the rules of fields need to know."""
        groups: tuple[UserGroup, ...]
        """The user groups."""

    table = getters.query_one("#columns", MatchingTable)
    file_info = getters.query_one("#file", Static)
    state = getters.query_one("#state", FittedText)
    import_button = getters.query_one("#import", Button)

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._shown_actions: dict[str, bool] = {}
        self._guess: tuple[Sheet, tuple[str | None, ...], WrongFile | None] | None = None
        self._school: tuple[Context, tuple[UserGroup, ...]] | None = None
        self._typed_value: dict[str, str] | None = None

    @property
    def matching(self) -> Matching:
        """The fields that the columns go to."""
        return self.draft.matching

    def compose(self) -> ComposeResult:
        """Lay out how the file was read, its columns, and what is missing."""
        yield self.breadcrumb(1)
        yield Static(id="file")
        yield titled(MatchingTable(id="columns"), "Columns of your file")
        with titled(Vertical(id="below"), "Ready?"):
            yield FittedText(id="state")
            yield Button(
                "Import Data", variant="primary", id="import", compact=True, action="screen.import_data"
            )
        yield Footer("import_data")

    def on_mount(self) -> None:
        """Show the columns as they are matched so far."""
        self.table.focus()
        self.show()
        self.holds_keys = True
        self.read_school()

    @work(thread=True, exclusive=True, group="school", exit_on_error=False)
    def read_school(self) -> None:
        """Read what the school has stored, in a worker."""
        host = self.host
        try:
            school = host.school
            self.post_message(self.SchoolRead(school.context(host.today), school.user_groups()))
        except BackdropError as error:
            self.post_message(Failed(error))

    @on(SchoolRead)
    def keep_school(self, event: SchoolRead) -> None:
        """Keep what fields without a column need to know."""
        self.holds_keys = False
        self._school = event.context, event.groups
        self.restore_unsaved()

    @property
    def unsaved_input(self) -> Mapping[str, Any] | None:
        """The value for every row that is being typed in, and its field."""
        return self._typed_value

    def show_unsaved(self, unsaved: Mapping[str, Any]) -> bool:
        """Ask for the value of a field again, beginning with what had been typed."""
        match unsaved:
            case {"field": str(key), "text": str(text)} if key in self.draft.kind.by_key:
                if filling := self._fill(self.draft.kind.by_key[key]):
                    filling.ask_value(text)
                    return True
        return False

    def show(self) -> None:
        """Show the fields that the columns go to, and what is missing."""
        sheet, obstacles = self.draft.sheet, obstacles_to(self.draft.sheet, self.matching)
        rows = counted(sheet.cells.height, "row")
        summary = plain(f"{plain(sheet.file, 30).plain}: {rows}. {sheet.how_read}")
        notes = [plain(note) for note in sheet.notes[:2]]
        self.file_info.update(Content("\n").join([summary, *notes]))
        self.table.show_matching(self.matching)
        if obstacles:
            self.state.show(partial(problem_text, "error", self._what_to_do(obstacles)))
        else:
            suggested = " t uses all suggestions." if self._has_suggestions else ""
            text = f"{self._what_there_is()} Press i to import the data.{suggested}"
            self.state.show(partial(hanging, Content.styled("✓ ", "bold $text-success"), text))
        self.import_button.disabled = bool(obstacles)
        self.refresh_keys()

    def _what_there_is(self) -> str:
        """A sentence about the needed fields when nothing stops the import; each row may have to ask for one of them."""
        given = self.matching.fills.keys() | self.matching.sectioned
        without_column = [field for field in self.matching.without_column if field.needed]
        open_fields = [field.label for field in without_column if field.key not in given]
        has = "a column or a value" if len(open_fields) < len(without_column) else "its column"
        if open_fields:
            return f"Every needed field has {has}, except {listed(open_fields)}: you will be asked for it in each row."
        return f"Every needed field has {has}."

    def _what_to_do(self, obstacles: Sequence[str]) -> str:
        """Why the file can't be imported, and what to do; first of all, whether it is the wrong file."""
        problems = " ".join(obstacles[:2]) + (
            f" And {len(obstacles) - 2} more." if len(obstacles) > 2 else ""
        )
        if not self.matching.obstacles():
            return f"{problems} Press o to change how the file is read."
        if guess := self._wrong_file():
            instead = f"import it as {guess.kind.plural}" if guess.kind else "pick another file"
            return f"{guess.sentence} Press Esc, and {instead}."
        if self._has_suggestions:
            return f"{problems} Press t to use all suggestions."
        return f"{problems} Enter on a column chooses where it goes; on a field, what every row gets."

    @property
    def _has_suggestions(self) -> bool:
        """Whether `t` has something to do."""
        return bool(self.matching.suggestions or self.matching.open_offers)

    def _wrong_file(self) -> WrongFile | None:
        """What the file appears to be, if it isn't a list of the people it was picked for."""
        sheet, targets = self.draft.sheet, self.matching.targets
        if self._guess is None or self._guess[0] is not sheet or self._guess[1] != targets:
            self._guess = sheet, targets, wrong_file(sheet, self.matching)
        return self._guess[2]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey out what can't be done with this column."""
        if not self.is_mounted or not self.matching.columns:
            return True
        return True if self._possible_actions().get(action, True) else None

    def _possible_actions(self) -> dict[str, bool]:
        """Whether each action can be done with the column or field that the cursor is on."""
        index, field, matching = self.table.selected_column, self.table.selected_field, self.matching
        column = None if index is None else matching.columns[index]
        near_miss = column.near_miss if column else None
        return {
            "take": (
                (near_miss is not None and column is not None and column.target != near_miss.target)
                or (field is not None and field.key in matching.open_offers)
            ),
            "take_all": self._has_suggestions,
            "unuse": (
                (column is not None and column.target is not None)
                or (field is not None and field.key in matching.fills)
            ),
            "forget": any(other.how == "remembered" for other in matching.columns),
        }

    @on(WindowTable.CursorMoved)
    def refresh_keys(self) -> None:
        """Update the footer if other actions are possible now."""
        possible = self._possible_actions()
        if possible != self._shown_actions:
            self._shown_actions = possible
            self.refresh_bindings()

    @on(DataTable.RowSelected)
    def row_selected(self) -> None:
        """Choose a field when Enter is pressed on a column."""
        self.action_change()

    def action_change(self) -> None:
        """Choose the field that this column goes to, or what every row gets in this field."""
        if (field := self.table.selected_field) is not None:
            if filling := self._fill(field):
                filling.ask()
        elif (index := self.table.selected_column) is not None:
            self._choose_field(index)

    def _choose_field(self, index: int) -> None:
        """Ask for the field that a column goes to, given its index."""

        def chosen(choice: FieldChoice | None) -> None:
            if choice is not None:
                self._apply(self.matching.with_only(index, choice.target))

        self.app.push_screen(ChooseFieldScreen(self.matching, index), chosen)

    def _fill(self, field: Field) -> FieldFilling | None:
        """Asks what every row gets in a field; None while what the school has stored isn't known."""
        if self._school is None:
            return None
        context, groups = self._school

        def use(fill: Fill | None) -> None:
            self._apply(self.matching.with_fill(field.key, fill))

        def keep(text: str | None) -> None:
            self._typed_value = None if text is None else {"field": field.key, "text": text}
            self.keep_unsaved()

        return FieldFilling(self.app, self.draft, field, context, groups, use, keep)

    def action_take(self) -> None:
        """Use the suggestion for this column or field."""
        if (field := self.table.selected_field) is not None:
            self._take_offer(field)
        elif (index := self.table.selected_column) is not None:
            near_miss = self.matching.columns[index].near_miss
            if near_miss is not None:
                self._apply(self.matching.with_only(index, near_miss.target))

    def _take_offer(self, field: Field) -> None:
        """Give every row what it got the last time in a field, if that is offered."""
        offer, filling = self.matching.open_offers.get(field.key), self._fill(field)
        if offer and filling:
            filling.take(offer.option(field))

    def action_take_all(self) -> None:
        """Use all suggestions; user groups are asked about first."""
        self._apply(self.matching.with_suggestions())
        for key in self.matching.open_offers:
            self._take_offer(self.draft.kind.by_key[key])

    def action_unuse(self) -> None:
        """Mark this column as not used, or leave this field blank."""
        if (field := self.table.selected_field) is not None:
            self._apply(self.matching.with_fill(field.key, None))
        elif (index := self.table.selected_column) is not None:
            self._apply(self.matching.with_only(index, None))

    def action_forget(self) -> None:
        """Forget how earlier files with these headings were matched, and match this one anew."""
        self.holds_keys = True
        self.forget()

    @work(thread=True, exclusive=True, group="forget", exit_on_error=False)
    def forget(self) -> None:
        """Forget the matching of earlier files with these headings, in a worker."""
        # Asked for first: a screen that has been left has no app.
        host, draft = self.host, self.draft
        try:
            forget_matching(host.school, draft.kind, draft.sheet.headings)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Rematched(match_columns(draft.sheet, draft.kind)))

    @on(Rematched)
    def show_rematched(self, event: Rematched) -> None:
        """Use the new matching."""
        self.holds_keys = False
        self._apply(event.matching)

    def action_reading(self) -> None:
        """Change how the file is read."""
        change_reading(self, self.show)

    def action_import_data(self) -> None:
        """Go on, if every field that is needed has its column."""
        if obstacles := obstacles_to(self.draft.sheet, self.matching):
            self.notify(
                plain(obstacles[0]).plain, title="Not yet", severity="warning", timeout=5, markup=False
            )
        elif self._apply(self.matching):
            self.dismiss(True)

    def _apply(self, matching: Matching) -> bool:
        """Save a matching in the draft and show it; returns whether it could be saved."""
        try:
            self.draft.save_matching(matching)
        except BackdropError as error:
            self.show_error(error)
            return False
        self.show()
        return True
