"""The table of user groups and their rights, in which ticks are set and saved."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import DataTable, Footer, Static

from backdrop_tui.errors import BackdropError, UnusableChoiceError
from backdrop_tui.people.group_management import change_rights
from backdrop_tui.people.group_summary import GroupSummary, group_summaries
from backdrop_tui.people.rights_draft import RightsDraft
from backdrop_tui.records.rights.user_groups import RIGHTS_BY_KEY
from backdrop_tui.school.school import School
from backdrop_tui.tui.screens.dialogs.choose import ChooseScreen
from backdrop_tui.tui.shell.base_screens import Failed, StepScreen
from backdrop_tui.tui.shell.stylesheets import stylesheet
from backdrop_tui.tui.widgets.breadcrumb import Breadcrumb
from backdrop_tui.tui.widgets.plain import plain, printable
from backdrop_tui.tui.widgets.rights_table import LEGEND, RightsTable
from backdrop_tui.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable


_NAMED = 5
_ABOUT_THE_HEAD = "Allegations: for the head alone, so nobody has that until somebody ticks it."


class RightsScreen(StepScreen[bool]):
    """Which group has which right. What is ticked counts once it is saved, all of it at once."""

    CSS_PATH = stylesheet("groups")
    table = getters.query_one("#rights", RightsTable)
    here = getters.query_one("#here", Static)
    state = getters.query_one("#state", Static)

    @dataclass
    class Found(Message):
        """The groups have been looked up, perhaps after they were changed."""

        groups: tuple[GroupSummary, ...]
        """They."""
        said: str = ""
        """What was done; empty where they were only looked up."""
        go_to: str = ""
        """The group to put the cursor on."""
        saved: bool = False
        """Whether saving the ticks is among what was done."""
        leave: bool | None = None
        """What to leave the screen with; None to stay."""
        renamed: dict[str, str] = field(default_factory=dict)
        """Groups that are called otherwise now."""

    @dataclass
    class Refused(Message):
        """A name can't be used, or not without a question."""

        error: UnusableChoiceError
        """Why."""
        name: str
        """The name as it was typed."""
        of: str | None
        """The group that was to be renamed; None for a new one."""

    def __init__(self) -> None:
        super().__init__()
        self.ticks = RightsDraft()
        """The groups, and what of them is not saved yet."""

    def compose(self) -> ComposeResult:
        """The table, and what the cursor is on."""
        yield Breadcrumb("Review user groups")
        yield RightsTable(self.ticks, id="rights")
        yield Static(id="here")
        yield Static(id="state")
        yield Static(LEGEND, id="legend")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Look the groups up."""
        self.table.focus()
        self.do_with_groups(lambda _: self.Found(()))

    @property
    def leave_warning(self) -> str:
        """Ticks that are not saved yet."""
        return (
            f"{self.ticks.unsaved_in_words} not saved yet, in {self.unsaved_groups}."
            if self.ticks.unsaved
            else ""
        )

    @property
    def unsaved_groups(self) -> str:
        """The groups with ticks that are not saved, as a list in a sentence: their columns may be out of view."""
        return listed(self.ticks.changes, at_most=_NAMED)

    def do_with_groups(
        self, what: "Callable[[School], RightsScreen.Found]", name: str | None = None, of: str | None = None
    ) -> None:
        """Do something with the groups away from the screen, while keys wait.

        Args:
            what: Does it; the groups of what it returns are looked up afterwards.
            name: A name as it was typed, to be asked for again where it can't be used; None where none was.
            of: The group that was to get it.
        """
        self.holds_keys = True
        self.work_on(what, name, of)

    @work(thread=True, exclusive=True, group="groups", exit_on_error=False)
    def work_on(
        self, what: "Callable[[School], RightsScreen.Found]", name: str | None, of: str | None
    ) -> None:
        """Do something with the groups, then look them up."""
        school = self.host.school
        try:
            found = what(school)
            found.groups = group_summaries(school)
        except UnusableChoiceError as error:
            self.post_message(self.Refused(error, name, of) if name is not None else Failed(error))
        except BackdropError as error:
            self.post_message(Failed(error))
        else:
            self.post_message(found)

    @on(Found)
    def show(self, event: Found) -> None:
        """Show the groups; what is not saved yet stays so, unless its group is gone."""
        self.holds_keys = False
        if event.saved:
            self.ticks.clear()
        self.ticks.replace_groups(event.groups, event.renamed)
        self.table.show()
        if event.go_to:
            self.table.go_to(event.go_to)
        self.say_here()
        if event.said:
            self.notify(plain(event.said).plain, timeout=5, markup=False)
            self.host.refresh_progress()
        if event.leave is not None:
            self.dismiss(event.leave)

    @on(DataTable.CellHighlighted)
    def say_here(self) -> None:
        """Say what the cursor is on, and what is not saved."""
        now, right = self.table.group_here, self.table.right_here
        self.here.update(plain(self._said_of(now, right)) if now is not None else "")
        unsaved = (f"{self.ticks.unsaved_in_words} not saved yet: Ctrl+S saves.", "bold $text-warning")
        self.state.update(Content.assemble(unsaved) if self.ticks.unsaved else _ABOUT_THE_HEAD)
        self.refresh_bindings()

    def _said_of(self, now: GroupSummary, right: str | None) -> str:
        people = f"{printable(now.name)} ({now.members:,} member{'' if now.members == 1 else 's'})"
        if right is None:
            return f"{people}."
        words = {True: "yes", False: "no"}
        has, default = self.ticks.has(now, right), right in now.group.defaults
        changed = ", not saved yet" if self.ticks.is_unsaved(now, right) else ""
        return f"{people}. {RIGHTS_BY_KEY[right].title}: {words[has]}{changed}. By default: {words[default]}."

    @on(DataTable.CellSelected)
    def action_tick(self) -> None:
        """Tick or untick."""
        now, right = self.table.group_here, self.table.right_here
        if now is not None and right is not None:
            self.ticks.set(now, right, has=not self.ticks.has(now, right))
            self.table.renew(now, right)
            self.say_here()

    def action_save(self) -> None:
        """Save every tick."""
        if not self.ticks.unsaved:
            self.notify("There is nothing to save.", timeout=3)
            return
        self.do_with_groups(self.saving())

    def saving(self, leave: bool | None = None) -> "Callable[[School], RightsScreen.Found]":  # noqa: FBT001 - as the screen is left
        """What saves the ticks as they are now."""
        changes = self.ticks.changes

        def save(school: School) -> RightsScreen.Found:
            change_rights(school, changes)
            return self.Found((), "Saved. It takes effect at once.", saved=True, leave=leave)

        return save

    def action_different(self) -> None:
        """Go to the next tick that is not as by default."""
        if found := self.table.next_different():
            self.table.go_to(*found)
        else:
            self.notify("Every group has its default rights.", timeout=3)

    def action_reset(self) -> None:
        """Ask which groups get their default ticks again; they are saved like any others."""
        now = self.table.group_here
        if now is None:
            return

        def chosen(place: int | None) -> None:
            if place is not None:
                for group in self.ticks.groups if place else [now]:
                    self.ticks.reset(group)
                self.table.show()
                self.say_here()

        note = "They are set as by default, and count once they are saved."
        self.app.push_screen(
            ChooseScreen("Back to the defaults", (now.name, "All groups"), note=note), chosen
        )

    def action_back(self) -> None:
        """Go one step back; what is not saved is asked about."""
        if not self.ticks.unsaved:
            self.dismiss(False)
            return

        def chosen(place: int | None) -> None:
            if place == 0:
                self.do_with_groups(self.saving(leave=False))
            elif place is not None:
                self.dismiss(False)

        choices = ("Save and leave", "Leave without saving")
        self.app.push_screen(ChooseScreen("Save before you leave?", choices, note=self.leave_warning), chosen)
