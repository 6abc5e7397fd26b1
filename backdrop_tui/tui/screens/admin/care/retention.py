"""What is due for removal: students who left long ago, removed only when someone confirms it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.widgets.option_list import Option

from backdrop_tui.care.retention import DueStudent, Retention, due_students, number_kept
from backdrop_tui.errors import BackdropError
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.leaver_changes import keep_for_longer
from backdrop_tui.people.leaver_list import file_in_words, leaving_in_words, place_of
from backdrop_tui.records.fields.dates import iso_to_shown
from backdrop_tui.records.leaving import LEFT_ON
from backdrop_tui.records.students import STUDENTS
from backdrop_tui.school.audit_log import Event
from backdrop_tui.tui.screens.admin.person_care import PersonCareScreen
from backdrop_tui.tui.screens.dialogs.ask_text import AskTextScreen
from backdrop_tui.tui.shell.base_screens import Failed
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.fitted_text import FittedText, beside_labels, hanging
from backdrop_tui.tui.widgets.footer import Footer
from backdrop_tui.tui.widgets.lists.options import Options
from backdrop_tui.tui.widgets.panels.panel import titled
from backdrop_tui.tui.widgets.plain import plain, plain_lines
from backdrop_tui.wording import counted

_AUTOMATIC = "Drafts, messages in the outbox and undo data are removed automatically. System settings say how long everything is kept."
_NOBODY = "There is nothing to do for now. Students who have left are listed here once their records have been kept for long enough."
_LABELS = ("Name", "Left on", "Due since")
_GAP = "  "


class RetentionScreen(PersonCareScreen):
    """The students whose records are due for removal, whoever is due longest first."""

    @dataclass
    class Listed(Message):
        """The students have been looked up."""

        due: list[DueStudent]
        """Those who are due."""
        kept: int
        """The number of those who would be due if they weren't marked to be kept."""

    @dataclass
    class Kept(Message):
        """A student's record has been marked to be kept."""

    CSS_PATH = stylesheet("data_care")
    TITLE = "Retention"
    HELP = (
        "These students have left, and their records have been kept for long enough. Nobody is removed unless you confirm it.\n"
        "Below the list is why the selected student is due. Press k to keep a record for longer, for example because of an inquiry.\n"
        f"{_AUTOMATIC}"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,delete", "remove", "Remove", id="retention.remove", tooltip="Remove this student everywhere, for good (you are asked first)"),
        Binding("a", "remove_all", "Remove all", id="retention.remove_all", tooltip="Remove everyone in the list, for good (you are asked first)"),
        Binding("k", "keep", "Keep", id="retention.keep", tooltip="Keep this record for longer, with a reason"),
        Binding("i", "held", "Held", id="retention.held", tooltip="Show everything that is held about this student"),
    ]  # fmt: skip

    headings = getters.query_one("#headings", Static)
    students = getters.query_one("#students", Options)
    about = getters.query_one("#about", FittedText)
    state = getters.query_one("#state", Static)

    def __init__(self) -> None:
        super().__init__()
        self.due: list[DueStudent] | None = None
        """The students who are due; None until they have been looked up."""

    def compose(self) -> ComposeResult:
        """Lay out the list, why the selected student is due, and the counts."""
        yield Breadcrumb("Administration: data care: retention")
        with Container(classes="beside"):
            with titled(Vertical(id="list"), "Due for removal, longest first"):
                yield Static(id="headings")
                yield Options(id="students", compact=True, markup=False)
            with titled(VerticalScroll(id="more", can_focus=False, classes="about"), "This student"):
                yield FittedText(id="about")
        yield Static(" Loading …", id="state")
        yield Static(_AUTOMATIC, id="automatic")
        yield Footer()

    def on_mount(self) -> None:
        """Look up who is due."""
        self.students.focus()
        self.look_up()

    @work(thread=True, exclusive=True, group="look", exit_on_error=False)
    def look_up(self) -> None:
        """Look up who is due, in a worker."""
        host = self.host  # asked for first: a screen that has been left has no app
        try:
            due = due_students(host.school, host.today)
            kept = number_kept(host.school, host.today)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Listed(due, kept))

    @on(Listed)
    def keep_due(self, event: Listed) -> None:
        """Keep who is due, and show them and their number."""
        self.due = event.due
        self.show_due()
        count = counted(len(event.due), "student") if event.due else "No student is"
        kept = f" · {event.kept:,} marked to be kept" if event.kept else ""
        self.state.update(plain(f" {count} due for removal{kept}"))
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Use the new width."""
        self.call_after_refresh(self.show_due)

    def show_due(self) -> None:
        """Show who is due; the cursor stays on its line."""
        if self.due is None:
            return
        room = self.students.size.width - self.students.styles.scrollbar_size_vertical
        selected = self.students.highlighted
        headings, *lines = _lines(self.due, room)
        self.headings.update(headings if lines else "")
        self.students.clear_options()
        self.students.add_options(Option(line) for line in lines)
        if lines:
            self.students.highlighted = min(selected or 0, len(lines) - 1)
        else:
            self.about.show(partial(hanging, Content(), _NOBODY))

    @property
    def selected(self) -> DueStudent | None:
        """The student under the cursor; None if there is none."""
        place = self.students.highlighted
        return self.due[place] if self.due and place is not None and place < len(self.due) else None

    @property
    def person_id(self) -> str | None:
        """The id of the student under the cursor; None if there is none."""
        return self.selected.person["id"] if self.selected else None

    @on(Options.OptionHighlighted)
    def explain(self) -> None:
        """Say why the selected student is due."""
        if self.selected is not None:
            self.about.show(partial(_details, self.selected))

    def action_remove(self) -> None:
        """Work out what removing this student would do, then ask."""
        self.action_erase()

    def action_remove_all(self) -> None:
        """Work out what removing everyone in the list would do, then ask."""
        if self.due:
            self.examine([student.person["id"] or "" for student in self.due], Event.RETENTION)

    def action_keep(self) -> None:
        """Ask why this record is to be kept, and keep it."""
        if (selected := self.selected) is None:
            return

        def store(reason: str | None) -> None:
            if reason and reason.strip():
                self.keep(selected.person["id"] or "", reason)

        note = f"{name_of(selected.person)}\nThe record is kept until you remove the reason."
        self.app.push_screen(AskTextScreen("Why should this record be kept?", note, "Keep"), store)

    @work(thread=True, group="do", exit_on_error=False)
    def keep(self, person_id: str, reason: str) -> None:
        """Store why a record is to be kept, in a worker."""
        try:
            keep_for_longer(self.host.school, STUDENTS, person_id, reason)
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(self.Kept())

    @on(Kept)
    def show_kept(self) -> None:
        """List who is still due."""
        self.notify("Kept until its reason is removed.")
        self.look_up()

    def show_erased(self, receipt: Sequence[str]) -> None:
        """Say what was erased, and list who is left."""
        self.notify(plain_lines("\n".join(receipt)).plain, title="Erased", timeout=20, markup=False)
        self.look_up()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's signature
        """Grey the keys that can't be used while nobody is due."""
        if action in {"remove", "remove_all", "keep", "held", "erase"}:
            return True if self.due else None
        return True


