"""Import history: what was imported, by whom, when, from which file, and how it ended."""

from collections.abc import Sequence
from functools import partial

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school.import_history import ImportRecord, date_time_in_words
from backdrop_tui.tui.screens.shared.imports_screen import IMPORT_MARKS, ImportsScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.fitted_text import FittedText, beside_labels
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.lists.options import Options
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain
from backdrop_tui.wording import listed

_GAP = "  "
_NARROWEST_FILE = 18


class ImportHistoryScreen(ImportsScreen[None]):
    """All imports, newest first, and the details of the selected one."""

    CSS_PATH = stylesheet("import_history")
    TITLE = "Import history"
    HELP = (
        "Every import, newest first. Below the list are the details of the selected one.\n"
        "Press u to undo the whole of the last import that changed something, and again to undo the one before."
    )

    import_list = getters.query_one("#imports", OptionList)
    about = getters.query_one("#about", FittedText)

    def compose(self) -> ComposeResult:
        """Lay out the imports, and the details of one."""
        yield Breadcrumb("Administration: import history")
        with Container(classes="beside"):
            yield titled(Options(id="imports", compact=True, markup=False), "Imports, newest first")
            with titled(VerticalScroll(id="more", can_focus=False, classes="about"), "This import"):
                yield FittedText(id="about")
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
        room = self.import_list.size.width - self.import_list.styles.scrollbar_size_vertical
        selected = self.import_list.highlighted
        self.import_list.clear_options()
        lines = _lines(self.records, room)
        self.import_list.add_options(
            Option(line, id=record.id) for line, record in zip(lines, self.records, strict=True)
        )
        if self.records:
            self.import_list.highlighted = min(selected or 0, len(self.records) - 1)
        else:
            self.about.show(lambda _: Content("Nothing has been imported yet."))

    @on(OptionList.OptionHighlighted)
    def show_details(self, event: OptionList.OptionHighlighted) -> None:
        """Show the details of the selected import."""
        self.about.show(partial(_details, self.records[event.option_index]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey the keys that can't be used now."""
        if action == "undo" and self.is_mounted:
            return True if self.can_undo else None
        return super().check_action(action, parameters)


def _lines(records: Sequence[ImportRecord], width: int) -> list[Content]:
    """Draw each import in one line; the names of files are cut if the lines are too short for them."""
    starts = [
        f"{IMPORT_MARKS.get(record.state, '!')} {date_time_in_words(record.started)}" for record in records
    ]
    kinds = [record.kind for record in records]
    ends = [
        f"{record.added:,} added, {record.updated:,} updated"
        if record.state in IMPORT_MARKS
        else record.state
        for record in records
    ]
    start, kind, end = (max(map(len, texts), default=0) for texts in (starts, kinds, ends))
    longest = max((len(record.source) for record in records), default=0)
    file = min(longest, max(width - start - kind - end - 3 * len(_GAP), _NARROWEST_FILE))
    return [
        Content.assemble(
            f"{first:<{start}}{_GAP}{plain(record.source, file).plain:<{file}}{_GAP}{record.kind:<{kind}}{_GAP}",
            (last, "$text-muted"),
        )
        for record, first, last in zip(records, starts, ends, strict=True)
    ]


def _details(record: ImportRecord, width: int) -> Content:
    """The details of an import, each beside its label."""
    finished = f", {date_time_in_words(record.finished)}" if record.finished else ""
    values = {
        "File": f"{record.source} ({KINDS[record.kind].plural})",
        "Started": f"{date_time_in_words(record.started)}, by {record.done_by}",
        "State": f"{record.state}{finished}",
        "Counts": f"{record.added:,} added, {record.updated:,} updated, {record.unchanged:,} unchanged, {record.left_out:,} left out",
        "New school year": f"{record.left:,} left the school, {record.returned:,} came back, {record.unclear:,} unclear"
        if record.is_turn
        else "",
        "Left out": f"kept in {record.errors_file}" if record.errors_file else "",
        "Groups": f"created {listed(record.groups)}" if record.groups else "",
        "Undone": f"{date_time_in_words(record.undone)}, by {record.undone_by}" if record.undone else "",
        "Note": record.message or "",
    }
    return beside_labels(values, width)
