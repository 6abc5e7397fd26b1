"""Import history: what was imported, by whom, when, from which file, and how it ended."""

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school.import_history import ImportRecord, date_time_in_words
from backdrop_tui.tui.screens.shared.imports_screen import IMPORT_MARKS, ImportsScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain, plain_lines
from backdrop_tui.wording import listed

_OTHER_WIDTH = 61
"""The characters of a line besides the name of the file."""
_NARROWEST_FILE, _WIDEST_FILE = 18, 60
_DATE_WIDTH = len("24 September 2026 at 12:00")


class ImportHistoryScreen(ImportsScreen[None]):
    """All imports, newest first, and the details of the selected one."""

    CSS_PATH = stylesheet("import_history")
    TITLE = "Import history"
    HELP = (
        "Every import, newest first. Below the list are the details of the selected one.\n"
        "Press u to undo the whole of the last import that changed something, and again to undo the one before."
    )

    import_list = getters.query_one("#imports", OptionList)
    about = getters.query_one("#about", Static)

    def compose(self) -> ComposeResult:
        """Lay out the imports, and the details of one."""
        yield Breadcrumb("Administration: import history")
        with Container(classes="beside"):
            yield titled(OptionList(id="imports", compact=True, markup=False), "Imports, newest first")
            with titled(VerticalScroll(id="more", can_focus=False, classes="about"), "This import"):
                yield Static(id="about")
        yield Footer()

    def on_mount(self) -> None:
        """Read the imports, and again whenever an import starts or ends."""
        self.import_list.focus()
        self.watch(self.app, "running_import", self.reload)

    def reload(self) -> None:
        """Read the imports again."""
        self.load()

    def on_resize(self) -> None:
        """Use the new width for the names of the files."""
        self.call_after_refresh(self.show_imports)

    def show_imports(self) -> None:
        """Show the imports; the cursor stays on its line."""
        room = self.import_list.size.width - _OTHER_WIDTH
        file_width = max(_NARROWEST_FILE, min(room, _WIDEST_FILE))
        selected = self.import_list.highlighted
        self.import_list.clear_options()
        self.import_list.add_options(
            Option(_line(record, file_width), id=record.id) for record in self.records
        )
        if self.records:
            self.import_list.highlighted = min(selected or 0, len(self.records) - 1)
        else:
            self.about.update("Nothing has been imported yet.")

    @on(OptionList.OptionHighlighted)
    def show_details(self, event: OptionList.OptionHighlighted) -> None:
        """Show the details of the selected import."""
        self.about.update(plain_lines(_details(self.records[event.option_index])))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey the keys that can't be used now."""
        if action == "undo" and self.is_mounted:
            return True if self.can_undo else None
        return super().check_action(action, parameters)


def _line(record: ImportRecord, file_width: int) -> Content:
    """Draw an import in one line."""
    mark = IMPORT_MARKS.get(record.state, "!")
    file = plain(record.source, file_width).plain
    counts = f"{record.added:,} added, {record.updated:,} updated" if record.state in IMPORT_MARKS else ""
    return Content.assemble(
        f"{mark} {date_time_in_words(record.started):<{_DATE_WIDTH}}  {file:<{file_width}} {record.kind:<8} ",
        (counts or record.state, "$text-muted"),
    )


def _details(record: ImportRecord) -> str:
    """The details of an import, one a line."""
    lines = [
        f"File:       {record.source} ({KINDS[record.kind].plural})",
        f"Started:    {date_time_in_words(record.started)}, by {record.done_by}",
        f"State:      {record.state}{f', {date_time_in_words(record.finished)}' if record.finished else ''}",
        f"Counts:     {record.added:,} added, {record.updated:,} updated, {record.unchanged:,} unchanged, {record.left_out:,} left out",
    ]
    if record.is_turn:
        lines.append(
            f"New school year: {record.left:,} left the school, {record.returned:,} came back, {record.unclear:,} unclear"
        )
    if record.errors_file:
        lines.append(f"Left out:   kept in {record.errors_file}")
    if record.groups:
        lines.append(f"Groups:     created {listed(record.groups)}")
    if record.undone:
        lines.append(f"Undone:     {date_time_in_words(record.undone)}, by {record.undone_by}")
    if record.message:
        lines.append(f"Note:       {record.message}")
    return "\n".join(lines)