def _lines(due: Sequence[DueStudent], width: int) -> list[Content]:
    """The headings of the list, and a line for each student; long names are cut if the lines are too short for them."""
    rows = [
        (name_of(each.person), iso_to_shown(each.person[LEFT_ON] or ""), _due_since(each.retention))
        for each in due
    ]
    name, left, since = (max(map(len, column)) for column in zip(_LABELS, *rows, strict=True))
    name = min(name, max(width - left - since - 2 * len(_GAP), len(_LABELS[0])))
    return [
        Content.assemble(
            f"{plain(first, name).plain:<{name}}{_GAP}",
            (f"{second:<{left}}{_GAP}", "$text-muted"),
            f"{third:>{since}}",
        )
        for first, second, third in (_LABELS, *rows)
    ]


def _due_since(retention: Retention) -> str:
    return iso_to_shown(retention.due_on.isoformat()) if retention.due_on else ""


def _details(student: DueStudent, width: int) -> Content:
    """Why a student is due, each part beside its label."""
    person, retention = student.person, student.retention
    values = {
        "Student": ", ".join(filter(None, (name_of(person), place_of(STUDENTS, person)))),
        "Why": retention.why,
        "Leaving": leaving_in_words(person),
        "File": file_in_words(person),
    }
    return beside_labels(values, width)
